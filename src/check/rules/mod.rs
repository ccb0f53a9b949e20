//! The list of rules, sorted by name.

use super::Entry;
use crate::diag::early;

mod credential_assessed_above_taught;
mod credential_assessed_not_taught;
mod credential_credit_below_parts;
mod credential_deprecated_skill;
mod credential_deprecated_without_replacement;
mod credential_expires_without_replacement;
mod credential_level_below_prerequisite;
mod credential_no_criteria;
mod credential_no_evidence;
mod credential_no_image_text;
mod credential_no_issuer;
mod credential_no_level;
mod credential_no_workload;
mod credential_nothing_assessed;
mod credential_pass_mark_met_by_all;
mod credential_pass_mark_unreachable;
mod credential_replaced_but_active;
mod credential_requires_deprecated;
mod credential_taught_not_assessed;
mod credential_unsuitable_image;
mod credential_validity_without_renewal;
mod credential_weights_do_not_add_up;
mod credential_workload_does_not_fit_credit;
mod crosswalk_below_coverage_floor;
mod crosswalk_both_ways;
mod crosswalk_duplicate_pair;
mod crosswalk_exact_across_parent_child;
mod crosswalk_label_drift;
mod crosswalk_no_match_but_mapped;
mod crosswalk_target_not_in_framework;
mod crosswalk_two_exact_matches;
mod crosswalk_unknown_code;
mod crosswalk_unmapped_item;
mod crosswalk_withdrawn_code;
mod framework_builds_on_parent;
mod framework_duplicate_statement;
mod framework_empty_area;
mod framework_level_gap;
mod framework_no_statement;
mod framework_scale_order;
mod framework_statement_without_verb;
mod framework_unassessed_skill;
mod i18n_missing_translation;
mod i18n_unknown_language;
mod name_unused;
mod prose_over_long_statement;
mod prose_placeholder_text;
mod prose_repeated_name;
mod prose_repeated_verb;
mod prose_unmeasurable_verb;
mod publish_address_collision;
mod publish_base_missing;
mod publish_base_not_https;
mod publish_id_reused;
mod publish_iri_duplicate;
mod publish_issuer_incomplete;
mod publish_no_licence;

/// A rule with a check: its module, whose page stands beside it.
macro_rules! checked {
    ($module:ident) => {
        Entry {
            rule: &$module::RULE,
            page: include_str!(concat!(stringify!($module), ".md")),
            check: Some($module::check),
        }
    };
}

/// A rule that reading or linking finds: its constant and its page.
macro_rules! early {
    ($rule:ident, $page:literal) => {
        Entry {
            rule: &early::$rule,
            page: include_str!($page),
            check: None,
        }
    };
}

/// Every rule there is, sorted by name.
pub static RULES: &[Entry] = &[
    early!(ALLOW_UNKNOWN_RULE, "allow_unknown_rule.md"),
    early!(ALLOW_UNUSED, "allow_unused.md"),
    early!(ALLOW_WITHOUT_REASON, "allow_without_reason.md"),
    checked!(credential_assessed_above_taught),
    checked!(credential_assessed_not_taught),
    checked!(credential_credit_below_parts),
    checked!(credential_deprecated_skill),
    checked!(credential_deprecated_without_replacement),
    checked!(credential_expires_without_replacement),
    checked!(credential_level_below_prerequisite),
    checked!(credential_no_criteria),
    checked!(credential_no_evidence),
    checked!(credential_no_image_text),
    checked!(credential_no_issuer),
    checked!(credential_no_level),
    checked!(credential_no_workload),
    checked!(credential_nothing_assessed),
    checked!(credential_pass_mark_met_by_all),
    checked!(credential_pass_mark_unreachable),
    checked!(credential_replaced_but_active),
    checked!(credential_requires_deprecated),
    checked!(credential_taught_not_assessed),
    checked!(credential_unsuitable_image),
    checked!(credential_validity_without_renewal),
    checked!(credential_weights_do_not_add_up),
    checked!(credential_workload_does_not_fit_credit),
    checked!(crosswalk_below_coverage_floor),
    checked!(crosswalk_both_ways),
    checked!(crosswalk_duplicate_pair),
    checked!(crosswalk_exact_across_parent_child),
    checked!(crosswalk_label_drift),
    checked!(crosswalk_no_match_but_mapped),
    checked!(crosswalk_target_not_in_framework),
    checked!(crosswalk_two_exact_matches),
    checked!(crosswalk_unknown_code),
    checked!(crosswalk_unmapped_item),
    checked!(crosswalk_withdrawn_code),
    checked!(framework_builds_on_parent),
    checked!(framework_duplicate_statement),
    checked!(framework_empty_area),
    checked!(framework_level_gap),
    checked!(framework_no_statement),
    checked!(framework_scale_order),
    checked!(framework_statement_without_verb),
    checked!(framework_unassessed_skill),
    checked!(i18n_missing_translation),
    checked!(i18n_unknown_language),
    early!(NAME_AMBIGUOUS, "name_ambiguous.md"),
    early!(NAME_DUPLICATE, "name_duplicate.md"),
    early!(NAME_RESERVED, "name_reserved.md"),
    early!(NAME_SHADOWED, "name_shadowed.md"),
    early!(NAME_UNDEFINED, "name_undefined.md"),
    early!(NAME_UNKNOWN_FRAMEWORK, "name_unknown_framework.md"),
    checked!(name_unused),
    early!(PROJECT_BAD_SETTING, "project_bad_setting.md"),
    early!(PROJECT_NO_FILE, "project_no_file.md"),
    checked!(prose_over_long_statement),
    checked!(prose_placeholder_text),
    checked!(prose_repeated_name),
    checked!(prose_repeated_verb),
    checked!(prose_unmeasurable_verb),
    checked!(publish_address_collision),
    checked!(publish_base_missing),
    checked!(publish_base_not_https),
    checked!(publish_id_reused),
    checked!(publish_iri_duplicate),
    checked!(publish_issuer_incomplete),
    checked!(publish_no_licence),
    early!(SYNTAX_BAD_ENCODING, "syntax_bad_encoding.md"),
    early!(SYNTAX_BAD_STRING, "syntax_bad_string.md"),
    early!(SYNTAX_MISPLACED, "syntax_misplaced.md"),
    early!(SYNTAX_MISSING, "syntax_missing.md"),
    early!(SYNTAX_REPEATED, "syntax_repeated.md"),
    early!(SYNTAX_TOO_DEEP, "syntax_too_deep.md"),
    early!(SYNTAX_UNEXPECTED, "syntax_unexpected.md"),
    early!(TYPE_BAD_DATE, "type_bad_date.md"),
    early!(TYPE_BAD_VALUE, "type_bad_value.md"),
    early!(TYPE_COUNTRY, "type_country.md"),
    early!(TYPE_EMAIL, "type_email.md"),
    early!(TYPE_IRI, "type_iri.md"),
    early!(TYPE_LANGUAGE, "type_language.md"),
    early!(TYPE_OUT_OF_RANGE, "type_out_of_range.md"),
    early!(TYPE_UNIT, "type_unit.md"),
    early!(TYPE_WRONG_KIND, "type_wrong_kind.md"),
    early!(TYPE_WRONG_SCALE, "type_wrong_scale.md"),
];
