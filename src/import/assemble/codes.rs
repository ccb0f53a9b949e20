//! A code and an address for every record, each given once.
//!
//! Goes in: records with a key each. Comes out: codes and IRIs in the same order. The publisher's code is kept letter by letter
//! wherever it can be: it is changed only where two records share it, and then the reason is counted.

use std::collections::BTreeMap;

use oxiri::Iri;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::pack::made_iri;
use super::super::release::Record;
use super::super::tally::{Outcome, Tally};
use super::kind;
use super::texts::tidy;

/// A code or an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Given {
    pub text: String,
    /// Whether it differs from what the publisher gave.
    pub mended: bool,
}

/// Where so many in a hundred codes of a kind are those of another kind too, all codes of that kind get its name before them.
const SHARED_PERCENT: usize = 5;

pub(super) fn settle(records: &[Record], tally: &mut Tally) -> Vec<Given> {
    let wanted: Vec<String> = records.iter().map(|record| tidy(&record.code)).collect();
    let prefixed = kinds_to_prefix(records, &wanted);
    // Codes that nothing is wrong with go first, so that a mended one never takes the place of a sound one.
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut by_size: Vec<usize> = (0..records.len()).collect();
    let sizes = sizes(records);
    by_size.sort_by_key(|&at| std::cmp::Reverse(sizes.get(kind(&records[at])).copied()));
    for at in by_size {
        if !wanted[at].is_empty() && !prefixed.contains(kind(&records[at])) {
            first.entry(wanted[at].as_str()).or_insert(at);
        }
    }
    let mut taken: FxHashSet<String> = first.keys().map(|&code| code.to_owned()).collect();
    let mut codes = Vec::with_capacity(records.len());
    for (at, record) in records.iter().enumerate() {
        let code = wanted[at].as_str();
        let owner = first.get(code).copied();
        if owner == Some(at) {
            codes.push(Given {
                text: code.to_owned(),
                mended: code != record.code,
            });
            continue;
        }
        let (candidate, reason) = if code.is_empty() {
            let made = made_of(record);
            (
                made,
                "items without a code, which are named by their identifier",
            )
        } else if prefixed.contains(kind(record)) {
            let reason =
                "codes of a kind that shares them with another kind: the kind is put before them";
            (with_kind(record, code), reason)
        } else if owner.is_some_and(|owner| kind(&records[owner]) != kind(record)) {
            let reason = "codes that another kind has too: the kind is put before them";
            (with_kind(record, code), reason)
        } else {
            let reason =
                "codes that stand twice within a kind: the later one is named by its identifier";
            (made_of(record), reason)
        };
        let candidate = if candidate.is_empty() {
            "item".to_owned()
        } else {
            candidate
        };
        let mut text = candidate.clone();
        let mut number = 2;
        while !taken.insert(text.clone()) {
            text = format!("{candidate}-{number}");
            number += 1;
        }
        tally.note(Outcome::Mended, reason, record.spot, &text);
        codes.push(Given { text, mended: true });
    }
    codes
}

fn sizes(records: &[Record]) -> BTreeMap<&str, usize> {
    let mut sizes = BTreeMap::new();
    for record in records {
        *sizes.entry(kind(record)).or_insert(0) += 1;
    }
    sizes
}

/// The kinds that share many codes with a kind that has more records.
fn kinds_to_prefix<'r>(records: &'r [Record], codes: &[String]) -> FxHashSet<&'r str> {
    let sizes = sizes(records);
    let mut owner: FxHashMap<&str, &str> = FxHashMap::default();
    for (record, code) in records.iter().zip(codes) {
        let own = kind(record);
        let place = owner.entry(code.as_str()).or_insert(own);
        // The larger kind; of two of the same size the one whose name comes first.
        if (sizes.get(own), *place) > (sizes.get(*place), own) {
            *place = own;
        }
    }
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for (record, code) in records.iter().zip(codes) {
        let own = kind(record);
        if !code.is_empty() && owner.get(code.as_str()).is_some_and(|&owner| owner != own) {
            *shared.entry(own).or_insert(0) += 1;
        }
    }
    shared
        .into_iter()
        .filter(|(kind, count)| {
            let size = sizes.get(kind).copied().unwrap_or(0);
            count * 100 >= size * SHARED_PERCENT
        })
        .map(|(kind, _)| kind)
        .collect()
}

/// The code with the kind before it: `work-role-421`.
fn with_kind(record: &Record, code: &str) -> String {
    let kind = kind(record).to_lowercase().replace(' ', "-");
    format!("{}-{code}", tidy(&kind))
}

/// A code made of the record's identifier: the last part of its key.
fn made_of(record: &Record) -> String {
    let key = record.key.trim_end_matches(['/', '#']);
    let last = key.rsplit(['/', '#']).next().unwrap_or(key);
    let last = last.strip_prefix("urn:uuid:").unwrap_or(last);
    tidy(last)
}

/// The address of an item.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// The publisher's own.
    Published(String),
    /// Made of the framework's and the code.
    Made(String),
    /// The same with a number, because the publisher gave that one to another item.
    Numbered(String),
}

/// The addresses: the publisher's own where it is one and nobody else's, else one made of the framework's and the code.
pub(super) fn addresses(
    records: &[Record],
    codes: &[Given],
    source: &str,
    tally: &mut Tally,
) -> Vec<Address> {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    records
        .iter()
        .zip(codes)
        .map(|(record, code)| {
            let own = record
                .iri
                .as_deref()
                .map(str::trim)
                .filter(|iri| !iri.is_empty());
            if let Some(iri) = own {
                if Iri::parse(iri).is_err() {
                    let reason =
                        "addresses that are no IRIs, in place of which one is made of the code";
                    tally.note(Outcome::Mended, reason, record.spot, iri);
                } else if taken.insert(iri.to_owned()) {
                    return Address::Published(iri.to_owned());
                } else {
                    let reason =
                        "addresses that stand twice, in place of which one is made of the code";
                    tally.note(Outcome::Mended, reason, record.spot, iri);
                }
            }
            let made = made_iri(source, &code.text);
            if taken.insert(made.clone()) {
                return Address::Made(made);
            }
            let mut number = 2;
            loop {
                let text = format!("{made}-{number}");
                if taken.insert(text.clone()) {
                    return Address::Numbered(text);
                }
                number += 1;
            }
        })
        .collect()
}
