//! How alike two names are, word by word and letter by letter: for candidates only.

use super::analysis::{Analysis, Name};
use super::index::product;

/// The number of values that [`compare`] gives.
pub const VALUES: usize = 9;
/// Their names, in order.
pub const VALUE_NAMES: [&str; VALUES] = [
    "words",
    "grams",
    "covered",
    "covers",
    "last-word",
    "first-word",
    "stretch-long",
    "stretch-short",
    "length",
];

/// The place of `covered` among the values.
pub(super) const COVERED: usize = 2;
/// The place of `covers` among the values.
pub(super) const COVERS: usize = 3;

/// Compares two names: products of their vectors; how much of the one is found in the other, word by word, rare words counting more, in
/// both directions; last and first words; the longest common stretch of letters beside the longer and the shorter
/// name; their lengths.
#[must_use]
pub fn compare(analysis: &Analysis, one: &Name, other: &Name) -> [f32; VALUES] {
    let (longer, shorter) = {
        let (a, b) = (one.folded.len().max(1), other.folded.len().max(1));
        (a.max(b) as f32, a.min(b) as f32)
    };
    let stretch = longest_common(&one.folded, &other.folded) as f32;
    let at_ends = |a: Option<&u32>, b: Option<&u32>| match (a, b) {
        (Some(a), Some(b)) => likeness(analysis, *a, *b),
        _ => 0.0,
    };
    [
        product(&one.words, &other.words),
        product(&one.grams, &other.grams),
        coverage(analysis, &one.tokens, &other.tokens),
        coverage(analysis, &other.tokens, &one.tokens),
        at_ends(one.tokens.last(), other.tokens.last()),
        at_ends(one.tokens.first(), other.tokens.first()),
        stretch / longer,
        stretch / shorter,
        shorter / longer,
    ]
}

/// How much of the words of `of` is found among the words of `among`, each weighed by how rare it is.
#[must_use]
pub fn coverage(analysis: &Analysis, of: &[u32], among: &[u32]) -> f32 {
    let mut found = 0.0;
    let mut total = 0.0;
    for word in of {
        let weight = analysis.rarity.get(*word as usize).copied().unwrap_or(1.0);
        let like = among
            .iter()
            .map(|other| likeness(analysis, *word, *other))
            .fold(0.0f32, f32::max);
        total += weight;
        found += weight * like;
    }
    if total > 0.0 { found / total } else { 0.0 }
}

/// How alike two words are: 1 for the same stem, less for a shared part.
#[must_use]
pub fn likeness(analysis: &Analysis, one: u32, other: u32) -> f32 {
    if one == other {
        return 1.0;
    }
    let (Some(a), Some(b)) = (
        analysis.shapes.get(one as usize),
        analysis.shapes.get(other as usize),
    ) else {
        return 0.0;
    };
    let by_letters = product(a, b);
    if by_letters < 0.2 {
        return 0.0;
    }
    let (Some(a), Some(b)) = (
        analysis.terms.get(one as usize),
        analysis.terms.get(other as usize),
    ) else {
        return 0.0;
    };
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let contained = if short.len() >= 4 && long.contains(short.as_str()) {
        0.55 + 0.4 * short.len() as f32 / long.len().max(1) as f32
    } else {
        0.0
    };
    let by_letters = if by_letters >= 0.45 { by_letters } else { 0.0 };
    contained.max(by_letters).min(0.95)
}

/// The length of the longest stretch of letters that two texts share, in bytes.
fn longest_common(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (one, other) = (
        one.get(..one.len().min(120)).unwrap_or(one),
        other.get(..other.len().min(120)).unwrap_or(other),
    );
    let mut row = vec![0usize; other.len() + 1];
    let mut longest = 0;
    for byte in one {
        let mut diagonal = 0;
        for (cell, against) in row.iter_mut().skip(1).zip(other) {
            let above = *cell;
            *cell = if byte == against { diagonal + 1 } else { 0 };
            longest = longest.max(*cell);
            diagonal = above;
        }
    }
    longest
}
