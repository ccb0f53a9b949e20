//! What a new release of a framework does to a code of the old one.
//!
//! Goes in: two packs and an item of the old one. Comes out: what became of it, and whether that is certain.
//!
//! An item is the same one where its address is the same; else where code and name are the same (a publisher gave it another
//! address). A name alone is a hint and never certain: names are given to different things. An address that an import made of a code
//! says no more than the code. There the item is the one with its code and name, else the only one with its name, else what stands at
//! its code; but where the publisher numbers anew, or the framework has no source, another name at a code is for a person to judge.

use rustc_hash::FxHashMap;

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

/// How addresses begin that were made for frameworks without a source. Their codes are often numbers of rows.
const WITHOUT_SOURCE: &str = "urn:gradus:framework:";

/// Where so many in a hundred names stand at another code, the publisher numbers anew, and a code alone proves nothing.
const MOVED_PERCENT: usize = 10;

/// Two releases of a framework, ready to be compared.
pub struct Releases<'a> {
    old: &'a Pack,
    new: &'a Pack,
    old_names: Names,
    new_names: Names,
    /// Whether the publisher keeps the codes of items that have no address.
    keeps_codes: bool,
}

/// The items in force by name, spelled alike; nothing where several have it.
type Names = FxHashMap<String, Option<PackItemIndex>>;

impl<'a> Releases<'a> {
    /// Gets them ready.
    #[must_use]
    pub fn new(old: &'a Pack, new: &'a Pack) -> Self {
        let mut releases = Self {
            old,
            new,
            old_names: names(old),
            new_names: names(new),
            keeps_codes: true,
        };
        let mut known = 0;
        let mut moved = 0;
        for item in old.indexes() {
            if let Some(now) = releases.of_name(item) {
                known += 1;
                moved += usize::from(old.item(item).code != new.item(now).code);
            }
        }
        releases.keeps_codes = moved * 100 <= known * MOVED_PERCENT;
        releases
    }

    /// What became of an item of the old release.
    #[must_use]
    pub fn fate(&self, item: PackItemIndex) -> Fate {
        let Self { old, new, .. } = *self;
        let Some(now) = self.same(item) else {
            if let Some(other) = self.of_code(item) {
                return Fate::Doubtful(other);
            }
            // What the old release already knew to be replaced.
            let successor = old.item(item).replaced_by;
            let successor = successor.and_then(|successor| self.same(successor));
            return match successor.filter(|&successor| !new.item(successor).is_withdrawn()) {
                Some(successor) => Fate::Replaced(successor),
                None => Fate::Gone(only_of_name(&self.new_names, &old.item(item).label)),
            };
        };
        if new.item(now).is_withdrawn() {
            return match last_successor(new, now) {
                Some(successor) => Fate::Replaced(successor),
                None => Fate::Withdrawn(now),
            };
        }
        let (before, after) = (old.item(item), new.item(now));
        let mut were: Vec<Option<PackItemIndex>> = old
            .parents(item)
            .map(|parent| self.same(parent).or_else(|| self.of_code(parent)))
            .collect();
        let mut are: Vec<Option<PackItemIndex>> = new.parents(now).map(Some).collect();
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

    /// The same item in the new release.
    fn same(&self, item: PackItemIndex) -> Option<PackItemIndex> {
        let before = self.old.item(item);
        let of_code = self.new.find(&before.code);
        if !self.is_made(item)
            && let Some(now) = self.new.find_iri(&before.iri)
        {
            return Some(now);
        }
        of_code
            .filter(|&now| fold(&self.new.item(now).label) == fold(&before.label))
            .or_else(|| self.of_name(item))
            .or_else(|| of_code.filter(|_| self.keeps_code(item)))
    }

    /// Whether the address of an item of the old release was made of its code. Packs of earlier versions do not tell; then the new
    /// release does.
    fn is_made(&self, item: PackItemIndex) -> bool {
        let still = self.new.find_iri(&self.old.item(item).iri);
        is_made(self.old, item) || still.is_some_and(|now| is_made(self.new, now))
    }

    /// Whether the code of an item without an address is enough to know it again.
    fn keeps_code(&self, item: PackItemIndex) -> bool {
        let has_source = !self.old.item(item).iri.starts_with(WITHOUT_SOURCE);
        self.keeps_codes && has_source && self.is_made(item)
    }

    /// The only item of its name in both releases, where neither has a published address; its code may be another one now.
    fn of_name(&self, item: PackItemIndex) -> Option<PackItemIndex> {
        let label = &self.old.item(item).label;
        let now = self
            .is_made(item)
            .then(|| only_of_name(&self.new_names, label))??;
        let is_only = only_of_name(&self.old_names, label) == Some(item);
        (is_only && is_made(self.new, now)).then_some(now)
    }

    /// What stands at the code in the new release, where the address says no more than the code.
    fn of_code(&self, item: PackItemIndex) -> Option<PackItemIndex> {
        let now = self.new.find(&self.old.item(item).code);
        now.filter(|_| self.is_made(item))
    }
}

/// Whether the address of an item was made of its code, because its publisher gives none.
fn is_made(pack: &Pack, item: PackItemIndex) -> bool {
    let item = pack.item(item);
    item.iri_is_made || item.iri.starts_with(WITHOUT_SOURCE)
}

/// Follows successors to one in force; nothing if there is none, also where they go round.
fn last_successor(pack: &Pack, from: PackItemIndex) -> Option<PackItemIndex> {
    let steps = std::iter::successors(Some(from), |&at| pack.item(at).replaced_by);
    steps
        .take(pack.items().len() + 1)
        .find(|&at| !pack.item(at).is_withdrawn())
}

fn names(pack: &Pack) -> Names {
    let mut names = Names::default();
    for index in pack.indexes() {
        let item = pack.item(index);
        if !item.is_withdrawn() {
            names
                .entry(fold(&item.label))
                .and_modify(|only| *only = None)
                .or_insert(Some(index));
        }
    }
    names
}

fn only_of_name(names: &Names, label: &str) -> Option<PackItemIndex> {
    names.get(&fold(label)).copied().flatten()
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
        let of = |code: &str| Releases::new(&old, &new).fate(old.find(code).expect("a code"));
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
                    "  - {{ code: \"{code}\", label: {label}, iri: \"{WITHOUT_SOURCE}house#{code}\" }}\n"
                );
            }
            Pack::parse(&text).unwrap_or_else(|faults| panic!("{faults:?}"))
        };
        let old = made("0 Housework,1 Wash dishes,2 Mop floor,3 Iron,4 Bake,5 Twin,6 Twin");
        let new =
            made("0 housework,1 Sort laundry,2 Wash dishes,3 Mop floor,4 Cook,7 Twin,9 Other");
        let of = |code: &str| Releases::new(&old, &new).fate(old.find(code).expect("a code"));
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

    #[test]
    fn a_code_is_followed_where_the_publisher_keeps_codes() {
        let made = |head: &str, items: &str| {
            let mut text = format!(
                "id: jobs\nversion: \"1\"\ntitle: T\nattribution: A\nsource: https://jobs.example/\nlanguage: en\nkind-of: skills\n{head}items:\n"
            );
            for (code, label) in items.split(',').filter_map(|item| item.split_once(' ')) {
                text += &format!("  - {{ code: \"{code}\", label: {label} }}\n");
            }
            Pack::parse(&text).unwrap_or_else(|faults| panic!("{faults:?}"))
        };
        let relabelled = Changes {
            relabelled: true,
            ..Changes::default()
        };
        // Packs of earlier versions do not tell that their addresses are made.
        for head in ["made-iris: true\n", ""] {
            let old = made(head, "1 Dig,2 Sow,3 Reap");
            let kept = made("made-iris: true\n", "1 Dig,2 Sow,3 Harvest,4 Thresh");
            let third = old.find("3").expect("a code");
            let there = Fate::There(kept.find("3").expect("a code"), relabelled);
            assert_eq!(Releases::new(&old, &kept).fate(third), there);
            let anew = made("made-iris: true\n", "1 Plow,2 Dig,3 Sow,4 Harvest");
            let doubtful = Fate::Doubtful(anew.find("3").expect("a code"));
            assert_eq!(Releases::new(&old, &anew).fate(third), doubtful);
        }
    }
}
