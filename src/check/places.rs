//! Places of words inside a text of the author.

use std::ops::Range;

use crate::model::Text;
use crate::source::{Place, Span};
use crate::syntax::tree::TextForm;

/// The place of some bytes of a text's value. In texts with escapes or of several lines the value is not what stands in
/// the file, so there it is the whole text.
pub fn within(text: Text, value: &str, bytes: &Range<usize>) -> Place {
    match text.form {
        TextForm::Plain => {}
        TextForm::Escaped | TextForm::Block => return text.place,
    }
    let fits = value.len() == text.place.span.len() as usize && bytes.end <= value.len();
    if !fits {
        return text.place;
    }
    let start = text.place.span.start;
    Place::new(
        text.place.file,
        Span::new(start + bytes.start as u32, start + bytes.end as u32),
    )
}

/// What to write between quotes so that the value is this text; `None` where the form of the text cannot hold it.
pub fn quoted(form: TextForm, value: &str) -> Option<String> {
    match form {
        TextForm::Block => None,
        TextForm::Plain | TextForm::Escaped => Some(
            value
                .replace('\\', "\\\\")
                .replace('"', "\\\"")
                .replace('\n', "\\n"),
        ),
    }
}
