//! Single values: words, numbers, quantities, dates, addresses. What cannot be right is reported in the author's words.

use crate::diag::{did_you_mean, early};
use crate::model::{Amount, Date, Name, Quantity, Text, Unit, language_tag};
use crate::source::{Place, Span, characters};
use crate::syntax::begins_statement;
use crate::syntax::tree::{Arg, Statement, TextForm};
use crate::syntax::units::{is_credit_points, spelled_out};

use super::View;
use super::outcome::Outcome;

/// Which quantities may stand in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// Hours or minutes.
    Work,
    Credit,
    CreditOrWork,
    /// Days to years.
    Duration,
    PercentOrPoints,
    Percent,
    /// Credit, hours or stages.
    Price,
}

impl Measure {
    const fn words(self) -> &'static str {
        match self {
            Self::Work => "hours or minutes",
            Self::Credit => "a unit of credit such as `ects`",
            Self::CreditOrWork => "a unit of credit such as `ects`, or hours",
            Self::Duration => "days, weeks, months or years",
            Self::PercentOrPoints => "percent or points",
            Self::Percent => "percent",
            Self::Price => "a unit of credit such as `ects`, hours or stages",
        }
    }

    const fn takes(self, unit: Unit) -> bool {
        match unit {
            Unit::Minutes | Unit::Hours => {
                matches!(self, Self::Work | Self::CreditOrWork | Self::Price)
            }
            Unit::Days | Unit::Weeks | Unit::Months | Unit::Years => matches!(self, Self::Duration),
            Unit::Credit(_) => matches!(self, Self::Credit | Self::CreditOrWork | Self::Price),
            Unit::Percent => matches!(self, Self::PercentOrPoints | Self::Percent),
            Unit::Points => matches!(self, Self::PercentOrPoints),
            Unit::Stages => matches!(self, Self::Price),
        }
    }
}

impl<'a> View<'a> {
    /// The words at a span of this file.
    pub(super) fn slice(self, span: Span) -> &'a str {
        if !self.tree.respelled.is_empty()
            && let Some(meant) = self.tree.respelled.get(&span)
        {
            return meant;
        }
        self.linker.sources.file(self.file).slice(span)
    }

    pub(super) fn place(self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    /// The place of an argument; of a code in quotes or brackets with the sign that closes it.
    pub(super) fn arg_place(self, arg: Arg) -> Place {
        let mut span = arg.span();
        if let Arg::External { code, .. } = arg {
            let text = self.linker.sources.file(self.file).text().as_bytes();
            let sign = |at: Option<u32>| at.and_then(|at| text.get(at as usize).copied());
            if matches!(
                (sign(code.start.checked_sub(1)), sign(Some(code.end))),
                (Some(b'"'), Some(b'"')) | (Some(b'<'), Some(b'>'))
            ) {
                span.end = code.end + 1;
            }
        }
        self.place(span)
    }

    pub(super) fn args(self, statement: &Statement) -> &'a [Arg] {
        self.tree.args(statement)
    }

    /// The interned name of a word; all words of the project have been interned.
    pub(super) fn name(self, span: Span) -> Name {
        self.linker
            .tables
            .names
            .find(self.slice(span))
            .unwrap_or(Name(0))
    }

    /// The first text among the arguments.
    pub(super) fn text(self, statement: &Statement) -> Option<Text> {
        self.args(statement)
            .iter()
            .find_map(|&arg| self.as_text(arg))
    }

    pub(super) fn as_text(self, arg: Arg) -> Option<Text> {
        match arg {
            Arg::Text(span, form) => Some(Text {
                place: self.place(span),
                form,
            }),
            _ => None,
        }
    }

    /// An address between angle brackets; must be an absolute IRI.
    pub(super) fn iri(self, statement: &Statement, outcome: &mut Outcome) -> Option<Text> {
        let span = self.args(statement).iter().find_map(|&arg| {
            if let Arg::Iri(span) = arg {
                Some(span)
            } else {
                None
            }
        })?;
        self.checked_iri(span, outcome)
    }

    pub(super) fn checked_iri(self, span: Span, outcome: &mut Outcome) -> Option<Text> {
        let written = self.slice(span);
        let hidden = written
            .chars()
            .find_map(|character| Some((characters::hidden(character)?, character)));
        if hidden.is_some() || oxiri::Iri::parse(written).is_err() {
            let place = self.place(span);
            let diagnostic = outcome.report(&early::TYPE_IRI, place);
            match hidden {
                Some((name, character)) => diagnostic.message(format!(
                    "{} stands in this address",
                    characters::described(name, character, 1)
                )),
                None => diagnostic.message(format!("`{written}` is not an absolute address")),
            };
            diagnostic.label("not an address");
            match meant_address(written) {
                Some(meant) => {
                    diagnostic
                        .help(format!("write `<{meant}>`"))
                        .fix(place, meant);
                }
                None => {
                    diagnostic
                        .help("write it in full, for instance `<https://example.org/skills/1>`");
                }
            }
            return None;
        }
        Some(Text {
            place: self.place(span),
            form: TextForm::Plain,
        })
    }

    /// A web address: an IRI that starts with http.
    pub(super) fn url(self, statement: &Statement, outcome: &mut Outcome) -> Option<Text> {
        let text = self.iri(statement, outcome)?;
        let written = self.slice(text.place.span);
        if !(written.starts_with("https://") || written.starts_with("http://")) {
            outcome
                .report(&early::TYPE_IRI, text.place)
                .message(format!("`{written}` is not a web address"))
                .label("must start with `https://`");
            return None;
        }
        Some(text)
    }

    /// One word of a closed list.
    pub(super) fn word<T>(
        self,
        span: Span,
        what: &str,
        read: impl Fn(&str) -> Option<T>,
        known: &[&str],
        outcome: &mut Outcome,
    ) -> Option<T> {
        let word = self.slice(span);
        let value = read(word);
        if value.is_none() {
            let help = did_you_mean(word, known.iter().copied())
                .unwrap_or_else(|| format!("choose one of: {}", known.join(", ")));
            outcome
                .report(&early::TYPE_BAD_VALUE, self.place(span))
                .message(format!("`{word}` is not {what}"))
                .label("not one of the possible words")
                .help(help);
        }
        value
    }

    /// The first plain word among the arguments.
    pub(super) fn id_arg(self, statement: &Statement) -> Option<Span> {
        self.args(statement).iter().find_map(|&arg| {
            if let Arg::Id(span) = arg {
                Some(span)
            } else {
                None
            }
        })
    }

    /// A number without unit, within limits.
    pub(super) fn number(
        self,
        span: Span,
        what: &str,
        least: Amount,
        most: Amount,
        outcome: &mut Outcome,
    ) -> Option<Amount> {
        let amount =
            Amount::parse(self.slice(span)).filter(|amount| (least..=most).contains(amount));
        if amount.is_none() {
            outcome
                .report(&early::TYPE_OUT_OF_RANGE, self.place(span))
                .message(format!(
                    "{what} `{}` is not between {least} and {most}",
                    self.slice(span)
                ))
                .label("out of range")
                .help(format!("write a number from {least} to {most}"));
        }
        amount
    }

    /// The first quantity among the arguments.
    pub(super) fn quantity(
        self,
        statement: &Statement,
        what: &str,
        measure: Measure,
        outcome: &mut Outcome,
    ) -> Option<Quantity> {
        self.args(statement)
            .iter()
            .find_map(|&arg| match arg {
                Arg::Quantity { number, unit } => Some((number, unit)),
                _ => None,
            })
            .and_then(|(number, unit)| self.measured(number, unit, what, measure, outcome))
    }

    /// A number and a unit that must fit.
    pub(super) fn measured(
        self,
        number: Span,
        unit: Span,
        what: &str,
        measure: Measure,
        outcome: &mut Outcome,
    ) -> Option<Quantity> {
        let place = self.place(number.to(unit));
        let word = self.slice(unit);
        let tables = self.linker.tables;
        let known = Unit::from_word(word).or_else(|| {
            let name = tables.names.find(word)?;
            tables
                .credit_units
                .contains_key(&name)
                .then_some(Unit::Credit(name))
        });
        let Some(unit_read) = known else {
            if tables.units_in_doubt {
                outcome.faults += 1;
                return None;
            }
            let mut words: Vec<&str> = tables
                .credit_units
                .values()
                .map(|unit| unit.word.as_str())
                .collect();
            words.sort_unstable();
            words.extend(Unit::WORDS);
            if begins_statement(word) {
                outcome
                    .report(&early::TYPE_UNIT, self.place(number))
                    .message(format!("`{}` has no unit", self.slice(number)))
                    .label(format!("`{word}` begins the next statement"))
                    .help(format!("write {} after it", measure.words()));
                return None;
            }
            outcome
                .report(&early::TYPE_UNIT, self.place(unit))
                .message(format!("`{word}` is not a unit"))
                .label("unknown unit")
                .help(
                    spelled_out(word)
                        .or_else(|| is_credit_points(word).then_some("ects"))
                        .map(|unit| format!("write `{} {unit}`", self.slice(number)))
                        .or_else(|| did_you_mean(word, words))
                        .unwrap_or_else(|| format!("write {}", measure.words())),
                );
            return None;
        };
        if !measure.takes(unit_read) {
            outcome
                .report(&early::TYPE_UNIT, self.place(unit))
                .message(format!("{what} cannot be given in `{word}`"))
                .label("another unit belongs here")
                .help(format!("write it in {}", measure.words()));
            return None;
        }
        let amount = Amount::parse(self.slice(number));
        let most = if unit_read == Unit::Percent {
            Amount::whole(100)
        } else {
            Amount::whole(1_000_000)
        };
        let amount = amount.filter(|&amount| amount > Amount::ZERO && amount <= most);
        let Some(amount) = amount else {
            let limit = if unit_read == Unit::Percent {
                "above 0 and at most 100"
            } else {
                "above 0, with at most three decimals"
            };
            outcome
                .report(&early::TYPE_OUT_OF_RANGE, place)
                .message(format!(
                    "{what} of `{}` is not possible",
                    self.slice(place.span)
                ))
                .label("out of range")
                .help(format!("write an amount {limit}"));
            return None;
        };
        Some(Quantity {
            amount,
            unit: unit_read,
            place,
        })
    }

    /// `2028-12-31`, a day of the calendar.
    pub(super) fn date(self, span: Span, outcome: &mut Outcome) -> Option<Date> {
        let date = Date::parse(self.slice(span));
        if date.is_none() {
            outcome
                .report(&early::TYPE_BAD_DATE, self.place(span))
                .message(format!(
                    "`{}` is not a day of the calendar",
                    self.slice(span)
                ))
                .label("no such day")
                .help(nearest_day(self.slice(span)));
        }
        date
    }

    /// A language tag that is well-formed (BCP 47).
    pub(super) fn language(self, span: Span, outcome: &mut Outcome) -> Option<Name> {
        let word = self.slice(span);
        if !language_tag::is_language_tag(word) {
            let place = self.place(span);
            let diagnostic = outcome.report(&early::TYPE_LANGUAGE, place);
            diagnostic
                .message(format!("`{word}` is not a language tag"))
                .label("not a language tag")
                .help(language_tag::tag_help(word));
            if let Some(tag) = language_tag::proposed_tag(word) {
                diagnostic.fix(place, tag);
            }
            return None;
        }
        Some(self.name(span))
    }
}

/// The address that was meant, where what is written differs from one only by quotes, brackets, characters that are not
/// seen, or a missing `https://` before the name of a host.
fn meant_address(written: &str) -> Option<String> {
    let plain: String = written
        .chars()
        .filter(|&character| {
            !matches!(character, '"' | '\'' | '<' | '“' | '”' | '‘' | '’')
                && characters::hidden(character).is_none()
        })
        .collect();
    let host = plain.split('/').next().unwrap_or("");
    let bare = host.contains('.')
        && !plain.contains(':')
        && host.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        });
    let meant = if bare {
        format!("https://{plain}")
    } else {
        plain
    };
    (meant != written && oxiri::Iri::parse(meant.as_str()).is_ok()).then_some(meant)
}

/// What to do about a day that the calendar does not have: the last day of its month, where the month is clear.
fn nearest_day(written: &str) -> String {
    let month = written.get(..8).filter(|_| written.len() == 10);
    let last = month.and_then(|month| {
        ["31", "30", "29", "28"]
            .into_iter()
            .map(|day| format!("{month}{day}"))
            .find(|day| Date::parse(day).is_some())
    });
    match last {
        Some(last) => format!("write a day that the month has, at the latest `{last}`"),
        None => "write year, month and day, such as `2028-12-31`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert!(Date::parse("2028-02-29").is_some());
        assert!(Date::parse("2027-02-29").is_none());
        assert!(Date::parse("2100-02-29").is_none());
        assert!(Date::parse("2028-13-01").is_none());
        assert!(Date::parse("2028-12-31-1").is_none());
    }
}
