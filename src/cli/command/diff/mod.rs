//! `gradus diff`: what a new state of a project changes against an old one.

mod github;
pub(super) mod items;
mod json;
mod markdown;
mod sarif;
mod text;

use std::time::{SystemTime, UNIX_EPOCH};

use super::super::Exit;
use super::super::args::{Diff, DiffFormat, DiffGrade};
use super::super::render::counted;
use super::super::terminal::Terminal;
use crate::config::Known;
use crate::diff::{self, Advice, Change, Changes, Grade, Side};
use crate::emit::EMITTERS;
use crate::model::Date;
use crate::source::{Place, Sources};
use crate::workspace::accepted::{self, Accepted, Outcome};
use crate::workspace::{Fault, analysis, states};

/// All that is shown.
struct Report<'a> {
    old: &'a str,
    new: &'a str,
    /// How many errors the texts of the old and of the new state have: what stands there may not be compared.
    errors: (usize, usize),
    changes: &'a Changes,
    accepted: &'a [Accepted],
    /// The file of accepted breaks, as the user finds it.
    accepted_file: &'a str,
    outcome: &'a Outcome,
    advice: Option<Advice>,
    /// The texts of both states, unless nothing has changed.
    sources: Option<(&'a Sources, &'a Sources)>,
}

pub(in crate::cli) fn run(options: &Diff, terminal: &Terminal) -> Result<Exit, Fault> {
    let today = match &options.today {
        None => today(),
        Some(text) => Date::parse(text).ok_or_else(|| Fault::Usage {
            message: format!("`{text}` is not a day"),
            help: Some("write a day as in 2027-06-30".to_owned()),
        })?,
    };
    let rules = analysis::rule_names();
    let outputs: Vec<&str> = EMITTERS.iter().map(|emitter| emitter.name).collect();
    let known = Known {
        rules: &rules,
        outputs: &outputs,
    };
    let old = states::read(&options.old, known)?;
    let new = states::read(&options.new, known)?;
    let accepted = accepted::read(&new.root.folder)?;
    let accepted_file = if states::is_unpacked(&options.new) {
        accepted::FILE_NAME.to_owned()
    } else {
        format!("{}{}", new.root.prefix, accepted::FILE_NAME)
    };
    let of_items = matches!(options.format, DiffFormat::Items | DiffFormat::ItemsSssom);
    if old.is_same(&new) && !of_items {
        let changes = Changes::default();
        let outcome = accepted::apply(&accepted, &changes.changes, today);
        let errors = new.link().errors;
        let report = Report {
            old: &options.old,
            new: &options.new,
            errors: (errors, errors),
            changes: &changes,
            accepted: &accepted,
            accepted_file: &accepted_file,
            outcome: &outcome,
            advice: None,
            sources: None,
        };
        return finish(&report, options, terminal);
    }
    let (old, new) = (old.link(), new.link());
    let (before, after) = (
        Side {
            project: &old.project,
            graph: &old.graph,
        },
        Side {
            project: &new.project,
            graph: &new.graph,
        },
    );
    if of_items {
        for state in [&old, &new] {
            if state.errors > 0 {
                terminal.note(&format!(
                    "`{}` has {}: what stands there may be missing from the table",
                    state.name,
                    counted(state.errors, "error", "errors")
                ));
            }
        }
    }
    if options.format == DiffFormat::Items {
        terminal.print(&items::render(&diff::successors(&before, &after)))?;
        return Ok(Exit::Clean);
    }
    if options.format == DiffFormat::ItemsSssom {
        terminal.print(&items::sssom(&before, &after)?)?;
        return Ok(Exit::Clean);
    }
    let changes = diff::compare(&before, &after);
    let outcome = accepted::apply(&accepted, &changes.changes, today);
    let advice = diff::advise(
        old.project.settings.version.as_deref(),
        new.project.settings.version.as_deref(),
        changes.grade(),
    );
    let report = Report {
        old: &options.old,
        new: &options.new,
        errors: (old.errors, new.errors),
        changes: &changes,
        accepted: &accepted,
        accepted_file: &accepted_file,
        outcome: &outcome,
        advice,
        sources: Some((&old.sources, &new.sources)),
    };
    finish(&report, options, terminal)
}

fn finish(report: &Report<'_>, options: &Diff, terminal: &Terminal) -> Result<Exit, Fault> {
    let text = match options.format {
        DiffFormat::Text => text::render(report, terminal.color),
        DiffFormat::Json => json::render(report),
        DiffFormat::Md => markdown::render(report),
        // Printed before there is a report.
        DiffFormat::Items | DiffFormat::ItemsSssom => String::new(),
        DiffFormat::Github => github::render(report),
        DiffFormat::Sarif => sarif::render(report),
    };
    terminal.print(&text)?;
    if let Some(why) = report.incomplete() {
        terminal.note(&why);
    }
    let stale = report.stale();
    for (entry, why) in &stale {
        terminal.note(&format!(
            "error: {}:{}: {why}",
            report.accepted_file, entry.line
        ));
    }
    let least = options.fail_on.map(|grade| match grade {
        DiffGrade::Breaking => Grade::Breaking,
        DiffGrade::Compatible => Grade::Compatible,
        DiffGrade::Editorial => Grade::Editorial,
    });
    let fails = least.is_some_and(|least| {
        // Where errors hide something, nothing shows that no such change is among it.
        report.incomplete().is_some()
            || report
                .entries()
                .any(|(change, accepted)| accepted.is_none() && change.rule.grade() >= least)
    });
    Ok(if !stale.is_empty() || fails {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

fn today() -> Date {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    accepted::day_of(seconds)
}

impl Report<'_> {
    /// Each change with the entry that accepts it.
    fn entries(&self) -> impl Iterator<Item = (&Change, Option<&Accepted>)> {
        self.changes.changes.iter().enumerate().map(|(at, change)| {
            let entry = self.outcome.of_change.get(at).copied().flatten();
            (change, entry.and_then(|entry| self.accepted.get(entry)))
        })
    }

    /// Entries of accepted breaks that must go, in their order, each with the reason in words.
    fn stale(&self) -> Vec<(&Accepted, String)> {
        let expired = self.outcome.expired.iter().map(|&at| (at, true));
        let unused = self.outcome.unused.iter().map(|&at| (at, false));
        let mut all: Vec<(usize, bool)> = expired.chain(unused).collect();
        all.sort_unstable();
        all.into_iter()
            .filter_map(|(at, expired)| {
                let entry = self.accepted.get(at)?;
                let (rule, item) = (&entry.rule, &entry.item);
                let why = if expired {
                    format!(
                        "{} accepted `{rule}` of `{item}` until {}, and that day is over: remove the entry, or agree on a later day",
                        entry.who, entry.until
                    )
                } else {
                    format!(
                        "`{item}` has no change `{rule}` that this entry by {} could accept: remove the entry, or mend its `rule` or `item`",
                        entry.who
                    )
                };
                Some((entry, why))
            })
            .collect()
    }

    /// Why changes may be missing: the states that have errors.
    fn incomplete(&self) -> Option<String> {
        let states = [(self.old, self.errors.0), (self.new, self.errors.1)];
        let faulty: Vec<String> = states
            .into_iter()
            .filter(|&(_, errors)| errors > 0)
            .map(|(name, errors)| format!("`{name}` has {}", counted(errors, "error", "errors")))
            .collect();
        if faulty.is_empty() {
            return None;
        }
        Some(format!(
            "the comparison is incomplete: {}, and what stands there may be missing from it",
            faulty.join(" and ")
        ))
    }

    /// `2 breaking (1 accepted), 3 compatible and 1 editorial change`.
    fn summary(&self) -> String {
        if self.changes.changes.is_empty() {
            return match self.incomplete() {
                Some(_) => "no change was found".to_owned(),
                None => "nothing has changed".to_owned(),
            };
        }
        let accepted = self.entries().filter(|(_, entry)| entry.is_some()).count();
        let mut parts = Vec::new();
        for grade in [Grade::Breaking, Grade::Compatible, Grade::Editorial] {
            let count = self.changes.count(grade);
            if count > 0 {
                let note = if grade == Grade::Breaking && accepted > 0 {
                    format!(" ({accepted} accepted)")
                } else {
                    String::new()
                };
                parts.push(format!("{count} {}{note}", grade.word()));
            }
        }
        let total = self.changes.changes.len();
        format!(
            "{}: {}",
            counted(total, "change", "changes"),
            parts.join(", ")
        )
    }

    /// The advice in words.
    fn advice(&self) -> Option<String> {
        let advice = self.advice.as_ref()?;
        Some(match (&advice.given, advice.enough) {
            (Some(given), true) => {
                format!(
                    "version {given} after {} is right for these changes",
                    advice.old
                )
            }
            (Some(given), false) if *given == advice.old => format!(
                "the version is still {given}; these changes ask for {} or higher",
                advice.least
            ),
            (Some(given), false) => format!(
                "version {given} after {} is too low; these changes ask for {} or higher",
                advice.old, advice.least
            ),
            (None, _) => format!(
                "no version is given; these changes ask for {} or higher after {}",
                advice.least, advice.old
            ),
        })
    }

    /// The file of a change as whoever has the new state before them finds it: without the name of the old state, and
    /// without that of the archive or git state that the new one was unpacked from.
    fn inside<'n>(&self, change: &Change, file: &'n str) -> &'n str {
        let state = match change.new_place {
            None => self.old,
            Some(_) if states::is_unpacked(self.new) => self.new,
            Some(_) => return file,
        };
        let state = state.trim_end_matches('/');
        let inside = file
            .strip_prefix(state)
            .and_then(|file| file.strip_prefix('/'));
        inside.unwrap_or(file)
    }

    /// File and line of a change: in the new state, else in the old one.
    fn location(&self, change: &Change) -> Option<(String, u32)> {
        let (old, new) = self.sources?;
        match (change.new_place, change.old_place) {
            (Some(place), _) => Some(located(new, place)),
            (None, Some(place)) => Some(located(old, place)),
            (None, None) => None,
        }
    }
}

fn located(sources: &Sources, place: Place) -> (String, u32) {
    let file = sources.file(place.file);
    let line = file.line_column(place.span.start).line;
    (file.name().to_owned(), line)
}

/// A change in full, with an example to a line.
fn sentences(change: &Change) -> String {
    let mut text = format!(
        "{} `{}`: {} ({})",
        change.thing.word(),
        change.id,
        change.message,
        readers(change)
    );
    for example in &change.examples {
        text.push('\n');
        text.push_str(&example.sentence());
    }
    if let Some(hint) = &change.hint {
        text.push('\n');
        text.push_str(hint);
    }
    text
}

/// For whom a change is how grave.
fn readers(change: &Change) -> String {
    let (learner, holder) = (change.rule.learner, change.rule.holder);
    if learner == holder {
        format!("{} for learners and holders", learner.word())
    } else {
        format!(
            "{} for learners, {} for holders",
            learner.word(),
            holder.word()
        )
    }
}
