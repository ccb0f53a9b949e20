//! Texts of the author: they stay in the file they were written in, and are read through a place.

use std::borrow::Cow;

use super::names::Name;
use crate::source::{Place, Sources};
use crate::syntax::text;
use crate::syntax::tree::TextForm;

/// A language tag (BCP 47), as written.
pub type Language = Name;

/// One text where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// What stands between the quotes.
    pub place: Place,
    /// How it was written.
    pub form: TextForm,
}

impl Text {
    /// The value of the text; borrowed unless it has escapes or is a block.
    #[must_use]
    pub fn read(self, sources: &Sources) -> Cow<'_, str> {
        text::value(sources.slice(self.place), self.form)
    }

    /// Whether it was written as a `"""` block and so is Markdown; anything else is plain text.
    #[must_use]
    pub fn is_markdown(self) -> bool {
        match self.form {
            TextForm::Block => true,
            TextForm::Plain | TextForm::Escaped => false,
        }
    }
}

/// A text in the project's language and its translations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// In the language of the thing it belongs to.
    pub text: Text,
    /// In other languages, in the order they were written.
    pub translations: Vec<(Language, Text)>,
}

impl Prose {
    /// A text without translations.
    #[must_use]
    pub fn new(text: Text) -> Self {
        Self {
            text,
            translations: Vec::new(),
        }
    }

    /// The translation into a language.
    #[must_use]
    pub fn translation(&self, language: Language) -> Option<Text> {
        self.translations
            .iter()
            .find(|(known, _)| *known == language)
            .map(|&(_, text)| text)
    }
}
