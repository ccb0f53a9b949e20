//! The words of the outputs: fixed phrases in the reader's language, quantities, levels and requirements as text.
//!
//! Goes in: a project and a language. Comes out: text that people read, plain or Markdown. Invariant: names and one-line
//! texts of the author are escaped wherever Markdown is made, and never break the list or line they stand in.

mod en;
mod fr;
mod phrases;
mod requirement;

pub use phrases::{Noun, Phrases, fill};
pub use requirement::Link;

use std::borrow::Cow;

use crate::model::{
    Amount, ExternalItemId, ItemId, Language, LevelRef, Participation, Project, Prose, Quantity,
    Statement, Supervised, Unit,
};

/// The phrases of a language tag; English for a language that has none.
#[must_use]
pub fn phrases(tag: &str) -> &'static Phrases {
    let primary = tag.split('-').next().unwrap_or(tag);
    if primary.eq_ignore_ascii_case("fr") {
        &fr::FRENCH
    } else {
        &en::ENGLISH
    }
}

/// A project spoken of in one language.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// What is spoken of.
    pub project: &'a Project,
    /// The language of the author's texts, where they have it.
    pub language: Language,
    /// The fixed phrases.
    pub phrases: &'static Phrases,
}

impl<'a> Wording<'a> {
    /// The words for a language of the project.
    #[must_use]
    pub fn new(project: &'a Project, language: Language) -> Self {
        Self {
            project,
            language,
            phrases: phrases(project.name(language)),
        }
    }

    /// A text of the author in this language, or as written.
    #[must_use]
    pub fn prose(&self, prose: &Prose) -> Cow<'a, str> {
        self.project.prose_in(prose, self.language)
    }

    /// A text of the author as Markdown of its own lines: a `"""` block is Markdown already, anything else is escaped.
    #[must_use]
    pub fn markdown(&self, prose: &Prose) -> Cow<'a, str> {
        let text = prose.translation(self.language).unwrap_or(prose.text);
        let value = self.project.text(text);
        if text.is_markdown() {
            value
        } else {
            escape_markdown(value)
        }
    }

    /// A text of the author as Markdown within one line.
    #[must_use]
    pub fn markdown_line(&self, prose: &Prose) -> Cow<'a, str> {
        one_line(self.markdown(prose))
    }

    /// A number with the decimal mark of the language.
    #[must_use]
    pub fn number(&self, amount: Amount) -> String {
        let text = amount.to_string();
        if self.phrases.decimal_mark == "." {
            text
        } else {
            text.replace('.', self.phrases.decimal_mark)
        }
    }

    /// A quantity: `25 hours`, `1 hour`, `6 ECTS`, `60%`.
    #[must_use]
    pub fn quantity(&self, quantity: &Quantity) -> String {
        self.amount_of(quantity.amount, quantity.unit)
    }

    /// An amount of a unit.
    #[must_use]
    pub fn amount_of(&self, amount: Amount, unit: Unit) -> String {
        let phrases = self.phrases;
        let mut out = self.number(amount);
        let noun = match unit {
            Unit::Percent => {
                out.push_str(phrases.percent_space);
                out.push('%');
                return out;
            }
            Unit::Minutes => phrases.minutes,
            Unit::Hours => phrases.hours,
            Unit::Days => phrases.days,
            Unit::Weeks => phrases.weeks,
            Unit::Months => phrases.months,
            Unit::Years => phrases.years,
            Unit::Points => phrases.points,
            Unit::Stages => phrases.stages,
            Unit::Credit(name) => {
                let Some(noun) = (phrases.credit)(self.project.name(name)) else {
                    out.push(' ');
                    out.push_str(self.project.unit_word(unit));
                    return out;
                };
                noun
            }
        };
        out.push(' ');
        out.push_str(if (phrases.is_singular)(amount) {
            noun.one
        } else {
            noun.many
        });
        out
    }

    /// A level by its name; one of EQF by its number.
    #[must_use]
    pub fn level(&self, level: LevelRef) -> Cow<'a, str> {
        match level {
            LevelRef::Own(id) => self.prose(&self.project.levels[id].declared.name),
            LevelRef::External(id) => {
                let eqf = self
                    .project
                    .external_framework(id)
                    .is_some_and(|framework| self.project.name(framework.id) == "eqf");
                if eqf {
                    let code = &self.project.external_items[id].code;
                    Cow::Owned(fill(self.phrases.eqf_level, &[("level", code)]))
                } else {
                    self.external_label(id)
                }
            }
        }
    }

    /// The label of an item from elsewhere in this language, where its framework has one; else its own label. Where the framework is
    /// not at hand, the label that the project writes beside the code; else the code.
    #[must_use]
    pub fn external_label(&self, id: ExternalItemId) -> Cow<'a, str> {
        let item = &self.project.external_items[id];
        self.project.pack_item(item).map_or_else(
            || self.project.written_label(item),
            |known| {
                let tag = self.project.name(self.language);
                Cow::Borrowed(known.label_in(tag).unwrap_or(&known.label))
            },
        )
    }

    /// The name of an item of the project.
    #[must_use]
    pub fn item_name(&self, id: ItemId) -> Cow<'a, str> {
        self.prose(&self.project.items[id].declared.name)
    }

    /// A statement as a clause: `Can interpret common charts`.
    #[must_use]
    pub fn statement(&self, statement: &Statement) -> String {
        let phrase = (self.phrases.statement)(statement.verb);
        fill(phrase, &[("item", &self.prose(&statement.prose))])
    }

    /// Form of participation.
    #[must_use]
    pub fn participation(&self, participation: &Participation) -> Cow<'a, str> {
        match participation {
            Participation::Words(prose) => self.prose(prose),
            Participation::Word(name) => {
                let word = self.project.name(*name);
                (self.phrases.participation_word)(word)
                    .map_or_else(|| Cow::Owned(word.replace('-', " ")), Cow::Borrowed)
            }
        }
    }

    /// Supervision and identity check.
    #[must_use]
    pub fn supervised(&self, supervised: Supervised) -> String {
        let mut out = (self.phrases.supervision)(supervised.how).to_owned();
        if supervised.identity_checked {
            out.push_str(", ");
            out.push_str(self.phrases.identity_checked);
        }
        out
    }

    /// A text in quotation marks.
    #[must_use]
    pub fn quoted(&self, text: &str) -> String {
        let (open, close) = self.phrases.quotes;
        format!("{open}{text}{close}")
    }
}

/// Joins parts: `a, b and c`.
#[must_use]
pub fn join(parts: &[impl AsRef<str>], last: &str) -> String {
    let mut out = String::with_capacity(parts.iter().map(|part| part.as_ref().len() + 5).sum());
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push_str(if index + 1 == parts.len() { last } else { ", " });
        }
        out.push_str(part.as_ref());
    }
    out
}

/// With a capital at its start, where its script has capitals.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// White space runs, line ends among them, become one space; none at either end.
#[must_use]
pub fn one_line(text: Cow<'_, str>) -> Cow<'_, str> {
    let tidy = !text.starts_with(' ')
        && !text.ends_with(' ')
        && !text.contains("  ")
        && !text.contains(|character: char| character.is_whitespace() && is_breaking(character));
    if tidy {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for part in text.split(is_breaking).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(part);
    }
    Cow::Owned(out)
}

/// White space at which a line may break: no-break spaces are kept.
fn is_breaking(character: char) -> bool {
    character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Text as it is, in Markdown: what would be a mark gets a backslash, line ends become spaces.
#[must_use]
pub fn escape_markdown(text: Cow<'_, str>) -> Cow<'_, str> {
    let needs = |byte: u8| {
        matches!(
            byte,
            b'\\'
                | b'`'
                | b'*'
                | b'_'
                | b'['
                | b']'
                | b'<'
                | b'>'
                | b'&'
                | b'~'
                | b'|'
                | b'\n'
                | b'\r'
        )
    };
    let starts_block = text.starts_with(['#', '+', '-', '=', ':', ' ', '\t'])
        || text.starts_with(|character: char| character.is_ascii_digit());
    if !starts_block && !text.bytes().any(needs) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    let start = text.trim_start();
    let digits = start.bytes().take_while(u8::is_ascii_digit).count();
    for (index, character) in start.char_indices() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' => out.push(' '),
            '#' | '+' | '-' | '=' | ':' if index == 0 => {
                out.push('\\');
                out.push(character);
            }
            '.' | ')' if digits > 0 && index == digits => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// A Markdown link; the text must be Markdown already.
#[must_use]
pub fn markdown_link(text: &str, address: &str) -> String {
    let mut out = String::with_capacity(text.len() + address.len() + 4);
    out.push('[');
    out.push_str(text);
    out.push_str("](");
    for character in address.chars() {
        match character {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            ' ' => out.push_str("%20"),
            other if other.is_control() => {}
            other => out.push(other),
        }
    }
    out.push(')');
    out
}

#[cfg(test)]
mod tests;
