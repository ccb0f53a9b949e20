//! Findings with the text they are about, drawn by miette, which is named here and nowhere else.
//!
//! The head line and the help are ours; miette draws the text and its labels. One drawing shows one file, so every other
//! file that takes part gets a drawing of its own below. The source lookup works on our index of lines: the stock one reads
//! the file from its start for each label.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::{Look, Shown, file};
use crate::cli::terminal::{bold, paint};
use crate::diag::{Diagnostic, Severity};
use crate::source::{FileId, Place, SourceFile, Sources, Span};

/// All findings.
#[must_use]
pub fn render(shown: &Shown<'_>, look: Look) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme {
        characters: ThemeCharacters::unicode(),
        styles: if look.color {
            ThemeStyles::ansi()
        } else {
            ThemeStyles::none()
        },
    })
    .with_width(look.width)
    .with_links(false)
    .with_context_lines(1)
    .without_cause_chain()
    .without_syntax_highlighting();
    let mut out = String::new();
    for found in &shown.diagnostics {
        one(&mut out, shown, found, &handler, look);
        out.push('\n');
    }
    if let Some(more) = shown.more() {
        out.push_str(&more);
        out.push_str("\n\n");
    }
    if let Some(hint) = shown.hint() {
        out.push_str(&hint);
        out.push('\n');
    }
    out
}

fn one(
    out: &mut String,
    shown: &Shown<'_>,
    found: &Diagnostic,
    handler: &GraphicalReportHandler,
    look: Look,
) {
    let head = paint(&super::head(found), found.severity, look.color);
    out.push_str(&format!(
        "{head}: {}\n",
        bold(&super::safe_line(&found.message), look.color)
    ));
    if let Some(source) = file(shown.sources, &found.place) {
        let mut labels = vec![label(source, found.place.span, &found.label, true)];
        let here = found
            .also
            .iter()
            .filter(|also| also.place.file == found.place.file);
        labels.extend(here.map(|also| label(source, also.place.span, &also.text, false)));
        draw(out, source, labels, found.severity, handler);
    }
    for (id, places) in other_files(found) {
        let Some(source) = file(shown.sources, &Place::new(id, Span::default())) else {
            continue;
        };
        let labels = places
            .into_iter()
            .enumerate()
            .map(|(index, (span, text))| label(source, span, text, index == 0))
            .collect();
        draw(out, source, labels, Severity::Info, handler);
    }
    if let Some(help) = &found.help {
        let word = paint("help", Severity::Info, look.color);
        out.push_str(&format!("  {word}: {}\n", super::safe(help)));
    }
}

/// The places in other files, by file, in the order in which the finding names them.
fn other_files(found: &Diagnostic) -> Vec<(FileId, Vec<(Span, &str)>)> {
    let mut files: Vec<(FileId, Vec<(Span, &str)>)> = Vec::new();
    let others = found
        .also
        .iter()
        .filter(|also| also.place.file != found.place.file);
    for also in others {
        let entry = (also.place.span, also.text.as_str());
        match files.iter_mut().find(|(id, _)| *id == also.place.file) {
            Some((_, places)) => places.push(entry),
            None => files.push((also.place.file, vec![entry])),
        }
    }
    files
}

/// A label; long stretches are marked on their first line only.
fn label(source: &SourceFile, span: Span, text: &str, primary: bool) -> LabeledSpan {
    let (from, to) = source.lines().range(source.lines().line_of(span.start));
    let written = source
        .slice(Span::new(from, to))
        .trim_end_matches(['\n', '\r']);
    let line_end = from + written.len() as u32;
    let start = span.start.min(line_end);
    let end = span.end.clamp(start, line_end);
    let range = start as usize..end as usize;
    let text = (!text.is_empty()).then(|| super::safe_line(text));
    if primary {
        LabeledSpan::new_primary_with_span(text, range)
    } else {
        LabeledSpan::new_with_span(text, range)
    }
}

fn draw(
    out: &mut String,
    source: &SourceFile,
    labels: Vec<LabeledSpan>,
    severity: Severity,
    handler: &GraphicalReportHandler,
) {
    // A drawing of nothing is an empty box.
    if source.text().trim().is_empty() {
        out.push_str(&format!("   in {}\n", super::safe_line(source.name())));
        return;
    }
    let written = written_out(source, &labels);
    let (source, labels) = match &written {
        Some((sources, labels)) => (sources.file(FileId(0)), labels.clone()),
        None => (source, labels),
    };
    let drawing = Drawing {
        source: Lines(source),
        labels,
        severity,
    };
    let mut text = String::new();
    // It only fails where the source lookup fails, and then the head line has to do.
    if handler.render_report(&mut text, &drawing).is_ok() {
        // The first line is miette's own head, which is empty here.
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        for line in body.lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

/// The file and the labels with characters that command a terminal written out; `None` where nothing that is drawn has any.
fn written_out(source: &SourceFile, labels: &[LabeledSpan]) -> Option<(Sources, Vec<LabeledSpan>)> {
    let index = source.lines();
    let line = |offset: usize| index.line_of(u32::try_from(offset).unwrap_or(u32::MAX));
    let first = labels.iter().map(|label| line(label.offset())).min()?;
    let last = labels.iter().map(|label| line(label.offset())).max()?;
    let (from, _) = index.range(first.saturating_sub(1));
    let (_, to) = index.range((last + 1).min(index.count().saturating_sub(1)));
    let drawn = source.slice(Span::new(from, to));
    if !drawn.contains(super::is_command) && !source.name().contains(char::is_control) {
        return None;
    }
    let moved = |offset: usize| super::safe(source.text().get(..offset).unwrap_or("")).len();
    let labels = labels
        .iter()
        .map(|label| {
            let range = moved(label.offset())..moved(label.offset() + label.len());
            let text = label.label().map(str::to_owned);
            if label.primary() {
                LabeledSpan::new_primary_with_span(text, range)
            } else {
                LabeledSpan::new_with_span(text, range)
            }
        })
        .collect();
    let mut sources = Sources::new();
    sources.add(
        super::safe_line(source.name()),
        super::safe(source.text()).into_owned(),
    );
    Some((sources, labels))
}

/// One file with labels, as miette wants it.
#[derive(Debug)]
struct Drawing<'a> {
    source: Lines<'a>,
    labels: Vec<LabeledSpan>,
    severity: Severity,
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Drawing<'_> {}

impl miette::Diagnostic for Drawing<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info | Severity::Off => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}

/// A file that finds its lines through the index.
#[derive(Debug)]
struct Lines<'a>(&'a SourceFile);

impl SourceCode for Lines<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let index = self.0.lines();
        let offset = |at: usize| u32::try_from(at).map_err(|_| MietteError::OutOfBounds);
        let start = offset(span.offset())?;
        let end = offset(span.offset() + span.len())?;
        let line = index.line_of(start);
        let first = line.saturating_sub(before);
        let last = (index.line_of(end) + after).min(index.count().saturating_sub(1));
        let (from, _) = index.range(first);
        let (_, to) = index.range(last);
        let text = self.0.slice(Span::new(from, to));
        // Without lines before it, miette takes the text to start at the span.
        let (text, from, column) = if before == 0 {
            let skip = (start - from) as usize;
            let column = self.0.line_column(start).column as usize - 1;
            (text.get(skip..).unwrap_or(""), start, column)
        } else {
            (text, from, 0)
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name().to_owned(),
            text.as_bytes(),
            (from as usize, text.len()).into(),
            first,
            column,
            last - first + 1,
        )))
    }
}
