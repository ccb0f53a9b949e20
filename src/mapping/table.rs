//! A mapping table: rows that say how one thing relates to another, independent of any file format and of the language.
//!
//! Addresses are interned ([`TermId`]), so that tables are joined on numbers. A [`Row`] has what reasoning needs in fields of its own
//! and keeps everything else as it was read: the slots of SSSOM that this program has no use for and columns that no standard
//! knows stand in [`Row::slots`] (those with several values in the spelling of SSSOM/TSV, references as full addresses).
//! Invariants: an address has no white space; a confidence lies between 0 and 1; no slot is empty.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::path::Path;

/// The object (or subject) of a row that says: looked for, not there.
pub const NO_TERM_FOUND: &str = "https://w3id.org/sssom/NoTermFound";

/// The position of a term in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// What a row speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// A thing with an address.
    Address(Arc<str>),
    /// Words alone (SSSOM: `rdfs literal`).
    Literal(Arc<str>),
}

impl Term {
    /// A term by its address; white space and control characters, which no address has, are percent-encoded.
    #[must_use]
    pub fn address(text: &str) -> Self {
        let odd = |c: char| c.is_whitespace() || c.is_control();
        let text = text.trim();
        if !text.contains(odd) {
            return Self::Address(text.into());
        }
        let mut encoded = String::with_capacity(text.len() + 8);
        for character in text.chars() {
            if odd(character) {
                percent(character, &mut encoded);
            } else {
                encoded.push(character);
            }
        }
        Self::Address(encoded.into())
    }

    /// The address or the words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Address(text) | Self::Literal(text) => text,
        }
    }

    /// Whether this stands for nothing at all.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Address(text) if &**text == NO_TERM_FOUND)
    }
}

fn percent(character: char, into: &mut String) {
    let mut buffer = [0; 4];
    for byte in character.encode_utf8(&mut buffer).bytes() {
        into.push_str(&format!("%{byte:02X}"));
    }
}

/// The start of addresses that are made for codes whose publisher gives none.
const MADE: &str = "urn:x-gradus:code:";

/// An address for a code whose publisher gives none. It says whose code it is, and [`code_of`] takes it apart again.
#[must_use]
pub fn address_of_code(space: &str, code: &str) -> String {
    let mut address = MADE.to_owned();
    for (position, part) in [space, code].into_iter().enumerate() {
        if position > 0 {
            address.push(':');
        }
        for character in part.trim().chars() {
            match character {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' | '~' => {
                    address.push(character);
                }
                other => percent(other, &mut address),
            }
        }
    }
    address
}

/// The code in an address of [`address_of_code`].
#[must_use]
pub fn code_of(address: &str) -> Option<String> {
    let (_, code) = address.strip_prefix(MADE)?.split_once(':')?;
    let mut bytes = Vec::with_capacity(code.len());
    let mut rest = code.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// How the subject relates to the object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Predicate {
    /// skos:exactMatch
    Exact,
    /// skos:broadMatch: the object is broader.
    Broad,
    /// skos:narrowMatch: the object is narrower.
    Narrow,
    /// skos:closeMatch
    Close,
    /// skos:relatedMatch
    Related,
    /// owl:sameAs
    SameAs,
    /// owl:equivalentClass
    EquivalentClass,
    /// owl:equivalentProperty
    EquivalentProperty,
    /// rdfs:subClassOf
    SubClassOf,
    /// rdfs:subPropertyOf
    SubPropertyOf,
    /// Any other, by its address.
    Other(Arc<str>),
}

/// Predicates with a name of their own here, as CURIEs of built-in prefixes, the strongest first.
const KNOWN: [(Predicate, &str); 10] = [
    (Predicate::SameAs, "owl:sameAs"),
    (Predicate::EquivalentClass, "owl:equivalentClass"),
    (Predicate::EquivalentProperty, "owl:equivalentProperty"),
    (Predicate::Exact, "skos:exactMatch"),
    (Predicate::SubClassOf, "rdfs:subClassOf"),
    (Predicate::SubPropertyOf, "rdfs:subPropertyOf"),
    (Predicate::Broad, "skos:broadMatch"),
    (Predicate::Narrow, "skos:narrowMatch"),
    (Predicate::Close, "skos:closeMatch"),
    (Predicate::Related, "skos:relatedMatch"),
];

impl Predicate {
    /// The predicate of an address.
    #[must_use]
    pub fn of_address(address: &str) -> Self {
        KNOWN
            .iter()
            .find(|(_, curie)| expand_built_in(curie).as_deref() == Some(address))
            .map_or_else(
                || Self::Other(Term::address(address).text().into()),
                |(known, _)| known.clone(),
            )
    }

    /// The predicate of a word that mapping tables use: `exactMatch`, `skos:exactMatch`, `EXACT MATCH`.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let plain = |text: &str| -> String {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_lowercase())
                .collect()
        };
        let wanted = plain(word.rsplit([':', '#', '/']).next().unwrap_or(word));
        KNOWN
            .iter()
            .find(|(_, curie)| {
                curie
                    .split_once(':')
                    .is_some_and(|(_, name)| plain(name) == wanted)
            })
            .map(|(known, _)| known.clone())
    }

    /// `skos:exactMatch`, or the address of another one.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Self::Other(address) => address,
            known => KNOWN
                .iter()
                .find(|(one, _)| one == known)
                .map_or("", |(_, curie)| curie),
        }
    }

    /// Its full address.
    #[must_use]
    pub fn address(&self) -> String {
        expand_built_in(self.shown()).unwrap_or_else(|| self.shown().to_owned())
    }

    /// The place in the order of strength, 0 for the strongest: two paths to one pair are told apart by it.
    #[must_use]
    pub fn rank(&self) -> usize {
        KNOWN
            .iter()
            .position(|(one, _)| one == self)
            .unwrap_or(KNOWN.len())
    }
}

/// The address behind a CURIE with a prefix that SSSOM has built in.
#[must_use]
pub fn expand_built_in(curie: &str) -> Option<String> {
    let (prefix, local) = curie.split_once(':')?;
    super::slots::BUILT_IN
        .iter()
        .find(|(name, _)| *name == prefix)
        .filter(|_| !local.starts_with("//"))
        .map(|(_, expansion)| format!("{expansion}{local}"))
}

/// How far a row has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Somebody stands by it.
    #[default]
    Settled,
    /// Put forward, and nobody has looked at it yet.
    Proposed,
    /// Put forward and refused.
    Refused,
}

impl State {
    /// All of them with their words.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Settled, "settled"),
        (Self::Proposed, "proposed"),
        (Self::Refused, "refused"),
    ];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(one, _)| *one == self)
            .map_or("", |(_, word)| word)
    }

    /// The state of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, one)| *one == word)
            .map(|(state, _)| *state)
    }
}

/// Names of slots and columns with their values.
pub type Slots = BTreeMap<Arc<str>, Arc<str>>;

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub subject: TermId,
    pub predicate: Predicate,
    pub object: TermId,
    /// The row says that this is *not* so.
    pub negated: bool,
    /// From 0 to 1.
    pub confidence: Option<f64>,
    /// The address of what the row rests on (SSSOM: `mapping_justification`).
    pub justification: Arc<str>,
    pub state: State,
    pub subject_label: Option<Arc<str>>,
    pub object_label: Option<Arc<str>>,
    /// Everything else.
    pub slots: Slots,
    /// How a derived row came about, the path that counts first; empty for rows that somebody made.
    pub paths: Vec<Path>,
}

impl Row {
    /// A row with nothing but its three parts, made by hand.
    #[must_use]
    pub fn new(subject: TermId, predicate: Predicate, object: TermId) -> Self {
        Self {
            subject,
            predicate,
            object,
            negated: false,
            confidence: None,
            justification: justification("ManualMappingCuration"),
            state: State::Settled,
            subject_label: None,
            object_label: None,
            slots: Slots::new(),
            paths: Vec::new(),
        }
    }

    /// Whether the row was concluded from others.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        !self.paths.is_empty() || self.justification.ends_with("/MappingChaining")
    }

    /// A slot or column.
    #[must_use]
    pub fn slot(&self, name: &str) -> Option<&str> {
        self.slots.get(name).map(|value| &**value)
    }

    /// Sets a slot or column, unless the value is empty.
    pub fn set(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.slots.insert(name.into(), value.into());
        }
    }

    /// Who made it, as people are named.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.slot("author_label").or_else(|| self.slot("author_id"))
    }

    /// The remark beside it.
    #[must_use]
    pub fn comment(&self) -> Option<&str> {
        self.slot("comment")
    }

    /// How many objects its subject has, and the other way round.
    #[must_use]
    pub fn cardinality(&self) -> Option<&str> {
        self.slot("mapping_cardinality")
    }
}

/// The address of a justification of SSSOM's own vocabulary.
#[must_use]
pub fn justification(name: &str) -> Arc<str> {
    format!("https://w3id.org/semapv/vocab/{name}").into()
}

/// Rows with what is said of all of them.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What is said of the set as a whole: slots of a mapping set by name, and keys that no standard knows.
    pub about: Slots,
    /// Names for the starts of addresses, as the file that was read has them: prefix, expansion.
    pub prefixes: BTreeMap<String, String>,
    pub rows: Vec<Row>,
    terms: Vec<Term>,
    ids: FxHashMap<Term, TermId>,
}

impl Table {
    /// The id of a term; a new one where the table has not met it yet.
    pub fn intern(&mut self, term: Term) -> TermId {
        if let Some(&id) = self.ids.get(&term) {
            return id;
        }
        let id = TermId(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        self.terms.push(term.clone());
        self.ids.insert(term, id);
        id
    }

    /// The id of an address.
    pub fn address(&mut self, text: &str) -> TermId {
        self.intern(Term::address(text))
    }

    /// The id of an address that the table may not know.
    #[must_use]
    pub fn find(&self, term: &Term) -> Option<TermId> {
        self.ids.get(term).copied()
    }

    /// The term of an id.
    #[must_use]
    pub fn term(&self, id: TermId) -> &Term {
        static NONE: std::sync::LazyLock<Term> =
            std::sync::LazyLock::new(|| Term::Literal("".into()));
        self.terms.get(id.0 as usize).unwrap_or(&NONE)
    }

    /// All terms, by their ids.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// What is said of the set under a name.
    #[must_use]
    pub fn said(&self, name: &str) -> Option<&str> {
        self.about.get(name).map(|value| &**value)
    }

    /// Says something of the set, unless it is empty.
    pub fn say(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.about.insert(name.into(), value.into());
        }
    }

    /// Says of each row what the set says of all of them (SSSOM: propagation), unless any row says it for itself. Every reader ends
    /// so; writers that have a place for what all rows share put it back there.
    pub fn spread(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        for slot in super::slots::MAPPING.iter().filter(|slot| slot.propagates) {
            let Some(value) = self.about.get(slot.name).cloned() else {
                continue;
            };
            if self
                .rows
                .iter()
                .any(|row| row.slots.contains_key(slot.name))
            {
                continue;
            }
            let name: Arc<str> = slot.name.into();
            for row in &mut self.rows {
                row.slots.insert(name.clone(), value.clone());
            }
            self.about.remove(slot.name);
        }
    }

    /// A row in a form that can be compared with rows of other tables.
    #[must_use]
    pub fn shown(&self, row: &Row) -> Shown {
        let slots = row.slots.iter();
        let slots = slots.map(|(name, value)| format!("{name}={value}"));
        let paths = row
            .paths
            .iter()
            .map(|path| path.text(&|id| self.term(id).text().to_owned()));
        Shown {
            triple: [
                format!("{:?}", self.term(row.subject)),
                row.predicate.shown().to_owned(),
                format!("{:?}", self.term(row.object)),
            ],
            negated: row.negated,
            confidence: row.confidence.map(|number| number.to_string()),
            justification: row.justification.to_string(),
            state: row.state,
            labels: [row.subject_label.clone(), row.object_label.clone()],
            slots: slots.collect(),
            paths: paths.collect(),
        }
    }

    /// All rows in a form that can be compared with other tables: sorted.
    #[must_use]
    pub fn all_shown(&self) -> Vec<Shown> {
        let mut shown: Vec<Shown> = self.rows.iter().map(|row| self.shown(row)).collect();
        shown.sort();
        shown
    }
}

/// A row without its table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown {
    /// Subject, predicate, object.
    pub triple: [String; 3],
    pub negated: bool,
    pub confidence: Option<String>,
    pub justification: String,
    pub state: State,
    pub labels: [Option<Arc<str>>; 2],
    pub slots: Vec<String>,
    pub paths: Vec<String>,
}

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [subject, predicate, object] = &self.triple;
        let not = if self.negated { "not " } else { "" };
        write!(formatter, "{subject} {not}{predicate} {object}")
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
