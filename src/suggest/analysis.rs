//! The two sides in terms of one vocabulary: vectors of every name, and of each concept's names, prose and surroundings.
//!
//! Goes in: the concepts of both sides. Comes out: [`Analysis`], from which everything else is counted. Words are weighed by how
//! rare they are over both sides together.

use std::hash::{Hash as _, Hasher as _};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::concept::{Concept, Concepts, LabelRole};
use super::hierarchy::{ancestors, chain, paths};
use super::index::{Vector, vector};
use super::words;

/// How many words of a concept's prose are read.
const PROSE_WORDS: usize = 400;
/// How many names of a concept are read.
const MOST_LABELS: usize = 200;
/// What a whole compound word counts beside its parts.
const WHOLE: f32 = 0.4;

/// Both sides and their vocabulary.
#[derive(Debug)]
pub struct Analysis {
    pub source: Side,
    pub target: Side,
    /// The stems by number.
    pub terms: Vec<String>,
    /// How rare each stem is among names.
    pub rarity: Vec<f32>,
    /// The number of different n-grams.
    pub grams: usize,
    /// The n-grams of each stem as a vector, to tell how alike two words are.
    pub shapes: Vec<Vector>,
}

/// One side.
#[derive(Debug, Default)]
pub struct Side {
    /// All names and readings of names, by concept.
    pub names: Vec<Name>,
    /// A digest of the tokens of each name: names with different ones differ. Close together in memory, because they are compared often.
    pub digests: Vec<u64>,
    /// Where the names of each concept start; one more entry than concepts.
    pub starts: Vec<u32>,
    /// Words of all names of a concept.
    pub named: Vec<Vector>,
    /// Words of its statements.
    pub prose: Vec<Vector>,
    /// Words of names and statements.
    pub whole: Vec<Vector>,
    /// Words of the names of broader concepts.
    pub around: Vec<Vector>,
    /// The groups that each concept stands in, coarse to fine.
    pub paths: Vec<Vec<u32>>,
    /// The number of steps to the top.
    pub depth: Vec<u32>,
    /// The number of concepts right below.
    pub children: Vec<u32>,
}

/// A name, or one reading of it.
#[derive(Debug)]
pub struct Name {
    pub owner: u32,
    /// The main name as it stands.
    pub preferred: bool,
    /// Whether the last word begins with a small letter: in German that tells `Holz sägen` from `Holzarten`.
    pub small_end: bool,
    pub folded: String,
    /// Stems in order, compound words in their parts.
    pub tokens: Vec<u32>,
    pub words: Vector,
    pub grams: Vector,
}

/// A name before it is weighed.
struct RawName {
    owner: u32,
    preferred: bool,
    small_end: bool,
    folded: String,
    tokens: Vec<String>,
    wholes: Vec<String>,
    grams: Vec<GramKey>,
}

/// The letters of an n-gram, at most four, in one number: quicker to look up than text.
type GramKey = u128;

fn gram_key(gram: &str) -> GramKey {
    gram.chars().fold(0, |key, letter| {
        key << 32 | GramKey::from(u32::from(letter))
    })
}

/// A concept before its terms have numbers.
struct RawConcept {
    names: Vec<RawName>,
    prose: Vec<String>,
}

/// Words by number, in the order in which they are met.
#[derive(Default)]
pub(super) struct Numbers {
    of: FxHashMap<String, u32>,
    list: Vec<String>,
}

impl Numbers {
    pub(super) fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.of.get(word) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.of.insert(word.to_owned(), number);
        self.list.push(word.to_owned());
        number
    }
}

/// N-grams by number.
#[derive(Default)]
struct GramNumbers(FxHashMap<GramKey, u32>);

impl GramNumbers {
    fn number(&mut self, gram: GramKey) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        *self.0.entry(gram).or_insert(next)
    }
}

impl Side {
    /// The names of a concept.
    #[must_use]
    pub fn names_of(&self, concept: u32) -> &[Name] {
        self.names.get(self.range(concept)).unwrap_or(&[])
    }

    /// The digests of its names.
    #[must_use]
    pub fn digests_of(&self, concept: u32) -> &[u64] {
        self.digests.get(self.range(concept)).unwrap_or(&[])
    }

    fn range(&self, concept: u32) -> std::ops::Range<usize> {
        let at = |position: u32| self.starts.get(position as usize).copied().unwrap_or(0) as usize;
        at(concept)..at(concept + 1)
    }

    /// How many concepts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }
}

/// Reads both sides.
#[must_use]
pub fn analyze(source: &Concepts, target: &Concepts) -> Analysis {
    let dictionary = dictionary([source, target]);
    let [from, to] = [source, target].map(|side| {
        let raw: Vec<RawConcept> = (0u32..)
            .zip(&side.items)
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(number, concept)| read(number, concept, &dictionary))
            .collect();
        raw
    });
    let mut terms = Numbers::default();
    let mut grams = GramNumbers::default();
    let numbered: Vec<Vec<Numbered>> = [&from, &to]
        .into_iter()
        .map(|side| {
            side.iter()
                .map(|raw| number(raw, &mut terms, &mut grams))
                .collect()
        })
        .collect();
    fn words(concept: &Numbered) -> impl Iterator<Item = u32> + '_ {
        let names = concept.names.iter();
        names.flat_map(|(words, _, _)| words.iter().map(|(term, _)| *term))
    }
    let (rarity, (prose_rarity, gram_rarity)) = rayon::join(
        || {
            rarity(&numbered, terms.list.len(), |concept| {
                words(concept).collect()
            })
        },
        || {
            rayon::join(
                || {
                    rarity(&numbered, terms.list.len(), |concept| {
                        words(concept)
                            .chain(concept.prose.iter().copied())
                            .collect()
                    })
                },
                || {
                    rarity(&numbered, grams.0.len(), |concept| {
                        let names = concept.names.iter();
                        names
                            .flat_map(|(_, _, grams)| grams.iter().copied())
                            .collect()
                    })
                },
            )
        },
    );
    let shapes = terms
        .list
        .par_iter()
        .map(|term| {
            let mut found = Vec::new();
            words::grams(term, |gram| {
                if let Some(number) = grams.0.get(&gram_key(gram)) {
                    found.push((*number, 1.0));
                }
            });
            vector(found, |_, count| count)
        })
        .collect();
    let mut numbered = numbered.into_iter();
    let (ours, theirs) = (numbered.next(), numbered.next());
    let weighed = |concepts, raw, numbered: Option<Vec<Numbered>>| {
        let numbered = numbered.unwrap_or_default();
        let rarities = [&rarity, &prose_rarity, &gram_rarity].map(Vec::as_slice);
        weigh(concepts, raw, numbered, rarities)
    };
    let (source, target) = rayon::join(
        || weighed(source, from, ours),
        || weighed(target, to, theirs),
    );
    Analysis {
        source,
        target,
        terms: terms.list,
        rarity,
        grams: grams.0.len(),
        shapes,
    }
}

/// Every whole word in use in names, folded.
fn dictionary(sides: [&Concepts; 2]) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    for label in sides
        .into_iter()
        .flat_map(|side| &side.items)
        .flat_map(|concept| &concept.labels)
    {
        for word in words::fold(&label.text).split(' ') {
            if word.len() >= 4 && !found.contains(word) {
                found.insert(word.to_owned());
                // What stands inside a compound has no ending: `Schiffe` is the `schiff` of `Schiffsreinigung`.
                if compounds(&label.language) {
                    let stem = words::stem(word, "de");
                    if stem.len() >= 4 {
                        found.insert(stem);
                    }
                }
            }
        }
    }
    found
}

/// Whether the language writes compounds as one word.
fn compounds(language: &str) -> bool {
    ["de", "nl", "sv", "da", "nb"]
        .iter()
        .any(|tag| language.starts_with(tag))
}

fn read(owner: u32, concept: &Concept, dictionary: &FxHashSet<String>) -> RawConcept {
    let mut names = Vec::new();
    let mut seen = FxHashSet::default();
    for (position, label) in concept.labels.iter().take(MOST_LABELS).enumerate() {
        let splits = compounds(&label.language);
        let readings = words::readings(&label.text, |word| dictionary.contains(word));
        for (reading, text) in readings.into_iter().enumerate() {
            let folded = words::fold(&text);
            if folded.is_empty() || !seen.insert(folded.clone()) {
                continue;
            }
            let mut tokens = Vec::new();
            let mut wholes = Vec::new();
            for (word, stem) in words::words_and_stems(&text, &label.language) {
                let parts = if splits {
                    words::compound_parts(&word, |part| dictionary.contains(part))
                } else {
                    Vec::new()
                };
                if parts.is_empty() {
                    tokens.push(stem);
                } else {
                    tokens.extend(parts.iter().map(|part| words::stem(part, "de")));
                    wholes.push(stem);
                }
            }
            let mut grams = Vec::with_capacity(folded.len() * 3);
            words::grams(&folded, |gram| grams.push(gram_key(gram)));
            names.push(RawName {
                owner,
                grams,
                small_end: text
                    .split_whitespace()
                    .last()
                    .and_then(|word| word.chars().next())
                    .is_some_and(char::is_lowercase),
                preferred: position == 0 && reading == 0 && label.role == LabelRole::Preferred,
                folded,
                tokens,
                wholes,
            });
        }
    }
    let mut prose = Vec::new();
    for statement in &concept.statements {
        if prose.len() >= PROSE_WORDS {
            break;
        }
        prose.extend(words::stems(&statement.text, &statement.language));
    }
    prose.truncate(PROSE_WORDS);
    RawConcept { names, prose }
}

/// Weighted words, tokens in order, and n-grams of a name.
type NumberedName = (Vec<(u32, f32)>, Vec<u32>, Vec<u32>);

/// A concept in numbers: for each name its weighted words, tokens and n-grams; its prose.
struct Numbered {
    names: Vec<NumberedName>,
    prose: Vec<u32>,
}

fn number(raw: &RawConcept, terms: &mut Numbers, grams: &mut GramNumbers) -> Numbered {
    let names = raw
        .names
        .iter()
        .map(|name| {
            let tokens: Vec<u32> = name
                .tokens
                .iter()
                .map(|token| terms.number(token))
                .collect();
            let mut words: Vec<(u32, f32)> = tokens.iter().map(|token| (*token, 1.0)).collect();
            words.extend(name.wholes.iter().map(|whole| (terms.number(whole), WHOLE)));
            let found = name.grams.iter().map(|gram| grams.number(*gram)).collect();
            (words, tokens, found)
        })
        .collect();
    let prose = raw.prose.iter().map(|word| terms.number(word)).collect();
    Numbered { names, prose }
}

/// How rare terms are: the logarithm of one over the share of concepts that hold them.
fn rarity(sides: &[Vec<Numbered>], terms: usize, of: impl Fn(&Numbered) -> Vec<u32>) -> Vec<f32> {
    let mut counts = vec![0u32; terms];
    let mut total = 0u32;
    for concept in sides.iter().flatten() {
        let mut held = of(concept);
        held.sort_unstable();
        held.dedup();
        total += 1;
        for term in held {
            if let Some(count) = counts.get_mut(term as usize) {
                *count += 1;
            }
        }
    }
    let total = f64::from(total.max(1));
    counts
        .into_iter()
        .map(|count| ((total + 1.0) / (f64::from(count) + 0.5)).ln().max(0.1) as f32)
        .collect()
}

/// A concept with the weights of its words.
struct Weighed {
    /// Each name with the digest of its tokens.
    names: Vec<(u64, Name)>,
    named: Vector,
    prose: Vector,
    whole: Vector,
}

fn weigh(
    concepts: &Concepts,
    raw: Vec<RawConcept>,
    numbered: Vec<Numbered>,
    [rarity, prose_rarity, gram_rarity]: [&[f32]; 3],
) -> Side {
    let of = |list: &[f32], term: u32| list.get(term as usize).copied().unwrap_or(1.0);
    let sublinear = |count: f32| if count > 1.0 { 1.0 + count.ln() } else { count };
    // Concepts are weighed side by side, and put together in their order.
    let weighed: Vec<Weighed> = raw
        .into_par_iter()
        .zip(numbered)
        .map(|(raw, numbered)| {
            let mut names: Vec<(u64, Name)> = Vec::with_capacity(raw.names.len());
            let mut named: Vec<(u32, f32)> = Vec::new();
            for (raw, (words, tokens, grams)) in raw.names.into_iter().zip(numbered.names) {
                let weight = if raw.preferred { 2.0 } else { 1.0 };
                named.extend(words.iter().map(|(term, count)| (*term, count * weight)));
                let grams = grams.into_iter().map(|gram| (gram, 1.0)).collect();
                let name = Name {
                    owner: raw.owner,
                    preferred: raw.preferred,
                    small_end: raw.small_end,
                    folded: raw.folded,
                    words: vector(words, |term, count| count.min(1.0) * of(rarity, term)),
                    grams: vector(grams, |gram, count| {
                        sublinear(count) * of(gram_rarity, gram)
                    }),
                    tokens,
                };
                names.push((digest(&name.tokens), name));
            }
            let prose: Vec<(u32, f32)> = numbered.prose.iter().map(|term| (*term, 1.0)).collect();
            let mut whole = prose.clone();
            whole.extend(named.iter().map(|(term, count)| (*term, count * 1.5)));
            Weighed {
                names,
                named: vector(named, |term, count| sublinear(count) * of(rarity, term)),
                prose: vector(prose, |term, count| {
                    sublinear(count) * of(prose_rarity, term)
                }),
                whole: vector(whole, |term, count| {
                    sublinear(count) * of(prose_rarity, term)
                }),
            }
        })
        .collect();
    let mut side = Side::default();
    for concept in weighed {
        side.starts
            .push(u32::try_from(side.names.len()).unwrap_or(u32::MAX));
        for (digest, name) in concept.names {
            side.digests.push(digest);
            side.names.push(name);
        }
        side.named.push(concept.named);
        side.prose.push(concept.prose);
        side.whole.push(concept.whole);
    }
    side.starts
        .push(u32::try_from(side.names.len()).unwrap_or(u32::MAX));
    side.children = vec![0; concepts.items.len()];
    for concept in &concepts.items {
        for parent in &concept.parents {
            if let Some(count) = side.children.get_mut(*parent as usize) {
                *count += 1;
            }
        }
    }
    for number in 0..u32::try_from(concepts.items.len()).unwrap_or(u32::MAX) {
        let chain = chain(concepts, number);
        let mut words = Vec::new();
        for broader in ancestors(concepts, number) {
            if let Some(name) = side.names_of(broader).first() {
                words.extend(name.words.iter().copied());
            }
        }
        side.around.push(vector(words, |_, weight| weight));
        side.depth.push(u32::try_from(chain.len()).unwrap_or(0));
    }
    side.paths = paths(concepts);
    side
}

fn digest(tokens: &[u32]) -> u64 {
    let mut hasher = FxHasher::default();
    tokens.hash(&mut hasher);
    hasher.finish()
}
