//! Reading the YAML text of a pack.
//!
//! In goes text from anywhere, out comes a [`Pack`] that keeps its invariants, or the faults. The form is read first
//! (what the YAML reader refuses is reported alone); then every rule of meaning is checked and all faults are reported,
//! each at the value that is wrong. Time and memory are linear in the text, also for hostile text: its size and its
//! nesting are limited, and aliases, by which a little text could stand for much, are not accepted.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::{DefaultMessageFormatter, Error, Location, MessageFormatter, Options, Spanned};

use super::details::Details;
use super::extra::read_details;
use super::meaning::{check_head, check_items};
use super::pack::{Pack, PackFault};

/// The largest text that is read as a pack, in bytes. Frameworks with many thousand items are not kept as YAML.
const LARGEST_TEXT: usize = 4 << 20;
/// The deepest nesting of lists and maps; a pack itself needs six steps, and fields of its publisher may need more.
const DEEPEST_NESTING: usize = 16;
/// Faults that are reported one by one.
const MOST_FAULTS: usize = 100;

/// Reads a pack; see [`Pack::parse`].
pub(super) fn read(yaml: &str) -> Result<(Pack, Details), Vec<PackFault>> {
    if yaml.len() > LARGEST_TEXT {
        let message = format!(
            "the text of a framework may not be larger than {} MiB",
            LARGEST_TEXT >> 20
        );
        return Err(vec![PackFault {
            line: 1,
            column: 1,
            message,
        }]);
    }
    let raw: RawPack = serde_saphyr::from_str_with_options(yaml, options())
        .map_err(|error| vec![fault_of_form(&error)])?;
    let mut faults = Faults::default();
    let head = check_head(&raw, &mut faults);
    let items = check_items(&raw, &mut faults);
    let details = read_details(&raw, &mut faults);
    match head {
        Some(head) if faults.is_empty() => Ok((Pack::assemble(head, items), details)),
        Some(_) | None => Err(faults.sorted()),
    }
}

/// The top of the file, before its meaning is checked. All is optional here, so that all that is missing can be said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawPack {
    pub id: Option<Text>,
    pub version: Option<Text>,
    pub title: Option<Text>,
    pub publisher: Option<Text>,
    pub licence: Option<Text>,
    pub licence_url: Option<Text>,
    pub attribution: Option<Text>,
    pub source: Option<Text>,
    pub iri: Option<Text>,
    pub item_iri: Option<Text>,
    pub made_iris: Option<bool>,
    pub language: Option<Text>,
    pub kind_of: Option<Text>,
    pub fields: Option<serde_json::Map<String, serde_json::Value>>,
    pub items: Option<Vec<Spanned<RawItem>>>,
}

/// One member of `items`, before its meaning is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawItem {
    pub code: Option<Text>,
    pub label: Option<Text>,
    pub parent: Option<Text>,
    pub kind: Option<Text>,
    pub kind_of: Option<Text>,
    pub iri: Option<Text>,
    pub status: Option<Text>,
    pub replaced_by: Option<Text>,
    pub labels: Option<BTreeMap<String, Text>>,
    pub rank: Option<u32>,
    pub more_parents: Option<Vec<Text>>,
    pub statement: Option<Text>,
    pub description: Option<Text>,
    pub alternatives: Option<Vec<Text>>,
    pub hidden: Option<Vec<Text>>,
    pub notes: Option<Vec<Text>>,
    pub texts: Option<Vec<RawText>>,
    pub relations: Option<Vec<Spanned<RawRelation>>>,
    pub fields: Option<serde_json::Map<String, serde_json::Value>>,
}

/// A text in another language than that of the pack.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawText {
    #[serde(rename = "as")]
    pub role: Text,
    #[serde(rename = "in")]
    pub language: Text,
    pub text: Text,
}

/// One member of `relations`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRelation {
    pub kind: Text,
    pub to: Option<Text>,
    pub outside: Option<Text>,
    pub fields: Option<serde_json::Map<String, serde_json::Value>>,
}

/// A text with its place. A number without quotes is taken letter by letter, so `3.0` stays `3.0` and `011` stays `011`.
pub(super) type Text = Spanned<String>;

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: DEEPEST_NESTING,
            flow_nesting_limit: DEEPEST_NESTING,
            max_aliases: 0,
            // The size of the text limits these two already.
            max_events: usize::MAX,
            max_nodes: usize::MAX,
        },
        with_snippet: false,
    }
}

fn fault_of_form(error: &Error) -> PackFault {
    let error = error.without_snippet();
    PackFault::at(error.location(), &message_of_form(error))
}

/// What is wrong with the form, in our words where the reader's are for programmers.
fn message_of_form(error: &Error) -> String {
    match error {
        Error::Unexpected {
            expected: "mapping start",
            ..
        } => "expected keys with values, such as `id: eqf`".to_owned(),
        Error::Unexpected {
            expected: "sequence start",
            ..
        } => "expected a list".to_owned(),
        Error::Unexpected {
            expected: "string scalar",
            ..
        } => "expected a text".to_owned(),
        // The only scalars of a pack that are not texts are ranks.
        Error::InvalidScalar { .. } => "expected a whole number".to_owned(),
        Error::DuplicateMappingKey { key: Some(key), .. } => {
            format!("the key `{key}` is given twice")
        }
        Error::SerdeUnknownField {
            field, expected, ..
        } => {
            format!(
                "`{field}` is not a key here; the keys are `{}`",
                expected.join("`, `")
            )
        }
        Error::MultipleDocuments { .. } => {
            "expected one document, but a second one starts here".to_owned()
        }
        Error::UnknownAnchor { .. }
        | Error::Budget {
            breach: BudgetBreach::Aliases { .. },
            ..
        } => "aliases such as `*name` are not accepted in a framework".to_owned(),
        other => format!(
            "not readable as YAML: {}",
            DefaultMessageFormatter.format_message(other)
        ),
    }
}

impl PackFault {
    /// A fault of a file as a whole.
    pub(super) fn of_file(message: String) -> PackFault {
        PackFault::at(None, &message)
    }

    fn at(place: Option<Location>, message: &str) -> PackFault {
        let (line, column) = place.map_or((1, 1), |place| (place.line(), place.column()));
        let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX).max(1);
        let message = message
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        PackFault {
            line: number(line),
            column: number(column),
            message,
        }
    }
}

/// The faults found so far.
#[derive(Default)]
pub(super) struct Faults {
    found: Vec<PackFault>,
    more: usize,
}

impl Faults {
    fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Reports at a value.
    pub fn at<T>(&mut self, value: &Spanned<T>, message: impl FnOnce() -> String) {
        self.add(Some(value.referenced), message);
    }

    /// Reports what is nowhere in the text.
    pub fn missing(&mut self, message: impl FnOnce() -> String) {
        self.add(None, message);
    }

    /// Reports at a place, or at the start of the text if there is none.
    pub fn add(&mut self, place: Option<Location>, message: impl FnOnce() -> String) {
        if self.found.len() < MOST_FAULTS {
            self.found.push(PackFault::at(place, &message()));
        } else {
            self.more += 1;
        }
    }

    fn sorted(self) -> Vec<PackFault> {
        let mut faults = self.found;
        faults.sort();
        if self.more > 0 {
            let (line, column) = faults
                .last()
                .map_or((1, 1), |last| (last.line, last.column));
            faults.push(PackFault {
                line,
                column,
                message: format!("and {} more", self.more),
            });
        }
        faults
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
