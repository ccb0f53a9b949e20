//! The coverage of all crosswalks as one page: tables whose cells are shaded by share, in both directions, by area, level, kind and part.
//!
//! The page stands alone: no script, no file beside it, light and dark as the reader's system has it. The numbers stand in
//! the cells, so that nothing is said by color alone.

use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior, context};

use super::cells::one_line;
use super::reports::{by_level, by_part, summary};
use super::{Published, published};
use crate::model::coverage::{StatementCounts, TargetCounts};
use crate::model::{Amount, Project};

const TEMPLATE: &str = include_str!("coverage.html.j2");

struct Page {
    title: String,
    legend: Vec<Legend>,
    sets: Vec<Set>,
}

struct Legend {
    class: &'static str,
    words: &'static str,
}

struct Set {
    name: String,
    from: String,
    to: String,
    derived: usize,
    whole: Line,
    mapped_width: String,
    nothing_width: String,
    areas: Vec<Line>,
    levels: Vec<Line>,
    kinds: Vec<Kind>,
    parts: Vec<Part>,
}

struct Line {
    name: String,
    total: usize,
    mapped: usize,
    no_match: usize,
    open: usize,
    share: String,
    class: &'static str,
}

struct Kind {
    name: String,
    total: usize,
    reached: usize,
    exactly: usize,
    close: usize,
    partly: usize,
    related: usize,
    share: String,
    class: &'static str,
}

struct Part {
    name: String,
    total: usize,
    reached: usize,
    share: String,
    class: &'static str,
}

impl Page {
    fn value(&self) -> Value {
        context! {
            title => self.title.as_str(),
            legend => self.legend.iter().map(Legend::value).collect::<Vec<Value>>(),
            sets => self.sets.iter().map(Set::value).collect::<Vec<Value>>(),
        }
    }
}

impl Legend {
    fn value(&self) -> Value {
        context! {
            class => self.class,
            words => self.words,
        }
    }
}

impl Set {
    fn value(&self) -> Value {
        context! {
            name => self.name.as_str(),
            from => self.from.as_str(),
            to => self.to.as_str(),
            derived => self.derived,
            whole => self.whole.value(),
            mapped_width => self.mapped_width.as_str(),
            nothing_width => self.nothing_width.as_str(),
            areas => self.areas.iter().map(Line::value).collect::<Vec<Value>>(),
            levels => self.levels.iter().map(Line::value).collect::<Vec<Value>>(),
            kinds => self.kinds.iter().map(Kind::value).collect::<Vec<Value>>(),
            parts => self.parts.iter().map(Part::value).collect::<Vec<Value>>(),
        }
    }
}

impl Line {
    fn value(&self) -> Value {
        context! {
            name => self.name.as_str(),
            total => self.total,
            mapped => self.mapped,
            no_match => self.no_match,
            open => self.open,
            share => self.share.as_str(),
            class => self.class,
        }
    }
}

impl Kind {
    fn value(&self) -> Value {
        context! {
            name => self.name.as_str(),
            total => self.total,
            reached => self.reached,
            exactly => self.exactly,
            close => self.close,
            partly => self.partly,
            related => self.related,
            share => self.share.as_str(),
            class => self.class,
        }
    }
}

impl Part {
    fn value(&self) -> Value {
        context! {
            name => self.name.as_str(),
            total => self.total,
            reached => self.reached,
            share => self.share.as_str(),
            class => self.class,
        }
    }
}

/// The steps of shading, in percent from the step on.
const STEPS: [(i64, &str, &str); 6] = [
    (0, "h0", "none"),
    (1, "h1", "up to a quarter"),
    (25_000, "h2", "a quarter and more"),
    (50_000, "h3", "half and more"),
    (75_000, "h4", "three quarters and more"),
    (100_000, "h5", "all"),
];

/// Makes the page.
///
/// # Errors
/// Where the template cannot be filled, which is a fault of the program.
pub fn coverage_page(project: &Project) -> Result<String, String> {
    let mut all = published(project);
    all.sort_by(|a, b| a.name().cmp(b.name()));
    let page = Page {
        title: project.settings.name.clone(),
        legend: STEPS
            .iter()
            .map(|&(_, class, words)| Legend { class, words })
            .collect(),
        sets: all.iter().map(|one| set(project, one)).collect(),
    };
    render(&page).map_err(|error| error.to_string())
}

fn render(page: &Page) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template("coverage.html", TEMPLATE)?;
    let mut text = environment
        .get_template("coverage.html")?
        .render(page.value())?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

fn shade(share: Option<Amount>) -> &'static str {
    let share = share.map_or(0, |share| share.0);
    STEPS
        .iter()
        .rev()
        .find(|(from, ..)| share >= *from)
        .map_or("h0", |&(_, class, _)| class)
}

fn shown(share: Option<Amount>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share}%"))
}

fn line(name: String, counts: StatementCounts) -> Line {
    let share = counts.mapped_percent();
    Line {
        name,
        total: counts.total,
        mapped: counts.mapped,
        no_match: counts.no_match,
        open: counts.unmapped(),
        share: shown(share),
        class: shade(share),
    }
}

fn kind(name: &str, counts: TargetCounts) -> Kind {
    let share = counts.reached_percent();
    Kind {
        name: name.to_owned(),
        total: counts.total,
        reached: counts.reached,
        exactly: counts.exactly,
        close: counts.close,
        partly: counts.partly + counts.covered,
        related: counts.related,
        share: shown(share),
        class: shade(share),
    }
}

fn set(project: &Project, one: &Published<'_>) -> Set {
    let summary = summary(project, one);
    let coverage = &one.coverage;
    let width = |part: usize| {
        StatementCounts {
            total: coverage.statements.total,
            mapped: part,
            no_match: 0,
        }
        .mapped_percent()
        .map_or_else(|| "0".to_owned(), |share| share.to_string())
    };
    let mut kinds = Vec::new();
    if let Some(target) = &coverage.target {
        kinds.extend(
            target
                .kinds
                .iter()
                .map(|(name, counts)| kind(name, *counts)),
        );
        if kinds.len() > 1 {
            kinds.push(kind("all kinds", target.all));
        }
    }
    Set {
        whole: line("all".to_owned(), coverage.statements),
        mapped_width: width(coverage.statements.mapped),
        nothing_width: width(coverage.statements.no_match),
        areas: coverage
            .areas
            .iter()
            .map(|&(area, counts)| {
                let name = area.map_or_else(
                    || "(in no area)".to_owned(),
                    |area| one_line(&project.prose(&project.items[area].declared.name)),
                );
                line(name, counts)
            })
            .collect(),
        levels: by_level(project, &one.set)
            .into_iter()
            .map(|(name, counts)| line(name, counts))
            .collect(),
        kinds,
        parts: by_part(project, &one.set)
            .into_iter()
            .map(|(name, total, reached)| {
                let share = TargetCounts {
                    total,
                    reached,
                    ..TargetCounts::default()
                }
                .reached_percent();
                Part {
                    name,
                    total,
                    reached,
                    share: shown(share),
                    class: shade(share),
                }
            })
            .collect(),
        name: summary.name,
        from: summary.from,
        to: summary.to,
        derived: summary.derived,
    }
}
