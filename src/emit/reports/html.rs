//! Reports as one page of HTML.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior, context};

use super::used_columns;
use crate::plan::report::{Cell, Report, Section};

const TEMPLATE: &str = include_str!("report.html.j2");

/// A report as HTML.
#[must_use]
pub fn html(report: &Report) -> String {
    let sections: Vec<Value> = report.sections.iter().map(view).collect();
    let page =
        context! { title => report.title.as_str(), summary => report.summary.clone(), sections };
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

fn view(section: &Section) -> Value {
    let used = used_columns(section);
    let columns: Vec<Value> = used
        .iter()
        .map(|&column| Value::from(section.columns[column].title.as_str()))
        .collect();
    let rows: Vec<Value> = section
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<Value> = used
                .iter()
                .filter_map(|&column| row.get(column))
                .map(|cell| {
                    context! { text => cell.text(), number => matches!(cell, Cell::Number(_)) }
                })
                .collect();
            Value::from(cells)
        })
        .collect();
    context! { title => section.title.as_str(), notes => section.notes.clone(), columns, rows }
}
