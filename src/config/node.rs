//! YAML as nodes that know where they stand.
//!
//! Goes in: the text of the project file. Comes out: a tree of scalars, lists and maps with spans, or the one fault of form
//! that ends the reading. Scalars keep the words of the author (`1.10` stays `1.10`); what they mean is said elsewhere.
//! Invariant: bounded work, also on hostile input (aliases that unfold, deep nesting, endless documents).

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::DuplicateKeyPolicy;

use crate::source::{LineIndex, Span};

/// A value of the file.
#[derive(Debug)]
pub(super) enum Value {
    /// Nothing written.
    Null,
    /// Any text, number or word.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in file order, repeated keys included.
    Map(Vec<(Key, Node)>),
}

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub value: Value,
    pub span: Span,
}

/// A key and where it stands.
#[derive(Debug)]
pub(super) struct Key {
    pub text: String,
    pub span: Span,
}

/// What ended the reading.
#[derive(Debug)]
pub(super) struct Fault {
    pub span: Span,
    /// The reason in a few words, without its place.
    pub reason: String,
}

/// No project file is longer, in bytes.
const LONGEST: usize = 1_000_000;

const TOO_LARGE: &str = "it is too large or too deeply nested";

/// Reads the text. An empty file is [`Value::Null`].
pub(super) fn read(text: &str) -> Result<Node, Fault> {
    let options = serde_saphyr::options! {
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        with_snippet: false,
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 10_000,
            max_replay_stack_depth: 32,
            max_alias_expansions_per_anchor: 1_000,
        },
        budget: serde_saphyr::budget! {
            max_depth: 16,
            flow_nesting_limit: 16,
            max_nodes: 100_000,
            max_events: 300_000,
            max_documents: 1,
        },
    };
    if text.len() > LONGEST {
        return Err(Fault {
            span: Span::at(0),
            reason: TOO_LARGE.to_owned(),
        });
    }
    if text.trim().is_empty() {
        return Ok(Node {
            value: Value::Null,
            span: Span::default(),
        });
    }
    match serde_saphyr::from_str_with_options::<serde_saphyr::Spanned<Raw>>(text, options) {
        Ok(raw) => Ok(node(raw, text)),
        Err(error) => Err(fault(&error, text)),
    }
}

/// A value as the reader of YAML gives it.
enum Raw {
    Null,
    /// A number or a truth value: its words are taken from the text.
    Plain,
    Text(String),
    List(Vec<serde_saphyr::Spanned<Raw>>),
    Map(Vec<(serde_saphyr::Spanned<String>, serde_saphyr::Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Raw;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text, a list or a map")
            }
            fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
                Ok(Raw::Plain)
            }
            fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
                Ok(Raw::Text(text.to_owned()))
            }
            fn visit_string<E>(self, text: String) -> Result<Raw, E> {
                Ok(Raw::Text(text))
            }
            fn visit_unit<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_none<E>(self) -> Result<Raw, E> {
                Ok(Raw::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Raw, D::Error> {
                Raw::deserialize(inner)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = list.next_element()? {
                    members.push(member);
                }
                Ok(Raw::List(members))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Raw::Map(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

fn node(raw: serde_saphyr::Spanned<Raw>, text: &str) -> Node {
    let span = span(raw.referenced, text);
    let value = match raw.value {
        Raw::Null => Value::Null,
        Raw::Plain => {
            let written = self::span(raw.defined, text);
            let words = text.get(written.start as usize..written.end as usize);
            Value::Scalar(words.unwrap_or("").trim().to_owned())
        }
        Raw::Text(words) => Value::Scalar(words),
        Raw::List(members) => Value::List(
            members
                .into_iter()
                .map(|member| node(member, text))
                .collect(),
        ),
        Raw::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let key = Key {
                        span: self::span(key.referenced, text),
                        text: key.value,
                    };
                    (key, node(value, text))
                })
                .collect(),
        ),
    };
    Node { value, span }
}

/// The span of a location; of the place alone where the reader knows no more than line and column.
fn span(location: serde_saphyr::Location, text: &str) -> Span {
    let found = location.span();
    let (start, length) = match (found.byte_offset(), found.byte_len()) {
        (Some(start), Some(length)) => (start as usize, length as usize),
        _ => (
            offset(text, location.line() as usize, location.column() as usize),
            0,
        ),
    };
    let start = floor(text, start);
    let end = floor(text, start.saturating_add(length));
    let written = text.get(start..end).unwrap_or("");
    // Block values reach to the next token: what is underlined ends with its last line that has something on it.
    let end = start + written.trim_end().len();
    Span::new(start as u32, end as u32)
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// The offset of a line and column, both from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let (start, end) = LineIndex::new(text).range(line.saturating_sub(1));
    let line = text.get(start as usize..end as usize).unwrap_or("");
    let within = line
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(line.trim_end().len(), |(at, _)| at);
    start as usize + within
}

/// The reader's error with its place and, where it is about limits, in words of ours.
fn fault(error: &serde_saphyr::Error, text: &str) -> Fault {
    let error = error.without_snippet();
    let span = error.location().map_or(Span::at(0), |at| span(at, text));
    let reason = match error {
        serde_saphyr::Error::Budget {
            breach: serde_saphyr::budget::BudgetBreach::Documents { .. },
            ..
        } => "it holds more than one document".to_owned(),
        serde_saphyr::Error::Budget { .. } => TOO_LARGE.to_owned(),
        other => {
            let words = other.render();
            if words.contains("limit exceeded") {
                return Fault {
                    span,
                    reason: TOO_LARGE.to_owned(),
                };
            }
            // The reader repeats the place in its words; ours is shown beside them.
            let words = words.split(" at line ").next().unwrap_or("");
            let words = words
                .lines()
                .next()
                .unwrap_or("")
                .trim()
                .trim_end_matches('.');
            words.strip_prefix("error: ").unwrap_or(words).to_owned()
        }
    };
    Fault { span, reason }
}
