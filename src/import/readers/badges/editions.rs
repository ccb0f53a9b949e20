//! Records and editions of a badge in several languages become one badge. Where they disagree, the first one counts, and what another
//! one says is counted.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::model::{Alignment, Badge, Related};
use crate::import::tally::{Outcome, Spot, Tally};

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
        for (mut edition, related) in members {
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
            note_related(&mut main, related, &ids, group);
            edition.words.caption = std::mem::take(&mut edition.image.caption);
            edition.words.tags = std::mem::take(&mut edition.tags);
            edition.words.criteria_page = std::mem::take(&mut edition.criteria_page);
            edition.words.alignments.clone_from(&edition.alignments);
            let words = std::mem::take(&mut edition.words);
            main.translations.push((edition.language.clone(), words));
            share(&mut main, edition, tally);
        }
        main.translations.sort_by(|one, other| one.0.cmp(&other.0));
        whole.push(main);
    }
    whole
}

/// Fills what the first record of a badge lacks from another one in the same language; counts what that says otherwise.
pub fn complete(first: &mut Badge, mut second: Badge, tally: &mut Tally) {
    let spot = second.spot;
    let words = std::mem::take(&mut second.words);
    let mut fill = |field: &str, slot: &mut String, text: String| {
        fill(("records of a badge", field), slot, text, spot, tally);
    };
    fill(
        "description",
        &mut first.words.description,
        words.description,
    );
    fill("criteria", &mut first.words.criteria, words.criteria);
    fill(
        "language",
        &mut first.language,
        std::mem::take(&mut second.language),
    );
    let page = std::mem::take(&mut second.criteria_page);
    fill("criteria page", &mut first.criteria_page, page);
    let caption = std::mem::take(&mut second.image.caption);
    fill("text of the picture", &mut first.image.caption, caption);
    if first.words.results.is_empty() {
        first.words.results = words.results;
    } else if !words.results.is_empty() && words.results != first.words.results {
        let reason = "records of a badge with other results than the first, which are left out";
        tally.note(Outcome::Merged, reason, spot, &first.words.name);
    }
    for tag in std::mem::take(&mut second.tags) {
        if !first.tags.contains(&tag) {
            first.tags.push(tag);
        }
    }
    for (tag, words) in std::mem::take(&mut second.translations) {
        match first.translations.iter().find(|(known, _)| *known == tag) {
            Some((_, known)) if *known == words => {}
            Some(_) => {
                let reason = "records of a badge that are translated otherwise than the first, whose words count";
                tally.note(Outcome::Merged, reason, spot, &words.name);
            }
            None => first.translations.push((tag, words)),
        }
    }
    share(first, second, tally);
}

/// What is the same in all languages: fills what the first edition lacks, and counts what another one says otherwise.
fn share(first: &mut Badge, other: Badge, tally: &mut Tally) {
    let spot = other.spot;
    let mut fill = |field: &str, slot: &mut String, text: String| {
        fill(("records of a badge", field), slot, text, spot, tally);
    };
    fill("kind", &mut first.kind, other.kind);
    fill("picture", &mut first.image.address, other.image.address);
    fill("version", &mut first.version, other.version);
    fill("code", &mut first.code, other.code);
    fill("credit", &mut first.credits, other.credits);
    match (first.issuer, other.issuer) {
        (Some(known), Some(other)) if known != other => {
            let reason = "records of a badge that name another issuer than the first, which counts";
            tally.note(Outcome::Merged, reason, spot, &first.words.name);
        }
        (known, other) => first.issuer = known.or(other),
    }
    let is_new = |field: &(String, String)| !first.rest.contains(field);
    let rest: Vec<_> = other.rest.into_iter().filter(is_new).collect();
    first.rest.extend(rest);
    for alignment in other.alignments {
        // The same target in another language is a translation.
        let mut known = first.alignments.iter();
        let is_known = match alignment.url.is_empty() {
            true => known.any(|known| *known == alignment || same_code(known, &alignment)),
            false => known.any(|known| known.url == alignment.url),
        };
        if !is_known {
            first.alignments.push(alignment);
        }
    }
}

fn same_code(one: &Alignment, other: &Alignment) -> bool {
    one.url.is_empty() && !one.code.is_empty() && one.code == other.code
}

/// Fills a text that is missing; another one than is there is counted.
pub fn fill(
    (what, field): (&str, &str),
    slot: &mut String,
    text: String,
    spot: Spot,
    tally: &mut Tally,
) {
    if slot.is_empty() {
        *slot = text;
    } else if !text.is_empty() && *slot != text {
        let reason = format!("{what} that say another {field} than the first, which counts");
        tally.note(Outcome::Merged, &reason, spot, &text);
    }
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
