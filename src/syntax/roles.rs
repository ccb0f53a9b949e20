//! What each rule of the grammar becomes in the tree.
//!
//! The grammar says which words form a construct; this table says which [`Key`] the construct has and how many words its
//! keyword has, so that lowering needs no code of its own for each.

use super::grammar::Rule;
use super::tree::{Key, Word};

/// What a pair of a rule is turned into.
#[derive(Debug, Clone, Copy)]
pub(super) enum Role {
    /// A statement whose keyword is its first so many words.
    Statement(Key, u8),
    /// A reference that is a statement by itself.
    Held,
    /// The braces of the statement around it and what is between them.
    Block,
    /// An argument of the statement around it.
    Argument(Shape),
    /// A connecting word among its arguments.
    Word(Word),
    /// A mapping verb: the keyword of a mapping, a connecting word in a row.
    Verb(Word),
    /// A statement that the table of keywords names, by its first words and by where it stands.
    Keyworded,
    /// An id and a text: a level or a cell, by where it stands.
    Titled,
    /// What follows a keyword, read by what that keyword wants.
    Rest,
    /// Words that cannot be read, in a statement of their own or between a header and its block.
    BadWords,
    /// A `}` that closes nothing.
    StrayBrace,
    /// Nothing of its own.
    Nothing,
}

/// How the text of an argument is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Id,
    Path,
    Reference,
    Iri,
    Text,
    Number,
    Quantity,
    Date,
}

/// The role of a rule. Silent rules make no pairs and have none.
pub(super) const fn role(rule: Rule) -> Role {
    use Role::{Argument, Block, Held, Nothing, Statement, Verb};
    match rule {
        Rule::use_framework => Statement(Key::Use, 1),
        Rule::defaults => Statement(Key::Defaults, 1),
        Rule::issuer => Statement(Key::Issuer, 1),
        Rule::scale => Statement(Key::Scale, 1),
        Rule::framework => Statement(Key::Framework, 1),
        Rule::rubric => Statement(Key::Rubric, 1),
        Rule::credential => Statement(Key::Credential, 1),
        Rule::set => Statement(Key::Set, 1),
        Rule::recognition => Statement(Key::Recognition, 1),
        Rule::role => Statement(Key::Role, 1),
        Rule::pathway => Statement(Key::Pathway, 1),
        Rule::crosswalk => Statement(Key::Crosswalk, 1),
        Rule::expect => Statement(Key::Expect, 1),

        Rule::scale_level | Rule::level_in => Statement(Key::ScaleLevel, 0),
        Rule::item | Rule::item_in => Statement(Key::Item, 1),
        Rule::rubric_levels | Rule::levels_in => Statement(Key::RubricLevels, 1),
        Rule::rubric_level | Rule::cell_level_in => Statement(Key::RubricLevel, 0),
        Rule::criterion | Rule::criterion_in => Statement(Key::Criterion, 1),
        Rule::cell => Statement(Key::Cell, 0),
        Rule::assessment | Rule::assessment_in => Statement(Key::Assessment, 1),
        Rule::stage | Rule::stage_in => Statement(Key::Stage, 1),
        Rule::in_issuer
        | Rule::in_scale
        | Rule::in_scale_level
        | Rule::in_framework
        | Rule::in_item
        | Rule::in_rubric
        | Rule::in_criterion
        | Rule::in_credential
        | Rule::in_assessment
        | Rule::in_set
        | Rule::in_recognition
        | Rule::in_role
        | Rule::in_pathway
        | Rule::in_stage
        | Rule::in_crosswalk => Statement(Key::In, 1),

        Rule::about => Statement(Key::About, 1),
        Rule::name => Statement(Key::Name, 1),
        Rule::url => Statement(Key::Url, 1),
        Rule::email => Statement(Key::Email, 1),
        Rule::phone => Statement(Key::Phone, 1),
        Rule::country => Statement(Key::Country, 1),
        Rule::version => Statement(Key::Version, 1),
        Rule::by => Statement(Key::By, 1),
        Rule::uses_scale => Statement(Key::UsesScale, 1),
        Rule::code_is => Statement(Key::Code, 1),
        Rule::iri_is => Statement(Key::Iri, 1),
        Rule::formerly => Statement(Key::Formerly, 1),
        Rule::licence => Statement(Key::Licence, 1),
        Rule::language => Statement(Key::Language, 1),
        Rule::tags => Statement(Key::Tags, 1),
        Rule::status => Statement(Key::Status, 1),
        Rule::replaced_by => Statement(Key::ReplacedBy, 2),
        Rule::can => Statement(Key::Can, 1),
        Rule::knows => Statement(Key::Knows, 1),
        Rule::understands => Statement(Key::Understands, 1),
        Rule::builds_on => Statement(Key::BuildsOn, 2),
        Rule::mapping => Statement(Key::Mapping, 0),
        Rule::image => Statement(Key::Image, 1),
        Rule::alt => Statement(Key::Alt, 1),
        Rule::criteria => Statement(Key::Criteria, 1),
        Rule::field => Statement(Key::Field, 1),
        Rule::level => Statement(Key::Level, 1),
        Rule::workload => Statement(Key::Workload, 1),
        Rule::credit => Statement(Key::Credit, 1),
        Rule::mode => Statement(Key::Mode, 1),
        Rule::participation | Rule::participation_in => Statement(Key::Participation, 1),
        Rule::supervision => Statement(Key::Supervision, 1),
        Rule::quality => Statement(Key::Quality, 2),
        Rule::valid_for => Statement(Key::ValidFor, 2),
        Rule::valid_until => Statement(Key::ValidUntil, 2),
        Rule::renew => Statement(Key::Renew, 1),
        Rule::introduces => Statement(Key::Introduces, 1),
        Rule::reinforces => Statement(Key::Reinforces, 1),
        Rule::teaches => Statement(Key::Teaches, 1),
        Rule::requires => Statement(Key::Requires, 1),
        Rule::recommends => Statement(Key::Recommends, 1),
        Rule::alongside => Statement(Key::Alongside, 1),
        Rule::stacks => Statement(Key::Stacks, 1),
        Rule::open_to => Statement(Key::OpenTo, 2),
        Rule::counts_toward => Statement(Key::CountsToward, 2),
        Rule::prior_learning => Statement(Key::PriorLearning, 2),
        Rule::for_whom => Statement(Key::For, 1),
        Rule::awarded_by => Statement(Key::AwardedBy, 2),
        Rule::assessment_kind => Statement(Key::AssessmentKind, 1),
        Rule::assesses => Statement(Key::Assesses, 1),
        Rule::uses_rubric => Statement(Key::UsesRubric, 1),
        Rule::evidence | Rule::evidence_in => Statement(Key::Evidence, 1),
        Rule::pass => Statement(Key::Pass, 1),
        Rule::weight => Statement(Key::Weight, 1),
        Rule::from => Statement(Key::From, 1),
        Rule::grants => Statement(Key::Grants, 1),
        Rule::needs => Statement(Key::Needs, 1),
        Rule::after => Statement(Key::After, 1),
        Rule::awards => Statement(Key::Awards, 1),
        Rule::leads_to => Statement(Key::LeadsTo, 2),
        Rule::row => Statement(Key::Row, 0),
        Rule::except => Statement(Key::Except, 1),
        Rule::given => Statement(Key::Given, 1),
        Rule::reach => Statement(Key::Reach, 1),
        Rule::cannot_reach => Statement(Key::CannotReach, 2),
        Rule::coverage_of => Statement(Key::CoverageOf, 2),
        Rule::every_route => Statement(Key::EveryRoute, 3),
        Rule::accepts => Statement(Key::Accepts, 0),
        Rule::text_as => Statement(Key::TextAs, 1),

        Rule::held => Held,
        Rule::holds_skill => Statement(Key::HoldsSkill, 1),
        Rule::all_of => Statement(Key::All, 1),
        Rule::any_of => Statement(Key::Any, 1),
        Rule::at_least => Statement(Key::AtLeast, 2),
        Rule::counting_at_most => Statement(Key::CountingAtMost, 3),
        Rule::judgement => Statement(Key::Judgement, 0),

        Rule::defaults_block
        | Rule::issuer_block
        | Rule::scale_block
        | Rule::scale_level_block
        | Rule::framework_block
        | Rule::item_block
        | Rule::rubric_block
        | Rule::rubric_levels_block
        | Rule::criterion_block
        | Rule::credential_block
        | Rule::assessment_block
        | Rule::set_block
        | Rule::recognition_block
        | Rule::role_block
        | Rule::pathway_block
        | Rule::stage_block
        | Rule::crosswalk_block
        | Rule::expect_block
        | Rule::requirement_block
        | Rule::sum_block
        | Rule::in_issuer_block
        | Rule::in_scale_block
        | Rule::in_scale_level_block
        | Rule::in_framework_block
        | Rule::in_item_block
        | Rule::in_rubric_block
        | Rule::in_criterion_block
        | Rule::in_credential_block
        | Rule::in_assessment_block
        | Rule::in_set_block
        | Rule::in_recognition_block
        | Rule::in_role_block
        | Rule::in_pathway_block
        | Rule::in_stage_block
        | Rule::in_crosswalk_block
        | Rule::levels_in_block => Block,

        Rule::id | Rule::word => Argument(Shape::Id),
        Rule::path => Argument(Shape::Path),
        Rule::reference => Argument(Shape::Reference),
        Rule::iri => Argument(Shape::Iri),
        Rule::text => Argument(Shape::Text),
        Rule::number | Rule::edition => Argument(Shape::Number),
        Rule::quantity | Rule::share => Argument(Shape::Quantity),
        Rule::date => Argument(Shape::Date),

        Rule::as_word => Role::Word(Word::As),
        Rule::to_word => Role::Word(Word::To),
        Rule::through_word => Role::Word(Word::Through),
        Rule::matches_word => Role::Word(Word::Matches),
        Rule::weight_word => Role::Word(Word::Weight),
        Rule::alt_word => Role::Word(Word::Alt),
        Rule::at_word => Role::Word(Word::At),
        Rule::for_word => Role::Word(Word::For),
        Rule::one_word => Role::Word(Word::One),
        Rule::confidence_word => Role::Word(Word::Confidence),
        Rule::by_word => Role::Word(Word::By),
        Rule::because_word => Role::Word(Word::Because),
        Rule::identity_word => Role::Word(Word::Identity),
        Rule::checked_word => Role::Word(Word::Checked),
        Rule::level_word => Role::Word(Word::Level),
        Rule::all_word => Role::Word(Word::All),
        Rule::nothing_word => Role::Word(Word::Nothing),
        Rule::within_word => Role::Word(Word::Within),
        Rule::and_word => Role::Word(Word::And),
        Rule::least_word => Role::Word(Word::Least),
        Rule::passes_word => Role::Word(Word::Passes),
        Rule::once_word => Role::Word(Word::Once),
        Rule::has_no_match => Role::Word(Word::HasNoMatch),
        Rule::proposed_word => Role::Word(Word::Proposed),
        Rule::refused_word => Role::Word(Word::Refused),
        Rule::is_exactly => Verb(Word::IsExactly),
        Rule::is_close_to => Verb(Word::IsCloseTo),
        Rule::is_within => Verb(Word::IsWithin),
        Rule::covers => Verb(Word::Covers),
        Rule::relates_to => Verb(Word::RelatesTo),

        Rule::lenient_named
        | Rule::lenient_named_whole
        | Rule::lenient_group
        | Rule::lenient_choice_group
        | Rule::lenient_statement
        | Rule::lenient_choice_statement => Role::Keyworded,
        Rule::lenient_titled => Role::Titled,
        Rule::lenient_set => Statement(Key::Set, 1),
        Rule::lenient_stage => Statement(Key::Stage, 1),
        Rule::lenient_in => Statement(Key::In, 1),
        Rule::lenient_crosswalk => Statement(Key::Crosswalk, 1),
        Rule::lenient_expect => Statement(Key::Expect, 1),
        Rule::lenient_needs => Statement(Key::Needs, 1),
        Rule::lenient_any => Statement(Key::Any, 1),
        Rule::lenient_at_least => Statement(Key::AtLeast, 2),
        Rule::lenient_counting => Statement(Key::CountingAtMost, 3),
        Rule::lenient_block | Rule::lenient_choices => Block,
        Rule::lenient_rest => Role::Rest,
        Rule::bad_statement => Statement(Key::Bad, 0),
        Rule::bad_words => Role::BadWords,
        Rule::stray_brace => Role::StrayBrace,

        Rule::EOI
        | Rule::file
        | Rule::lenient_file
        | Rule::rest_of_line
        | Rule::iri_text
        | Rule::block_text
        | Rule::line_text => Nothing,
        // The silent rules, which make no pairs.
        _ => Nothing,
    }
}
