//! From addresses to CURIEs and the `curie_map` that turns them back.
//!
//! Goes in: addresses, each with the name its prefix should have. Comes out: `prefix:local` for each, and the map of exactly the
//! prefixes that were asked for. Invariants: prefix expansion and local part, put together, are the address again; a prefix
//! is never one that SSSOM has built in, and has no hyphen (the SSSOM toolkit takes `a-b:c` for no CURIE); two prefixes
//! never differ in case alone (names are lower case); a local part is never empty, and
//! starts with a letter or digit wherever the address allows it. (Known: the toolkit drops rows whose CURIE is not ASCII;
//! such an address is written as it is all the same.)

use std::collections::BTreeMap;

use super::slots::BUILT_IN;

/// One prefix and what it stands for.
#[derive(Debug)]
struct Prefix {
    name: String,
    expansion: String,
    used: bool,
}

/// The prefixes of one mapping set.
#[derive(Debug, Default)]
pub struct Curies {
    prefixes: Vec<Prefix>,
}

impl Curies {
    /// Makes a prefix of the given name for every address that starts with the expansion. It stands in the map only once an
    /// address needs it.
    pub fn add_space(&mut self, name: &str, expansion: &str) {
        self.add(name, expansion);
    }

    /// The CURIE of an address; a prefix of the given name is made where none fits.
    pub fn curie(&mut self, name: &str, address: &str) -> String {
        let fitting = self
            .prefixes
            .iter_mut()
            .filter(|prefix| {
                // A bare scheme would swallow the addresses of every host.
                !prefix.expansion.ends_with("//") && local(&prefix.expansion, address).is_some()
            })
            .max_by_key(|prefix| prefix.expansion.len());
        if let Some(prefix) = fitting {
            prefix.used = true;
            return format!(
                "{}:{}",
                prefix.name,
                local(&prefix.expansion, address).unwrap_or_default()
            );
        }
        let position = self.add(name, namespace(address));
        let prefix = &mut self.prefixes[position];
        prefix.used = true;
        format!(
            "{}:{}",
            prefix.name,
            address.strip_prefix(&prefix.expansion).unwrap_or(address)
        )
    }

    /// The prefixes that are used, sorted by name.
    pub fn map(&self) -> BTreeMap<&str, &str> {
        let used = self.prefixes.iter().filter(|prefix| prefix.used);
        used.map(|prefix| (prefix.name.as_str(), prefix.expansion.as_str()))
            .collect()
    }

    fn add(&mut self, name: &str, expansion: &str) -> usize {
        let same = |prefix: &Prefix| prefix.expansion == expansion;
        if let Some(position) = self.prefixes.iter().position(same) {
            return position;
        }
        let taken = |name: &str| {
            BUILT_IN.iter().any(|(known, _)| *known == name)
                || self.prefixes.iter().any(|prefix| prefix.name == name)
        };
        let name = sound(name);
        let mut free = name.clone();
        let mut number = 2;
        while taken(&free) {
            free = format!("{name}_{number}");
            number += 1;
        }
        self.prefixes.push(Prefix {
            name: free,
            expansion: expansion.to_owned(),
            used: false,
        });
        self.prefixes.len() - 1
    }
}

/// A name as the SSSOM toolkit takes it for a prefix: a letter or `_` first, and no sign but `_` and `.`. It leaves out rows with others
/// without saying so in its exit code.
fn sound(name: &str) -> String {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || letter == '.' {
            letter
        } else {
            '_'
        }
    };
    let name: String = name.chars().map(plain).collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        name
    } else {
        format!("p{name}")
    }
}

/// What all addresses of a framework start with, where that is an address itself (otherwise items get prefixes one by one).
#[must_use]
pub fn common_space<'a>(addresses: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut common: Option<&str> = None;
    for address in addresses {
        let space = namespace(address);
        common = Some(common.map_or(space, |so_far| common_start(so_far, space)));
    }
    common
        .map(namespace_end)
        // Shorter than a host, and every address of the world would be of this framework.
        .filter(|text| has_host(text))
}

/// What an expansion leaves of an address, if it can stand in a CURIE.
fn local<'a>(expansion: &str, address: &'a str) -> Option<&'a str> {
    address
        .strip_prefix(expansion)
        .filter(|rest| starts_plainly(rest))
}

/// Software takes for a CURIE what has a letter or digit behind the colon.
fn starts_plainly(local: &str) -> bool {
    local.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

/// An address without its last part: up to and with the last `#`, `/` or `=` that something plain follows, else the last such
/// `:`; of an address that is odd throughout, all but its last character.
fn namespace(address: &str) -> &str {
    let start_of_local = |delimiters: &[char]| {
        address
            .rmatch_indices(delimiters)
            .map(|(position, delimiter)| position + delimiter.len())
            .find(|&end| starts_plainly(&address[end..]))
    };
    let last = address.char_indices().next_back();
    let end = start_of_local(&['#', '/', '='])
        .or_else(|| start_of_local(&[':']))
        .or_else(|| last.map(|(position, _)| position));
    &address[..end.unwrap_or(0)]
}

/// The longest start of a text that ends with a delimiter.
fn namespace_end(text: &str) -> &str {
    let end = text.rfind(['#', '/', '=']).map_or(0, |end| end + 1);
    &text[..end]
}

fn common_start<'a>(one: &'a str, other: &str) -> &'a str {
    let mut end = 0;
    for ((position, a), b) in one.char_indices().zip(other.chars()) {
        if a != b {
            break;
        }
        end = position + a.len_utf8();
    }
    &one[..end]
}

/// Whether a text is a web address at least up to the `/` behind its host.
fn has_host(text: &str) -> bool {
    text.split_once("://")
        .and_then(|(_, rest)| rest.find('/'))
        .is_some_and(|end| end > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every address must come back when its CURIE is expanded.
    fn round_trip(curies: &mut Curies, name: &str, address: &str) -> String {
        let curie = curies.curie(name, address);
        let (prefix, rest) = curie.split_once(':').unwrap_or_default();
        let map = curies.map();
        assert_eq!(format!("{}{rest}", map[prefix]), address);
        assert!(!rest.is_empty() && !rest.starts_with("//"), "{curie}");
        assert!(
            super::starts_plainly(rest) || address.ends_with("é"),
            "{curie}"
        );
        curie
    }

    #[test]
    fn prefixes_are_those_that_the_toolkit_takes() {
        let mut curies = Curies::default();
        for (name, expected) in [
            ("a-b", "a_b"),
            ("entrecomp_source", "entrecomp_source"),
            ("9s", "p9s"),
            ("é x", "___x"),
        ] {
            let address = format!("https://{}.example/1", expected.trim_matches('_'));
            let curie = curies.curie(name, &address);
            let prefix = curie.split(':').next();
            assert!(prefix.is_some_and(|prefix| prefix.is_ascii()), "{curie}");
            if name.is_ascii() {
                assert_eq!(prefix, Some(expected));
            }
        }
    }

    #[test]
    fn items_of_a_page_share_the_anchor_as_prefix() {
        let page = "https://badges.example/frameworks/data/#";
        let mut curies = Curies::default();
        curies.add_space("data", page);
        let address = format!("{page}read.charts");
        assert_eq!(
            round_trip(&mut curies, "data", &address),
            "data:read.charts"
        );
        assert_eq!(curies.map().len(), 1);
    }

    #[test]
    fn a_space_of_several_branches_keeps_one_prefix() {
        let addresses = [
            "http://data.europa.eu/esco/skill/1f40",
            "http://data.europa.eu/esco/occupation/d3ed",
        ];
        let space = common_space(addresses.into_iter());
        assert_eq!(space, Some("http://data.europa.eu/esco/"));
        let mut curies = Curies::default();
        curies.add_space("esco", space.unwrap_or_default());
        assert_eq!(
            round_trip(&mut curies, "esco", addresses[0]),
            "esco:skill/1f40"
        );
        assert_eq!(
            round_trip(&mut curies, "esco", addresses[1]),
            "esco:occupation/d3ed"
        );
    }

    #[test]
    fn addresses_of_different_hosts_get_prefixes_of_their_own() {
        let addresses = ["https://one.example/a/1", "https://two.example/b#2"];
        assert_eq!(common_space(addresses.into_iter()), None);
        let mut curies = Curies::default();
        assert_eq!(round_trip(&mut curies, "tools", addresses[0]), "tools:1");
        assert_eq!(round_trip(&mut curies, "tools", addresses[1]), "tools_2:2");
    }

    #[test]
    fn built_in_and_taken_names_are_avoided() {
        let mut curies = Curies::default();
        assert_eq!(
            round_trip(&mut curies, "skos", "https://a.example/x"),
            "skos_2:x"
        );
        assert_eq!(
            round_trip(&mut curies, "skos", "https://b.example/x"),
            "skos_3:x"
        );
        assert_eq!(round_trip(&mut curies, "b", "https://c.example/x"), "b:x");
        assert_eq!(round_trip(&mut curies, "b", "https://d.example/x"), "b_2:x");
    }

    #[test]
    fn odd_addresses_come_back_too() {
        let mut curies = Curies::default();
        for address in [
            "urn:uuid:3f2b1c",
            "https://host.example",
            "https://host.example/",
            "https://host.example/a/",
            "https://host.example/a//",
            "https://host.example//b",
            "https://host.example/?code=15-1252.00",
            "https://host.example/#",
            "mailto:someone@host.example",
            "tag:host.example,2020:x",
            "https://host.example/é#日本",
            "x:y",
            "urn:é",
        ] {
            round_trip(&mut curies, "odd", address);
        }
    }

    #[test]
    fn one_address_alone_keeps_its_last_part() {
        let space = common_space(["https://a.example/codes/1.2/"].into_iter());
        assert_eq!(space, Some("https://a.example/codes/"));
    }

    #[test]
    fn a_space_that_nothing_uses_is_not_in_the_map() {
        let mut curies = Curies::default();
        curies.add_space("data", "https://badges.example/frameworks/data/#");
        assert!(curies.map().is_empty());
    }
}
