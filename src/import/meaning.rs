//! The rules of meaning of a pack.
//!
//! In goes a pack as it was written, out comes what a [`super::pack::Pack`] is made of. Every fault is added at the value
//! that is wrong; what is returned is whole only if none was added. What follows from a fault is not reported again.

use oxilangtag::LanguageTag;
use oxiri::Iri;
use rustc_hash::FxHashMap;
use serde_saphyr::Spanned;

use super::assemble::NOT_STATED;
use super::pack::{PackHead, PackItem, PackItemIndex, PackItemStatus, StandsFor};
use super::reader::{Faults, RawItem, RawPack, Text};

pub(super) fn check_head(raw: &RawPack, faults: &mut Faults) -> Option<PackHead> {
    let id = required(&raw.id, "id", faults);
    if let Some(id) = id
        && !is_kebab_case(&id.value)
    {
        faults.at(id, || {
            format!(
                "`{}` is not an id: lower-case letters, digits and hyphens, a letter first",
                id.value
            )
        });
    }
    let version = required(&raw.version, "version", faults);
    if let Some(version) = version
        && version.value.contains(char::is_whitespace)
    {
        faults.at(version, || {
            format!("the version `{}` has a blank in it", version.value)
        });
    }
    let title = required(&raw.title, "title", faults);
    let publisher = stated(&raw.publisher, "publisher", faults);
    let licence = stated(&raw.licence, "licence", faults);
    let attribution = required(&raw.attribution, "attribution", faults);
    let source = required(&raw.source, "source", faults);
    let language = required(&raw.language, "language", faults);
    let kind_of = required(&raw.kind_of, "kind-of", faults);
    for value in [source, raw.licence_url.as_ref(), raw.iri.as_ref()]
        .into_iter()
        .flatten()
    {
        if !is_iri(&value.value) {
            faults.at(value, || not_an_iri(&value.value));
        }
    }
    if let Some(template) = &raw.item_iri
        && !template.value.contains(CODE)
    {
        faults.at(template, || {
            format!(
                "`{}` does not say where the code goes: write `{CODE}` there",
                template.value
            )
        });
    }
    if let Some(language) = language
        && LanguageTag::parse(language.value.as_str()).is_err()
    {
        faults.at(language, || not_a_language(&language.value));
    }
    let stands_for = kind_of.and_then(|word| stands_for(word, faults));
    Some(PackHead {
        id: id?.value.clone(),
        version: version?.value.clone(),
        title: title?.value.clone(),
        publisher,
        licence,
        licence_url: raw.licence_url.as_ref().map(|text| text.value.clone()),
        attribution: attribution?.value.clone(),
        source: source?.value.clone(),
        iri: raw.iri.as_ref().map(|text| text.value.clone()),
        language: language?.value.clone(),
        stands_for: stands_for?,
    })
}

/// Checks the items. What comes back is whole only if no fault was added.
pub(super) fn check_items(raw: &RawPack, faults: &mut Faults) -> Vec<PackItem> {
    let raw_items = raw.items.as_deref().unwrap_or_default();
    if raw_items.is_empty() {
        faults.missing(|| "there are no `items`".to_owned());
    }
    let template = match (&raw.item_iri, &raw.source) {
        (Some(template), _) => {
            Some(template.value.clone()).filter(|template| template.contains(CODE))
        }
        (None, Some(source)) => {
            Some(format!("{}#{CODE}", source.value)).filter(|_| is_iri(&source.value))
        }
        (None, None) => None,
    };
    let mut iris = Iris {
        template,
        are_made: raw.made_iris == Some(true),
        seen: FxHashMap::default(),
    };
    let known = Known {
        codes: check_codes(raw_items, faults),
        stands_for: raw
            .kind_of
            .as_ref()
            .and_then(|word| StandsFor::from_word(&word.value)),
    };
    let items: Vec<PackItem> = raw_items
        .iter()
        .enumerate()
        .map(|(number, raw)| check_item(&known, number, raw, &mut iris, faults))
        .collect();
    check_circles(&items, raw_items, faults);
    items
}

/// What an item is checked against.
struct Known<'a> {
    codes: FxHashMap<&'a str, PackItemIndex>,
    /// What codes of the pack stand for; nothing where the pack does not say it, which is a fault of its own.
    stands_for: Option<StandsFor>,
}

impl Known<'_> {
    /// The item that the item with this number and code names, if there is one and it is not itself.
    fn named(
        &self,
        number: usize,
        code: &str,
        value: &Text,
        what: &str,
        faults: &mut Faults,
    ) -> Option<PackItemIndex> {
        let found = self.codes.get(value.value.as_str()).copied();
        match found {
            None => faults.at(value, || {
                format!("the {what} `{}` is not the code of an item", value.value)
            }),
            Some(found) if found.0 as usize == number => {
                faults.at(value, || {
                    format!("the {what} of `{code}` is `{code}` itself")
                });
                return None;
            }
            Some(_) => {}
        }
        found
    }
}

/// Codes by name; the first of two that are the same.
fn check_codes<'a>(
    raw_items: &'a [Spanned<RawItem>],
    faults: &mut Faults,
) -> FxHashMap<&'a str, PackItemIndex> {
    let mut codes: FxHashMap<&str, PackItemIndex> = FxHashMap::default();
    for (index, raw) in (0..).map(PackItemIndex).zip(raw_items) {
        let Some(code) = required_in_item(&raw.value.code, raw, "code", faults) else {
            continue;
        };
        if let Some(first) = codes.get(code.value.as_str()) {
            let line = raw_items[first.0 as usize].referenced.line();
            faults.at(code, || {
                format!(
                    "the code `{}` is already that of the item in line {line}",
                    code.value
                )
            });
        } else {
            codes.insert(&code.value, index);
        }
    }
    codes
}

fn check_item(
    known: &Known<'_>,
    number: usize,
    place: &Spanned<RawItem>,
    iris: &mut Iris,
    faults: &mut Faults,
) -> PackItem {
    let raw = &place.value;
    let code = text(&raw.code);
    let label = required_in_item(&raw.label, place, "label", faults);
    if let Some(kind) = &raw.kind {
        check_tidy(kind, "kind", faults);
    }
    let own = raw.kind_of.as_ref().map(|word| stands_for(word, faults));
    let stands_for = own.unwrap_or(known.stands_for);
    if stands_for == Some(StandsFor::Level) && raw.rank.is_none() {
        faults.at(place, || {
            format!("the level `{code}` has no `rank`, so it cannot be compared with others")
        });
    }
    let named = |value: &Option<Text>, what: &str, faults: &mut Faults| {
        known.named(number, code, value.as_ref()?, what, faults)
    };
    let parent = named(&raw.parent, "parent", faults);
    let mut more_parents: Vec<PackItemIndex> = Vec::new();
    for above in raw.more_parents.iter().flatten() {
        if parent.is_none() && raw.parent.is_none() {
            faults.at(above, || {
                format!("`{code}` has more parents, but no `parent`")
            });
        }
        let Some(found) = known.named(number, code, above, "parent", faults) else {
            continue;
        };
        if parent == Some(found) || more_parents.contains(&found) {
            faults.at(above, || {
                format!("the parent `{}` is given twice", above.value)
            });
        } else {
            more_parents.push(found);
        }
    }
    let replaced_by = named(&raw.replaced_by, "replacement", faults);
    let status = match &raw.status {
        None => PackItemStatus::Active,
        Some(status) => match status.value.as_str() {
            "active" => PackItemStatus::Active,
            "withdrawn" => PackItemStatus::Withdrawn,
            other => {
                faults.at(status, || {
                    format!("`{other}` is not a status: `active` or `withdrawn`")
                });
                PackItemStatus::Withdrawn
            }
        },
    };
    if let (Some(replacement), PackItemStatus::Active) = (&raw.replaced_by, status) {
        faults.at(replacement, || {
            format!("`{code}` has a replacement, but its status is not `withdrawn`")
        });
    }
    PackItem {
        code: code.to_owned(),
        label: label.map(|label| label.value.clone()).unwrap_or_default(),
        labels: check_labels(raw, faults),
        iri: iris.check(raw, faults),
        iri_is_made: iris.are_made && raw.iri.is_none(),
        parent,
        more_parents,
        kind: raw.kind.as_ref().map(|kind| kind.value.clone()),
        stands_for: stands_for.unwrap_or(StandsFor::Skill),
        rank: raw.rank,
        status,
        replaced_by,
    }
}

fn check_labels(raw: &RawItem, faults: &mut Faults) -> Vec<(String, String)> {
    let labels = raw.labels.iter().flatten();
    labels
        .map(|(language, label)| {
            if LanguageTag::parse(language.as_str()).is_err() {
                faults.at(label, || not_a_language(language));
            }
            check_tidy(label, "label", faults);
            (language.clone(), label.value.clone())
        })
        .collect()
}

/// The text in an item's IRI template that stands for its code.
const CODE: &str = "{code}";

struct Iris {
    /// Nothing where the pack gives no usable template, which is a fault of its own.
    template: Option<String>,
    /// Whether the publisher gives no IRIs, so that those of the template are made up.
    are_made: bool,
    /// The lines of the items that have an IRI.
    seen: FxHashMap<String, u64>,
}

impl Iris {
    fn check(&mut self, raw: &RawItem, faults: &mut Faults) -> String {
        let (place, iri) = match (&raw.iri, &raw.code, &self.template) {
            (Some(own), _, _) => (own, own.value.clone()),
            (None, Some(code), Some(template)) => {
                (code, template.replace(CODE, &encoded(&code.value)))
            }
            // Said already: there is no code, or no source.
            (None, _, _) => return String::new(),
        };
        if !is_iri(&iri) {
            faults.at(place, || not_an_iri(&iri));
        } else if let Some(line) = self.seen.get(&iri) {
            // A code that occurs twice is said already.
            if raw.iri.is_some() {
                faults.at(place, || {
                    format!("`{iri}` is already the IRI of the item in line {line}")
                });
            }
        } else {
            self.seen.insert(iri.clone(), place.referenced.line());
        }
        iri
    }
}

/// The code as a part of an IRI: what could be read as a separator is written as `%XX`.
pub(super) fn encoded(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    for letter in code.chars() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' | '_' | '~' => out.push(letter),
            _ if letter.is_ascii() => out.push_str(&format!("%{:02X}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out
}

/// Reports circles of parents, each with the way round it.
fn check_circles(items: &[PackItem], raw_items: &[Spanned<RawItem>], faults: &mut Faults) {
    /// How many codes of a circle are shown.
    const SHOWN: usize = 8;
    for circle in circles(items) {
        let first = circle.iter().copied().min().unwrap_or(0);
        let start = circle.first().copied().unwrap_or(0);
        faults.add(
            raw_items[first]
                .value
                .parent
                .as_ref()
                .map(|parent| parent.referenced),
            || {
                let shown: Vec<&str> = circle
                    .iter()
                    .take(SHOWN)
                    .map(|&number| items[number].code.as_str())
                    .collect();
                let rest = if circle.len() > SHOWN { " → …" } else { "" };
                format!(
                    "the parents form a circle: {}{rest} → {}",
                    shown.join(" → "),
                    items[start].code
                )
            },
        );
    }
}

/// Circles of parents, up to a hundred: at least one if there is any, and each of them if nothing has more than one parent.
fn circles(items: &[PackItem]) -> Vec<Vec<usize>> {
    const MOST: usize = 100;
    let mut state = vec![Walk::New; items.len()];
    let mut circles = Vec::new();
    for start in 0..items.len() {
        if state[start] != Walk::New {
            continue;
        }
        state[start] = Walk::Open;
        // The way up from the start, and how many parents of each were taken.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, taken)) = way.last_mut() {
            let at = *at;
            let Some(parent) = items[at].parents().nth(*taken) else {
                state[at] = Walk::Done;
                way.pop();
                continue;
            };
            *taken += 1;
            let above = parent.0 as usize;
            match state[above] {
                Walk::New => {
                    state[above] = Walk::Open;
                    way.push((above, 0));
                }
                Walk::Open if circles.len() < MOST => {
                    let from = way.iter().position(|&(step, _)| step == above);
                    let circle = way.get(from.unwrap_or(0)..).unwrap_or_default();
                    circles.push(circle.iter().map(|&(step, _)| step).collect());
                }
                Walk::Open | Walk::Done => {}
            }
        }
    }
    circles
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    New,
    Open,
    Done,
}

fn text(value: &Option<Text>) -> &str {
    value.as_ref().map_or("", |text| text.value.as_str())
}

fn required<'a>(value: &'a Option<Text>, key: &str, faults: &mut Faults) -> Option<&'a Text> {
    match value {
        None => faults.missing(|| format!("`{key}` is missing")),
        Some(value) => check_tidy(value, key, faults),
    }
    value.as_ref()
}

/// What nobody may have stated. Earlier versions wrote the words for that into the file.
fn stated(value: &Option<Text>, key: &str, faults: &mut Faults) -> Option<String> {
    let value = value.as_ref()?;
    check_tidy(value, key, faults);
    (value.value != NOT_STATED).then(|| value.value.clone())
}

fn required_in_item<'a>(
    value: &'a Option<Text>,
    item: &Spanned<RawItem>,
    key: &str,
    faults: &mut Faults,
) -> Option<&'a Text> {
    match value {
        None => faults.at(item, || format!("this item has no `{key}`")),
        Some(value) => check_tidy(value, key, faults),
    }
    value.as_ref()
}

fn stands_for(word: &Text, faults: &mut Faults) -> Option<StandsFor> {
    let found = StandsFor::from_word(&word.value);
    if found.is_none() {
        faults.at(word, || {
            format!(
                "`{}` is not one of: {}",
                word.value,
                StandsFor::WORDS.join(", ")
            )
        });
    }
    found
}

/// Reports a text that people are to read and that is not fit for it.
fn check_tidy(value: &Text, key: &str, faults: &mut Faults) {
    if let Some(wrong) = untidy(&value.value) {
        faults.at(value, || format!("the {key} {wrong}"));
    }
}

/// What is wrong with a text that people are to read, if anything.
pub(super) fn untidy(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("is empty")
    } else if text.trim() != text {
        Some("has blanks around it")
    } else if text.contains(char::is_control) {
        Some("has a line break or another control character in it")
    } else {
        None
    }
}

pub(super) fn is_kebab_case(id: &str) -> bool {
    id.starts_with(|first: char| first.is_ascii_lowercase())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

pub(super) fn is_iri(text: &str) -> bool {
    Iri::parse(text).is_ok()
}

fn not_an_iri(text: &str) -> String {
    format!("`{text}` is not an IRI")
}

pub(super) fn not_a_language(tag: &str) -> String {
    format!("`{tag}` is not a language tag such as `en` or `pt-BR`")
}
