//! The text of an argument to the argument of the tree.

use super::lower::skip_blanks;
use super::roles::Shape;
use super::tree::{Arg, TextForm, Tree};
use crate::source::Span;

/// An argument whose offsets count from somewhere else.
pub(super) fn shifted(argument: Arg, base: u32) -> Arg {
    let mut tree = Tree {
        args: vec![argument],
        ..Tree::default()
    };
    super::patch::map_tree(&mut tree, &|span| {
        Span::new(span.start + base, span.end + base)
    });
    tree.args.pop().unwrap_or(argument)
}

/// The argument that a stretch of a text is; `base` is added to its offsets.
pub(super) fn argument(shape: Shape, text: &str, start: usize, end: usize, base: u32) -> Arg {
    let span = |from: usize, to: usize| Span::new(base + from as u32, base + to as u32);
    match shape {
        Shape::Id => Arg::Id(span(start, end)),
        Shape::Path => Arg::Path(span(start, end)),
        Shape::Number => Arg::Number(span(start, end)),
        Shape::Date => Arg::Date(span(start, end)),
        Shape::Iri => Arg::Iri(span(start + 1, end - 1)),
        Shape::Reference => reference(text, start, end, base),
        Shape::Text => {
            let bytes = &text.as_bytes()[start..end];
            if bytes.starts_with(b"\"\"\"") && bytes.len() >= 6 {
                Arg::Text(span(start + 3, end - 3), TextForm::Block)
            } else if memchr::memchr(b'\\', bytes).is_some() {
                Arg::Text(span(start + 1, end - 1), TextForm::Escaped)
            } else {
                Arg::Text(span(start + 1, end - 1), TextForm::Plain)
            }
        }
        Shape::Quantity => {
            let bytes = &text.as_bytes()[start..end];
            let digits = bytes
                .iter()
                .position(|byte| !byte.is_ascii_digit() && *byte != b'.')
                .unwrap_or(bytes.len());
            let unit = skip_blanks(bytes, digits);
            Arg::Quantity {
                number: span(start, start + digits),
                unit: span(start + unit, end),
            }
        }
    }
}

/// A path, an item of another framework, or an IRI.
pub(super) fn reference(text: &str, start: usize, end: usize, base: u32) -> Arg {
    let span = |from: usize, to: usize| Span::new(base + from as u32, base + to as u32);
    let bytes = &text.as_bytes()[start..end];
    if bytes.first() == Some(&b'<') {
        return Arg::Iri(span(start + 1, end - 1));
    }
    match memchr::memchr(b':', bytes) {
        Some(colon) => {
            let code = start + colon + 1;
            let quoted = matches!(bytes.get(colon + 1), Some(b'"' | b'<'));
            let inside = usize::from(quoted);
            Arg::External {
                alias: span(start, start + colon),
                code: span(code + inside, end - inside),
            }
        }
        None => Arg::Path(span(start, end)),
    }
}
