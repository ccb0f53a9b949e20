//! What readers say of a release as a whole once it is read: texts that stand under two codes, records that nothing binds.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::import::release::{Record, Release, TextRole};
use crate::import::tally::Outcome;

/// Notes each record whose statement an earlier one has word for word; `reason` reads well after a number.
pub(super) fn same_statement(release: &mut Release, reason: &str) {
    let mut first: FxHashMap<&str, &str> = FxHashMap::default();
    let mut found = Vec::new();
    for record in &release.records {
        let Some(text) = statement(record) else {
            continue;
        };
        match first.get(text) {
            Some(earlier) => found.push((record.spot, format!("{}, {earlier}", record.code))),
            None => {
                first.insert(text, &record.code);
            }
        }
    }
    for (spot, words) in found {
        release.tally.note(Outcome::Noted, reason, spot, &words);
    }
}

/// Notes each of these records to which no relation leads.
pub(super) fn unused(release: &mut Release, is_meant: fn(&Record) -> bool, reason: &str) {
    let used: FxHashSet<&str> = release
        .relations
        .iter()
        .map(|relation| relation.to.as_str())
        .collect();
    let found: Vec<_> = release
        .records
        .iter()
        .filter(|record| is_meant(record) && !used.contains(record.key.as_str()))
        .map(|record| (record.spot, record.code.clone()))
        .collect();
    for (spot, words) in found {
        release.tally.note(Outcome::Noted, reason, spot, &words);
    }
}

/// Its statement, if it has one.
pub(super) fn statement(record: &Record) -> Option<&str> {
    record
        .texts
        .iter()
        .find(|text| text.role == TextRole::Statement)
        .map(|text| text.text.as_str())
}
