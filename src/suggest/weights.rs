//! The learnt weights as text that a person can read, one tree a line.
//!
//! `weights.txt` is made by `cargo run --release --example suggest-weights`, from published mapping tables; its head says which. A line `set NAME START`
//! opens a set of trees; `tree` is followed by nodes in order: `feature<=limit:low:high` or `=value`. Features are written by name, so
//! that a list from another version is refused and not misread.

use std::fmt::Write as _;

use super::features::feature_names;
use super::ranker::Ranker;
use super::trees::{Node, Tree, Trees};

/// What is shipped.
const SHIPPED: &str = include_str!("weights.txt");

/// Names of the sets, in the order of the file.
const SETS: [&str; 6] = [
    "related",
    "exact",
    "verb-exact",
    "verb-close",
    "verb-broad",
    "verb-narrow",
];

/// The ranker that is shipped: learnt from names and prose alone, for projects that have mapped little so far. `None` if the file does not fit this
/// version, which a test rules out.
#[must_use]
pub fn shipped() -> Option<Ranker> {
    read(SHIPPED)
}

/// Writes a ranker; `head` says how it was made.
#[must_use]
pub fn write(ranker: &Ranker, head: &str) -> String {
    let names = feature_names();
    let mut text = String::new();
    for line in head.lines() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "# {line}");
    }
    text.push_str("honest");
    for (raw, share) in &ranker.honest {
        let _ = write!(text, " {raw:.4}:{share:.4}");
    }
    text.push('\n');
    let [exact, close, broad, narrow] = &ranker.verbs;
    for (name, trees) in
        SETS.iter()
            .zip([&ranker.related, &ranker.exact, exact, close, broad, narrow])
    {
        let _ = writeln!(text, "set {name} {:.5}", trees.start);
        for tree in &trees.trees {
            text.push_str("tree");
            for node in &tree.nodes {
                match *node {
                    Node::Leaf(value) => {
                        let _ = write!(text, " ={value:.4}");
                    }
                    Node::Split {
                        feature,
                        limit,
                        low,
                        high,
                    } => {
                        let name = names.get(feature as usize).map_or("", String::as_str);
                        let _ = write!(text, " {name}<={limit:.5}:{low}:{high}");
                    }
                }
            }
            text.push('\n');
        }
    }
    text
}

/// Reads a ranker back; `None` where the text is not one of this version.
#[must_use]
pub fn read(text: &str) -> Option<Ranker> {
    let names = feature_names();
    let mut honest = Vec::new();
    let mut sets: Vec<(&str, Trees)> = Vec::new();
    for line in text.lines() {
        let mut words = line.split(' ');
        match words.next() {
            Some("honest") => {
                for word in words {
                    let (raw, share) = word.split_once(':')?;
                    honest.push((raw.parse().ok()?, share.parse().ok()?));
                }
            }
            Some("set") => {
                let name = words.next()?;
                let start = words.next()?.parse().ok()?;
                sets.push((
                    name,
                    Trees {
                        start,
                        trees: Vec::new(),
                    },
                ));
            }
            Some("tree") => {
                let nodes: Option<Vec<Node>> = words.map(|word| node(word, &names)).collect();
                sets.last_mut()?.1.trees.push(Tree { nodes: nodes? });
            }
            _ => {}
        }
    }
    let mut take = |name: &str| {
        let at = sets.iter().position(|(known, _)| *known == name)?;
        Some(sets.swap_remove(at).1)
    };
    let [related, exact, same, close, broad, narrow] = SETS;
    Some(Ranker {
        related: take(related)?,
        exact: take(exact)?,
        verbs: [take(same)?, take(close)?, take(broad)?, take(narrow)?],
        honest,
    })
}

fn node(word: &str, names: &[String]) -> Option<Node> {
    if let Some(value) = word.strip_prefix('=') {
        return Some(Node::Leaf(value.parse().ok()?));
    }
    let (name, rest) = word.split_once("<=")?;
    let feature = names.iter().position(|known| known == name)?;
    let mut parts = rest.split(':');
    let mut part = || parts.next();
    Some(Node::Split {
        feature: u32::try_from(feature).ok()?,
        limit: part()?.parse().ok()?,
        low: part()?.parse().ok()?,
        high: part()?.parse().ok()?,
    })
}
