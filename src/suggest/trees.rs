//! A small learner: boosted regression trees for one yes-or-no question, and their evaluation.
//!
//! Goes in: rows of numbers with answers. Comes out: [`Trees`], whose sum for a row, through the logistic function, is the probability of yes.
//! No chance is involved: every split is the best one, equal ones are decided by the feature's number, so the same rows give the same trees
//! to the last bit on any number of threads.

use rayon::prelude::*;

/// Values of a feature are sorted into at most so many bins.
const BINS: usize = 48;

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub struct Lessons {
    pub trees: usize,
    /// Leaves of a tree.
    pub leaves: usize,
    /// What each tree adds of what it has learnt.
    pub rate: f32,
    /// The least number of rows in a leaf.
    pub least: usize,
    /// Weight against large values in small leaves.
    pub calm: f32,
    /// Of every so many features one is left out of a tree in turn, so that no feature rules alone; 1 leaves none out.
    pub turns: usize,
}

/// Rows of numbers, all of the same length.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    pub numbers: &'a [f32],
    pub width: usize,
}

/// One tree: nodes in a list, the first one on top.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    pub nodes: Vec<Node>,
}

/// A question or an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Node {
    /// Go to `low` where the feature is at most `limit`, else to `high`.
    Split {
        feature: u32,
        limit: f32,
        low: u32,
        high: u32,
    },
    Leaf(f32),
}

/// The sum of many trees.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trees {
    /// The sum before the first tree.
    pub start: f32,
    pub trees: Vec<Tree>,
}

impl Table<'_> {
    fn rows(&self) -> usize {
        self.numbers.len().checked_div(self.width).unwrap_or(0)
    }
}

impl Trees {
    /// The sum for a row.
    #[must_use]
    pub fn sum(&self, row: &[f32]) -> f32 {
        self.start + self.trees.iter().map(|tree| tree.value(row)).sum::<f32>()
    }

    /// The probability of yes.
    #[must_use]
    pub fn probability(&self, row: &[f32]) -> f32 {
        logistic(self.sum(row))
    }
}

impl Tree {
    fn value(&self, row: &[f32]) -> f32 {
        let mut at = 0usize;
        // Children stand after their parent, so the walk ends.
        while let Some(node) = self.nodes.get(at) {
            match *node {
                Node::Leaf(value) => return value,
                Node::Split {
                    feature,
                    limit,
                    low,
                    high,
                } => {
                    let value = row.get(feature as usize).copied().unwrap_or(0.0);
                    let next = if value <= limit { low } else { high } as usize;
                    if next <= at {
                        return 0.0;
                    }
                    at = next;
                }
            }
        }
        0.0
    }
}

/// The logistic function.
#[must_use]
pub fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// A feature's values as bins; a value is in bin `b` when it is at most `limits[b]`, and in the last one when it is above all.
struct Column {
    limits: Vec<f32>,
    bins: Vec<u8>,
}

/// The sums of a bin: gradients, curvatures, rows.
type Bin = (f64, f64, u32);

struct Leaf {
    rows: Vec<u32>,
    /// Bins by feature.
    bins: Vec<Vec<Bin>>,
    node: usize,
    best: Option<Choice>,
}

#[derive(Clone, Copy)]
struct Choice {
    gain: f64,
    feature: usize,
    bin: usize,
}

/// Learns from rows and answers.
#[must_use]
pub fn learn(table: Table<'_>, answers: &[bool], lessons: Lessons) -> Trees {
    let rows = table.rows().min(answers.len());
    let yes = answers.iter().take(rows).filter(|answer| **answer).count();
    let share = ((yes as f32 + 0.5) / (rows as f32 + 1.0)).clamp(1e-5, 1.0 - 1e-5);
    let mut learnt = Trees {
        start: (share / (1.0 - share)).ln(),
        trees: Vec::new(),
    };
    if rows == 0 || yes == 0 || yes == rows {
        return learnt;
    }
    let columns: Vec<Column> = (0..table.width)
        .into_par_iter()
        .map(|feature| column(table, feature, rows))
        .collect();
    let mut sums = vec![learnt.start; rows];
    for number in 0..lessons.trees {
        let slopes: Vec<(f32, f32)> = sums
            .par_iter()
            .zip(answers)
            .map(|(sum, answer)| {
                let likely = logistic(*sum);
                (
                    likely - f32::from(u8::from(*answer)),
                    (likely * (1.0 - likely)).max(1e-6),
                )
            })
            .collect();
        let tree = grow(&columns, &slopes, number, lessons, &mut sums);
        learnt.trees.push(tree);
    }
    learnt
}

fn column(table: Table<'_>, feature: usize, rows: usize) -> Column {
    let values: Vec<f32> = (0..rows)
        .map(|row| {
            table
                .numbers
                .get(row * table.width + feature)
                .copied()
                .unwrap_or(0.0)
        })
        .collect();
    let mut sorted = values.clone();
    sorted.sort_unstable_by(f32::total_cmp);
    let mut limits: Vec<f32> = Vec::new();
    // Zero stands alone: it often means that there is nothing to compare.
    let start = sorted.partition_point(|value| *value <= 0.0);
    if start > 0 && start < rows {
        limits.push(sorted.get(start - 1).copied().unwrap_or(0.0));
    }
    let above = rows.saturating_sub(start);
    for step in 1..BINS - 1 {
        let at = start + above * step / (BINS - 1);
        if let Some(value) = sorted.get(at) {
            limits.push(*value);
        }
    }
    limits.sort_unstable_by(f32::total_cmp);
    limits.dedup();
    let bins = values
        .iter()
        .map(|value| u8::try_from(limits.partition_point(|limit| limit < value)).unwrap_or(u8::MAX))
        .collect();
    Column { limits, bins }
}

fn grow(
    columns: &[Column],
    slopes: &[(f32, f32)],
    number: usize,
    lessons: Lessons,
    sums: &mut [f32],
) -> Tree {
    let used = |feature: usize| {
        lessons.turns < 2 || !(feature * 7 + number * 5).is_multiple_of(lessons.turns)
    };
    let all: Vec<u32> = (0..u32::try_from(slopes.len()).unwrap_or(u32::MAX)).collect();
    let mut tree = Tree {
        nodes: vec![Node::Leaf(0.0)],
    };
    let bins = count(columns, slopes, &all, &used);
    let best = choose(&bins, columns, lessons);
    let mut leaves = vec![Leaf {
        rows: all,
        bins,
        node: 0,
        best,
    }];
    while leaves.len() < lessons.leaves {
        let mut chosen: Option<(usize, Choice)> = None;
        for (position, leaf) in leaves.iter().enumerate() {
            if let Some(best) = leaf.best
                && chosen.is_none_or(|(_, other)| best.gain > other.gain)
            {
                chosen = Some((position, best));
            }
        }
        let Some((position, choice)) = chosen else {
            break;
        };
        let Some(column) = columns.get(choice.feature) else {
            break;
        };
        let leaf = leaves.swap_remove(position);
        let is_low = |row: &u32| {
            column
                .bins
                .get(*row as usize)
                .is_some_and(|bin| usize::from(*bin) <= choice.bin)
        };
        let (low, high): (Vec<u32>, Vec<u32>) = leaf.rows.iter().partition(|row| is_low(row));
        let small_is_low = low.len() <= high.len();
        let counted = count(
            columns,
            slopes,
            if small_is_low { &low } else { &high },
            &used,
        );
        let rest = less(&leaf.bins, &counted);
        let (low_bins, high_bins) = if small_is_low {
            (counted, rest)
        } else {
            (rest, counted)
        };
        let first = tree.nodes.len();
        let place = |offset: usize| u32::try_from(first + offset).unwrap_or(0);
        if let Some(node) = tree.nodes.get_mut(leaf.node) {
            *node = Node::Split {
                feature: u32::try_from(choice.feature).unwrap_or(0),
                limit: column.limits.get(choice.bin).copied().unwrap_or(f32::MAX),
                low: place(0),
                high: place(1),
            };
        }
        tree.nodes.extend([Node::Leaf(0.0), Node::Leaf(0.0)]);
        for (offset, rows, bins) in [(0, low, low_bins), (1, high, high_bins)] {
            let best = choose(&bins, columns, lessons);
            leaves.push(Leaf {
                rows,
                bins,
                node: first + offset,
                best,
            });
        }
    }
    for leaf in &leaves {
        let (mut slope, mut curve) = (0.0f64, f64::from(lessons.calm));
        for row in &leaf.rows {
            let (g, h) = slopes.get(*row as usize).copied().unwrap_or((0.0, 0.0));
            slope += f64::from(g);
            curve += f64::from(h);
        }
        let value = (-slope / curve) as f32 * lessons.rate;
        for row in &leaf.rows {
            if let Some(sum) = sums.get_mut(*row as usize) {
                *sum += value;
            }
        }
        if let Some(node) = tree.nodes.get_mut(leaf.node) {
            *node = Node::Leaf(value);
        }
    }
    tree
}

/// Sums by bin, for each feature that is used.
fn count(
    columns: &[Column],
    slopes: &[(f32, f32)],
    rows: &[u32],
    used: &(impl Fn(usize) -> bool + Sync),
) -> Vec<Vec<Bin>> {
    columns
        .par_iter()
        .enumerate()
        .map(|(feature, column)| {
            if column.limits.is_empty() || !used(feature) {
                return Vec::new();
            }
            let mut bins = vec![(0.0f64, 0.0f64, 0u32); column.limits.len() + 1];
            for row in rows {
                let at = *row as usize;
                if let (Some(bin), Some((g, h))) = (column.bins.get(at), slopes.get(at))
                    && let Some(slot) = bins.get_mut(usize::from(*bin))
                {
                    slot.0 += f64::from(*g);
                    slot.1 += f64::from(*h);
                    slot.2 += 1;
                }
            }
            bins
        })
        .collect()
}

fn less(all: &[Vec<Bin>], part: &[Vec<Bin>]) -> Vec<Vec<Bin>> {
    all.iter()
        .zip(part)
        .map(|(all, part)| {
            all.iter()
                .zip(part)
                .map(|(a, b)| (a.0 - b.0, a.1 - b.1, a.2 - b.2))
                .collect()
        })
        .collect()
}

fn choose(features: &[Vec<Bin>], columns: &[Column], lessons: Lessons) -> Option<Choice> {
    let mut found: Option<Choice> = None;
    let least = u32::try_from(lessons.least).unwrap_or(1);
    let calm = f64::from(lessons.calm);
    for (feature, (bins, column)) in features.iter().zip(columns).enumerate() {
        let all = bins.iter().fold((0.0, 0.0, 0u32), |sum, bin| {
            (sum.0 + bin.0, sum.1 + bin.1, sum.2 + bin.2)
        });
        let worth = |slope: f64, curve: f64| slope * slope / (curve + calm);
        let mut low = (0.0, 0.0, 0u32);
        for (at, bin) in bins.iter().enumerate().take(column.limits.len()) {
            low = (low.0 + bin.0, low.1 + bin.1, low.2 + bin.2);
            let high = (all.0 - low.0, all.1 - low.1, all.2 - low.2);
            if low.2 < least || high.2 < least {
                continue;
            }
            let gain = worth(low.0, low.1) + worth(high.0, high.1) - worth(all.0, all.1);
            if gain > 1e-6 && found.is_none_or(|other| gain > other.gain) {
                found = Some(Choice {
                    gain,
                    feature,
                    bin: at,
                });
            }
        }
    }
    found
}
