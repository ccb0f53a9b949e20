//! Shows findings under the lines that they speak of, plainly, for snapshots.

use gradus::diag::Diagnostic;
use gradus::source::{LineIndex, Span};

/// The text with its findings, each under the line where it begins.
pub fn findings(text: &str, diagnostics: &[Diagnostic]) -> String {
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&format!(
            "{}[{}]: {}\n",
            diagnostic.severity.word(),
            diagnostic.rule.name,
            diagnostic.message
        ));
        underline(
            &mut out,
            text,
            &lines,
            diagnostic.place.span,
            &diagnostic.label,
        );
        for label in &diagnostic.also {
            underline(&mut out, text, &lines, label.place.span, &label.text);
        }
        if let Some(help) = &diagnostic.help {
            out.push_str(&format!("  help: {help}\n"));
        }
        for edit in &diagnostic.fix {
            let old = &text[edit.place.span.start as usize..edit.place.span.end as usize];
            let at = lines.line_column(text, edit.place.span.start);
            out.push_str(&format!(
                "  fix at {}:{}: {old:?} -> {:?}\n",
                at.line, at.column, edit.text
            ));
        }
    }
    out
}

fn underline(out: &mut String, text: &str, lines: &LineIndex, span: Span, label: &str) {
    let (start, end) = lines.range(lines.line_of(span.start));
    let line = text[start as usize..end as usize].trim_end();
    let blanks = text[start as usize..span.start as usize].chars().count();
    let stop = span.end.min(start + line.len() as u32).max(span.start);
    let length = text[span.start as usize..stop as usize]
        .chars()
        .count()
        .max(1);
    let number = lines.line_of(span.start) + 1;
    out.push_str(&format!("{number:>4} | {line}\n"));
    out.push_str(&format!(
        "     | {}{} {label}\n",
        " ".repeat(blanks),
        "^".repeat(length)
    ));
}
