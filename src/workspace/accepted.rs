//! `accepted-breaks.yaml`: breaking changes that somebody has decided to make.
//!
//! Goes in: the text of the file, and what has changed. Comes out: which changes are accepted, and which entries accept
//! nothing or nothing any more: both are errors, so that the file never grows stale.

use std::collections::BTreeMap;
use std::path::Path;

use serde_yaml::Value;

use super::Fault;
use crate::diag::did_you_mean;
use crate::diff::{Change, Grade, rules};
use crate::model::Date;

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

/// Reads the file of a project; none where there is none.
///
/// # Errors
/// It cannot be read, or an entry is not whole.
pub fn read(project: &Path) -> Result<Vec<Accepted>, Fault> {
    let path = project.join(FILE_NAME);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Fault::unreadable(&path, &error)),
    };
    parse(&text).map_err(|faults| Fault::Usage {
        message: format!(
            "`{FILE_NAME}`, {}",
            faults.join(&format!("\n`{FILE_NAME}`, "))
        ),
        help: Some("give every entry `rule`, `item`, `reason`, `who` and `until`".to_owned()),
    })
}

/// The keys of an entry.
const KEYS: [&str; 5] = ["rule", "item", "reason", "who", "until"];

/// The entries, or everything that is wrong with them.
fn parse(text: &str) -> Result<Vec<Accepted>, Vec<String>> {
    let file: Option<Value> = serde_yaml::from_str(text).map_err(|error| {
        let at = error.location();
        let at = at.map_or_else(String::new, |at| format!("line {}: ", at.line()));
        vec![format!("{at}it cannot be read as YAML from here on")]
    })?;
    let list = match file {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Sequence(list)) => list,
        Some(_) => {
            return Err(vec![
                "line 1: expected a list of entries, each starting with `-`".to_owned(),
            ]);
        }
    };
    let mut faults = Vec::new();
    let mut entries = Vec::with_capacity(list.len());
    for (value, line) in list.iter().zip(lines(text)) {
        let before = faults.len();
        let mut say = |message: String| faults.push(format!("line {line}: {message}"));
        let Value::Mapping(mapping) = value else {
            say(format!("expected an entry with {}", keys(&KEYS)));
            continue;
        };
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for (key, value) in mapping {
            let Some(key) = key.as_str() else {
                say(format!(
                    "a key of the entry is no word; it has {}",
                    keys(&KEYS)
                ));
                continue;
            };
            let Some(known) = KEYS.into_iter().find(|known| *known == key) else {
                let near = did_you_mean(key, KEYS);
                let near = near.map_or_else(String::new, |near| format!("; {near}"));
                say(format!("an entry has no `{key}`{near}"));
                continue;
            };
            match written(value) {
                Some(text) => {
                    texts.insert(known, text);
                }
                None => {
                    texts.insert(known, String::new());
                    say(format!("`{key}` takes words on one line"));
                }
            }
        }
        let missing: Vec<&str> = KEYS
            .into_iter()
            .filter(|key| !texts.contains_key(key))
            .collect();
        if !missing.is_empty() {
            say(format!("the entry has no {}", keys(&missing)));
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
            entry_faults(&entry, &mut faults);
        }
        entries.push(entry);
    }
    if faults.is_empty() {
        Ok(entries)
    } else {
        Err(faults)
    }
}

/// What is wrong with what the keys of an entry say.
fn entry_faults(entry: &Accepted, faults: &mut Vec<String>) {
    let line = entry.line;
    let mut say = |message: String| faults.push(format!("line {line}: {message}"));
    match rules::find(&entry.rule) {
        None => {
            let known = rules::ALL.iter().map(|rule| rule.name);
            let near = did_you_mean(&entry.rule, known);
            let near = near.map_or_else(String::new, |near| format!("; {near}"));
            say(format!("there is no rule `{}`{near}", entry.rule));
        }
        Some(rule) if rule.grade() != Grade::Breaking => {
            say(format!(
                "`{}` breaks nothing, and so needs no entry",
                entry.rule
            ));
        }
        Some(_) => {}
    }
    if Date::parse(&entry.until).is_none() {
        say(format!(
            "`{}` is not a day, such as 2027-06-30",
            entry.until
        ));
    }
    if entry.reason.trim().is_empty() || entry.who.trim().is_empty() {
        say(format!(
            "`{}` of `{}` needs a reason, and the name of who has decided",
            entry.rule, entry.item
        ));
    }
}

/// A text as its author wrote it; numbers and words that YAML reads otherwise are texts here.
fn written(value: &Value) -> Option<String> {
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
        assert_eq!(parse("").map(|list| list.len()), Ok(0));
        assert!(parse(&entry("change/removed", "2027-06-30")).is_ok());
        assert!(parse(&entry("change/nothing", "2027-06-30")).is_err());
        assert!(parse(&entry("change/added", "2027-06-30")).is_err());
        assert!(parse(&entry("change/removed", "2027-06-31")).is_err());
        // Everything at once, in the author's words, each with its line.
        let text = "- rule: change/removd\n  item: a\n  reason: b\n  who: c\n  until: 2027-06-30\n- rule: change/removed\n  itme: a\n  reason: [b]\n  until: soon\n- just words\n";
        assert_eq!(
            parse(text),
            Err([
                "line 1: there is no rule `change/removd`; did you mean `change/removed`?",
                "line 6: an entry has no `itme`; did you mean `item`?",
                "line 6: `reason` takes words on one line",
                "line 6: the entry has no `item` and `who`",
                "line 10: expected an entry with `rule`, `item`, `reason`, `who` and `until`",
            ]
            .map(str::to_owned)
            .to_vec())
        );
        assert_eq!(
            parse("rule: change/removed\n"),
            Err(vec![
                "line 1: expected a list of entries, each starting with `-`".to_owned()
            ])
        );
        assert!(parse("- rule: change/removed\n").is_err());
        assert!(
            parse("- {rule: change/removed, item: a, reason: b, who: c, until: 2027-06-30, x: 1}")
                .is_err()
        );
    }
}
