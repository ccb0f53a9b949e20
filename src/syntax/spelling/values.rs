//! Quantities written as elsewhere (`5h`, `1,5 ects`, `1 ECTS`) and names of frameworks in capitals (`EQF:3`).

use super::super::fit::is_id;
use super::super::keywords;
use super::super::patch::Change;
use super::super::placement::Context;
use super::super::units::spelled_out;
use super::Spelling;
use super::tokens::Kind;
use crate::diag::early;

/// Words before a quantity.
const BEFORE_QUANTITY: &[&str] = &[
    "and", "credit", "for", "least", "most", "pass", "weight", "within", "workload",
];

/// Words before an item or a level of a framework from elsewhere.
const BEFORE_REFERENCE: &[&str] = &["covers", "exactly", "level", "to", "within"];

/// Whether a word is a keyword of its own or begins one.
fn is_keyword(word: &str) -> bool {
    !word.is_empty() && keywords::at(&format!("{word} "), Context::Unknown).is_some()
}

impl Spelling<'_> {
    /// Reports quantities in another spelling and changes them.
    pub(super) fn quantities(&mut self) {
        for index in 1..self.tokens.len() {
            let before = &self.tokens[index - 1];
            if self.tokens[index].kind != Kind::Word
                || !BEFORE_QUANTITY.contains(&before.word.as_ref())
            {
                continue;
            }
            self.quantity(index);
        }
    }

    fn quantity(&mut self, index: usize) {
        let token = &self.tokens[index];
        let start = token.start;
        let mut whole = token.word.clone().into_owned();
        let mut end = token.end;
        let mut next = index + 1;
        // `1,5` is three tokens without a blank between them.
        if whole.bytes().all(|byte| byte.is_ascii_digit())
            && let Some([comma, part]) = self.tokens.get(index + 1..index + 3)
            && comma.kind == Kind::Comma
            && part.kind == Kind::Word
            && comma.start == end
            && part.start == comma.end
            && part.word.starts_with(|first: char| first.is_ascii_digit())
        {
            whole = format!("{whole},{}", part.word);
            end = part.end;
            next = index + 3;
        }
        let digits = whole
            .find(|character: char| !character.is_ascii_digit() && !matches!(character, '.' | ','))
            .unwrap_or(whole.len());
        let (number, glued) = whole.split_at(digits);
        let Some(amount) = amount(number) else {
            return;
        };
        let number_end = start + number.len();
        let (unit, unit_start, unit_end) = if glued.is_empty() {
            match self.tokens.get(next) {
                Some(unit)
                    if unit.kind == Kind::Word
                        && !self.text[end..unit.start].contains(['\n', '#']) =>
                {
                    (unit.word.clone().into_owned(), unit.start, unit.end)
                }
                _ => return,
            }
        } else {
            (glued.to_owned(), number_end, end)
        };
        let Some(meant) = unit_word(&unit) else {
            return;
        };
        let same_number = amount == number;
        let sign = meant == "%";
        let separate = glued.is_empty() || sign;
        // A unit that is only unknown is reported where units are known.
        if same_number && (meant == unit && separate || glued.is_empty() && is_id(&unit)) {
            return;
        }
        // Changes for the number and for the unit, so that each keeps its place.
        if !same_number {
            self.changes
                .push(Change::replace(start, number_end, amount.clone()));
        }
        if !separate {
            self.changes.push(Change::insert(unit_start, " "));
        }
        if meant != unit {
            self.changes
                .push(Change::replace(unit_start, unit_end, meant.clone()));
        }
        let meant = if sign {
            format!("{amount}%")
        } else {
            format!("{amount} {meant}")
        };
        let place = self.place(start, unit_end);
        let written = self.text[start..unit_end]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let thousands =
            number.contains(',') && amount.len() + 1 == number.len() && !amount.contains('.');
        let diagnostic = self.report(
            &early::SYNTAX_UNEXPECTED,
            (start, unit_end),
            format!("`{written}` is not written as a quantity"),
        );
        diagnostic.label("a number with a point, a blank, and the unit in small letters");
        if thousands {
            let point = number.replace(',', ".");
            let point = point.trim_end_matches('0').trim_end_matches('.');
            diagnostic.help(format!(
                "write `{meant}`, or `{point}` in its place if that is meant"
            ));
        } else {
            diagnostic
                .help(format!("write `{meant}`"))
                .fix(place, meant);
        }
    }

    /// `workload = 12 hours`, `level: eqf:3`, `credit 5 ects;`: nothing stands between a keyword and its value, nor after it.
    pub(super) fn signs(&mut self) {
        let mut taken_out = vec![false; self.tokens.len()];
        #[expect(
            clippy::needless_range_loop,
            reason = "tokens change on the way, and their neighbors are looked at"
        )]
        for index in 0..self.tokens.len() {
            let token = &self.tokens[index];
            if token.kind != Kind::Word {
                continue;
            }
            let (start, end, first) = (token.start, token.end, token.first);
            let word = self.text.get(start..end).unwrap_or("").to_owned();
            let after_keyword = index.checked_sub(1).is_some_and(|before| {
                !first && self.may_begin(before) && is_keyword(&self.tokens[before].word)
            });
            if matches!(word.as_str(), "=" | ":" | ":=") && after_keyword {
                self.sign((start, end), &word, "between a keyword and what it says");
                taken_out[index] = true;
                continue;
            }
            let stem = word.trim_end_matches(';');
            if stem.len() < word.len() {
                self.sign(
                    (start + stem.len(), end),
                    &word[stem.len()..],
                    "at the end of a statement",
                );
                self.tokens[index].end = start + stem.len();
                self.tokens[index].word = stem.to_owned().into();
                taken_out[index] = stem.is_empty();
                continue;
            }
            for sign in [":=", ":", "="] {
                let Some(stem) = word.strip_suffix(sign) else {
                    continue;
                };
                let apart = self
                    .tokens
                    .get(index + 1)
                    .is_none_or(|next| next.start > end);
                if apart && self.may_begin(index) && is_keyword(stem) {
                    self.sign(
                        (end - sign.len(), end),
                        sign,
                        "between a keyword and what it says",
                    );
                    self.tokens[index].end = end - sign.len();
                    self.tokens[index].word = stem.to_owned().into();
                }
                break;
            }
        }
        let mut taken_out = taken_out.into_iter();
        self.tokens.retain(|_| !taken_out.next().unwrap_or(false));
    }

    fn sign(&mut self, span: (usize, usize), sign: &str, place: &str) {
        self.mend(
            &early::SYNTAX_UNEXPECTED,
            span,
            format!("unexpected `{sign}`"),
            String::new(),
        )
        .label(format!("no sign stands {place}"))
        .help(format!("leave out `{sign}`"));
    }

    /// `use DigComp`, `level EQF 3`, `is close to digcomp 1.2`: frameworks from elsewhere as they are spoken of.
    pub(super) fn frameworks(&mut self) {
        for index in 1..self.tokens.len() {
            let before = self.tokens[index - 1].word.clone();
            let token = &self.tokens[index];
            let (start, end) = (token.start, token.end);
            // Characters that only look alike have been reported, and their place is another one.
            if token.kind != Kind::Word
                || token.first
                || self.text.get(start..end) != Some(token.word.as_ref())
            {
                continue;
            }
            let lower = token.word.to_ascii_lowercase();
            if !is_id(&lower) {
                continue;
            }
            if before == "use" && self.may_begin(index - 1) && lower != token.word {
                let written = token.word.clone().into_owned();
                self.mend(
                    &early::NAME_MALFORMED,
                    (start, end),
                    format!("`{written}` is not written as an id"),
                    lower.clone(),
                )
                .label("the name of a framework is written in small letters")
                .help(format!("write `{lower}`"));
                self.tokens[index].word = lower.into();
                continue;
            }
            let Some(code) = self.tokens.get(index + 1) else {
                continue;
            };
            let is_code = code.kind == Kind::Word
                && !code.first
                && code.word.starts_with(|first: char| first.is_ascii_digit())
                && code
                    .word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
            if !BEFORE_REFERENCE.contains(&before.as_ref()) || !is_code {
                continue;
            }
            let code_end = code.end;
            let (written, meant) = (
                format!("{} {}", token.word, code.word),
                format!("{lower}:{}", code.word),
            );
            self.mend(
                &early::SYNTAX_UNEXPECTED,
                (start, code_end),
                format!("`{written}` is not written as a reference"),
                meant.clone(),
            )
            .label("a colon joins a framework and a code of it")
            .help(format!("write `{meant}`"));
            self.tokens[index].word = meant.into();
            self.tokens[index].end = code_end;
        }
    }

    /// `EQF:3`: names of frameworks are written in small letters, as in `use`.
    pub(super) fn aliases(&mut self) {
        for index in 0..self.tokens.len() {
            let token = &self.tokens[index];
            let Some((alias, _)) = token.word.split_once(':') else {
                continue;
            };
            let lower = alias.to_ascii_lowercase();
            if token.kind != Kind::Word
                || lower == alias
                || !is_id(&lower)
                || token.word.contains("//")
            {
                continue;
            }
            let (start, end) = (token.start, token.start + alias.len());
            // Characters that only look alike have been reported, and their place is another one.
            if self.text.get(start..end) != Some(alias) {
                continue;
            }
            let code_follows = token.word.len() > alias.len() + 1
                || self.tokens.get(index + 1).is_some_and(|next| {
                    next.start == token.end && matches!(next.kind, Kind::Text | Kind::Iri)
                });
            if !code_follows {
                continue;
            }
            let (written, mended) = (
                token.word.clone().into_owned(),
                format!("{lower}{}", &token.word[alias.len()..]),
            );
            self.mend(
                &early::SYNTAX_UNEXPECTED,
                (start, end),
                format!("`{written}` is not written as a reference"),
                lower,
            )
            .label("the name of a framework is written in small letters")
            .help(format!("write `{mended}`"));
        }
    }
}

/// A number with a decimal point. A comma before three digits sets off thousands; anywhere else it is a decimal mark.
fn amount(number: &str) -> Option<String> {
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match number.split_once(',') {
        None => {
            let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
            (plain(whole) && plain(part)).then(|| number.to_owned())
        }
        Some((whole, part)) if plain(whole) && plain(part) => Some(
            if part.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') {
                format!("{whole}{part}")
            } else {
                format!("{whole}.{part}")
            },
        ),
        Some(_) => None,
    }
}

/// The unit that a word stands for, as the language writes it.
fn unit_word(written: &str) -> Option<String> {
    if let Some(word) = spelled_out(written) {
        return Some(word.to_owned());
    }
    let lower = written.to_lowercase();
    (lower == "%" || is_id(&lower)).then_some(lower)
}
