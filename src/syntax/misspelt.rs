//! Guesses at misspelt, unfinished and grown-together keywords. What is guessed is mended, and the text read again.

use super::explain::Explainer;
use super::fit;
use super::keywords::{self, Want};
use super::patch::Change;
use super::placement::{Context, may_stand};
use super::spelling::{REFERRED, SPELLING, is_path_like, mended_id, mended_path};
use super::tree::Key;
use super::wording::{inside, same_start, short, with_block};
use crate::diag::{closest, early};

impl Explainer<'_> {
    /// Says which keyword was probably meant, and offers the change.
    pub(super) fn misspelt(&mut self, context: Context, start: usize, end: usize) -> bool {
        let word = self.text[start..end].to_owned();
        let possible = keywords::possible(context);
        if let Some(unfinished) = keywords::unfinished(&self.text[start..], context) {
            self.unfinished(start, &unfinished);
            return true;
        }
        if let Some(meant) = closest(&word, possible.iter().copied()) {
            let place = self.place(start, end);
            self.report(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                format!("`{word}` is not a keyword {}", inside(context)),
            )
            .label("not a keyword here")
            .help(format!("did you mean `{meant}`?"))
            .fix(place, meant);
            self.change(Change::replace(start, end, meant));
            return true;
        }
        // A keyword that has grown together with the word after it.
        let glued = possible
            .iter()
            .filter(|keyword| {
                keyword.len() > 1 && word.len() > keyword.len() && word.starts_with(**keyword)
            })
            .max_by_key(|keyword| keyword.len());
        if let Some(keyword) = glued
            && fit::is_id(&word[keyword.len()..])
            && keywords::takes_word(keyword, context)
        {
            let at = start + keyword.len();
            let place = self.place(at, at);
            self.report(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                format!("`{word}` is not a keyword {}", inside(context)),
            )
            .label("not a keyword here")
            .help(format!("write a blank after `{keyword}`"))
            .fix(place, " ");
            self.change(Change::insert(at, " "));
            return true;
        }
        false
    }

    /// The first words of a keyword of several words are right, and a later one is not.
    fn unfinished(&mut self, start: usize, unfinished: &keywords::Unfinished) {
        let mut expected: Vec<&str> = unfinished
            .phrases
            .iter()
            .filter_map(|phrase| phrase.split(' ').nth(unfinished.word))
            .collect();
        expected.dedup();
        let right = start + unfinished.right;
        let (from, to) = (start + unfinished.found.0, start + unfinished.found.1);
        let said = self.text[start..right]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let list: Vec<String> = expected.iter().map(|word| format!("`{word}`")).collect();
        let message = format!("expected {} after `{said}`", list.join(" or "));
        let span = if to > from {
            (from, to)
        } else {
            (right, right)
        };
        let usage: Vec<String> = unfinished
            .phrases
            .iter()
            .map(|phrase| format!("`{phrase} …`"))
            .collect();
        let label = format!("expected {}", list.join(" or "));
        self.report(&early::SYNTAX_MISSING, span, message)
            .label(label)
            .help(format!("write {}", usage.join(" or ")));
        let written = self.text[from..to].to_owned();
        let meant = match expected.as_slice() {
            [only] => Some(*only),
            _ => closest(&written, expected.iter().copied()),
        };
        let Some(meant) = meant else {
            return;
        };
        let near = closest(&written, [meant]).is_some() || same_start(&written, meant);
        let connective = matches!(
            written.as_str(),
            "at" | "by"
                | "for"
                | "from"
                | "in"
                | "of"
                | "on"
                | "onto"
                | "to"
                | "toward"
                | "until"
                | "upon"
                | "with"
        );
        let change = if !written.is_empty() && (near || connective) {
            Change::replace(from, to, meant)
        } else {
            Change::insert(right, format!(" {meant}"))
        };
        let place = self.place(change.at, change.at + change.remove);
        if let Some(last) = self.found.last_mut() {
            last.diagnostic.fix(place, change.insert.clone());
            last.change = Some(change);
        }
    }
}

/// Ids in another spelling, where the words around them show that an id is meant.
impl Explainer<'_> {
    /// A block of what its author named without one, up to the end of the line or of the block around it.
    pub(super) fn named_in_block(&self, usage: &str, start: usize) -> Option<String> {
        let rest = self.text.get(start..)?;
        let end = rest.find(['\n', '{', '}', '#']).unwrap_or(rest.len());
        let (named, after) = rest.split_at_checked(end)?;
        if after.starts_with('{') {
            return None;
        }
        with_block(usage, named)
    }

    /// An id or a path of a statement that only has to be spelled otherwise. A word of a closed list is none that the author
    /// chose, and is spoken of in another way.
    pub(super) fn misspelt_id(
        &mut self,
        key: Key,
        want: Want,
        keyword: &str,
        start: usize,
        end: usize,
    ) {
        let written = self.text[start..end].to_owned();
        let place = self.place(start, end);
        let shown = short(&written);
        let one_of_a_list = matches!(
            key,
            Key::AssessmentKind
                | Key::AwardedBy
                | Key::Evidence
                | Key::Mode
                | Key::Participation
                | Key::Status
                | Key::Supervision
        );
        let spelled = match want {
            Want::Id if one_of_a_list => {
                Some(written.to_ascii_lowercase().replace('_', "-")).filter(|word| fit::is_id(word))
            }
            Want::Id => mended_id(&written, keyword),
            _ => mended_path(&written),
        };
        let (rule, message) = if one_of_a_list {
            let message = format!("`{shown}` is not a word that can stand after `{keyword}`");
            (&early::SYNTAX_UNEXPECTED, message)
        } else {
            let message = format!("`{shown}` is not written as an id");
            (&early::NAME_MALFORMED, message)
        };
        let diagnostic = self.report(rule, (start, end), message);
        diagnostic.label(match want {
            Want::Id if one_of_a_list => "these words are written in small letters",
            Want::Id => SPELLING,
            _ => REFERRED,
        });
        match spelled {
            Some(spelled) => {
                diagnostic
                    .help(format!("write `{spelled}`"))
                    .fix(place, spelled.clone());
                self.change(Change::replace(start, end, spelled));
            }
            None => {
                diagnostic.help("choose an id of the letters `a` to `z`, digits and hyphens");
            }
        }
    }

    /// A reference in a block of requirements that only has to be spelled otherwise.
    pub(super) fn misspelt_reference(
        &mut self,
        context: Context,
        start: usize,
        end: usize,
    ) -> bool {
        if !may_stand(context, Key::Held) || context == Context::Unknown {
            return false;
        }
        self.misspelt_word(start, end)
    }

    /// The same for a word in a place where a reference belongs: after a comma of a list, after `at`.
    pub(super) fn misspelt_word(&mut self, start: usize, end: usize) -> bool {
        let start = fit::skip_line_blanks(self.text, start);
        let length = fit::token_length(self.text, start);
        let Some(token) = self.text.get(start..start + length) else {
            return false;
        };
        let word = token.trim_end_matches(',');
        let Some(path) = mended_path(word).filter(|path| is_path_like(word) && path != word) else {
            return false;
        };
        let (word, end) = (word.to_owned(), (start + word.len()).min(end));
        let place = self.place(start, end);
        self.report(
            &early::NAME_MALFORMED,
            (start, end),
            format!("`{}` is not written as an id", short(&word)),
        )
        .label(REFERRED)
        .help(format!("write `{path}`"))
        .fix(place, path.clone());
        self.change(Change::replace(start, end, path));
        true
    }
}
