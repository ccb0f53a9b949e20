//! What stands above a concept, and the groups that it belongs to.
//!
//! Goes in: the concepts of one side. Comes out: positions of concepts, or groups by number, coarse to fine.

use rustc_hash::FxHashMap;

use super::analysis::Numbers;
use super::concept::Concepts;

/// How many steps up count as surroundings.
const STEPS_UP: usize = 4;

/// The broader concepts of a concept, near ones first, each once.
pub(super) fn ancestors(concepts: &Concepts, concept: u32) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    let mut now = vec![concept];
    for _ in 0..STEPS_UP {
        let mut next = Vec::new();
        for parent in now
            .iter()
            .filter_map(|number| concepts.items.get(*number as usize))
            .flat_map(|item| &item.parents)
        {
            if *parent != concept && !found.contains(parent) && found.len() < 12 {
                found.push(*parent);
                next.push(*parent);
            }
        }
        now = next;
    }
    found
}

/// The main broader concepts from the top down to the concept's own parent.
pub(super) fn chain(concepts: &Concepts, concept: u32) -> Vec<u32> {
    let mut found = Vec::new();
    let mut now = concept;
    while let Some(parent) = concepts
        .items
        .get(now as usize)
        .and_then(|item| item.parents.first())
        .copied()
    {
        if found.contains(&parent) || parent == concept || found.len() >= 16 {
            break;
        }
        found.push(parent);
        now = parent;
    }
    found.reverse();
    found
}

/// The groups of each concept, coarse to fine: its broader concepts, or the beginnings of its code where it has none. The concept itself is the
/// last group of a concept that has others below it.
pub(super) fn paths(concepts: &Concepts) -> Vec<Vec<u32>> {
    let mut numbers = Numbers::default();
    let mut has_children = vec![false; concepts.items.len()];
    for parent in concepts.items.iter().flat_map(|concept| &concept.parents) {
        if let Some(slot) = has_children.get_mut(*parent as usize) {
            *slot = true;
        }
    }
    let mut sizes: FxHashMap<u32, u32> = FxHashMap::default();
    let mut paths = Vec::new();
    for (number, concept) in (0u32..).zip(&concepts.items) {
        let mut path: Vec<u32> = Vec::new();
        let mut chain = chain(concepts, number);
        if !chain.is_empty() || has_children.get(number as usize).copied().unwrap_or(false) {
            chain.push(number);
            path.extend(
                chain
                    .iter()
                    .map(|group| numbers.number(&format!("@{group}"))),
            );
        } else {
            let code: Vec<char> = concept
                .code
                .chars()
                .filter(|character| character.is_alphanumeric())
                .collect();
            for length in 1..=code.len().min(8) {
                let beginning: String = code.iter().take(length).collect();
                path.push(numbers.number(&beginning));
            }
        }
        for group in &path {
            *sizes.entry(*group).or_default() += 1;
        }
        paths.push(path);
    }
    // A group of the same size as the one before it is the same group; one of a single member is no group.
    for path in &mut paths {
        let mut last = 0;
        path.retain(|group| {
            let size = sizes.get(group).copied().unwrap_or(0);
            let new = size != last && size > 1;
            last = size;
            new
        });
    }
    paths
}
