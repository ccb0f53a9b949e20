//! Finding the position of a text among many, without a second copy of the texts.
//!
//! Goes in: how many texts there are, and how to look at one. Comes out: a table of positions by hash. A framework of 20,000 codes
//! is indexed in about a millisecond, which is what keeps opening one cheap.
//!
//! Invariant: a position in the table is smaller than the number of texts it was made for.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Positions by the hash of the text there.
#[derive(Clone, Debug, Default)]
pub(super) struct Lookup {
    /// Position + 1; 0 where there is none. As long as a power of two, at most half full.
    slots: Vec<u32>,
}

impl Lookup {
    /// Enters the texts at the positions from 0. Of two that are the same the first is entered; the first such pair is told.
    pub fn new<'t>(count: usize, text: impl Fn(u32) -> &'t str) -> (Lookup, Option<(u32, u32)>) {
        let size = count.saturating_mul(2).next_power_of_two().max(2);
        let mut lookup = Lookup {
            slots: vec![0; size],
        };
        let mut twice = None;
        // Packs have fewer items than a `u32` can count.
        for position in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            let wanted = text(position);
            let mut slot = lookup.start(wanted);
            loop {
                match lookup.slots[slot] {
                    0 => {
                        lookup.slots[slot] = position + 1;
                        break;
                    }
                    taken if text(taken - 1) == wanted => {
                        twice = twice.or(Some((taken - 1, position)));
                        break;
                    }
                    _ => slot = (slot + 1) & (lookup.slots.len() - 1),
                }
            }
        }
        (lookup, twice)
    }

    /// The position of a text.
    pub fn find<'t>(&self, wanted: &str, text: impl Fn(u32) -> &'t str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = self.start(wanted);
        loop {
            match self.slots[slot] {
                0 => return None,
                taken if text(taken - 1) == wanted => return Some(taken - 1),
                _ => slot = (slot + 1) & (self.slots.len() - 1),
            }
        }
    }

    fn start(&self, text: &str) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        // The upper half is the better mixed one.
        (hasher.finish() >> 20) as usize & (self.slots.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_and_others_are_not() {
        let texts: Vec<String> = (0..5000).map(|number| format!("code {number}")).collect();
        let text = |position: u32| texts[position as usize].as_str();
        let (lookup, twice) = Lookup::new(texts.len(), text);
        assert_eq!(twice, None);
        for (position, wanted) in (0..).zip(&texts) {
            assert_eq!(lookup.find(wanted, text), Some(position));
        }
        assert_eq!(lookup.find("code", text), None);
        assert_eq!(Lookup::default().find("code", text), None);
    }

    #[test]
    fn the_first_of_two_is_found_and_both_are_told() {
        let texts = ["a", "b", "a"];
        let (lookup, twice) = Lookup::new(3, |position| texts[position as usize]);
        assert_eq!(twice, Some((0, 2)));
        assert_eq!(
            lookup.find("a", |position| texts[position as usize]),
            Some(0)
        );
    }
}
