//! Editions of a badge in several languages become one badge.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::model::{Badge, Related};
use crate::import::tally::{Outcome, Tally};

/// Puts the editions of a badge in several languages together. They name each other as related, with their languages.
pub fn editions(
    badges: Vec<(Badge, Related)>,
    by_id: &FxHashMap<String, usize>,
    language: &str,
    tally: &mut Tally,
) -> Vec<Badge> {
    // Each badge leads to the first edition of its group.
    let mut leaders: Vec<usize> = (0..badges.len()).collect();
    let leader = |leaders: &[usize], mut at: usize| {
        while let Some(&next) = leaders.get(at)
            && next != at
        {
            at = next;
        }
        at
    };
    for (position, (badge, related)) in badges.iter().enumerate() {
        for (id, tag) in related {
            let Some(&other) = by_id.get(id) else {
                continue;
            };
            let same = badges
                .get(other)
                .is_some_and(|(other, _)| other.language == badge.language);
            if other == position || tag.is_empty() || *tag == badge.language || same {
                continue;
            }
            let (one, two) = (leader(&leaders, position), leader(&leaders, other));
            let (first, second) = (one.min(two), one.max(two));
            if let Some(slot) = leaders.get_mut(second) {
                *slot = first;
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for position in 0..badges.len() {
        groups
            .entry(leader(&leaders, position))
            .or_default()
            .push(position);
    }
    let ids: FxHashMap<String, usize> = by_id
        .iter()
        .map(|(id, &position)| (id.clone(), leader(&leaders, position)))
        .collect();
    let mut slots: Vec<Option<(Badge, Related)>> = badges.into_iter().map(Some).collect();
    let mut whole = Vec::with_capacity(groups.len());
    for (group, members) in groups {
        let mut members: Vec<(Badge, Related)> = members
            .into_iter()
            .filter_map(|position| slots.get_mut(position).and_then(Option::take))
            .collect();
        // The edition in the main language stands for all.
        members.sort_by_key(|(badge, _)| badge.language != language);
        let mut members = members.into_iter();
        let Some((mut main, related)) = members.next() else {
            continue;
        };
        note_related(&mut main, related, &ids, group);
        for (mut edition, _) in members {
            let taken = edition.language == main.language
                || main
                    .translations
                    .iter()
                    .any(|(tag, _)| *tag == edition.language);
            if taken {
                let reason = "second editions of a badge in one language, kept apart";
                tally.note(Outcome::Noted, reason, edition.spot, &edition.id);
                whole.push(edition);
                continue;
            }
            let reason = "editions of a badge in another language";
            tally.merged("badge", reason, edition.spot, &edition.id);
            edition.words.alignments = edition.alignments;
            edition.words.caption = edition.image.caption;
            main.translations.push((edition.language, edition.words));
        }
        main.translations.sort_by(|one, other| one.0.cmp(&other.0));
        whole.push(main);
    }
    whole
}

/// Keeps what is said of editions and versions elsewhere.
fn note_related(badge: &mut Badge, related: Related, ids: &FxHashMap<String, usize>, group: usize) {
    for (id, tag) in related {
        if ids.get(&id) == Some(&group) {
            continue;
        }
        let told = match tag.is_empty() {
            true => id,
            false => format!("{id} ({tag})"),
        };
        if !badge.related.contains(&told) {
            badge.related.push(told);
        }
    }
}
