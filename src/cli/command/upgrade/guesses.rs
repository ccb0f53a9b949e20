//! What may stand for codes that a new release no longer has: guesses for a person to look at.
//!
//! Goes in: items of old releases, and the new one with all that it says. Comes out: for some of them a line with the item that the
//! matcher of `gradus suggest` finds most alike, if it finds one at all. Withdrawn items are no candidates.

use crate::import::details::Details;
use crate::import::pack::{Pack, PackItemIndex, StandsFor};
use crate::suggest::adapters;
use crate::suggest::concept::{Concept, Concepts, Label, LabelRole};
use crate::suggest::propose::{Wish, propose};

/// No guess is shown with less confidence.
const LEAST: f32 = 0.3;

/// The lines: what was said of an item so far (`CODE LABEL`), and the guess.
pub(super) fn guesses(
    gone: &[(&Pack, PackItemIndex)],
    (new, details): (&Pack, &Details),
) -> Vec<(String, String)> {
    let mut classes: Vec<StandsFor> = Vec::new();
    for (old, index) in gone {
        let class = old.item(*index).stands_for;
        if !classes.contains(&class) {
            classes.push(class);
        }
    }
    let mut found = Vec::new();
    for class in classes {
        let of_class = gone
            .iter()
            .filter(|(old, index)| old.item(*index).stands_for == class);
        let source = Concepts {
            name: new.id.clone(),
            items: of_class
                .clone()
                .map(|(old, index)| concept(old, *index))
                .collect(),
        };
        let (target, indexes) = adapters::of_pack(new, details, Some(class));
        let wish = Wish {
            limit: 1,
            least: LEAST,
            ..Wish::default()
        };
        let of_class: Vec<_> = of_class.collect();
        for proposal in propose(&source, &target, &[], &wish, None) {
            let was = of_class.get(proposal.source as usize);
            let now = indexes.get(proposal.target as usize);
            let (Some((old, was)), Some(now)) = (was, now) else {
                continue;
            };
            let (was, now) = (old.item(*was), new.item(*now));
            found.push((
                format!("{} {}", was.code, was.label),
                format!(
                    "a guess: {} {} (confidence {:.2})",
                    now.code, now.label, proposal.confidence
                ),
            ));
        }
    }
    found
}

/// What is known of an item of an old release without its details: its names and those of what it is a part of.
fn concept(pack: &Pack, index: PackItemIndex) -> Concept {
    let item = pack.item(index);
    let own = [(pack.language.clone(), item.label.clone())];
    let names = own.into_iter().chain(item.labels.iter().cloned());
    Concept {
        key: item.iri.clone(),
        code: item.code.clone(),
        kind: item.kind.clone().unwrap_or_default(),
        labels: names
            .map(|(language, text)| Label {
                language,
                text,
                role: LabelRole::Preferred,
            })
            .collect(),
        statements: Vec::new(),
        parents: Vec::new(),
    }
}
