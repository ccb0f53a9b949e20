//! Reports for people: aligned text, and Markdown.

use std::fmt::Write as _;

use super::{is_number, is_shown, read_columns};
use crate::emit::wording::escape_markdown;
use crate::plan::report::{Report, Section};

/// Wider cells are not waited for: what follows them starts later.
const WIDEST: usize = 60;

/// A report as text.
#[must_use]
pub fn text(report: &Report) -> String {
    let mut out = String::new();
    out.push_str(&report.title);
    if !report.subject.is_empty() {
        let _ = write!(out, " ({})", report.subject);
    }
    out.push('\n');
    if !report.summary.is_empty() {
        out.push('\n');
    }
    for line in &report.summary {
        let _ = writeln!(out, "{line}");
    }
    for section in report.sections.iter().filter(|section| is_shown(section)) {
        let _ = writeln!(out, "\n{}", section.title);
        for note in &section.notes {
            let _ = writeln!(out, "  {note}");
        }
        table(section, &mut out);
    }
    out
}

fn table(section: &Section, out: &mut String) {
    if section.rows.is_empty() {
        return;
    }
    let columns = read_columns(section);
    let numbers: Vec<bool> = columns
        .iter()
        .map(|&column| is_number(section, column))
        .collect();
    let widths: Vec<usize> = columns
        .iter()
        .map(|&column| {
            let cells = section
                .rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.text().chars().count());
            let title = section.columns[column].title.chars().count();
            cells.chain([title]).max().unwrap_or(0).min(WIDEST)
        })
        .collect();
    let mut line = |cells: Vec<String>| {
        let mut row = String::from(" ");
        for ((cell, &width), &is_number) in cells.iter().zip(&widths).zip(&numbers) {
            let pad = " ".repeat(width.saturating_sub(cell.chars().count()));
            if is_number {
                let _ = write!(row, " {pad}{cell} ");
            } else {
                let _ = write!(row, " {cell}{pad} ");
            }
        }
        let _ = writeln!(out, "{}", row.trim_end());
    };
    line(
        columns
            .iter()
            .map(|&column| section.columns[column].title.clone())
            .collect(),
    );
    for row in &section.rows {
        line(
            columns
                .iter()
                .map(|&column| row.get(column).map_or_else(String::new, |cell| cell.text()))
                .collect(),
        );
    }
}

/// A report as Markdown.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = String::new();
    let escaped = |text: &str| escape_markdown(text.to_owned().into()).replace('|', "\\|");
    let _ = writeln!(out, "# {}", escaped(&report.title));
    if !report.summary.is_empty() {
        out.push('\n');
    }
    for line in &report.summary {
        let _ = writeln!(out, "{line}  ");
    }
    for section in report.sections.iter().filter(|section| is_shown(section)) {
        let _ = writeln!(out, "\n## {}", escaped(&section.title));
        for note in &section.notes {
            let _ = writeln!(out, "\n{note}");
        }
        if section.rows.is_empty() {
            continue;
        }
        let columns = read_columns(section);
        out.push('\n');
        for &column in &columns {
            let _ = write!(out, "| {} ", escaped(&section.columns[column].title));
        }
        out.push_str("|\n");
        for &column in &columns {
            out.push_str(if is_number(section, column) {
                "| ---: "
            } else {
                "| --- "
            });
        }
        out.push_str("|\n");
        for row in &section.rows {
            for &column in &columns {
                let cell = row.get(column).map_or_else(String::new, |cell| cell.text());
                let _ = write!(out, "| {} ", escaped(&cell));
            }
            out.push_str("|\n");
        }
    }
    out
}
