//! What is required already: for each credential everything that must have been earned before it, in any number of steps.
//!
//! Goes in: what each credential requires in any case. Comes out: one row for each credential that is asked about, made once
//! from the rows before it. A row is a sorted list while it is short, as it is in nearly every catalogue, and one bit for
//! each credential once that is smaller; so cost follows what is really required, and a dense project costs its edges
//! times a row of bits and no more. Past a fixed amount of memory a row stays empty, and in circles rows may be too small:
//! the answer is never too large.

use crate::model::{CredentialId, Id as _};

/// How many words of 64 bits all rows together may take (64 MB).
const WORDS: usize = 8_000_000;

/// Rows of ancestors, made when they are first asked for.
#[derive(Debug)]
pub struct Ancestors {
    before: Vec<Vec<CredentialId>>,
    rows: Vec<Row>,
    /// Words that all rows take.
    used: usize,
    /// The credentials of the row that is being made, for telling what is new.
    marks: Vec<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    Unknown,
    /// Being made; met again only in a circle.
    Begun,
    /// Sorted.
    Few(Vec<CredentialId>),
    Many(Vec<u64>),
}

fn position(id: CredentialId) -> (usize, u64) {
    (id.index() / 64, 1 << (id.index() % 64))
}

impl Row {
    fn contains(&self, id: CredentialId) -> bool {
        match self {
            Self::Unknown | Self::Begun => false,
            Self::Few(ids) => ids.binary_search(&id).is_ok(),
            Self::Many(words) => {
                let (word, bit) = position(id);
                words.get(word).is_some_and(|word| word & bit != 0)
            }
        }
    }

    fn words(&self) -> usize {
        match self {
            Self::Unknown | Self::Begun => 0,
            Self::Few(ids) => ids.len().div_ceil(2),
            Self::Many(words) => words.len(),
        }
    }
}

impl Ancestors {
    /// Takes, by credential, what it requires in any case.
    #[must_use]
    pub fn new(before: Vec<Vec<CredentialId>>) -> Self {
        let count = before.len();
        Self {
            before,
            rows: vec![Row::Unknown; count],
            used: 0,
            marks: vec![0; count.div_ceil(64)],
        }
    }

    /// Those of `among`, which is sorted, that must have been earned before `id`.
    pub fn among(&mut self, id: CredentialId, among: &[CredentialId]) -> Vec<CredentialId> {
        self.fill(id);
        let row = &self.rows[id.index()];
        let ids = among.iter().copied();
        match row {
            // Whichever is shorter is walked; the other is looked into.
            Row::Few(before) if before.len() < among.len() => {
                let before = before.iter().copied();
                before
                    .filter(|id| among.binary_search(id).is_ok())
                    .collect()
            }
            Row::Unknown | Row::Begun | Row::Few(_) | Row::Many(_) => {
                ids.filter(|&id| row.contains(id)).collect()
            }
        }
    }

    /// Makes the row of a credential, and those it is made of.
    fn fill(&mut self, id: CredentialId) {
        let mut stack = vec![(id, 0)];
        while let Some((id, next)) = stack.pop() {
            if next == 0 {
                if self.rows[id.index()] != Row::Unknown {
                    continue;
                }
                self.rows[id.index()] = Row::Begun;
            }
            let unknown = self.before[id.index()][next..]
                .iter()
                .position(|other| self.rows[other.index()] == Row::Unknown);
            if let Some(skipped) = unknown {
                let other = self.before[id.index()][next + skipped];
                stack.push((id, next + skipped + 1));
                stack.push((other, 0));
            } else {
                self.make(id);
            }
        }
    }

    /// Makes a row from the rows of what is required.
    fn make(&mut self, id: CredentialId) {
        let before = &self.before[id.index()];
        let dense = before
            .iter()
            .any(|other| matches!(self.rows[other.index()], Row::Many(_)));
        let row = if dense {
            self.many(before)
        } else {
            let ids = few(before, &self.rows, &mut self.marks);
            // Two ids take the room of one word.
            if ids.len() / 2 > self.marks.len() {
                self.many(before)
            } else {
                Row::Few(ids)
            }
        };
        let words = row.words();
        self.rows[id.index()] = if self.used + words > WORDS {
            Row::Few(Vec::new())
        } else {
            self.used += words;
            row
        };
    }

    fn many(&self, before: &[CredentialId]) -> Row {
        let mut row = vec![0_u64; self.marks.len()];
        for &other in before {
            let (word, bit) = position(other);
            row[word] |= bit;
            match &self.rows[other.index()] {
                Row::Unknown | Row::Begun => {}
                Row::Few(ids) => {
                    for &id in ids {
                        let (word, bit) = position(id);
                        row[word] |= bit;
                    }
                }
                Row::Many(words) => {
                    for (word, more) in row.iter_mut().zip(words) {
                        *word |= more;
                    }
                }
            }
        }
        Row::Many(row)
    }
}

/// What is required and all that this requires in turn, sorted; for rows that are lists. `marks` are clear before and after.
fn few(before: &[CredentialId], rows: &[Row], marks: &mut [u64]) -> Vec<CredentialId> {
    let mut found: Vec<CredentialId> = Vec::new();
    let mut add = |id: CredentialId| {
        let (word, bit) = position(id);
        if marks[word] & bit == 0 {
            marks[word] |= bit;
            found.push(id);
        }
    };
    for &other in before {
        add(other);
        if let Row::Few(ids) = &rows[other.index()] {
            ids.iter().copied().for_each(&mut add);
        }
    }
    for id in &found {
        marks[position(*id).0] = 0;
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slow and obviously right: walks back from `id`.
    fn reachable(before: &[Vec<CredentialId>], id: CredentialId) -> Vec<bool> {
        let mut seen = vec![false; before.len()];
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            for &other in &before[id.index()] {
                if !seen[other.index()] {
                    seen[other.index()] = true;
                    open.push(other);
                }
            }
        }
        seen
    }

    fn compare(before: &[Vec<CredentialId>]) {
        let mut ancestors = Ancestors::new(before.to_vec());
        for id in (0..before.len()).map(CredentialId::from_index) {
            let expected = reachable(before, id);
            let all: Vec<CredentialId> = (0..before.len()).map(CredentialId::from_index).collect();
            let wanted = |among: &[CredentialId]| {
                let ids = among.iter().copied();
                ids.filter(|id| expected[id.index()]).collect::<Vec<_>>()
            };
            for among in [&all[..], &all[..before.len().min(5)]] {
                assert_eq!(ancestors.among(id, among), wanted(among), "before {id:?}");
            }
        }
    }

    #[test]
    fn lists_and_bits_say_the_same() {
        // Few requirements far apart, then many: rows turn from lists into bits on the way.
        let sparse =
            |id: usize| (0..id).filter(move |other| (id * 7 + other * 13).is_multiple_of(61));
        let dense = |id: usize| (0..id).filter(move |other| (id + other).is_multiple_of(3));
        for each in [true, false] {
            let before: Vec<Vec<CredentialId>> = (0..300)
                .map(|id| {
                    let ids: Vec<usize> = if each {
                        sparse(id).collect()
                    } else {
                        dense(id).collect()
                    };
                    ids.into_iter().map(CredentialId::from_index).collect()
                })
                .collect();
            compare(&before);
        }
    }

    #[test]
    fn a_circle_ends_and_never_says_too_much() {
        let ids = |list: &[usize]| {
            list.iter()
                .map(|&id| CredentialId::from_index(id))
                .collect()
        };
        let before = vec![ids(&[2]), ids(&[0]), ids(&[1]), ids(&[2])];
        let mut ancestors = Ancestors::new(before.clone());
        for id in (0..4).map(CredentialId::from_index) {
            let expected = reachable(&before, id);
            let all: Vec<CredentialId> = (0..4).map(CredentialId::from_index).collect();
            for other in ancestors.among(id, &all) {
                assert!(expected[other.index()]);
            }
        }
    }
}
