//! A framework that somebody else publishes, as the compiler knows it: codes, labels, IRIs and the tree they form.
//!
//! In goes the text of a pack, out comes a [`Pack`] or every fault found in it, each with its place. The format is
//! described in `docs/framework-packs.md`.
//!
//! Invariants of a [`Pack`]: there is at least one item; codes and IRIs are unique; labels are not empty; parents exist
//! and form no circle; every IRI is absolute and valid; a level has a rank. A [`PackItemIndex`] belongs to the pack that
//! gave it and is used with that pack only.

use rustc_hash::FxHashSet;

use super::lookup::Lookup;
use super::meaning::encoded;
use super::{binary, reader};

/// One framework in one version.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The name after `use` and before the colon in `digcomp:1.2`.
    pub id: String,
    /// The version as its publisher writes it: `3.0`, `2013`.
    pub version: String,
    /// The name for readers.
    pub title: String,
    /// Who publishes the framework, where somebody states it.
    pub publisher: Option<String>,
    /// The terms under which the names may be reused, in words, where somebody states them.
    pub licence: Option<String>,
    /// Where those terms can be read.
    pub licence_url: Option<String>,
    /// The line that outputs repeat when they name an item of this framework.
    pub attribution: String,
    /// Where the framework is published, for people.
    pub source: String,
    /// The IRI of the framework itself, where it has one.
    pub iri: Option<String>,
    /// The language of `label`, a BCP 47 tag.
    pub language: String,
    /// What the codes stand for, unless an item says otherwise.
    pub stands_for: StandsFor,
    items: Vec<PackItem>,
    children: Vec<Vec<PackItemIndex>>,
    roots: Vec<PackItemIndex>,
    by_code: Lookup,
    by_iri: Lookup,
    /// Whether an item is a part of more than one other.
    tangled: bool,
}

/// One code of a framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackItem {
    /// The publisher's code, zeros at the start included.
    pub code: String,
    /// The name in the language of the pack.
    pub label: String,
    /// Names in other languages, sorted by language tag.
    pub labels: Vec<(String, String)>,
    /// The full IRI: its own, or the one that the pack's template gives.
    pub iri: String,
    /// Whether an import made the IRI of the source and the code, because the publisher gives none ([`made_iri`]).
    pub iri_is_made: bool,
    /// The item that this one is a part of; the main one, if there are several.
    pub parent: Option<PackItemIndex>,
    /// The other items that it is a part of.
    pub more_parents: Vec<PackItemIndex>,
    /// What the publisher calls such an item: `area`, `work role`.
    pub kind: Option<String>,
    /// What this code stands for.
    pub stands_for: StandsFor,
    /// The order among the levels of the pack, lowest first; every level has one.
    pub rank: Option<u32>,
    /// Whether the publisher still keeps it.
    pub status: PackItemStatus,
    /// The item that takes the place of a withdrawn one.
    pub replaced_by: Option<PackItemIndex>,
}

/// The IRI that an item has where neither its publisher nor the pack gives one.
pub(super) fn made_iri(source: &str, code: &str) -> String {
    format!("{source}#{}", encoded(code))
}

/// The place of an item in its pack, in file order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackItemIndex(pub u32);

/// What a code stands for, and so where the language accepts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StandsFor {
    /// Something a person can do or know.
    Skill,
    /// A step of a scale.
    Level,
    /// A field of study.
    Field,
    /// An occupation, a work role or a group of them.
    Occupation,
}

/// Whether an item is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PackItemStatus {
    /// In force.
    Active,
    /// Taken back by the publisher; old material may still name it.
    Withdrawn,
}

/// Something wrong in the text of a pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackFault {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong, in one line.
    pub message: String,
}

impl StandsFor {
    /// The words of `kind-of`, in the order in which they are offered.
    pub const WORDS: [&'static str; 4] = ["skills", "levels", "fields", "occupations"];

    /// The word that `kind-of` uses for it.
    pub fn word(self) -> &'static str {
        match self {
            StandsFor::Skill => "skills",
            StandsFor::Level => "levels",
            StandsFor::Field => "fields",
            StandsFor::Occupation => "occupations",
        }
    }

    /// Reads the word of `kind-of`.
    pub fn from_word(word: &str) -> Option<StandsFor> {
        match word {
            "skills" => Some(StandsFor::Skill),
            "levels" => Some(StandsFor::Level),
            "fields" => Some(StandsFor::Field),
            "occupations" => Some(StandsFor::Occupation),
            _ => None,
        }
    }
}

impl PackItem {
    /// The name in the given language, if the pack has one. `language` is the pack's own for [`PackItem::label`].
    pub fn label_in(&self, language: &str) -> Option<&str> {
        self.labels
            .iter()
            .find(|(tag, _)| tag.eq_ignore_ascii_case(language))
            .map(|(_, label)| label.as_str())
    }

    /// All items that this one is directly a part of, the main one first.
    pub fn parents(&self) -> impl Iterator<Item = PackItemIndex> {
        let more = self.more_parents.iter().copied();
        self.parent.into_iter().chain(more)
    }

    /// Whether the publisher has taken the item back.
    pub fn is_withdrawn(&self) -> bool {
        match self.status {
            PackItemStatus::Active => false,
            PackItemStatus::Withdrawn => true,
        }
    }
}

/// What stands above the list of items; the reader hands it to [`Pack::assemble`].
#[derive(Clone, Debug)]
pub(super) struct PackHead {
    pub id: String,
    pub version: String,
    pub title: String,
    pub publisher: Option<String>,
    pub licence: Option<String>,
    pub licence_url: Option<String>,
    pub attribution: String,
    pub source: String,
    pub iri: Option<String>,
    pub language: String,
    pub stands_for: StandsFor,
}

impl Pack {
    /// Reads a pack from its YAML text.
    ///
    /// # Errors
    /// All faults found, sorted by place. A fault of form (no YAML at all, a list where a text is expected) ends the
    /// reading and is reported alone; faults of meaning are reported together.
    pub fn parse(yaml: &str) -> Result<Pack, Vec<PackFault>> {
        reader::read(yaml).map(|(pack, _)| pack)
    }

    /// Reads a pack from the bytes of a file in the binary form, and gives the SHA-256 of the whole file with it.
    ///
    /// # Errors
    /// What is wrong with the bytes, in one sentence.
    pub fn decode(bytes: &[u8]) -> Result<(Pack, [u8; 32]), String> {
        binary::decode(bytes)
    }

    /// Puts checked items together. The invariants of the module are the caller's to keep.
    pub(super) fn assemble(head: PackHead, items: Vec<PackItem>) -> Pack {
        let mut children = vec![Vec::new(); items.len()];
        let mut roots = Vec::new();
        for (index, item) in (0..).map(PackItemIndex).zip(&items) {
            match item.parent {
                Some(parent) => children[parent.0 as usize].push(index),
                None => roots.push(index),
            }
            for parent in &item.more_parents {
                children[parent.0 as usize].push(index);
            }
        }
        let (by_code, _) = Lookup::new(items.len(), |at| items[at as usize].code.as_str());
        let (by_iri, _) = Lookup::new(items.len(), |at| items[at as usize].iri.as_str());
        let tangled = items.iter().any(|item| !item.more_parents.is_empty());
        Pack {
            id: head.id,
            version: head.version,
            title: head.title,
            publisher: head.publisher,
            licence: head.licence,
            licence_url: head.licence_url,
            attribution: head.attribution,
            source: head.source,
            iri: head.iri,
            language: head.language,
            stands_for: head.stands_for,
            items,
            children,
            roots,
            by_code,
            by_iri,
            tangled,
        }
    }

    /// The items in file order.
    pub fn items(&self) -> &[PackItem] {
        &self.items
    }

    /// The indexes of all items, in file order.
    pub fn indexes(&self) -> impl ExactSizeIterator<Item = PackItemIndex> + use<> {
        // The reader refuses packs with more items than a `u32` can count.
        (0..self.items.len() as u32).map(PackItemIndex)
    }

    /// The item with exactly this code.
    pub fn find(&self, code: &str) -> Option<PackItemIndex> {
        self.by_code
            .find(code, |at| self.items[at as usize].code.as_str())
            .map(PackItemIndex)
    }

    /// The item with exactly this IRI.
    pub fn find_iri(&self, iri: &str) -> Option<PackItemIndex> {
        self.by_iri
            .find(iri, |at| self.items[at as usize].iri.as_str())
            .map(PackItemIndex)
    }

    /// The item whose code differs from this one at most in upper and lower case, if there is exactly one.
    pub fn find_ignoring_case(&self, code: &str) -> Option<PackItemIndex> {
        let wanted = code.to_lowercase();
        let mut found = self
            .indexes()
            .filter(|&index| self.item(index).code.to_lowercase() == wanted);
        match (found.next(), found.next()) {
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => self.find(code),
            (None, _) => None,
        }
    }

    /// The item at a place of this pack.
    pub fn item(&self, index: PackItemIndex) -> &PackItem {
        &self.items[index.0 as usize]
    }

    /// The full IRI of an item.
    pub fn iri(&self, index: PackItemIndex) -> &str {
        &self.item(index).iri
    }

    /// The IRI to name the framework by: its own, else the address where it is published.
    pub fn framework_iri(&self) -> &str {
        self.iri.as_deref().unwrap_or(&self.source)
    }

    /// The items without a parent, in file order.
    pub fn roots(&self) -> &[PackItemIndex] {
        &self.roots
    }

    /// The direct parts of an item, in file order.
    pub fn children(&self, index: PackItemIndex) -> &[PackItemIndex] {
        &self.children[index.0 as usize]
    }

    /// The item that this one is a part of; the main one, if there are several.
    pub fn parent(&self, index: PackItemIndex) -> Option<PackItemIndex> {
        self.item(index).parent
    }

    /// All items that this one is directly a part of, the main one first.
    pub fn parents(&self, index: PackItemIndex) -> impl Iterator<Item = PackItemIndex> {
        self.item(index).parents()
    }

    /// What the item is a part of in the main tree, the nearest first.
    pub fn main_ancestors(&self, index: PackItemIndex) -> impl Iterator<Item = PackItemIndex> {
        std::iter::successors(self.parent(index), |&above| self.parent(above))
    }

    /// What the item is a part of, through every parent, the nearest first and each one once.
    pub fn ancestors(&self, index: PackItemIndex) -> impl Iterator<Item = PackItemIndex> {
        let mut found: Vec<PackItemIndex> = Vec::new();
        if self.tangled {
            let mut seen = FxHashSet::default();
            found.extend(self.parents(index).filter(|&above| seen.insert(above)));
            let mut at = 0;
            while let Some(&next) = found.get(at) {
                found.extend(self.parents(next).filter(|&above| seen.insert(above)));
                at += 1;
            }
        } else {
            found.extend(self.main_ancestors(index));
        }
        found.into_iter()
    }

    /// Whether the first item is the second one or a part of it, at any depth and through any parent.
    pub fn is_within(&self, inner: PackItemIndex, outer: PackItemIndex) -> bool {
        inner == outer
            || self.main_ancestors(inner).any(|above| above == outer)
            || self.tangled && self.ancestors(inner).any(|above| above == outer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
id: tools
version: "1"
title: Tools of the trade
publisher: Guild
licence: CC0
attribution: The Guild
source: https://guild.example/tools
item-iri: "https://guild.example/tools/{code}"
language: en
kind-of: skills
items:
  - { code: "a", label: Cutting, kind: area }
  - { code: "a 1", label: Sawing, parent: "a", labels: { fr: Scier, de: Sägen } }
  - { code: "A1x", label: Fretwork, parent: "a 1", iri: "https://elsewhere.example/fretwork" }
  - { code: "old", label: Adzing, parent: "a", status: withdrawn, replaced-by: "a 1" }
  - { code: "L2", label: Master, kind-of: levels, rank: 2 }
"#;

    fn small() -> Pack {
        Pack::parse(SMALL).unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    fn index(pack: &Pack, code: &str) -> PackItemIndex {
        pack.find(code).unwrap_or_else(|| panic!("no `{code}`"))
    }

    #[test]
    fn codes_lead_to_items_and_iris() {
        let pack = small();
        assert_eq!(pack.items().len(), 5);
        assert_eq!(
            pack.iri(index(&pack, "a 1")),
            "https://guild.example/tools/a%201"
        );
        assert_eq!(
            pack.iri(index(&pack, "A1x")),
            "https://elsewhere.example/fretwork"
        );
        assert_eq!(
            pack.find_iri("https://elsewhere.example/fretwork"),
            pack.find("A1x")
        );
        assert_eq!(pack.find("a1X"), None);
        assert_eq!(pack.find_ignoring_case("a1X"), pack.find("A1x"));
        assert_eq!(pack.framework_iri(), "https://guild.example/tools");
    }

    #[test]
    fn the_tree_can_be_walked_both_ways() {
        let pack = small();
        let (area, saw, fretwork) = (index(&pack, "a"), index(&pack, "a 1"), index(&pack, "A1x"));
        assert_eq!(pack.ancestors(fretwork).collect::<Vec<_>>(), [saw, area]);
        assert_eq!(pack.children(area), [saw, index(&pack, "old")]);
        assert_eq!(pack.roots(), [area, index(&pack, "L2")]);
        assert!(
            pack.is_within(fretwork, area)
                && pack.is_within(area, area)
                && !pack.is_within(area, saw)
        );
    }

    #[test]
    fn items_say_what_they_are() {
        let pack = small();
        let old = pack.item(index(&pack, "old"));
        assert!(old.is_withdrawn());
        assert_eq!(old.replaced_by, pack.find("a 1"));
        let saw = pack.item(index(&pack, "a 1"));
        assert_eq!(saw.label_in("FR"), Some("Scier"));
        assert_eq!(saw.labels[0].0, "de");
        assert_eq!(saw.stands_for, StandsFor::Skill);
        let level = pack.item(index(&pack, "L2"));
        assert_eq!((level.stands_for, level.rank), (StandsFor::Level, Some(2)));
    }

    #[test]
    fn without_a_template_the_code_is_a_fragment_of_the_source() {
        let text = SMALL.replace("item-iri:", "#");
        let pack = Pack::parse(&text).unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(
            pack.iri(index(&pack, "L2")),
            "https://guild.example/tools#L2"
        );
    }

    #[test]
    fn every_word_of_kind_of_is_read_back() {
        for word in StandsFor::WORDS {
            assert_eq!(StandsFor::from_word(word).map(StandsFor::word), Some(word));
        }
    }

    #[test]
    fn a_chain_of_many_parents_is_walked_without_recursion() {
        let mut text = SMALL.to_owned();
        for step in 0..20_000 {
            let parent = if step == 0 {
                "a".to_owned()
            } else {
                format!("c{}", step - 1)
            };
            text.push_str(&format!(
                "  - {{ code: c{step}, label: Step {step}, parent: \"{parent}\" }}\n"
            ));
        }
        let pack = Pack::parse(&text).unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(pack.ancestors(index(&pack, "c19999")).count(), 20_000);
    }
}
