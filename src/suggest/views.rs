//! The ways to look for a concept, and the few candidates that each of them finds.
//!
//! A *view* compares one part of a source concept (its name, all its names, its prose …) with one part of every target
//! concept, through an inverted index, and gives a number from 0 to 1 for each target that shares anything. The best few of each view are the
//! candidates; everything costly is done for them alone.

use super::analysis::{Analysis, Name, Side};
use super::index::{Index, Sums, Vector, best};

/// The number of views.
pub const VIEWS: usize = 13;
/// Names of the views, in order.
pub const VIEW_NAMES: [&str; VIEWS] = [
    "words:name-names",
    "words:name-name",
    "words:names-names",
    "words:many-names",
    "grams:name-names",
    "grams:name-name",
    "grams:names-name",
    "named-named",
    "prose-prose",
    "named-prose",
    "prose-named",
    "whole-whole",
    "named-around",
];
/// How many targets each view puts forward.
const EACH: [usize; VIEWS] = [25, 20, 20, 20, 40, 25, 20, 14, 14, 10, 10, 20, 10];
/// How many of a concept's names look for names by their letters.
const GRAM_NAMES: usize = 8;

/// Everything that a side can be searched by.
#[derive(Debug)]
pub struct Views {
    pub name_words: Index,
    pub name_grams: Index,
    pub main_grams: Index,
    pub named: Index,
    pub prose: Index,
    pub whole: Index,
    pub around: Index,
    owners: Vec<u32>,
    preferred: Vec<bool>,
    concepts: usize,
}

/// Room for one search, used again for the next.
#[derive(Debug, Default)]
pub struct Room {
    pub sums: Sums,
    values: Vec<[f32; VIEWS]>,
    met: Vec<bool>,
    touched: Vec<u32>,
    per_name: Vec<f32>,
    name_touched: Vec<u32>,
}

/// A target, and what each view says of it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    pub target: u32,
    pub values: [f32; VIEWS],
}

fn main_name(names: &[Name]) -> Option<&Name> {
    names.iter().find(|name| name.preferred).or(names.first())
}

impl Views {
    /// Builds the indexes of a side.
    #[must_use]
    pub fn new(analysis: &Analysis, side: &Side) -> Views {
        let (terms, grams) = (analysis.terms.len(), analysis.grams);
        let (names, concepts) = (side.names.len(), side.len());
        let most = |documents: usize, share: f32| ((documents as f32 * share) as usize).max(50);
        let empty: &[(u32, f32)] = &[];
        let main = side.names.iter().map(|name| {
            if name.preferred {
                name.grams.as_slice()
            } else {
                empty
            }
        });
        let of = |list: &'_ [Vector], terms: usize, share: f32| {
            let documents = list.iter().map(Vec::as_slice);
            Index::new(documents, terms, most(concepts, share))
        };
        // The index of n-grams of all names takes as long as the others together.
        let (name_grams, others) = rayon::join(
            || {
                Index::new(
                    side.names.iter().map(|name| name.grams.as_slice()),
                    grams,
                    most(names, 0.15),
                )
            },
            || {
                let words = Index::new(
                    side.names.iter().map(|name| name.words.as_slice()),
                    terms,
                    most(names, 0.3),
                );
                let main = Index::new(main, grams, most(concepts, 0.25));
                (words, main)
            },
        );
        let ((named, prose), (whole, around)) = rayon::join(
            || (of(&side.named, terms, 0.4), of(&side.prose, terms, 0.12)),
            || (of(&side.whole, terms, 0.12), of(&side.around, terms, 0.4)),
        );
        let (name_words, main_grams) = others;
        Views {
            name_words,
            name_grams,
            main_grams,
            named,
            prose,
            whole,
            around,
            owners: side.names.iter().map(|name| name.owner).collect(),
            preferred: side.names.iter().map(|name| name.preferred).collect(),
            concepts,
        }
    }

    fn owner(&self, name: u32) -> (u32, bool) {
        let at = name as usize;
        (
            self.owners.get(at).copied().unwrap_or(0),
            self.preferred.get(at).copied().unwrap_or(false),
        )
    }

    /// Looks for a concept of `side` in every way. `more` are targets that are candidates in any case.
    pub fn search(
        &self,
        side: &Side,
        concept: u32,
        more: &[u32],
        room: &mut Room,
    ) -> Vec<Candidate> {
        room.clear(self.concepts);
        let names = side.names_of(concept);
        let count = self.owners.len();
        if let Some(main) = main_name(names) {
            self.name_words.score(&main.words, count, &mut room.sums);
            room.take(|name| self.owner(name), 0, Some(1));
            self.name_grams.score(&main.grams, count, &mut room.sums);
            room.take(|name| self.owner(name), 4, Some(5));
        }
        let mut searched = 0u16;
        for name in names {
            self.name_words.score(&name.words, count, &mut room.sums);
            room.take_best(|name| self.owner(name));
            searched += 1;
        }
        let scale = f32::from(searched.max(1)).sqrt();
        for target in &room.touched {
            if let Some(values) = room.values.get_mut(*target as usize) {
                values[3] /= scale;
            }
        }
        for name in names.iter().take(GRAM_NAMES) {
            self.main_grams.score(&name.grams, count, &mut room.sums);
            room.take(|name| (self.owner(name).0, false), 6, None);
        }
        let of = |list: &'_ [Vector]| list.get(concept as usize).cloned().unwrap_or_default();
        let (named, prose, whole) = (of(&side.named), of(&side.prose), of(&side.whole));
        for (view, index, query) in [
            (7, &self.named, &named),
            (8, &self.prose, &prose),
            (9, &self.prose, &named),
            (10, &self.named, &prose),
            (11, &self.whole, &whole),
            (12, &self.around, &named),
        ] {
            index.score(query, self.concepts, &mut room.sums);
            room.take(|target| (target, false), view, None);
        }
        room.candidates(more)
    }
}

impl Room {
    fn clear(&mut self, concepts: usize) {
        for target in self.touched.drain(..) {
            if let Some(values) = self.values.get_mut(target as usize) {
                *values = [0.0; VIEWS];
            }
            if let Some(met) = self.met.get_mut(target as usize) {
                *met = false;
            }
        }
        self.values.resize(concepts, [0.0; VIEWS]);
        self.met.resize(concepts, false);
        self.per_name.resize(concepts, 0.0);
    }

    /// Keeps the best sum of each target in a view; the sum of its main name in another one.
    fn take(&mut self, owner: impl Fn(u32) -> (u32, bool), view: usize, main: Option<usize>) {
        for (document, value) in self.sums.iter() {
            let (target, preferred) = owner(document);
            let Some(values) = self.values.get_mut(target as usize) else {
                continue;
            };
            if let Some(met) = self.met.get_mut(target as usize)
                && !*met
            {
                *met = true;
                self.touched.push(target);
            }
            if let Some(kept) = values.get_mut(view) {
                *kept = kept.max(value);
            }
            if preferred && let Some(kept) = main.and_then(|main| values.get_mut(main)) {
                *kept = kept.max(value);
            }
        }
    }

    /// What one of several names finds: the best sum goes into view 2, its square is added in view 3.
    fn take_best(&mut self, owner: impl Fn(u32) -> (u32, bool)) {
        for (document, value) in self.sums.iter() {
            let target = owner(document).0;
            if let Some(best) = self.per_name.get_mut(target as usize) {
                if *best == 0.0 {
                    self.name_touched.push(target);
                }
                *best = best.max(value);
            }
        }
        for target in self.name_touched.drain(..) {
            let at = target as usize;
            let (Some(best), Some(values), Some(met)) = (
                self.per_name.get_mut(at),
                self.values.get_mut(at),
                self.met.get_mut(at),
            ) else {
                continue;
            };
            if !*met {
                *met = true;
                self.touched.push(target);
            }
            values[2] = values[2].max(*best);
            values[3] += *best * *best * *best;
            *best = 0.0;
        }
    }

    fn candidates(&mut self, more: &[u32]) -> Vec<Candidate> {
        let mut targets: Vec<u32> = more.to_vec();
        for (view, each) in EACH.into_iter().enumerate() {
            let scored: Vec<(u32, f32)> = self
                .touched
                .iter()
                .filter_map(|target| {
                    let value = *self.values.get(*target as usize)?.get(view)?;
                    (value > 0.0).then_some((*target, value))
                })
                .collect();
            targets.extend(best(scored, each).into_iter().map(|(target, _)| target));
        }
        targets.sort_unstable();
        targets.dedup();
        targets
            .into_iter()
            .map(|target| Candidate {
                target,
                values: self
                    .values
                    .get(target as usize)
                    .copied()
                    .unwrap_or([0.0; VIEWS]),
            })
            .collect()
    }
}
