//! Assessments and rubrics as source text.
//!
//! Goes in: the results of a badge, in all its languages. Comes out: `assessment` blocks for it, and rubrics, of which
//! assessments with the same criteria share one. A pass mark in points stays in points where the levels can add up to it; where
//! criteria weigh differently, which badges do not say, it becomes the same share.

use super::forms::amount;
use super::model::{Badge, Words};
use super::results::{Group, Told, groups};
use crate::import::source::{Ids, Writer, name, quoted};
use crate::import::tally::{Outcome, Tally};

/// A rubric, as it is shared by assessments.
#[derive(Debug)]
struct Rubric {
    id: String,
    name: String,
    /// Its levels: id, points, name.
    levels: Vec<[String; 3]>,
    criteria: Vec<Criterion>,
    /// The names of levels in other languages.
    in_languages: Vec<(String, Vec<String>)>,
}

#[derive(Debug)]
struct Criterion {
    id: String,
    name: String,
    cells: Vec<String>,
    /// Name and cells in other languages.
    in_languages: Vec<(String, String, Vec<String>)>,
}

/// The rubrics of a catalogue.
#[derive(Debug, Default)]
pub struct Rubrics {
    all: Vec<Rubric>,
}

/// The same assessment in another language: its results at the same positions.
fn translated(badge: &Badge) -> impl Iterator<Item = (&str, &Words)> {
    let own = &badge.words.results;
    let fits = |words: &Words| {
        let same = |(one, other): (&Told, &Told)| one.levels.len() == other.levels.len();
        words.results.len() == own.len() && own.iter().zip(&words.results).all(same)
    };
    let all = badge.translations.iter();
    all.filter(move |(_, words)| !words.results.is_empty() && fits(words))
        .map(|(tag, words)| (tag.as_str(), words))
}

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
        }
        let mut assessed: Vec<String> = Vec::new();
        for address in group
            .all()
            .filter_map(|at| results.get(at))
            .flat_map(|told| &told.assessed)
        {
            match path(address) {
                Some(path) if assessed.contains(&path) => {}
                Some(path) => assessed.push(path),
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
            ("Percent", Some(required)) => Some(format!("pass {required}%")),
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
            Some(line) => return writer.line(&line),
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
    let Some(Some(first)) = required.next() else {
        return;
    };
    if required.all(|other| other == Some(first)) {
        if let Some([id, ..]) = rubric.and_then(|rubric| rubric.levels.get(first)) {
            writer.line(&format!("pass level {id}"));
        }
    } else {
        let reason = "levels that are asked for in some criteria only, left out";
        tally.note(Outcome::Noted, reason, badge.spot, &badge.words.name);
    }
}

impl Rubric {
    /// The most points that there are, each criterion weighing the same.
    fn most(&self) -> f64 {
        let points = self
            .levels
            .iter()
            .filter_map(|[_, points, _]| points.parse::<f64>().ok());
        let most = points.fold(0.0, f64::max);
        most * u32::try_from(self.criteria.len().max(1)).map_or(1.0, f64::from)
    }
}

impl Rubrics {
    /// The rubric of an assessment: one that is there already, or a new one.
    fn of(
        &mut self,
        badge: &Badge,
        group: &Group,
        (whole, names): (&str, &[String]),
        ids: &mut Ids,
        tally: &mut Tally,
    ) -> Option<&Rubric> {
        let results = &badge.words.results;
        let told: Vec<&Told> = group
            .criteria
            .iter()
            .filter_map(|&at| results.get(at))
            .collect();
        let first = told.first()?;
        let mut inner = Ids::default();
        let mut levels = Vec::new();
        for (position, level) in first.levels.iter().enumerate() {
            let label = if level.name.is_empty() {
                &level.hint
            } else {
                &level.name
            };
            let label = if label.is_empty() { "Level" } else { label };
            let points = if level.points.is_empty() {
                let reason = "levels of rubrics without points, which are numbered from one";
                tally.note(Outcome::Mended, reason, badge.spot, label);
                (position + 1).to_string()
            } else {
                level.points.clone()
            };
            levels.push([
                inner.make(&[&level.hint, label], "level"),
                points,
                label.to_owned(),
            ]);
        }
        // A rubric may be levels alone: then its one result is the assessment itself.
        let alone = told.len() == 1
            && names.first().is_some_and(|own| own == whole)
            && first
                .levels
                .iter()
                .all(|level| level.description.is_empty());
        let mut criteria = Vec::new();
        for (told, label) in told.iter().zip(names).filter(|_| !alone) {
            let hint = told.fragment.rsplit_once('.').map_or("", |(_, own)| own);
            criteria.push(Criterion {
                id: inner.make(&[hint, label], "criterion"),
                name: label.clone(),
                cells: told
                    .levels
                    .iter()
                    .map(|level| level.description.clone())
                    .collect(),
                in_languages: Vec::new(),
            });
        }
        let known = self.all.iter().position(|rubric| {
            let cells = |criteria: &[Criterion]| -> Vec<(String, Vec<String>)> {
                let cells = criteria
                    .iter()
                    .map(|one| (one.name.clone(), one.cells.clone()));
                cells.collect()
            };
            rubric.levels == levels && cells(&rubric.criteria) == cells(&criteria)
        });
        if let Some(known) = known {
            return self.all.get(known);
        }
        let mut in_languages = Vec::new();
        for (tag, words) in translated(badge) {
            let (_, names) = group.names(&words.results);
            let told: Vec<&Told> = group
                .criteria
                .iter()
                .filter_map(|&at| words.results.get(at))
                .collect();
            let level_names = told.first().map(|told| {
                let names = told.levels.iter().map(|level| level.name.clone());
                names.collect::<Vec<_>>()
            });
            in_languages.push((tag.to_owned(), level_names.unwrap_or_default()));
            for ((criterion, told), name) in criteria.iter_mut().zip(told).zip(names) {
                let cells = told.levels.iter().map(|level| level.description.clone());
                criterion
                    .in_languages
                    .push((tag.to_owned(), name, cells.collect()));
            }
        }
        // What a rubric is called is not told; its criteria say what it looks at.
        let label = match criteria.is_empty() {
            true => whole.to_owned(),
            false => {
                let names: Vec<&str> = criteria.iter().map(|one| one.name.as_str()).collect();
                names.join(", ")
            }
        };
        self.all.push(Rubric {
            id: ids.make(&[&label], "rubric"),
            name: label,
            levels,
            criteria,
            in_languages,
        });
        self.all.last()
    }

    /// All rubrics as source text.
    pub fn source(&self) -> String {
        let mut writer = Writer::default();
        for rubric in &self.all {
            writer.gap();
            writer.open(&format!("rubric {} {}", rubric.id, quoted(&rubric.name)));
            let level =
                |[id, points, name]: &[String; 3]| format!("{id} {points} {}", quoted(name));
            let levels: Vec<String> = rubric.levels.iter().map(level).collect();
            writer.line(&format!("levels {{ {} }}", levels.join("  ")));
            for criterion in &rubric.criteria {
                writer.open(&format!(
                    "criterion {} {}",
                    criterion.id,
                    quoted(&criterion.name)
                ));
                cells(rubric, &criterion.cells, &criterion.cells, &mut writer);
                writer.close();
            }
            for (tag, names) in &rubric.in_languages {
                writer.open(&format!("in {tag}"));
                let own: Vec<&str> = rubric
                    .criteria
                    .iter()
                    .filter_map(|one| one.in_languages.iter().find(|(known, ..)| known == tag))
                    .map(|(_, name, _)| name.as_str())
                    .collect();
                if !own.is_empty() {
                    writer.line(&format!("name {}", quoted(&own.join(", "))));
                }
                let levels: Vec<String> = rubric
                    .levels
                    .iter()
                    .zip(names)
                    .filter(|(_, name)| !name.is_empty())
                    .map(|([id, ..], name)| format!("{id} {}", quoted(name)))
                    .collect();
                if !levels.is_empty() {
                    writer.line(&format!("levels {{ {} }}", levels.join("  ")));
                }
                for criterion in &rubric.criteria {
                    let told = criterion
                        .in_languages
                        .iter()
                        .find(|(known, ..)| known == tag);
                    if let Some((_, name, translated)) = told {
                        writer.open(&format!("criterion {} {}", criterion.id, quoted(name)));
                        cells(rubric, translated, &criterion.cells, &mut writer);
                        writer.close();
                    }
                }
                writer.close();
            }
            writer.close();
        }
        writer.finish()
    }
}

/// The cells of a criterion, as far as the main language has them too.
fn cells(rubric: &Rubric, cells: &[String], main: &[String], writer: &mut Writer) {
    for (([id, ..], cell), main) in rubric.levels.iter().zip(cells).zip(main) {
        if !cell.is_empty() && !main.is_empty() {
            writer.text(id, cell);
        }
    }
}
