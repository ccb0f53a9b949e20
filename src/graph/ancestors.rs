//! What is required already: for each credential everything that must have been earned before it, in any number of steps.
//!
//! Goes in: what each credential requires in any case. Comes out: one row of bits for each credential that is asked about,
//! made once from the rows before it, so that a dense project costs its edges times a row and no more. Past a fixed amount
//! of memory a row stays empty, and in circles rows may be too small: the answer is never too large.

use crate::model::{CredentialId, Id as _};

/// How many words of 64 bits all rows together may take (64 MB).
const WORDS: usize = 8_000_000;

/// Rows of ancestors, made when they are first asked for.
#[derive(Debug)]
pub struct Ancestors {
    before: Vec<Vec<CredentialId>>,
    /// Where the row of a credential begins in `bits`.
    rows: Vec<Row>,
    bits: Vec<u64>,
    width: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Unknown,
    /// Being made; met again only in a circle.
    Begun,
    Empty,
    At(usize),
}

/// Some credentials, as bits.
#[derive(Debug, Clone)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// Adds a credential; says whether it is new.
    pub fn insert(&mut self, id: CredentialId) -> bool {
        let (word, bit) = position(id);
        let Some(word) = self.0.get_mut(word) else {
            return false;
        };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Whether a credential is among them.
    #[must_use]
    pub fn contains(&self, id: CredentialId) -> bool {
        let (word, bit) = position(id);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

fn position(id: CredentialId) -> (usize, u64) {
    (id.index() / 64, 1 << (id.index() % 64))
}

impl Ancestors {
    /// Takes, by credential, what it requires in any case.
    #[must_use]
    pub fn new(before: Vec<Vec<CredentialId>>) -> Self {
        let count = before.len();
        Self {
            before,
            rows: vec![Row::Unknown; count],
            bits: Vec::new(),
            width: count.div_ceil(64),
        }
    }

    /// No credentials.
    #[must_use]
    pub fn none(&self) -> Bits {
        Bits(vec![0; self.width])
    }

    /// Those of `among` that must have been earned before `id`, in the order of their ids.
    pub fn among(&mut self, id: CredentialId, among: &Bits) -> Vec<CredentialId> {
        self.fill(id);
        let Row::At(start) = self.rows[id.index()] else {
            return Vec::new();
        };
        let row = &self.bits[start..start + self.width];
        let mut found = Vec::new();
        for (at, (word, wanted)) in row.iter().zip(&among.0).enumerate() {
            let mut left = word & wanted;
            while left != 0 {
                let bit = left.trailing_zeros() as usize;
                found.push(CredentialId::from_index(at * 64 + bit));
                left &= left - 1;
            }
        }
        found
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
        let start = self.bits.len();
        if self.before[id.index()].is_empty() || start + self.width > WORDS {
            self.rows[id.index()] = Row::Empty;
            return;
        }
        self.bits.resize(start + self.width, 0);
        let (known, row) = self.bits.split_at_mut(start);
        for &other in &self.before[id.index()] {
            let (word, bit) = position(other);
            row[word] |= bit;
            if let Row::At(from) = self.rows[other.index()] {
                let inherited = &known[from..from + self.width];
                for (word, more) in row.iter_mut().zip(inherited) {
                    *word |= more;
                }
            }
        }
        self.rows[id.index()] = Row::At(start);
    }
}
