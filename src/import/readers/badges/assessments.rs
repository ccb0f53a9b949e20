//! Assessments as source text.
//!
//! Goes in: the results of a badge, in all its languages. Comes out: `assessment` blocks for it, which refer to rubrics. A pass mark in points stays in points where the levels can add up to it; where
//! criteria weigh differently, which badges do not say, it becomes the same share.

use super::forms::amount;
use super::model::Badge;
use super::results::{Group, Told, groups};
use super::rubrics::{Rubric, Rubrics, translated};
use crate::import::source::{Ids, Writer, name, quoted};
use crate::import::tally::{Outcome, Tally};

/// Writes the assessments of a badge. `path` says how the language names what an address stands for, if it is a skill that can be
/// assessed. Gives, for each other language, the lines that translate them.
pub fn write(
    badge: &Badge,
    (ids, rubrics): (&mut Ids, &mut Rubrics),
    path: &mut dyn FnMut(&str) -> Option<String>,
    writer: &mut Writer,
    tally: &mut Tally,
) -> Vec<(String, String)> {
    let results = &badge.words.results;
    let mut lines = Vec::new();
    let mut own = Ids::default();
    for words in badge.translations.iter().map(|(_, words)| words) {
        if !words.results.is_empty() && !translated(badge).any(|(_, fit)| std::ptr::eq(fit, words))
        {
            let reason = "results in another language that do not fit those of the badge, left out";
            tally.note(Outcome::Noted, reason, badge.spot, &words.name);
        }
    }
    for group in groups(results) {
        let (whole, criteria) = group.names(results);
        let whole = if whole.is_empty() {
            &badge.words.name
        } else {
            &whole
        };
        let id = own.make(&[&group.hint, whole], "assessment");
        writer.open(&format!("assessment {id} {}", quoted(whole)));
        for at in group.all() {
            tally.read("result");
            tally.kept("result");
            words_of(badge, results.get(at), writer, tally);
            more_of(badge, results.get(at), writer, tally);
        }
        let mut assessed: Vec<String> = Vec::new();
        for address in group
            .all()
            .filter_map(|at| results.get(at))
            .flat_map(|told| &told.assessed)
        {
            match path(address) {
                Some(path) if assessed.contains(&path) => {}
                Some(path) => {
                    if path.contains(" at ") {
                        let reason = "skills of results, to which the level is given that their badge names as a whole";
                        tally.note(Outcome::Mended, reason, badge.spot, &path);
                    }
                    assessed.push(path);
                }
                None => {
                    let reason =
                        "results aligned with what is no skill of the issuer's own, left out";
                    tally.note(Outcome::Noted, reason, badge.spot, address);
                }
            }
        }
        if !assessed.is_empty() {
            writer.line(&format!("assesses {}", assessed.join(", ")));
        }
        let rubric = rubrics.of(badge, &group, (whole, &criteria), ids, tally);
        if let Some(rubric) = rubric {
            writer.line(&format!("rubric {}", rubric.id));
        }
        pass(badge, &group, rubric, writer, tally);
        writer.close();
        for (tag, words) in translated(badge) {
            let (whole, _) = group.names(&words.results);
            if !whole.is_empty() {
                lines.push((
                    tag.to_owned(),
                    format!("assessment {id} {}", quoted(&whole)),
                ));
            }
        }
    }
    lines
}

impl Group {
    /// All its results.
    fn all(&self) -> impl Iterator<Item = usize> {
        self.overall
            .into_iter()
            .chain(self.criteria.iter().copied())
    }
}

/// What a result says in words that no assessment has.
fn words_of(badge: &Badge, told: Option<&Told>, writer: &mut Writer, tally: &mut Tally) {
    let Some(told) = told else { return };
    let known =
        ["Percent", "RawScore", "RubricCriterionLevel", "Status"].contains(&told.kind.as_str());
    let plain_status = told.kind == "Status" && told.required == "Completed";
    if known && (told.kind != "Status" || plain_status) {
        return;
    }
    let mut words = format!("Result: {}", told.kind);
    for (before, list) in [
        ("; one of ", told.allowed.join(", ")),
        ("; from ", told.least.clone()),
        ("; to ", told.most.clone()),
        ("; asked for: ", told.required.clone()),
    ] {
        if !list.is_empty() {
            words.push_str(before);
            words.push_str(&list);
        }
    }
    writer.text("about", &name(&words));
    let reason = "results of a kind that the language has no word for, told in words";
    tally.note(Outcome::Noted, reason, badge.spot, &told.kind);
}

/// What a result says besides what an assessment can have.
fn more_of(badge: &Badge, told: Option<&Told>, writer: &mut Writer, tally: &mut Tally) {
    let Some(told) = told else { return };
    let mut more = told.rest.clone();
    let mut add = |field: &str, words: &str| {
        if !words.is_empty() {
            more.push((field.to_owned(), words.to_owned()));
        }
    };
    let is = |text: &str, value: f64| text.is_empty() || text.parse::<f64>() == Ok(value);
    let allowed = told.allowed.join(", ");
    match told.kind.as_str() {
        "Percent" => {
            add("allowedValue", &allowed);
            // Between nothing and all is what a share always is.
            if share(told).is_none() && !(is(&told.least, 0.0) && is(&told.most, 100.0)) {
                add("valueMin", &told.least);
                add("valueMax", &told.most);
            }
        }
        "RawScore" => {
            add("allowedValue", &allowed);
            if !is(&told.least, 0.0) {
                add("valueMin", &told.least);
            }
            if told.required.is_empty() {
                add("valueMax", &told.most);
            }
        }
        "RubricCriterionLevel" => {
            add("allowedValue", &allowed);
            add("valueMin", &told.least);
            add("valueMax", &told.most);
            if !told.levels.is_empty() {
                add("requiredValue", &told.required);
            }
        }
        "Status" if told.required == "Completed" => {
            let usual = |word: &String| word == "Failed" || word == "Completed";
            if !told.allowed.iter().all(usual) {
                add("allowedValue", &allowed);
            }
            add("valueMin", &told.least);
            add("valueMax", &told.most);
        }
        // Told in words as a whole.
        _ => {}
    }
    for (field, words) in more {
        writer.comment(&format!("{}, {field}", told.name), &words);
        let reason =
            format!("`{field}` of results, which assessments have no place for, kept as comments");
        tally.note(Outcome::Noted, &reason, badge.spot, &words);
    }
}

/// A percentage that is counted in other numbers than 0 to 100, as a share of a hundred.
fn share(told: &Told) -> Option<String> {
    let number = |text: &str| text.parse::<f64>().ok();
    let (least, most) = (number(&told.least).unwrap_or(0.0), number(&told.most)?);
    let required = number(&told.required)?;
    let fits = least < most && (least..=most).contains(&required) && (least, most) != (0.0, 100.0);
    let share = format!("{:.3}", (required - least) * 100.0 / (most - least));
    fits.then(|| amount(&share)).flatten()
}

/// The pass mark.
fn pass(
    badge: &Badge,
    group: &Group,
    rubric: Option<&Rubric>,
    writer: &mut Writer,
    tally: &mut Tally,
) {
    let results = &badge.words.results;
    if let Some(told) = group.overall.and_then(|at| results.get(at)) {
        let required = amount(&told.required);
        let line = match (told.kind.as_str(), required) {
            ("Percent", required) => match share(told) {
                Some(share) => {
                    let reason = "percentages that are not counted from 0 to 100, written as a share of a hundred";
                    let words = format!("{} of {}", told.required, told.most);
                    tally.note(Outcome::Mended, reason, badge.spot, &words);
                    Some(format!("pass {share}%"))
                }
                None => required.map(|required| format!("pass {required}%")),
            },
            ("Status", _) if told.required == "Completed" => Some("pass all".to_owned()),
            ("RawScore", Some(required)) => {
                let most = told.most.parse::<f64>().ok().filter(|most| *most > 0.0);
                let reached = rubric.map(Rubric::most).filter(|sum| *sum > 0.0);
                match (most, reached) {
                    (Some(most), Some(sum)) if most == sum => {
                        Some(format!("pass {required} points"))
                    }
                    (None, Some(_)) => Some(format!("pass {required} points")),
                    (Some(most), _) => {
                        let share = told.required.parse::<f64>().unwrap_or(0.0) * 100.0 / most;
                        let reason = "pass marks in points of criteria whose weight is not told, written as a share";
                        let words = format!("{} of {}", told.required, told.most);
                        tally.note(Outcome::Mended, reason, badge.spot, &words);
                        let share = format!("{:.3}", share.clamp(0.0, 100.0));
                        amount(&share).map(|share| format!("pass {share}%"))
                    }
                    (None, None) => None,
                }
            }
            _ => None,
        };
        match line {
            Some(line) => {
                writer.line(&line);
                beside(badge, group, rubric, writer, tally);
                return;
            }
            None if !told.required.is_empty() => {
                writer.comment("pass mark", &told.required);
                let reason = "pass marks that the language has no form for, kept as comments";
                tally.note(Outcome::Noted, reason, badge.spot, &told.required);
            }
            None => {}
        }
    }
    let mut required = group
        .criteria
        .iter()
        .filter_map(|&at| results.get(at))
        .map(|told| told.required_level);
    let Some(first) = required.next() else {
        return;
    };
    if let Some(first) = first
        && required.all(|other| other == Some(first))
    {
        if let Some([id, ..]) = rubric.and_then(|rubric| rubric.levels.get(first)) {
            writer.line(&format!("pass level {id}"));
        }
    } else {
        beside(badge, group, rubric, writer, tally);
    }
}

/// Levels that are asked for beside a pass mark, or in some criteria only, as comments.
fn beside(
    badge: &Badge,
    group: &Group,
    rubric: Option<&Rubric>,
    writer: &mut Writer,
    tally: &mut Tally,
) {
    for told in group
        .criteria
        .iter()
        .filter_map(|&at| badge.words.results.get(at))
    {
        let level = told.required_level.and_then(|at| rubric?.levels.get(at));
        if let Some([_, _, level]) = level {
            writer.comment(&format!("{}, level that is asked for", told.name), level);
            let reason = "levels that are asked for beside a pass mark or in some criteria only, kept as comments";
            tally.note(Outcome::Noted, reason, badge.spot, &told.name);
        }
    }
}
