//! What an import did with what it read: nothing is lost without a count, a reason and the first places.
//!
//! Goes in: one call for each record or fault. Comes out: the table that `gradus import` ends with, and its JSON.
//! Invariant: for every kind of record, read = kept + merged + skipped once the import is over.

use std::collections::BTreeMap;

/// How many places of one reason are remembered.
const PLACES: usize = 3;

/// A place in the files of a release.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The file's position in the bundle.
    pub file: u32,
    /// The line from 1 where the record starts, or its number in the list where the format has no lines; 0 for the file as a whole.
    pub line: u32,
}

/// Counts of one import.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    kinds: BTreeMap<String, Counts>,
    findings: BTreeMap<(Outcome, String), Finding>,
}

/// What became of records of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub read: usize,
    pub kept: usize,
    /// Put together with another record of the same thing.
    pub merged: usize,
    pub skipped: usize,
}

/// What was done about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// A record is not in the pack.
    Skipped,
    /// A record was put together with another one.
    Merged,
    /// A record is kept, and something in it was put right.
    Mended,
    /// A record is kept as it is, and something in it deserves a look.
    Noted,
}

/// One reason, and where it was met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finding {
    pub count: usize,
    /// The first places, with the words there.
    pub places: Vec<(Spot, String)>,
}

impl Tally {
    /// A record of a kind was read.
    pub fn read(&mut self, kind: &str) {
        self.counts(kind).read += 1;
    }

    /// A record of a kind is in the pack.
    pub fn kept(&mut self, kind: &str) {
        self.counts(kind).kept += 1;
    }

    /// A record of a kind was put together with another one, for a reason that reads well after a number: `records for the same IRI`.
    pub fn merged(&mut self, kind: &str, reason: &str, spot: Spot, words: &str) {
        self.counts(kind).merged += 1;
        self.note(Outcome::Merged, reason, spot, words);
    }

    /// A record of a kind was left out, for a reason that reads well after a number: `records without a label`.
    pub fn skipped(&mut self, kind: &str, reason: &str, spot: Spot, words: &str) {
        self.counts(kind).skipped += 1;
        self.note(Outcome::Skipped, reason, spot, words);
    }

    /// Something was mended or deserves a look; `words` are the record's own (its code, the reference that leads nowhere).
    pub fn note(&mut self, outcome: Outcome, reason: &str, spot: Spot, words: &str) {
        let key = (outcome, reason.to_owned());
        let finding = self.findings.entry(key).or_default();
        finding.count += 1;
        if finding.places.len() < PLACES {
            let words = words.chars().take(120).collect();
            finding.places.push((spot, words));
        }
    }

    /// Adds what another tally has counted.
    pub fn take_in(&mut self, other: &Tally) {
        for (kind, counts) in &other.kinds {
            let own = self.counts(kind);
            own.read += counts.read;
            own.kept += counts.kept;
            own.merged += counts.merged;
            own.skipped += counts.skipped;
        }
        for (key, finding) in &other.findings {
            let own = self.findings.entry(key.clone()).or_default();
            own.count += finding.count;
            let room = PLACES.saturating_sub(own.places.len());
            own.places.extend(finding.places.iter().take(room).cloned());
        }
    }

    /// The same, of a file that stands at another position.
    #[must_use]
    pub fn at_file(mut self, file: u32) -> Self {
        let findings = self.findings.values_mut();
        for (spot, _) in findings.flat_map(|finding| &mut finding.places) {
            spot.file = file;
        }
        self
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.findings.is_empty()
    }

    /// Once all is over: what became something was read, also where nobody said so.
    pub fn settle(&mut self) {
        for counts in self.kinds.values_mut() {
            counts.read = counts
                .read
                .max(counts.kept + counts.merged + counts.skipped);
        }
    }

    fn counts(&mut self, kind: &str) -> &mut Counts {
        self.kinds.entry(kind.to_owned()).or_default()
    }

    /// The counts by kind, sorted by kind.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, Counts)> {
        self.kinds
            .iter()
            .map(|(kind, counts)| (kind.as_str(), *counts))
    }

    /// The reasons, what was left out first.
    pub fn findings(&self) -> impl Iterator<Item = (Outcome, &str, &Finding)> {
        self.findings
            .iter()
            .map(|((outcome, reason), finding)| (*outcome, reason.as_str(), finding))
    }

    /// How often a reason was met.
    #[must_use]
    pub fn count(&self, outcome: Outcome, reason: &str) -> usize {
        self.findings
            .get(&(outcome, reason.to_owned()))
            .map_or(0, |finding| finding.count)
    }
}
