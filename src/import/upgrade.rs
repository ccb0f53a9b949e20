//! What a new release of a framework does to a code of the old one.
//!
//! Goes in: two packs and an item of the old one. Comes out: what became of it, and whether that is certain.
//!
//! An item is the same one where its address is the same; else where code and name are the same (a publisher gave it another
//! address). A name alone is a hint and never certain: names are given to different things. An address that was made here from a code
//! ([`MADE`]) says no more than the code: publishers that give no addresses also number anew. There the item is the one with its
//! code and name, else the only one with its name, and another name at its code is for a person to judge.

use super::pack::{Pack, PackItemIndex};
use super::search::fold;

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is still there. What changed about it is told beside.
    There(PackItemIndex, Changes),
    /// Its publisher took it back; this takes its place.
    Replaced(PackItemIndex),
    /// Its code is there with another name, and nothing says whether that is the same thing.
    Doubtful(PackItemIndex),
    /// Its publisher took it back and names nothing in its place.
    Withdrawn(PackItemIndex),
    /// It is not in the new release. One item there has its name, which is a hint.
    Gone(Option<PackItemIndex>),
}

/// What changed about an item that is still there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// It has another name.
    pub relabelled: bool,
    /// It is a part of something else.
    pub moved: bool,
    /// It has another code.
    pub recoded: bool,
    /// It has another address.
    pub readdressed: bool,
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

/// What became of an item of the old release.
#[must_use]
pub fn fate(old: &Pack, new: &Pack, item: PackItemIndex) -> Fate {
    let Some(now) = same(old, new, item) else {
        if let Some(other) = of_code(old, new, item) {
            return Fate::Doubtful(other);
        }
        // What the old release already knew to be replaced.
        let successor = old.item(item).replaced_by;
        let successor = successor.and_then(|successor| same(old, new, successor));
        return match successor.filter(|&successor| !new.item(successor).is_withdrawn()) {
            Some(successor) => Fate::Replaced(successor),
            None => Fate::Gone(only_of_name(new, &old.item(item).label)),
        };
    };
    if new.item(now).is_withdrawn() {
        return match last_successor(new, now) {
            Some(successor) => Fate::Replaced(successor),
            None => Fate::Withdrawn(now),
        };
    }
    let (before, after) = (old.item(item), new.item(now));
    let parents =
        |pack: &Pack, index: PackItemIndex| -> Vec<PackItemIndex> { pack.parents(index).collect() };
    let mut were: Vec<Option<PackItemIndex>> = parents(old, item)
        .into_iter()
        .map(|parent| same(old, new, parent).or_else(|| of_code(old, new, parent)))
        .collect();
    let mut are: Vec<Option<PackItemIndex>> = parents(new, now).into_iter().map(Some).collect();
    were.sort_unstable();
    are.sort_unstable();
    Fate::There(
        now,
        Changes {
            relabelled: before.label != after.label,
            moved: were != are,
            recoded: before.code != after.code,
            readdressed: before.iri != after.iri,
        },
    )
}

/// How addresses begin that were made here from codes, for frameworks whose publisher gives none.
const MADE: &str = "urn:gradus:framework:";

fn is_made(pack: &Pack, item: PackItemIndex) -> bool {
    pack.item(item).iri.starts_with(MADE)
}

/// The same item in the new release.
fn same(old: &Pack, new: &Pack, item: PackItemIndex) -> Option<PackItemIndex> {
    let before = old.item(item);
    if !is_made(old, item)
        && let Some(now) = new.find_iri(&before.iri)
    {
        return Some(now);
    }
    let of_code = new
        .find(&before.code)
        .filter(|&now| fold(&new.item(now).label) == fold(&before.label));
    of_code.or_else(|| renumbered(old, new, item))
}

/// The item that has another code now: the only one of its name in both releases, where neither has a published address.
fn renumbered(old: &Pack, new: &Pack, item: PackItemIndex) -> Option<PackItemIndex> {
    let label = &old.item(item).label;
    let now = is_made(old, item).then(|| only_of_name(new, label))??;
    (is_made(new, now) && only_of_name(old, label) == Some(item)).then_some(now)
}

/// What stands at the code in the new release, where the address says no more than the code.
fn of_code(old: &Pack, new: &Pack, item: PackItemIndex) -> Option<PackItemIndex> {
    let now = new.find(&old.item(item).code);
    now.filter(|_| is_made(old, item))
}

/// Follows successors to one in force; nothing if there is none, also where they go round.
fn last_successor(pack: &Pack, from: PackItemIndex) -> Option<PackItemIndex> {
    let steps = std::iter::successors(Some(from), |&at| pack.item(at).replaced_by);
    steps
        .take(pack.items().len() + 1)
        .find(|&at| !pack.item(at).is_withdrawn())
}

fn only_of_name(pack: &Pack, label: &str) -> Option<PackItemIndex> {
    let wanted = fold(label);
    let mut found = pack
        .indexes()
        .filter(|&index| !pack.item(index).is_withdrawn())
        .filter(|&index| fold(&pack.item(index).label) == wanted);
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(items: &str) -> Pack {
        let head = "id: t\nversion: \"1\"\ntitle: T\npublisher: P\nlicence: CC0\nattribution: A\nsource: https://t.example/\nlanguage: en\nkind-of: skills\nitems:\n";
        Pack::parse(&format!("{head}{items}")).unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    #[test]
    fn every_fate_is_told_apart() {
        let old = pack(
            r#"
  - { code: "g", label: Group }
  - { code: "h", label: Other group }
  - { code: "kept", label: Kept, parent: g }
  - { code: "named", label: Old name, parent: g }
  - { code: "moved", label: Moved, parent: g }
  - { code: "c1", label: Recoded, iri: "https://t.example/recoded" }
  - { code: "u", label: Readdressed, iri: "https://t.example/old" }
  - { code: "w", label: Withdrawn }
  - { code: "x", label: Replaced }
  - { code: "gone", label: Gone }
  - { code: "hint", label: Hinted, iri: "https://t.example/hint" }
"#,
        );
        let new = pack(
            r#"
  - { code: "g", label: Group }
  - { code: "h", label: Other group }
  - { code: "kept", label: Kept, parent: g }
  - { code: "named", label: New name, parent: g }
  - { code: "moved", label: Moved, parent: h }
  - { code: "c2", label: Recoded, iri: "https://t.example/recoded" }
  - { code: "u", label: Readdressed, iri: "https://t.example/new" }
  - { code: "w", label: Withdrawn, status: withdrawn }
  - { code: "x", label: Replaced, status: withdrawn, replaced-by: y }
  - { code: "y", label: Replacement, status: withdrawn, replaced-by: z }
  - { code: "z", label: Replacement of it }
  - { code: "other", label: hinted, iri: "https://t.example/else" }
"#,
        );
        let of = |code: &str| fate(&old, &new, old.find(code).expect("a code"));
        let at = |code: &str| new.find(code).expect("a code");
        let there = |code: &str, changes: Changes| Fate::There(at(code), changes);
        let none = Changes::default();
        assert_eq!(of("kept"), there("kept", none));
        assert_eq!(
            of("named"),
            there(
                "named",
                Changes {
                    relabelled: true,
                    ..none
                }
            )
        );
        assert_eq!(
            of("moved"),
            there(
                "moved",
                Changes {
                    moved: true,
                    ..none
                }
            )
        );
        assert_eq!(
            of("c1"),
            there(
                "c2",
                Changes {
                    recoded: true,
                    ..none
                }
            )
        );
        assert_eq!(
            of("u"),
            there(
                "u",
                Changes {
                    readdressed: true,
                    ..none
                }
            )
        );
        assert_eq!(of("w"), Fate::Withdrawn(at("w")));
        assert_eq!(of("x"), Fate::Replaced(at("z")));
        assert_eq!(of("gone"), Fate::Gone(None));
        assert_eq!(of("hint"), Fate::Gone(Some(at("other"))));
    }

    #[test]
    fn a_made_address_is_no_proof() {
        let made = |items: &str| {
            let head = "id: house\nversion: \"1\"\ntitle: T\npublisher: P\nlicence: CC0\nattribution: A\nsource: urn:gradus:framework:house\nlanguage: en\nkind-of: skills\nitems:\n";
            let mut text = head.to_owned();
            for (code, label) in items.split(',').filter_map(|item| item.split_once(' ')) {
                text += &format!(
                    "  - {{ code: \"{code}\", label: {label}, iri: \"{MADE}house#{code}\" }}\n"
                );
            }
            Pack::parse(&text).unwrap_or_else(|faults| panic!("{faults:?}"))
        };
        let old = made("0 Housework,1 Wash dishes,2 Mop floor,3 Iron,4 Bake,5 Twin,6 Twin");
        let new =
            made("0 housework,1 Sort laundry,2 Wash dishes,3 Mop floor,4 Cook,7 Twin,9 Other");
        let of = |code: &str| fate(&old, &new, old.find(code).expect("a code"));
        let at = |code: &str| new.find(code).expect("a code");
        let moved = Changes {
            recoded: true,
            readdressed: true,
            ..Changes::default()
        };
        let relabelled = Changes {
            relabelled: true,
            ..Changes::default()
        };
        assert_eq!(of("0"), Fate::There(at("0"), relabelled));
        assert_eq!(of("1"), Fate::There(at("2"), moved));
        assert_eq!(of("2"), Fate::There(at("3"), moved));
        assert_eq!(of("3"), Fate::Doubtful(at("3")));
        assert_eq!(of("4"), Fate::Doubtful(at("4")));
        // Two of one name: nothing says which one it is.
        assert_eq!(of("5"), Fate::Gone(Some(at("7"))));
    }
}
