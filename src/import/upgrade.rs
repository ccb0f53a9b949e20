//! What a new release of a framework does to a code of the old one.
//!
//! Goes in: two packs and an item of the old one. Comes out: what became of it, and whether that is certain.
//!
//! An item is the same one where its address is the same; else where code and name are the same (a publisher gave it another
//! address). A name alone is a hint and never certain: names are given to different things.

use super::pack::{Pack, PackItemIndex};
use super::search::fold;

/// What became of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is still there. What changed about it is told beside.
    There(PackItemIndex, Changes),
    /// Its publisher took it back; this takes its place.
    Replaced(PackItemIndex),
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
        .map(|parent| same(old, new, parent))
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

/// The same item in the new release.
fn same(old: &Pack, new: &Pack, item: PackItemIndex) -> Option<PackItemIndex> {
    let before = old.item(item);
    new.find_iri(&before.iri).or_else(|| {
        let now = new.find(&before.code)?;
        (fold(&new.item(now).label) == fold(&before.label)).then_some(now)
    })
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
}
