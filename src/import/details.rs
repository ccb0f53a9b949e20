//! What a pack holds beside codes, names and tree: other names, statements, notes, relations and the publisher's own fields.
//!
//! A check needs none of it, so it is read apart from the [`Pack`], from the same file. Goes in: the bytes of a pack file.
//! Comes out: texts and fields by item, and relations. All words lie in one buffer; what is handed out borrows from it.
//!
//! Invariant: items that are named here are items of the pack that was read with it.

use rustc_hash::FxHashMap;

use super::pack::{Pack, PackFault, PackItemIndex};
use super::release::TextRole;
use super::{binary, reader};

/// Texts, relations and fields of one pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    words: String,
    names: Vec<String>,
    texts: Vec<TextSlice>,
    /// For each item the first of its texts, and the end of the last one's.
    first: Vec<u32>,
    relations: Vec<RelationSlice>,
    /// For each item its fields as a JSON object.
    fields: Vec<Option<Slice>>,
    head: Option<Slice>,
}

/// A text of an item. The name in the language of the pack is not among them: that is [`super::pack::PackItem::label`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DetailText<'d> {
    /// What it is for.
    pub role: TextRole,
    /// A BCP 47 tag.
    pub language: &'d str,
    /// The words.
    pub text: &'d str,
}

/// Something that binds an item to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DetailRelation<'d> {
    /// Where it starts.
    pub from: PackItemIndex,
    /// Where it leads.
    pub to: RelationEnd<'d>,
    /// What it is, in the publisher's words.
    pub kind: &'d str,
    /// The publisher's fields, a JSON object.
    pub fields: Option<&'d str>,
}

/// Where a relation leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationEnd<'d> {
    /// To an item of the pack.
    Item(PackItemIndex),
    /// To something that is not in the pack: its IRI or identifier.
    Outside(&'d str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slice {
    start: u32,
    end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TextSlice {
    role: TextRole,
    language: u32,
    words: Slice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RelationSlice {
    from: u32,
    to: End,
    kind: u32,
    fields: Option<Slice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Item(u32),
    Outside(Slice),
}

impl Details {
    /// Reads a pack file in either form, with all that is in it.
    ///
    /// # Errors
    /// The faults of the file, as for [`Pack::parse`].
    pub fn open(bytes: &[u8]) -> Result<(Pack, Details), Vec<PackFault>> {
        if binary::is_binary(bytes) {
            return binary::decode_whole(bytes)
                .map_err(|message| vec![PackFault::of_file(message)]);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => reader::read(text),
            Err(error) => Err(vec![PackFault::of_file(format!(
                "byte {} is not UTF-8",
                error.valid_up_to()
            ))]),
        }
    }

    /// Reads a pack file with its texts. Of a large one neither relations nor fields are read: what a search needs, in half the time.
    ///
    /// # Errors
    /// The faults of the file, as for [`Pack::parse`].
    pub fn open_texts(bytes: &[u8]) -> Result<(Pack, Details), Vec<PackFault>> {
        if binary::is_binary(bytes) {
            return binary::decode_texts(bytes)
                .map_err(|message| vec![PackFault::of_file(message)]);
        }
        Details::open(bytes)
    }

    /// The texts of an item, in the order of the publisher's files; not its name in the language of the pack.
    pub fn texts(&self, item: PackItemIndex) -> impl Iterator<Item = DetailText<'_>> {
        let start = self.first.get(item.0 as usize).copied().unwrap_or(0);
        let end = self
            .first
            .get(item.0 as usize + 1)
            .copied()
            .unwrap_or(start);
        let texts = self.texts.get(start as usize..end as usize);
        texts.unwrap_or_default().iter().map(|text| DetailText {
            role: text.role,
            language: self.name(text.language),
            text: self.slice(text.words),
        })
    }

    /// All relations, in the order of the publisher's files.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = DetailRelation<'_>> {
        self.relations.iter().map(|relation| DetailRelation {
            from: PackItemIndex(relation.from),
            to: match relation.to {
                End::Item(item) => RelationEnd::Item(PackItemIndex(item)),
                End::Outside(words) => RelationEnd::Outside(self.slice(words)),
            },
            kind: self.name(relation.kind),
            fields: relation.fields.map(|fields| self.slice(fields)),
        })
    }

    /// The publisher's own fields of an item, a JSON object; nothing where there are none.
    #[must_use]
    pub fn fields(&self, item: PackItemIndex) -> Option<&str> {
        let fields = self.fields.get(item.0 as usize).copied().flatten();
        fields.map(|fields| self.slice(fields))
    }

    /// The pack as text that a person can read and edit, and that [`Details::open`] reads back: with every text, relation and field
    /// that its source had.
    #[must_use]
    pub fn to_yaml(&self, pack: &Pack) -> String {
        super::yaml::write(pack, self)
    }

    /// The publisher's own fields of the framework, a JSON object.
    #[must_use]
    pub fn head_fields(&self) -> Option<&str> {
        self.head.map(|fields| self.slice(fields))
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
            && self.relations.is_empty()
            && self.fields.iter().all(Option::is_none)
            && self.head.is_none()
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }

    fn slice(&self, slice: Slice) -> &str {
        self.words
            .get(slice.start as usize..slice.end as usize)
            .unwrap_or("")
    }
}

/// Makes [`Details`], item by item.
#[derive(Debug, Default)]
pub struct DetailsBuilder {
    details: Details,
    interned: FxHashMap<String, u32>,
    full: bool,
}

impl DetailsBuilder {
    /// The next item begins; what is added then belongs to it.
    pub fn item(&mut self) {
        let texts = self.count();
        self.details.first.push(texts);
        self.details.fields.push(None);
    }

    /// A text of the item that has begun.
    pub fn text(&mut self, role: TextRole, language: &str, text: &str) {
        let language = self.intern(language);
        if let Some(words) = self.keep(text) {
            self.details.texts.push(TextSlice {
                role,
                language,
                words,
            });
        }
    }

    /// The fields of the item that has begun, a JSON object.
    pub fn fields(&mut self, json: &str) {
        let kept = self.keep(json);
        if let Some(fields) = self.details.fields.last_mut() {
            *fields = kept;
        }
    }

    /// The fields of the framework, a JSON object.
    pub fn head_fields(&mut self, json: &str) {
        self.details.head = self.keep(json);
    }

    /// A relation. Those of one pack may come in any order, before or after the items.
    pub fn relation(&mut self, relation: DetailRelation<'_>) {
        let kind = self.intern(relation.kind);
        let fields = relation.fields.and_then(|fields| self.keep(fields));
        let to = match relation.to {
            RelationEnd::Item(item) => End::Item(item.0),
            RelationEnd::Outside(words) => match self.keep(words) {
                Some(words) => End::Outside(words),
                None => return,
            },
        };
        self.details.relations.push(RelationSlice {
            from: relation.from.0,
            to,
            kind,
            fields,
        });
    }

    /// All of it; `None` if the words are more than 4 GiB.
    #[must_use]
    pub fn finish(mut self) -> Option<Details> {
        let texts = self.count();
        self.details.first.push(texts);
        (!self.full).then_some(self.details)
    }

    fn count(&self) -> u32 {
        u32::try_from(self.details.texts.len()).unwrap_or(u32::MAX)
    }

    fn keep(&mut self, words: &str) -> Option<Slice> {
        let start = u32::try_from(self.details.words.len());
        let end = u32::try_from(self.details.words.len() + words.len());
        let (Ok(start), Ok(end)) = (start, end) else {
            self.full = true;
            return None;
        };
        self.details.words.push_str(words);
        Some(Slice { start, end })
    }

    /// Languages and kinds of relations: few, and met again and again.
    fn intern(&mut self, name: &str) -> u32 {
        if let Some(&known) = self.interned.get(name) {
            return known;
        }
        let at = u32::try_from(self.details.names.len()).unwrap_or(u32::MAX);
        self.details.names.push(name.to_owned());
        self.interned.insert(name.to_owned(), at);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_comes_back_by_item() {
        let mut builder = DetailsBuilder::default();
        builder.item();
        builder.text(TextRole::Statement, "en", "saws straight");
        builder.text(TextRole::Alternative, "de", "Sägen");
        builder.item();
        builder.fields(r#"{"level":"2"}"#);
        builder.relation(DetailRelation {
            from: PackItemIndex(1),
            to: RelationEnd::Item(PackItemIndex(0)),
            kind: "needs",
            fields: None,
        });
        builder.relation(DetailRelation {
            from: PackItemIndex(0),
            to: RelationEnd::Outside("https://x.example/y"),
            kind: "needs",
            fields: Some("{}"),
        });
        let details = builder.finish().expect("small");
        let texts: Vec<_> = details.texts(PackItemIndex(0)).collect();
        assert_eq!(texts.len(), 2);
        assert_eq!((texts[1].language, texts[1].text), ("de", "Sägen"));
        assert_eq!(details.texts(PackItemIndex(1)).count(), 0);
        assert_eq!(details.texts(PackItemIndex(7)).count(), 0);
        assert_eq!(details.fields(PackItemIndex(1)), Some(r#"{"level":"2"}"#));
        assert_eq!(details.fields(PackItemIndex(0)), None);
        let relations: Vec<_> = details.relations().collect();
        assert_eq!(relations[0].to, RelationEnd::Item(PackItemIndex(0)));
        assert_eq!(relations[1].to, RelationEnd::Outside("https://x.example/y"));
        assert!(!details.is_empty());
    }
}
