//! Rubrics as source text.
//!
//! Goes in: the criteria of assessments, in all their languages. Comes out: rubrics, of which assessments with the same levels and
//! criteria share one. Where badges translate a shared one otherwise, the first words count, and it is counted.

use super::model::{Badge, Words};
use super::results::{Group, Told};
use crate::import::source::{Ids, Writer, quoted};
use crate::import::tally::{Outcome, Tally};

/// A rubric, as it is shared by assessments.
#[derive(Debug)]
pub struct Rubric {
    pub id: String,
    name: String,
    /// Its levels: id, points, name.
    pub levels: Vec<[String; 3]>,
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
pub fn translated(badge: &Badge) -> impl Iterator<Item = (&str, &Words)> {
    let own = &badge.words.results;
    let fits = |words: &Words| {
        let same = |(one, other): (&Told, &Told)| one.levels.len() == other.levels.len();
        words.results.len() == own.len() && own.iter().zip(&words.results).all(same)
    };
    let all = badge.translations.iter();
    all.filter(move |(_, words)| !words.results.is_empty() && fits(words))
        .map(|(tag, words)| (tag.as_str(), words))
}

impl Rubric {
    /// Whether another one says the same in the main language.
    fn is_like(&self, other: &Rubric) -> bool {
        let said =
            |one: &Criterion, other: &Criterion| one.name == other.name && one.cells == other.cells;
        self.levels == other.levels
            && self.criteria.len() == other.criteria.len()
            && self
                .criteria
                .iter()
                .zip(&other.criteria)
                .all(|(one, other)| said(one, other))
    }

    /// Takes what another badge says of the same rubric in other languages.
    fn learn(&mut self, other: Rubric, badge: &Badge, tally: &mut Tally) {
        let mut differs = false;
        for (tag, names) in other.in_languages {
            match self
                .in_languages
                .iter_mut()
                .find(|(known, _)| *known == tag)
            {
                Some((_, known)) => differs |= fill(known, names),
                None => self.in_languages.push((tag, names)),
            }
        }
        for (criterion, other) in self.criteria.iter_mut().zip(other.criteria) {
            for (tag, name, cells) in other.in_languages {
                let mut told = criterion.in_languages.iter_mut();
                match told.find(|(known, ..)| *known == tag) {
                    Some((_, known, known_cells)) => {
                        differs |= !name.is_empty() && *known != name;
                        differs |= fill(known_cells, cells);
                    }
                    None => criterion.in_languages.push((tag, name, cells)),
                }
            }
        }
        if differs {
            let reason = "rubrics shared by badges that word them otherwise in another language; the first words count";
            tally.note(Outcome::Merged, reason, badge.spot, &self.name);
        }
    }

    /// The most points that there are, each criterion weighing the same.
    pub fn most(&self) -> f64 {
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
    pub fn of(
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
        let new = Rubric {
            id: String::new(),
            name: label,
            levels,
            criteria,
            in_languages,
        };
        if let Some(known) = self.all.iter().position(|rubric| rubric.is_like(&new)) {
            let rubric = self.all.get_mut(known)?;
            rubric.learn(new, badge, tally);
            return Some(rubric);
        }
        let id = ids.make(&[&new.name], "rubric");
        self.all.push(Rubric { id, ..new });
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

/// Fills texts that are missing; whether others differ.
fn fill(known: &mut [String], new: Vec<String>) -> bool {
    let mut differs = false;
    for (known, new) in known.iter_mut().zip(new) {
        if known.is_empty() {
            *known = new;
        } else {
            differs |= !new.is_empty() && *known != new;
        }
    }
    differs
}

/// The cells of a criterion, as far as the main language has them too.
fn cells(rubric: &Rubric, cells: &[String], main: &[String], writer: &mut Writer) {
    for (([id, ..], cell), main) in rubric.levels.iter().zip(cells).zip(main) {
        if !cell.is_empty() && !main.is_empty() {
            writer.text(id, cell);
        }
    }
}
