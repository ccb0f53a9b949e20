//! The table of fixed phrases that outputs are made with, one per language.
//!
//! A phrase may hold names in braces (`{quantity}`), filled by [`fill`]. A new language is one file beside `en.rs` with
//! every field of [`Phrases`], and one line in [`super::phrases`]; the compiler says what is missing.

use crate::model::{
    Amount, AssessmentKind, AwardedBy, CredentialKind, EvidenceKind, ItemKind, MappingVerb, Mode,
    StatementVerb, Status, Supervision,
};

/// A word for one and for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// For one: `hour`.
    pub one: &'static str,
    /// For several: `hours`.
    pub many: &'static str,
}

/// Every fixed phrase of the outputs in one language.
#[derive(Debug)]
pub struct Phrases {
    /// The language, as a primary subtag.
    pub language: &'static str,

    // Signs.
    /// Between a label and what it introduces: `: `.
    pub colon: &'static str,
    /// Between entries that may hold commas: `; `.
    pub semicolon: &'static str,
    /// Quotation marks.
    pub quotes: (&'static str, &'static str),
    /// What stands before the decimals.
    pub decimal_mark: &'static str,
    /// Between a number and `%`.
    pub percent_space: &'static str,
    /// The last joint of a list of all: ` and `.
    pub and: &'static str,
    /// The last joint of a list of choices: ` or `.
    pub or: &'static str,
    /// Whether a number takes the singular.
    pub is_singular: fn(Amount) -> bool,

    // Units.
    pub minutes: Noun,
    pub hours: Noun,
    pub days: Noun,
    pub weeks: Noun,
    pub months: Noun,
    pub years: Noun,
    pub points: Noun,
    pub stages: Noun,
    /// Units of credit that read differently in this language, by their word.
    pub credit: fn(&str) -> Option<Noun>,

    // Requirements. Those that introduce a list end without a colon.
    pub nothing: &'static str,
    pub all_of: &'static str,
    pub any_one_of: &'static str,
    /// `{count}`
    pub any_of: &'static str,
    /// `{set}`
    pub all_of_set: &'static str,
    /// `{set}`, `{except}`
    pub set_except: &'static str,
    /// `{set}`, `{count}`
    pub set_with_count: &'static str,
    /// `{quantity}`
    pub sum_of: &'static str,
    /// `{quantity}`
    pub at_most: &'static str,
    /// `{quantity}`: what adds up here does not count in other sums.
    pub sum_counted_once: &'static str,
    /// `{skill}`
    pub skill: &'static str,
    /// `{skill}`, `{level}`
    pub skill_at: &'static str,
    pub unknown: &'static str,

    // Levels.
    /// `{level}`
    pub eqf_level: &'static str,
    pub level: &'static str,

    // Parts of the criteria.
    pub how_assessed: &'static str,
    pub assesses: &'static str,
    pub pass_mark: &'static str,
    /// `{level}`
    pub pass_level: &'static str,
    pub pass_all: &'static str,
    /// `{points}`, `{most}`: both are quantities or numbers.
    pub pass_points_of: &'static str,
    pub evidence: &'static str,
    pub rubric: &'static str,
    pub weight: &'static str,
    pub award: &'static str,
    pub awarded_by: &'static str,
    pub quality_assurance: &'static str,
    pub validity: &'static str,
    /// `{quantity}`
    pub valid_for: &'static str,
    /// `{date}`
    pub valid_until: &'static str,
    pub renewal: &'static str,
    pub prior_learning: &'static str,
    pub requirements: &'static str,
    pub recommended: &'static str,
    pub alongside: &'static str,
    pub open_to: &'static str,
    pub made_of: &'static str,
    pub counts_toward: &'static str,
    /// `{target}`, `{quantity}`
    pub counts_for: &'static str,
    /// `{targets}`, joined by [`Phrases::or`]
    pub one_of_only: &'static str,
    pub at_a_glance: &'static str,
    pub workload: &'static str,
    pub credit_label: &'static str,
    pub form_of_learning: &'static str,
    pub participation: &'static str,
    pub supervision_label: &'static str,
    pub identity_checked: &'static str,
    pub field_of_study: &'static str,
    pub language_label: &'static str,
    pub occupations: &'static str,
    pub no_longer_awarded: &'static str,
    /// `{credential}`
    pub replaced_by: &'static str,

    // Badges.
    /// `{name}`, `{kind}`: what a drawn badge shows.
    pub badge_alt: &'static str,
    /// `{name}`, `{kind}`, `{issuer}`
    pub badge_alt_issuer: &'static str,
    /// `{kind}`: stands in for a description that nobody wrote.
    pub kind_alone: &'static str,
    /// `{kind}`, `{issuer}`
    pub kind_awarded_by: &'static str,
    /// `{item}`: how something elsewhere relates to an item of ours.
    pub mapping: fn(MappingVerb) -> &'static str,
    /// `{item}`: the same, seen from the other side.
    pub statement: fn(StatementVerb) -> &'static str,

    // Words of closed vocabularies.
    pub credential_kind: fn(CredentialKind) -> &'static str,
    pub item_kind: fn(ItemKind) -> &'static str,
    pub assessment_kind: fn(AssessmentKind) -> &'static str,
    pub evidence_kind: fn(EvidenceKind) -> &'static str,
    pub status: fn(Status) -> &'static str,
    pub mode: fn(Mode) -> &'static str,
    pub supervision: fn(Supervision) -> &'static str,
    pub awarder: fn(AwardedBy) -> &'static str,
    /// Words of `participation`, where they are known.
    pub participation_word: fn(&str) -> Option<&'static str>,
}

/// Puts values into the braces of a phrase. What is put in is not read again.
#[must_use]
pub fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let extra: usize = values.iter().map(|(_, value)| value.len()).sum();
    let mut out = String::with_capacity(phrase.len() + extra);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            break;
        };
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::phrases;
    use super::*;

    #[test]
    fn braces_are_filled_once() {
        assert_eq!(
            fill(
                "at least {n} from {set}",
                &[("n", "6 {set}"), ("set", "Electives")]
            ),
            "at least 6 {set} from Electives"
        );
        assert_eq!(fill("odd {brace", &[]), "odd {brace");
    }

    #[test]
    fn a_language_without_phrases_reads_english() {
        assert_eq!(phrases("fr-CA").language, "fr");
        assert_eq!(phrases("FR").language, "fr");
        assert_eq!(phrases("mi").language, "en");
        assert_eq!(phrases("").language, "en");
    }
}
