//! The words of messages about syntax: what is expected, where something stands, how it is written.

use super::days;
use super::keywords::{self, Want};
use super::placement::{self, Context};
use super::spelling::mended_id;
use super::tree::Key;

pub(super) fn same_start(written: &str, meant: &str) -> bool {
    !meant.is_empty()
        && (written.starts_with(meant) || meant.starts_with(written) && written.len() > 1)
}

/// What to write, by keyword.
pub(super) fn usage(phrase: &str, key: Key) -> Option<String> {
    let keyword = keywords::of(key)?;
    match key {
        Key::Item | Key::Credential => {
            let (_, rest) = keyword.usage.split_once(' ')?;
            Some(format!("{phrase} {rest}"))
        }
        Key::Mapping => {
            let (_, rest) = keyword.usage.split_once(' ')?;
            Some(format!("{phrase} {rest}"))
        }
        _ => Some(keyword.usage.to_owned()),
    }
}

/// An example with the number that the author wrote in place of its own.
pub(super) fn with_number(usage: String, found: &str) -> String {
    let digits = |text: &str| {
        text.find(|character: char| !character.is_ascii_digit() && character != '.')
            .unwrap_or(text.len())
    };
    let number = found[..digits(found)].trim_end_matches('.');
    let Some(start) = usage.find(|character: char| character.is_ascii_digit()) else {
        return usage;
    };
    let end = start + digits(&usage[start..]);
    let quoted = usage[..start].contains('"');
    if number.is_empty() || quoted {
        return usage;
    }
    format!("{}{number}{}", &usage[..start], &usage[end..])
}

/// An example of a declaration with the name that the author wrote where the id is missing, and an id made of it.
pub(super) fn with_name(usage: String, found: &str, keyword: &str) -> String {
    let name = found
        .strip_prefix('"')
        .and_then(|rest| rest.split_once('"'))
        .map(|(name, _)| name)
        .filter(|name| !name.contains('\\') && short(name) == *name);
    let id = name.and_then(|name| mended_id(name, keyword));
    match (name, id, usage.split_once(" id \"Name\"")) {
        (Some(name), Some(id), Some((before, after))) => format!("{before} {id} \"{name}\"{after}"),
        _ => usage,
    }
}

/// Words of requirements that no credential is called.
const ASKING: [&str; 13] = [
    "all", "any", "at", "counting", "except", "from", "least", "most", "not", "nothing", "of",
    "one", "skill",
];

fn is_taken(word: &str) -> bool {
    ASKING.contains(&word) || keywords::is_first(word)
}

/// A block of the credentials that its author named without one, joined by commas, by `and` or by `or`: all of them, or a choice.
/// `None` where anything else stands there.
pub(super) fn with_block(usage: &str, line: &str) -> Option<String> {
    let keyword = usage.split(' ').next()?;
    let mut ids: Vec<String> = Vec::new();
    let (mut all, mut choice) = (false, false);
    let words = line.split(|sign: char| sign.is_whitespace() || sign == ',');
    for word in words.filter(|word| !word.is_empty()) {
        match word.to_ascii_lowercase().as_str() {
            "and" => all = true,
            "or" => choice = true,
            _ if word.starts_with(|letter: char| letter.is_alphabetic())
                && !word.contains(|sign: char| !sign.is_alphanumeric() && !"-_".contains(sign)) =>
            {
                ids.push(mended_id(word, "").filter(|id| !is_taken(id))?);
            }
            _ => return None,
        }
    }
    let named = ids.join("  ");
    match (ids.len(), all, choice) {
        (0, ..) | (_, true, true) | (1, _, true) => None,
        (_, _, false) => Some(format!("{keyword} {{ {named} }}")),
        (_, false, true) => Some(format!("{keyword} {{ any {{ {named} }} }}")),
    }
}

/// An example with the day that the author wrote, where it can be read in one way only; without an example for a day that no
/// calendar has.
pub(super) fn with_day(usage: String, found: &str) -> String {
    match (usage.rsplit_once(' '), days::read(found)) {
        (Some((before, _)), Some(day)) => format!("{before} {day}"),
        _ => usage,
    }
}

/// A wanted thing in the reader's words.
pub(super) fn wanted(want: Want, key: Key) -> String {
    match want {
        Want::Id => match key {
            Key::AwardedBy => "`machine`, `assessor` or `accredited`",
            Key::Status => "`draft`, `active` or `deprecated`",
            Key::Evidence => "`artefact`, `quantitative` or `qualitative`",
            Key::AssessmentKind | Key::Mode | Key::Supervision | Key::Participation => "a word",
            _ => "an id",
        }
        .to_owned(),
        Want::Name => "a name in quotes".to_owned(),
        Want::Text => "a text in quotes".to_owned(),
        Want::Reference | Want::Path => referred(key).to_owned(),
        Want::Number => "a number".to_owned(),
        Want::Quantity => "a number with its unit".to_owned(),
        Want::Iri => "an address in angle brackets".to_owned(),
        Want::Date => "a day as `2030-12-31`".to_owned(),
        Want::Tag if key == Key::Country => "a country code".to_owned(),
        Want::Tag => "a language tag".to_owned(),
        Want::Either(first, second) => {
            format!("{} or {}", wanted(*first, key), wanted(*second, key))
        }
        Want::Word(word) => format!("`{word}`"),
        Want::Block => "`{`".to_owned(),
    }
}

/// What a construct refers to.
pub(super) const fn referred(key: Key) -> &'static str {
    match key {
        Key::Level => "a level",
        Key::By => "an issuer",
        Key::For => "a role or an occupation",
        Key::Field => "a field of study",
        Key::Mapping | Key::Row => "an item of another framework",
        Key::Crosswalk | Key::CoverageOf => "a framework",
        Key::BuildsOn
        | Key::Introduces
        | Key::Reinforces
        | Key::Teaches
        | Key::Assesses
        | Key::HoldsSkill => "an item of a framework",
        Key::After => "a stage",
        Key::UsesRubric => "a rubric",
        Key::UsesScale => "a scale",
        Key::Needs => "a requirement",
        _ => "a credential",
    }
}

/// What a connecting word wants after it.
pub(super) fn after_connective(word: &str) -> Option<(&'static str, &str)> {
    let what = match word {
        "at" | "matches" => "a level",
        "within" | "for" => "a number with its unit",
        "confidence" | "weight" => "a number",
        "because" | "by" | "alt" => "a text in quotes",
        "as" => "a name",
        "through" => "the name of a framework",
        "counted" => "`once`",
        _ => return None,
    };
    Some((what, word))
}

/// A place in the reader's words, as it follows a verb.
pub(super) fn inside(context: Context) -> String {
    match context {
        Context::File => "at the top of a file".to_owned(),
        Context::Block(key) => format!("in {}", noun(key)),
        Context::Translation(_) => "in a translation".to_owned(),
        Context::Unknown => "here".to_owned(),
    }
}

pub(super) fn noun(key: Key) -> String {
    match key {
        Key::Credential => "a credential".to_owned(),
        Key::Item => "an item of a framework".to_owned(),
        Key::Issuer => "an issuer".to_owned(),
        Key::Assessment => "an assessment".to_owned(),
        Key::Expect => "an `expect`".to_owned(),
        Key::ScaleLevel => "a level of a scale".to_owned(),
        Key::Held
        | Key::Judgement
        | Key::Row
        | Key::Cell
        | Key::RubricLevel
        | Key::Accepts
        | Key::Bad => "this block".to_owned(),
        Key::Defaults | Key::RubricLevels => format!(
            "`{}`",
            keywords::of(key).map_or("", |keyword| keyword.phrase)
        ),
        _ => match keywords::of(key) {
            Some(keyword) if keyword.wants.first() == Some(&Want::Id) => {
                format!("a {}", keyword.phrase)
            }
            Some(keyword) => format!("`{}`", keyword.phrase),
            None => "this block".to_owned(),
        },
    }
}

/// Where a construct belongs, as advice, if that is one place.
pub(super) fn home(key: Key) -> Option<String> {
    if placement::may_stand(Context::File, key) {
        return Some("move it to the top of the file, outside every block".to_owned());
    }
    let homes: Vec<Key> = Key::ALL
        .iter()
        .copied()
        .filter(|&outer| !matches!(outer, Key::In | Key::Bad | Key::Defaults))
        .filter(|&outer| placement::may_stand(Context::Block(outer), key))
        .collect();
    match homes.as_slice() {
        [only] => Some(format!("move it into {}", noun(*only))),
        [first, second] => Some(format!(
            "move it into {} or {}",
            noun(*first),
            noun(*second)
        )),
        _ => None,
    }
}

/// A stretch of text for a message: one line, not long.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 40 {
        return line;
    }
    let mut cut: String = line.chars().take(39).collect();
    cut.push('…');
    cut
}

/// The nearest character boundary at or before an offset.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::with_block;

    #[test]
    fn what_is_named_without_a_block_is_put_into_one() {
        let usage = "requires { credential }";
        for (line, expected) in [
            (
                "Hand-Hygiene and gloves",
                Some("requires { hand-hygiene  gloves }"),
            ),
            ("a, b and C ", Some("requires { a  b  c }")),
            ("a, b", Some("requires { a  b }")),
            ("only", Some("requires { only }")),
            ("a or B_c", Some("requires { any { a  b-c } }")),
            ("a, b or c", Some("requires { any { a  b  c } }")),
            // Which binds closer, nobody can tell; and what else stands there is not the name of a credential.
            ("a and b or c", None),
            ("a credit 3 ects", None),
            ("a status draft", None),
            ("any a b", None),
            ("\"words\"", None),
            ("f.x at low", None),
            ("and", None),
            ("", None),
        ] {
            assert_eq!(with_block(usage, line).as_deref(), expected, "{line}");
        }
    }
}
