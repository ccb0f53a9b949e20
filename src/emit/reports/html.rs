//! Reports as one page of HTML.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior, context};

use super::{is_shown, matrix_columns, read_columns};
use crate::plan::report::{Cell, Report, Section};

const TEMPLATE: &str = include_str!("report.html.j2");

/// A report as HTML.
#[must_use]
pub fn html(report: &Report) -> String {
    let mut sections = Vec::new();
    for section in report.sections.iter().filter(|section| is_shown(section)) {
        sections.push(view(
            section,
            &read_columns(section),
            &section.notes,
            &section.title,
        ));
        let matrix = matrix_columns(section);
        if !matrix.is_empty() {
            sections.push(self::matrix(section, &matrix));
        }
    }
    let page = context! {
        title => report.title.as_str(),
        subject => report.subject.as_str(),
        summary => report.summary.iter().map(|line| marked(line)).collect::<Vec<Value>>(),
        sections,
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    if let Ok(syntax) = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
    {
        environment.set_syntax(syntax);
    }
    let rendered = environment
        .add_template("report.html", TEMPLATE)
        .and_then(|()| environment.get_template("report.html"))
        .and_then(|template| template.render(page));
    // The template is ours, and tests render it.
    debug_assert!(rendered.is_ok(), "{rendered:?}");
    let mut text = rendered.unwrap_or_default();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// A sentence in parts, where what stands in back-ticks is code.
fn marked(line: &str) -> Value {
    let parts: Vec<Value> = line
        .split('`')
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(at, text)| context! { text, code => at % 2 == 1 })
        .collect();
    Value::from(parts)
}

/// The columns of a matrix, with the name of each row before them.
fn matrix(section: &Section, columns: &[usize]) -> Value {
    let before = section
        .columns
        .iter()
        .position(|column| column.key == "name");
    let columns: Vec<usize> = before.into_iter().chain(columns.iter().copied()).collect();
    let notes = ["I introduced, R reinforced, T taught, A assessed".to_owned()];
    let title = format!("{}, at a glance", section.title);
    shown(section, &columns, &notes, &title, true)
}

fn view(section: &Section, used: &[usize], notes: &[String], title: &str) -> Value {
    shown(section, used, notes, title, false)
}

fn shown(
    section: &Section,
    used: &[usize],
    notes: &[String],
    title: &str,
    is_matrix: bool,
) -> Value {
    let columns: Vec<Value> = used
        .iter()
        .map(|&column| {
            let number = super::is_number(section, column);
            context! { title => section.columns[column].title.as_str(), number }
        })
        .collect();
    let rows: Vec<Value> = section
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<Value> = used
                .iter()
                .filter_map(|&column| row.get(column))
                .map(|cell| {
                    let mark = match cell {
                        Cell::Text(word) if ["covered", "partly", "missing"].contains(&word.as_str()) => {
                            word.as_str()
                        }
                        Cell::Text(_) if is_matrix => "met",
                        Cell::Empty
                        | Cell::Text(_)
                        | Cell::Number(_)
                        | Cell::Truth(_)
                        | Cell::List(_) => "",
                    };
                    context! { text => cell.text(), number => matches!(cell, Cell::Number(_)), mark }
                })
                .collect();
            Value::from(cells)
        })
        .collect();
    context! { title, notes => notes.iter().map(|line| marked(line)).collect::<Vec<Value>>(), columns, rows, is_matrix }
}
