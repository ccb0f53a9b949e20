//! `accepted-breaks.yaml`: breaking changes that somebody has decided to make.
//!
//! Goes in: the text of the file, and what has changed. Comes out: which changes are accepted, and which entries accept
//! nothing or nothing any more: both are errors, so that the file never grows stale.

use std::path::Path;

use serde::Deserialize;

use super::Fault;
use crate::diag::did_you_mean;
use crate::diff::{Change, Grade, rules};
use crate::model::Date;

/// The name of the file, in the project's folder.
pub const FILE_NAME: &str = "accepted-breaks.yaml";

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
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
    #[serde(skip)]
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
    parse(&text).map_err(|message| Fault::Usage {
        message: format!("`{FILE_NAME}`{message}"),
        help: Some("give every entry `rule`, `item`, `reason`, `who` and `until`".to_owned()),
    })
}

fn parse(text: &str) -> Result<Vec<Accepted>, String> {
    let entries: Option<Vec<Accepted>> = serde_yaml::from_str(text).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or("").to_owned();
        match error.location() {
            Some(at) => format!(", line {}: {message}", at.line()),
            None => format!(": {message}"),
        }
    })?;
    let mut entries = entries.unwrap_or_default();
    for (entry, line) in entries.iter_mut().zip(lines(text)) {
        entry.line = line;
    }
    for entry in &entries {
        let line = entry.line;
        let known = rules::find(&entry.rule);
        if known.is_none() {
            let known = rules::ALL.iter().map(|rule| rule.name);
            let near = did_you_mean(&entry.rule, known);
            let near = near.map_or_else(String::new, |near| format!("; {near}"));
            return Err(format!(
                ", line {line}: there is no rule `{}`{near}",
                entry.rule
            ));
        }
        if known.is_some_and(|rule| rule.grade() != Grade::Breaking) {
            return Err(format!(
                ", line {line}: `{}` breaks nothing, and so needs no entry",
                entry.rule
            ));
        }
        if Date::parse(&entry.until).is_none() {
            return Err(format!(
                ", line {line}: `{}` is not a day, such as 2027-06-30",
                entry.until
            ));
        }
        if entry.reason.trim().is_empty() || entry.who.trim().is_empty() {
            return Err(format!(
                ", line {line}: `{}` of `{}` needs a reason, and the name of who has decided",
                entry.rule, entry.item
            ));
        }
    }
    Ok(entries)
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
        assert!(parse("- rule: change/removed\n").is_err());
        assert!(
            parse("- {rule: change/removed, item: a, reason: b, who: c, until: 2027-06-30, x: 1}")
                .is_err()
        );
    }
}
