//! `accepted-breaks.yaml`: breaking changes that somebody has decided to make.
//!
//! Goes in: the text of the file, and what has changed. Comes out: which changes are accepted, and which entries accept
//! nothing or nothing any more: both are errors, so that the file never grows stale.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_yaml::Value;

use super::find::{Root, Scope};
use super::read::span_at;
use super::{Analysis, Fault};
use crate::diag::{Sink, apply_policy, did_you_mean, early};
use crate::diff::{Change, Grade, rules};
use crate::model::Date;
use crate::source::Place;

/// The name of the file, in the project's folder.
pub const FILE_NAME: &str = "accepted-breaks.yaml";

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The rule of the change.
    pub rule: String,
    /// The id of what has changed.
    pub item: String,
    /// Why.
    pub reason: String,
    /// Who has decided.
    pub who: String,
    /// The last day on which it holds.
    pub until: String,
    /// The line of the file on which it starts, counted from 1.
    pub line: u32,
}

/// What became of the entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// For each change the entry that accepts it, by position.
    pub of_change: Vec<Option<usize>>,
    /// Entries whose last day is over, by position.
    pub expired: Vec<usize>,
    /// Entries that accept nothing, by position.
    pub unused: Vec<usize>,
}

/// Something that is wrong in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wrong {
    /// Counted from 1.
    line: u32,
    column: u32,
    message: String,
}

/// What to do about it.
const HELP: &str = "give every entry `rule`, `item`, `reason`, `who` and `until`";

/// Reads the file of a project; none where there is none.
///
/// # Errors
/// It cannot be read, or an entry is not whole.
pub fn read(project: &Path) -> Result<Vec<Accepted>, Fault> {
    let Some(text) = text(project)? else {
        return Ok(Vec::new());
    };
    parse(&text).map_err(|faults| {
        let faults: Vec<String> = faults
            .into_iter()
            .map(|wrong| {
                let (line, column) = (wrong.line, wrong.column);
                let message = wrong.message;
                format!("`{FILE_NAME}`, line {line}, column {column}: {message}")
            })
            .collect();
        Fault::Usage {
            message: faults.join("\n"),
            help: Some(HELP.to_owned()),
        }
    })
}

fn text(project: &Path) -> Result<Option<String>, Fault> {
    let path = project.join(FILE_NAME);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::unreadable(&path, &error)),
    }
}

/// Adds to the findings of a project what is wrong in its file by itself. Whether an entry is needed only a comparison can tell.
///
/// # Errors
/// The file cannot be read.
pub fn check(root: &Root, analysis: &mut Analysis) -> Result<(), Fault> {
    if root.scope != Scope::Project {
        return Ok(());
    }
    let Some(text) = text(&root.folder)? else {
        return Ok(());
    };
    let Err(faults) = parse(&text) else {
        return Ok(());
    };
    let sources = Arc::make_mut(&mut analysis.sources);
    let file = sources.add(format!("{}{FILE_NAME}", root.prefix), text);
    let mut sink = Sink::new();
    for wrong in faults {
        let span = span_at(sources, file, wrong.line, wrong.column);
        sink.report(&early::PROJECT_BAD_ACCEPTED_BREAK, Place::new(file, span))
            .message(wrong.message)
            .label("here")
            .help(HELP);
    }
    let found = apply_policy(sink, &analysis.settings.policy, &[], &[]);
    analysis.diagnostics.extend(found);
    analysis.diagnostics.sort_by_key(|found| found.place);
    Ok(())
}

/// The keys of an entry.
const KEYS: [&str; 5] = ["rule", "item", "reason", "who", "until"];

/// The entries, or everything that is wrong with them.
fn parse(text: &str) -> Result<Vec<Accepted>, Vec<Wrong>> {
    let wrong = |line: usize, column: usize, message: &str| Wrong {
        line: u32::try_from(line).unwrap_or(1).max(1),
        column: u32::try_from(column).unwrap_or(1).max(1),
        message: message.to_owned(),
    };
    let file: Option<Value> = serde_yaml::from_str(text).map_err(|error| {
        let at = error.location();
        let (line, column) = at.map_or((1, 1), |at| (at.line(), at.column()));
        vec![wrong(
            line,
            column,
            "it cannot be read as YAML from here on",
        )]
    })?;
    let list = match file {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Sequence(list)) => list,
        Some(_) => {
            let message = "expected a list of entries, each starting with `-`";
            return Err(vec![wrong(1, 1, message)]);
        }
    };
    let mut faults = Vec::new();
    let mut entries: Vec<Accepted> = Vec::with_capacity(list.len());
    let starts: Vec<u32> = lines(text).take(list.len()).collect();
    for (position, (value, &line)) in list.iter().zip(&starts).enumerate() {
        let before = faults.len();
        let written = Written::new(text, line, starts.get(position + 1).copied());
        let mut say = |at: (u32, u32), message: String| {
            faults.push(Wrong {
                line: at.0,
                column: at.1,
                message,
            });
        };
        let Value::Mapping(mapping) = value else {
            let message = format!("expected an entry with {}", keys(&KEYS));
            say(written.start(), message);
            continue;
        };
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for (key, value) in mapping {
            let Some(key) = key.as_str() else {
                let has = keys(&KEYS);
                let message = format!("a key of the entry is no word; it has {has}");
                say(written.start(), message);
                continue;
            };
            let Some(known) = KEYS.into_iter().find(|known| *known == key) else {
                let near = did_you_mean(key, KEYS);
                let near = near.map_or_else(String::new, |near| format!("; {near}"));
                say(written.key(key), format!("an entry has no `{key}`{near}"));
                continue;
            };
            match written_text(value) {
                Some(text) => {
                    texts.insert(known, text);
                }
                None => {
                    texts.insert(known, String::new());
                    say(
                        written.value(key),
                        format!("`{key}` takes words on one line"),
                    );
                }
            }
        }
        let missing: Vec<&str> = KEYS
            .into_iter()
            .filter(|key| !texts.contains_key(key))
            .collect();
        if !missing.is_empty() {
            let message = format!("the entry has no {}", keys(&missing));
            say(written.start(), message);
        }
        let mut take = |key: &str| texts.remove(key).unwrap_or_default();
        let entry = Accepted {
            rule: take("rule"),
            item: take("item"),
            reason: take("reason"),
            who: take("who"),
            until: take("until"),
            line,
        };
        if before == faults.len() {
            entry_faults(&entry, &entries, &written, &mut faults);
        }
        entries.push(entry);
    }
    if faults.is_empty() {
        Ok(entries)
    } else {
        Err(faults)
    }
}

/// What is wrong with what the keys of an entry say, given the entries before it.
fn entry_faults(
    entry: &Accepted,
    earlier: &[Accepted],
    written: &Written<'_>,
    faults: &mut Vec<Wrong>,
) {
    let mut say = |key: &str, message: String| {
        let (line, column) = written.value(key);
        faults.push(Wrong {
            line,
            column,
            message,
        });
    };
    match rules::find(&entry.rule) {
        None => {
            let known = rules::ALL.iter().map(|rule| rule.name);
            let near = did_you_mean(&entry.rule, known);
            let near = near.map_or_else(String::new, |near| format!("; {near}"));
            say("rule", format!("there is no rule `{}`{near}", entry.rule));
        }
        Some(rule) if rule.grade() != Grade::Breaking => {
            let message = format!("`{}` breaks nothing, and so needs no entry", entry.rule);
            say("rule", message);
        }
        Some(_) => {}
    }
    if Date::parse(&entry.until).is_none() {
        let message = format!("`{}` is not a day, such as 2027-06-30", entry.until);
        say("until", message);
    }
    for (key, text, what) in [
        ("item", &entry.item, "the id of what has changed"),
        ("reason", &entry.reason, "a reason"),
        ("who", &entry.who, "the name of who has decided"),
    ] {
        if text.trim().is_empty() {
            say(key, format!("the entry needs {what}"));
        }
    }
    let same = |other: &&Accepted| other.rule == entry.rule && other.item == entry.item;
    if let Some(other) = earlier.iter().find(same) {
        let message = format!(
            "`{}` of `{}` is accepted by the entry on line {} already: keep one of them",
            entry.rule, entry.item, other.line
        );
        say("rule", message);
    }
}

/// An entry as it is written, to find the places of its keys.
struct Written<'t> {
    /// The lines of the entry, each with its number.
    lines: Vec<(u32, &'t str)>,
    first: u32,
}

impl<'t> Written<'t> {
    fn new(text: &'t str, first: u32, next: Option<u32>) -> Self {
        let end = next.filter(|&next| next > first).unwrap_or(u32::MAX);
        let lines = text.lines().zip(1u32..);
        let lines = lines
            .filter(|(_, number)| (first..end).contains(number))
            .map(|(line, number)| (number, line))
            .collect();
        Self { lines, first }
    }

    /// Line and column of its first letter.
    fn start(&self) -> (u32, u32) {
        let line = self.lines.first().map_or("", |&(_, line)| line);
        let before = line.len() - line.trim_start_matches([' ', '-']).len();
        (self.first, before as u32 + 1)
    }

    /// Line and column of a key.
    fn key(&self, key: &str) -> (u32, u32) {
        self.find(key).map_or(self.start(), |(line, before, _)| {
            (line, before.chars().count() as u32 + 1)
        })
    }

    /// Line and column of what a key says.
    fn value(&self, key: &str) -> (u32, u32) {
        self.find(key).map_or(self.start(), |(line, before, rest)| {
            let colon = rest.find(':').unwrap_or(0) + 1;
            let value = rest.get(colon..).unwrap_or("");
            let space = value.len() - value.trim_start().len();
            let upto = rest.get(..colon + space).unwrap_or("");
            let column = before.chars().count() + upto.chars().count();
            (line, column as u32 + 1)
        })
    }

    /// The line of a key, what stands before it, and the rest from it on.
    fn find(&self, key: &str) -> Option<(u32, &'t str, &'t str)> {
        self.lines.iter().find_map(|&(number, line)| {
            line.match_indices(key).find_map(|(at, _)| {
                let (before, rest) = line.split_at_checked(at)?;
                let starts = before.is_empty() || before.ends_with([' ', '{', ',', '"', '\'', '-']);
                let after = rest.get(key.len()..)?.trim_start_matches(['"', '\'']);
                (starts && after.trim_start().starts_with(':')).then_some((number, before, rest))
            })
        })
    }
}

/// A text as its author wrote it; numbers and words that YAML reads otherwise are texts here.
fn written_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(word) => Some(word.to_string()),
        Value::Null => Some(String::new()),
        Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => None,
    }
}

/// Keys in a sentence.
fn keys(keys: &[&str]) -> String {
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The lines on which the entries of the list start, as people write it; line 1 for each where it is written otherwise.
fn lines(text: &str) -> impl Iterator<Item = u32> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let first = text
        .lines()
        .find(|line| line.trim_start().starts_with('-'))
        .map(indent);
    let starts: Vec<u32> = text
        .lines()
        .zip(1u32..)
        .filter(|(line, _)| {
            let rest = line.trim_start();
            Some(indent(line)) == first && (rest == "-" || rest.starts_with("- "))
        })
        .map(|(_, number)| number)
        .collect();
    starts.into_iter().chain(std::iter::repeat(1))
}

/// The day of a number of seconds since 1970, in UTC.
#[must_use]
pub fn day_of(seconds: u64) -> Date {
    // Counted in eras of 400 years that begin in March, so that the leap day comes last.
    let days = seconds / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    Date {
        year: u16::try_from(year + era * 400 + later).unwrap_or(u16::MAX),
        month: month as u8,
        day: day as u8,
    }
}

/// Says which entry accepts which change.
#[must_use]
pub fn apply(accepted: &[Accepted], changes: &[Change], today: Date) -> Outcome {
    let mut used = vec![false; accepted.len()];
    let is_over = |entry: &Accepted| Date::parse(&entry.until).is_none_or(|until| until < today);
    let of_change = changes
        .iter()
        .map(|change| {
            let position = accepted
                .iter()
                .position(|entry| entry.rule == change.rule.name && entry.item == change.id)?;
            *used.get_mut(position)? = true;
            accepted
                .get(position)
                .is_some_and(|entry| !is_over(entry))
                .then_some(position)
        })
        .collect();
    let positions = |keep: &dyn Fn(usize, &Accepted) -> bool| -> Vec<usize> {
        let entries = accepted.iter().enumerate();
        entries
            .filter(|(position, entry)| keep(*position, entry))
            .map(|(position, _)| position)
            .collect()
    };
    Outcome {
        of_change,
        expired: positions(&|_, entry| is_over(entry)),
        unused: positions(&|position, entry| {
            !is_over(entry) && !used.get(position).copied().unwrap_or(false)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_days_of_the_calendar() {
        assert!(Date::parse("2024-02-29").is_some());
        for wrong in [
            "2023-02-29",
            "2023-13-01",
            "2023-1-1",
            "soon",
            "2023-01-01-1",
        ] {
            assert!(Date::parse(wrong).is_none(), "{wrong}");
        }
        assert_eq!(day_of(0).to_string(), "1970-01-01");
        assert_eq!(day_of(951_782_400).to_string(), "2000-02-29");
        assert_eq!(day_of(1_798_761_599).to_string(), "2026-12-31");
    }

    #[test]
    fn entries_must_be_whole() {
        let entry = |rule: &str, until: &str| {
            format!("- {{rule: {rule}, item: a, reason: b, who: c, until: {until}}}\n")
        };
        let faults = |text: &str| -> Vec<String> {
            let faults = parse(text).expect_err("faults").into_iter();
            faults
                .map(|wrong| format!("{}:{} {}", wrong.line, wrong.column, wrong.message))
                .collect()
        };
        assert_eq!(parse("").map(|list| list.len()), Ok(0));
        assert!(parse(&entry("change/removed", "2027-06-30")).is_ok());
        assert!(parse(&entry("change/nothing", "2027-06-30")).is_err());
        assert!(parse(&entry("change/added", "2027-06-30")).is_err());
        assert!(parse(&entry("change/removed", "2027-06-31")).is_err());
        // Everything at once, in the author's words, each with its line.
        let text = "- rule: change/removd\n  item: a\n  reason: b\n  who: c\n  until: 2027-06-30\n- rule: change/removed\n  itme: a\n  reason: [b]\n  until: soon\n- just words\n";
        assert_eq!(
            faults(text),
            [
                "1:9 there is no rule `change/removd`; did you mean `change/removed`?",
                "7:3 an entry has no `itme`; did you mean `item`?",
                "8:11 `reason` takes words on one line",
                "6:3 the entry has no `item` and `who`",
                "10:3 expected an entry with `rule`, `item`, `reason`, `who` and `until`",
            ]
        );
        assert_eq!(
            faults("rule: change/removed\n"),
            ["1:1 expected a list of entries, each starting with `-`"]
        );
        // The same twice is said as what it is, in either way of writing.
        let once = entry("change/removed", "2027-06-30");
        assert_eq!(
            faults(&format!("{once}# Once more:\n{once}")),
            [
                "3:10 `change/removed` of `a` is accepted by the entry on line 1 already: keep one of them"
            ]
        );
        assert!(parse("- rule: change/removed\n").is_err());
        assert!(
            parse("- {rule: change/removed, item: a, reason: b, who: c, until: 2027-06-30, x: 1}")
                .is_err()
        );
    }
}
