//! Where a value stands in YAML text.
//!
//! In goes the text and the way to a value (key, number in a list, key …), out comes its line and column. The YAML
//! reader tells places only for what it cannot read, so the way is walked again and the value at its end is refused.
//! That costs one more reading for each place, and is paid for faulty packs only.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _};
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// One step on the way to a value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// The value of a key.
    Key(&'a str),
    /// The member of a list, from 0.
    Nth(usize),
}

/// Line and column, both from 1, of the value at the end of the way; of the nearest value on the way if it is not there.
pub(super) fn locate(text: &str, way: &[Step<'_>]) -> (u32, u32) {
    match (Seek { way }).deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(()) => (1, 1),
        Err(error) => of_error(&error),
    }
}

/// Line and column, both from 1, that the reader gives for an error.
pub(super) fn of_error(error: &serde_yaml::Error) -> (u32, u32) {
    error
        .location()
        .map_or((1, 1), |at| (at.line() as u32, at.column() as u32))
}

#[derive(Clone, Copy)]
struct Seek<'a> {
    way: &'a [Step<'a>],
}

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.way.split_first() {
            None => deserializer.deserialize_any(Refuse),
            Some((&Step::Key(key), rest)) => deserializer.deserialize_map(InMap { key, rest }),
            Some((&Step::Nth(number), rest)) => {
                deserializer.deserialize_seq(InList { number, rest })
            }
        }
    }
}

/// Accepts no kind of value, so that the error carries the place of the one it is given.
struct Refuse;

impl Visitor<'_> for Refuse {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("nothing")
    }
}

struct InMap<'a> {
    key: &'a str,
    rest: &'a [Step<'a>],
}

impl<'de> Visitor<'de> for InMap<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == self.key {
                return map.next_value_seed(Seek { way: self.rest });
            }
            map.next_value::<IgnoredAny>()?;
        }
        Err(A::Error::custom("no such key"))
    }
}

struct InList<'a> {
    number: usize,
    rest: &'a [Step<'a>],
}

impl<'de> Visitor<'de> for InList<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        for _ in 0..self.number {
            list.next_element::<IgnoredAny>()?;
        }
        match list.next_element_seed(Seek { way: self.rest })? {
            Some(()) => Ok(()),
            None => Err(A::Error::custom("no such member")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_values() {
        let text = "id: x\nitems:\n  - { code: \"1\", label: a }\n  - code: 2\n    label: b\n";
        assert_eq!(locate(text, &[Step::Key("id")]), (1, 5));
        assert_eq!(
            locate(
                text,
                &[Step::Key("items"), Step::Nth(0), Step::Key("label")]
            ),
            (3, 25)
        );
        assert_eq!(locate(text, &[Step::Key("items"), Step::Nth(1)]), (4, 5));
        assert_eq!(
            locate(
                text,
                &[Step::Key("items"), Step::Nth(1), Step::Key("label")]
            ),
            (5, 12)
        );
    }

    #[test]
    fn a_missing_end_gives_the_nearest_place() {
        let text = "id: x\nitems:\n  - { code: 1 }\n";
        assert_eq!(
            locate(
                text,
                &[Step::Key("items"), Step::Nth(0), Step::Key("label")]
            ),
            (3, 5)
        );
        assert_eq!(locate("", &[Step::Key("id")]), (1, 1));
    }
}
