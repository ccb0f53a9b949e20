//! `teaches a, b, c at skilled` gives a level to `c` alone, and most who write it mean all three.
//!
//! Looked for in one list, told by the commas between its members: the last has a level, none before it has, and the level is
//! of the scale of all of them. Lists that give levels to some of the others are taken as meant.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Attained, LevelRef, Project};
use crate::source::{Place, Span};

pub static RULE: Rule = Rule {
    name: "credential/level-on-last-only",
    severity: Severity::Warning,
    summary: "a list of skills in which only the last one has a level",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        let lists = [
            &credential.introduces,
            &credential.reinforces,
            &credential.teaches,
        ];
        let assessed = credential
            .assessments
            .iter()
            .map(|assessment| &assessment.assesses);
        for attained in lists.into_iter().chain(assessed) {
            look(project, attained, sink);
        }
    }
}

/// Looks at the statements whose members follow each other in `attained`.
fn look(project: &Project, attained: &[Attained], sink: &mut Sink) {
    let mut start = 0;
    for index in 1..=attained.len() {
        let goes_on = index < attained.len()
            && attained[index - 1].level.is_none()
            && is_same_list(project, &attained[index - 1], &attained[index]);
        if goes_on {
            continue;
        }
        let list = &attained[start..index];
        start = index;
        // A level in the middle ends a stretch as well: then the list goes on, and its author knows what a level speaks of.
        let ended = index == attained.len()
            || !is_same_list(project, &attained[index - 1], &attained[index]);
        let first = start - list.len();
        let begun = first == 0 || !is_same_list(project, &attained[first - 1], &attained[first]);
        if ended && begun {
            tell(project, list, sink);
        }
    }
}

fn tell(project: &Project, list: &[Attained], sink: &mut Sink) {
    let Some((last, others)) = list.split_last() else {
        return;
    };
    let (Some(level), Some(level_place)) = (last.level, last.level_place) else {
        return;
    };
    if others.is_empty() || !others.iter().all(|other| fits(project, level, other)) {
        return;
    }
    let words = project.slice(level_place);
    let written = |place: Place| project.slice(place);
    let all: Vec<String> = list
        .iter()
        .take(4)
        .map(|one| format!("{} at {words}", written(one.place)))
        .collect();
    let more = if list.len() > 4 { ", …" } else { "" };
    let before: Vec<String> = others
        .iter()
        .map(|one| format!("`{}`", written(one.place)))
        .collect();
    let (verb, who) = match before.as_slice() {
        [first, .., _] if before.len() > 3 => ("have", format!("{first} and {} others", before.len() - 1)),
        [one] => ("has", one.clone()),
        some => ("have", some.join(", ")),
    };
    let diagnostic = sink.report(&RULE, level_place);
    diagnostic
        .message(format!(
            "`at {words}` speaks of `{}` alone: {who} {verb} no level",
            written(last.place)
        ))
        .label("the level of the last one only")
        .help(format!("write the level after each: `{}{more}`", all.join(", ")));
    if let Some(first) = others.first() {
        diagnostic.also(first.place, "no level here");
    }
}

/// Whether the level could be that of the item as well.
fn fits(project: &Project, level: LevelRef, item: &Attained) -> bool {
    let scale = project.frameworks[project.items[item.item].framework].scale;
    match level {
        LevelRef::Own(level) => scale == Some(project.levels[level].scale),
        LevelRef::External(_) => scale.is_none(),
    }
}

/// Whether nothing but a comma and blanks stands between two members.
fn is_same_list(project: &Project, one: &Attained, next: &Attained) -> bool {
    let end = one.level_place.unwrap_or(one.place);
    if end.file != next.place.file || end.span.end > next.place.span.start {
        return false;
    }
    let between = Place::new(end.file, Span::new(end.span.end, next.place.span.start));
    let between = project.slice(between);
    // A short stretch is enough: a comment between two members is rare, and then nothing is said.
    between.len() < 200 && between.trim() == ","
}
