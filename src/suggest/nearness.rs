//! What an embedding model says of two concepts: how near their names stand to each other as vectors.
//!
//! Goes in: both sides, and an [`Encoder`]. Comes out: [`Nearness`], a likeness for every pair and the nearest targets of every source concept.
//! Each text is encoded once in a run, however often it stands ([`Vectors`]). Which model gives the vectors is of no matter here.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::concept::{Concept, Concepts};
use super::features::Elsewhere;
use super::index::best;

/// How many names of a concept that is mapped are encoded, the main one first.
const SOURCE_NAMES: usize = 4;
/// How many names of a target are encoded, the main one first.
const TARGET_NAMES: usize = 10;
/// How many targets are put forward for a concept.
const NEAREST: usize = 20;

/// Something that turns texts into vectors.
pub trait Encoder {
    /// One vector of length 1 for each text, all equally wide; a text of which nothing is left has a vector of zeros.
    ///
    /// # Errors
    ///
    /// Says in one line why the texts could not be encoded.
    fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, String>;
}

/// The vectors of all texts that have been met.
#[derive(Debug, Default)]
pub struct Vectors {
    numbers: FxHashMap<String, u32>,
    width: usize,
    values: Vec<f32>,
}

impl Vectors {
    /// Encodes those of the texts that are new.
    ///
    /// # Errors
    ///
    /// What the encoder says, and vectors that are not equally wide or not numbers.
    fn add<'a>(
        &mut self,
        texts: impl Iterator<Item = &'a str>,
        encoder: &dyn Encoder,
    ) -> Result<(), String> {
        let mut new: Vec<&str> = texts
            .filter(|text| !self.numbers.contains_key(*text))
            .collect();
        new.sort_unstable();
        new.dedup();
        let encoded = encoder.encode(&new)?;
        if encoded.len() != new.len() {
            return Err("the model gives another number of vectors than of texts".to_owned());
        }
        for (text, vector) in new.into_iter().zip(encoded) {
            if self.width == 0 {
                self.width = vector.len();
            }
            if vector.is_empty() || vector.len() != self.width {
                return Err("the model gives vectors of several widths".to_owned());
            }
            if !vector.iter().all(|value| value.is_finite()) {
                return Err("the model gives vectors that are not made of numbers".to_owned());
            }
            let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
            self.numbers.insert(text.to_owned(), number);
            self.values.extend(vector);
        }
        Ok(())
    }

    fn of(&self, text: &str) -> &[f32] {
        let number = self.numbers.get(text).map_or(usize::MAX, |at| *at as usize);
        let from = number.saturating_mul(self.width);
        self.values
            .get(from..from.saturating_add(self.width))
            .unwrap_or(&[])
    }
}

/// How near concepts of both sides are.
#[derive(Debug, Default)]
pub struct Nearness {
    source: Side,
    target: Side,
    nearest: Vec<Vec<u32>>,
}

/// The vectors of one side's names, by concept.
#[derive(Debug, Default)]
struct Side {
    width: usize,
    values: Vec<f32>,
    /// Where the values of each concept start; one more entry than concepts.
    starts: Vec<usize>,
}

/// The first names of a concept.
fn names(concept: &Concept, most: usize) -> impl Iterator<Item = &str> {
    let texts = concept.labels.iter().map(|label| label.text.trim());
    texts.filter(|text| !text.is_empty()).take(most)
}

impl Side {
    fn new(concepts: &Concepts, most: usize, vectors: &Vectors) -> Side {
        let mut side = Side {
            width: vectors.width,
            values: Vec::new(),
            starts: vec![0],
        };
        for concept in &concepts.items {
            for name in names(concept, most) {
                side.values.extend_from_slice(vectors.of(name));
            }
            side.starts.push(side.values.len());
        }
        side
    }

    fn of(&self, concept: u32) -> std::slice::ChunksExact<'_, f32> {
        let at = |position: usize| self.starts.get(position).copied().unwrap_or(0);
        let (from, to) = (at(concept as usize), at(concept as usize + 1));
        let values = self.values.get(from..to).unwrap_or(&[]);
        values.chunks_exact(self.width.max(1))
    }

    fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    // Eight sums side by side, which the compiler can keep in one register.
    let mut sums = [0.0f32; 8];
    let (left, right) = (one.chunks_exact(8), other.chunks_exact(8));
    let rest: f32 = left
        .remainder()
        .iter()
        .zip(right.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (left, right) in left.zip(right) {
        for ((sum, a), b) in sums.iter_mut().zip(left).zip(right) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f32>() + rest
}

impl Nearness {
    /// Encodes the names of both sides and looks for what is near.
    ///
    /// # Errors
    ///
    /// What the encoder says.
    pub fn new(
        source: &Concepts,
        target: &Concepts,
        vectors: &mut Vectors,
        encoder: &dyn Encoder,
    ) -> Result<Nearness, String> {
        let texts = |side: &'_ Concepts, most| -> Vec<String> {
            let concepts = side.items.iter();
            concepts
                .flat_map(|concept| names(concept, most).map(str::to_owned))
                .collect()
        };
        let all = [texts(source, SOURCE_NAMES), texts(target, TARGET_NAMES)].concat();
        vectors.add(all.iter().map(String::as_str), encoder)?;
        let mut found = Nearness {
            source: Side::new(source, SOURCE_NAMES, vectors),
            target: Side::new(target, TARGET_NAMES, vectors),
            nearest: Vec::new(),
        };
        let targets = u32::try_from(found.target.len()).unwrap_or(u32::MAX);
        found.nearest = (0..u32::try_from(found.source.len()).unwrap_or(u32::MAX))
            .into_par_iter()
            .map(|source| {
                let all = (0..targets).map(|target| (target, found.like(source, target)));
                let near = best(all.filter(|(_, like)| *like > 0.0).collect(), NEAREST);
                near.into_iter().map(|(target, _)| target).collect()
            })
            .collect();
        Ok(found)
    }
}

impl Elsewhere for Nearness {
    fn like(&self, source: u32, target: u32) -> f32 {
        let mut most = 0.0f32;
        for one in self.source.of(source) {
            for other in self.target.of(target) {
                most = most.max(dot(one, other));
            }
        }
        most.min(1.0)
    }

    fn nearest(&self, source: u32) -> &[u32] {
        self.nearest.get(source as usize).map_or(&[], Vec::as_slice)
    }
}
