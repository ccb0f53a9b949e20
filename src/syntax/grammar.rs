//! The parser made from `grammar/*.pest`. Its pairs never leave this folder.

use pest::Parser;
use pest::iterators::Pairs;

#[derive(pest_derive::Parser)]
#[grammar = "../grammar/gradus.pest"]
#[grammar = "../grammar/recovery.pest"]
struct GradusParser;

/// The pairs of a text under one rule of the grammar, or the offset of the furthest place that was reached.
pub(super) fn pairs(rule: Rule, text: &str) -> Result<Pairs<'_, Rule>, usize> {
    GradusParser::parse(rule, text).map_err(|error| match error.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    })
}
