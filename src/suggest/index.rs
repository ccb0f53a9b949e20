//! An inverted index over sparse vectors: which documents share a term with a query, and how much.
//!
//! Goes in: one sparse vector for each document. Comes out: the sum of products for every document that shares a term. The
//! order in which products are added is fixed, so that the same input gives the same sums to the last bit.

/// A sparse vector: terms in ascending order, each once.
pub type Vector = Vec<(u32, f32)>;

/// Documents by term.
#[derive(Debug, Default)]
pub struct Index {
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
}

/// Sums of one query, kept between queries so that nothing is allocated anew.
#[derive(Debug, Default)]
pub struct Sums {
    values: Vec<f32>,
    touched: Vec<u32>,
}

impl Index {
    /// Builds the index. Terms of which more than `most` documents are full say too little for their cost, and are left out.
    #[must_use]
    pub fn new<'a>(
        documents: impl Iterator<Item = &'a [(u32, f32)]> + Clone,
        terms: usize,
        most: usize,
    ) -> Index {
        let mut counts = vec![0u32; terms + 1];
        for (term, _) in documents.clone().flatten() {
            if let Some(count) = counts.get_mut(*term as usize) {
                *count += 1;
            }
        }
        let kept: Vec<bool> = counts.iter().map(|count| *count as usize <= most).collect();
        let mut starts = vec![0u32; terms + 1];
        let mut total = 0u32;
        for ((start, count), kept) in starts.iter_mut().zip(&counts).zip(&kept) {
            *start = total;
            if *kept {
                total += count;
            }
        }
        let mut next = starts.clone();
        let mut postings = vec![(0u32, 0f32); total as usize];
        for (number, document) in (0u32..).zip(documents) {
            for (term, weight) in document {
                let term = *term as usize;
                if kept.get(term).copied().unwrap_or(false)
                    && let Some(at) = next.get_mut(term)
                    && let Some(slot) = postings.get_mut(*at as usize)
                {
                    *slot = (number, *weight);
                    *at += 1;
                }
            }
        }
        Index { starts, postings }
    }

    /// The documents that hold a term, with their weights.
    #[must_use]
    pub fn postings(&self, term: u32) -> &[(u32, f32)] {
        let from = self.starts.get(term as usize).copied().unwrap_or(0) as usize;
        let to = self
            .starts
            .get(term as usize + 1)
            .copied()
            .map_or(from, |to| to as usize);
        self.postings.get(from..to).unwrap_or(&[])
    }

    /// Adds up the products for every document that shares a term with the query. `documents` is the number of documents.
    pub fn score(&self, query: &[(u32, f32)], documents: usize, sums: &mut Sums) {
        sums.clear(documents);
        for (term, weight) in query {
            for (document, other) in self.postings(*term) {
                if let Some(value) = sums.values.get_mut(*document as usize) {
                    if *value == 0.0 {
                        sums.touched.push(*document);
                    }
                    *value += weight * other;
                }
            }
        }
    }
}

impl Sums {
    fn clear(&mut self, documents: usize) {
        for document in self.touched.drain(..) {
            if let Some(value) = self.values.get_mut(document as usize) {
                *value = 0.0;
            }
        }
        if self.values.len() < documents {
            self.values.resize(documents, 0.0);
        }
    }

    /// The documents with a sum, in the order in which they were met.
    pub fn iter(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.touched.iter().map(|document| {
            (
                *document,
                self.values.get(*document as usize).copied().unwrap_or(0.0),
            )
        })
    }

    /// The best `count` documents, best first; equal ones in the order of their numbers.
    #[must_use]
    pub fn best(&self, count: usize) -> Vec<(u32, f32)> {
        best(self.iter().collect(), count)
    }
}

/// The best `count` of scored documents, best first; equal ones in the order of their numbers.
#[must_use]
pub fn best(mut scored: Vec<(u32, f32)>, count: usize) -> Vec<(u32, f32)> {
    let better = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if scored.len() > count && count > 0 {
        scored.select_nth_unstable_by(count - 1, better);
        scored.truncate(count);
    }
    scored.sort_unstable_by(better);
    scored.truncate(count);
    scored
}

/// Makes a vector of counted terms: weights as `weigh` gives them for term and count, then of length 1.
#[must_use]
pub fn vector(mut terms: Vec<(u32, f32)>, weigh: impl Fn(u32, f32) -> f32) -> Vector {
    terms.sort_unstable_by_key(|(term, _)| *term);
    let mut merged: Vector = Vec::with_capacity(terms.len());
    for (term, count) in terms {
        match merged.last_mut() {
            Some((last, sum)) if *last == term => *sum += count,
            _ => merged.push((term, count)),
        }
    }
    for (term, count) in &mut merged {
        *count = weigh(*term, *count);
    }
    let length = merged
        .iter()
        .map(|(_, weight)| weight * weight)
        .sum::<f32>()
        .sqrt();
    if length > 0.0 {
        for (_, weight) in &mut merged {
            *weight /= length;
        }
    }
    merged
}

/// The product of two vectors.
#[must_use]
pub fn product(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let mut sum = 0.0;
    let mut right = other.iter().peekable();
    for (term, weight) in one {
        while right.next_if(|(candidate, _)| candidate < term).is_some() {}
        if let Some((_, value)) = right.next_if(|(candidate, _)| candidate == term) {
            sum += weight * value;
        }
    }
    sum
}
