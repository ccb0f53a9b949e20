//! Typed quantities: numbers with units that never turn into each other by accident.

use std::fmt;

use super::names::Name;
use crate::source::Place;

/// A decimal number in thousandths, so that sums of credits are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(pub i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self(number.saturating_mul(1000))
    }

    /// Reads `12` or `0.75` (at most three digits after the point, at most nine before it).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || part.len() > 3 || !digits(whole) || !digits(part)
        {
            return None;
        }
        let mut thousandths = 0;
        for index in 0..3 {
            thousandths = thousandths * 10
                + part
                    .as_bytes()
                    .get(index)
                    .map_or(0, |byte| i64::from(byte - b'0'));
        }
        Some(Self(whole.parse::<i64>().ok()? * 1000 + thousandths))
    }

    /// As a float, for formats that want one.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// The sum, at the limits of the type where it would pass them.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 1000, (self.0 % 1000).abs());
        if part == 0 {
            write!(formatter, "{whole}")
        } else {
            write!(
                formatter,
                "{whole}.{}",
                format!("{part:03}").trim_end_matches('0')
            )
        }
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
    Months,
    Years,
    /// A unit of credit by its name: `ects`, `cats`, or one declared in the project file.
    Credit(Name),
    Percent,
    Points,
    /// `stages` of a pathway, in expectations.
    Stages,
}

impl Unit {
    /// The unit of a word that is not a unit of credit.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "minute" | "minutes" => Self::Minutes,
            "hour" | "hours" => Self::Hours,
            "day" | "days" => Self::Days,
            "week" | "weeks" => Self::Weeks,
            "month" | "months" => Self::Months,
            "year" | "years" => Self::Years,
            "%" | "percent" => Self::Percent,
            "point" | "points" => Self::Points,
            "stage" | "stages" => Self::Stages,
            _ => return None,
        })
    }

    /// The words of [`Unit::from_word`] that are suggested to writers.
    pub const WORDS: &'static [&'static str] = &[
        "minutes", "hours", "days", "weeks", "months", "years", "%", "points", "stages",
    ];
}

/// A number, its unit, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Quantity {
    /// The number.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
    /// Number and unit in the text.
    pub place: Place,
}

impl Quantity {
    /// In hours of work, where the unit is minutes or hours. (A day or a week of study has no fixed length.)
    #[must_use]
    pub fn hours(&self) -> Option<Amount> {
        match self.unit {
            Unit::Minutes => Some(Amount(self.amount.0 / 60)),
            Unit::Hours => Some(self.amount),
            Unit::Days
            | Unit::Weeks
            | Unit::Months
            | Unit::Years
            | Unit::Credit(_)
            | Unit::Percent
            | Unit::Points
            | Unit::Stages => None,
        }
    }
}

/// A unit of credit, and how many hours of work one of it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditUnit {
    /// The word in the text.
    pub word: String,
    /// How it is shown to readers.
    pub label: String,
    /// Fewest and most hours of one credit, where its system says so.
    pub hours: Option<(Amount, Amount)>,
}

impl CreditUnit {
    fn new(word: &str, label: &str, hours: Option<(i64, i64)>) -> Self {
        let hours = hours.map(|(least, most)| (Amount::whole(least), Amount::whole(most)));
        Self {
            word: word.to_owned(),
            label: label.to_owned(),
            hours,
        }
    }

    /// The units that need no declaration. Hours: ECTS Users' Guide 2015 (25 to 30), UK CATS (10), NZQA (10), IACET CEU (10).
    #[must_use]
    pub fn known() -> Vec<Self> {
        vec![
            Self::new("ects", "ECTS", Some((25, 30))),
            Self::new("ecvet", "ECVET points", None),
            Self::new("cats", "CATS", Some((10, 10))),
            Self::new("nz-credits", "NZ credits", Some((10, 10))),
            Self::new("ceu", "CEU", Some((10, 10))),
            Self::new("semester-hours", "semester hours", None),
            Self::new("quarter-hours", "quarter hours", None),
            Self::new("credits", "credits", None),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        let read = |text| Amount::parse(text).map(|amount| amount.to_string());
        assert_eq!(read("12").as_deref(), Some("12"));
        assert_eq!(read("0.75").as_deref(), Some("0.75"));
        assert_eq!(read("7.5").as_deref(), Some("7.5"));
        assert_eq!(read("1.2345"), None);
        assert_eq!(read("9999999999"), None);
        assert_eq!(read("."), None);
        let tenth = Amount::parse("0.1").unwrap_or_default();
        let sum = (0..10).fold(Amount::ZERO, |sum, _| sum.plus(tenth));
        assert_eq!(sum, Amount::whole(1));
    }
}
