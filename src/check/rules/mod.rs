//! The list of rules, sorted by name.
//!
//! Each line names a module of this folder and with it the page beside it. The first word says what the function reads, and so
//! when it runs: `checked` ones read the project, `piecewise` ones each declaration for itself and ask the context for those
//! of a piece, `graphed` ones the graph, too, `chained` ones what chains of mappings contradict. `early` ones have no
//! function: they are found while reading and linking, and stand under their name in [`crate::diag::early`].

use super::{Entry, Reads};

macro_rules! rules {
    ($($how:ident $module:ident $(= $constant:ident)?;)*) => {
        $(rules!(@module $how $module);)*

        /// Every rule there is, sorted by name.
        pub static RULES: &[Entry] = &[
            $(rules!(@entry $how $module $($constant)?),)*
        ];
    };
    (@module early $module:ident) => {};
    (@module $how:ident $module:ident) => { mod $module; };
    (@reads checked) => { Reads::Project };
    (@reads piecewise) => { Reads::Piece };
    (@reads graphed) => { Reads::Graph };
    (@reads chained) => { Reads::Chains };
    (@entry early $module:ident $constant:ident) => {
        Entry {
            rule: &crate::diag::early::$constant,
            page: include_str!(concat!(stringify!($module), ".md")),
            check: None,
        }
    };
    (@entry $how:ident $module:ident) => {
        Entry {
            rule: &$module::RULE,
            page: include_str!(concat!(stringify!($module), ".md")),
            check: Some((rules!(@reads $how), $module::check)),
        }
    };
}

rules! {
    early allow_unknown_rule = ALLOW_UNKNOWN_RULE;
    early allow_unused = ALLOW_UNUSED;
    early allow_without_reason = ALLOW_WITHOUT_REASON;
    piecewise credential_assessed_above_taught;
    piecewise credential_assessed_not_taught;
    checked credential_credit_below_parts;
    piecewise credential_deprecated_skill;
    piecewise credential_deprecated_without_replacement;
    piecewise credential_expires_without_replacement;
    piecewise credential_level_below_prerequisite;
    piecewise credential_level_on_last_only;
    checked credential_no_criteria;
    piecewise credential_no_evidence;
    checked credential_no_image_text;
    checked credential_no_issuer;
    piecewise credential_no_level;
    piecewise credential_no_workload;
    piecewise credential_nothing_assessed;
    piecewise credential_pass_mark_met_by_all;
    piecewise credential_pass_mark_unreachable;
    piecewise credential_points_without_rubric;
    checked credential_replaced_but_active;
    checked credential_requires_deprecated;
    piecewise credential_taught_not_assessed;
    piecewise credential_unsuitable_image;
    piecewise credential_validity_without_renewal;
    piecewise credential_weights_do_not_add_up;
    piecewise credential_workload_does_not_fit_credit;
    checked crosswalk_below_coverage_floor;
    checked crosswalk_both_ways;
    chained crosswalk_broader_in_a_circle;
    checked crosswalk_duplicate_pair;
    checked crosswalk_exact_across_parent_child;
    chained crosswalk_exact_and_broader;
    chained crosswalk_exact_through_chain;
    checked crosswalk_label_drift;
    chained crosswalk_no_match_but_chained;
    checked crosswalk_no_match_but_mapped;
    checked crosswalk_proposed;
    checked crosswalk_target_not_in_framework;
    checked crosswalk_two_exact_matches;
    checked crosswalk_unknown_code;
    checked crosswalk_unmapped_item;
    checked crosswalk_withdrawn_code;
    checked expectation_contradiction;
    checked expectation_empty;
    checked expectation_repeated;
    checked framework_builds_on_parent;
    checked framework_duplicate_statement;
    checked framework_empty_area;
    checked framework_level_gap;
    piecewise framework_no_statement;
    checked framework_scale_order;
    piecewise framework_statement_without_verb;
    checked framework_unassessed_skill;
    graphed graph_prerequisite_cycle;
    graphed graph_replacement_cycle;
    graphed graph_self_requirement;
    graphed graph_set_cycle;
    graphed graph_skill_cycle;
    graphed graph_unreachable_credential;
    piecewise i18n_missing_translation;
    early i18n_translates_nothing = I18N_TRANSLATES_NOTHING;
    piecewise i18n_unknown_language;
    early name_ambiguous = NAME_AMBIGUOUS;
    early name_duplicate = NAME_DUPLICATE;
    early name_malformed = NAME_MALFORMED;
    early name_reserved = NAME_RESERVED;
    early name_shadowed = NAME_SHADOWED;
    early name_undefined = NAME_UNDEFINED;
    early name_unknown_framework = NAME_UNKNOWN_FRAMEWORK;
    checked name_unused;
    checked pathway_asked_twice;
    graphed pathway_award_not_earned;
    graphed pathway_cap_without_effect;
    graphed pathway_counted_once_conflict;
    graphed pathway_dead_branch;
    checked pathway_double_counting;
    graphed pathway_empty_set;
    checked pathway_empty_stage;
    checked pathway_impossible_choice;
    checked pathway_leads_nowhere;
    graphed pathway_needs_from_outside;
    checked pathway_no_choice;
    graphed pathway_not_in_pathway;
    graphed pathway_redundant_requirement;
    graphed pathway_stage_cycle;
    graphed pathway_stage_out_of_order;
    graphed pathway_threshold_out_of_reach;
    graphed pathway_unreachable_stage;
    early project_bad_accepted_break = PROJECT_BAD_ACCEPTED_BREAK;
    early project_bad_lock = PROJECT_BAD_LOCK;
    early project_bad_pack = PROJECT_BAD_PACK;
    early project_bad_setting = PROJECT_BAD_SETTING;
    early project_no_file = PROJECT_NO_FILE;
    early project_pack_changed = PROJECT_PACK_CHANGED;
    piecewise prose_hidden_character;
    piecewise prose_over_long_statement;
    piecewise prose_placeholder_text;
    checked prose_repeated_name;
    piecewise prose_repeated_verb;
    piecewise prose_unmeasurable_verb;
    checked publish_address_collision;
    early publish_changed_without_version = PUBLISH_CHANGED_WITHOUT_VERSION;
    early publish_id_changed = PUBLISH_ID_CHANGED;
    checked publish_id_reused;
    checked publish_iri_duplicate;
    checked publish_issuer_incomplete;
    early publish_missing_image = PUBLISH_MISSING_IMAGE;
    checked publish_no_licence;
    early publish_released_damaged = PUBLISH_RELEASED_DAMAGED;
    checked publish_unservable_iri;
    checked quality_australia_standard_not_met;
    checked quality_emc_requirement_not_met;
    checked quality_eu_element_missing;
    checked quality_new_zealand_requirement_not_met;
    checked quality_unesco_element_missing;
    graphed role_unassessed_need;
    early syntax_bad_encoding = SYNTAX_BAD_ENCODING;
    early syntax_bad_string = SYNTAX_BAD_STRING;
    early syntax_control_character = SYNTAX_CONTROL_CHARACTER;
    early syntax_misplaced = SYNTAX_MISPLACED;
    early syntax_missing = SYNTAX_MISSING;
    early syntax_repeated = SYNTAX_REPEATED;
    early syntax_strange_character = SYNTAX_STRANGE_CHARACTER;
    early syntax_too_deep = SYNTAX_TOO_DEEP;
    early syntax_unexpected = SYNTAX_UNEXPECTED;
    early type_bad_date = TYPE_BAD_DATE;
    early type_bad_value = TYPE_BAD_VALUE;
    early type_country = TYPE_COUNTRY;
    early type_email = TYPE_EMAIL;
    early type_iri = TYPE_IRI;
    early type_language = TYPE_LANGUAGE;
    early type_out_of_range = TYPE_OUT_OF_RANGE;
    early type_unit = TYPE_UNIT;
    early type_wrong_kind = TYPE_WRONG_KIND;
    early type_wrong_scale = TYPE_WRONG_SCALE;
}
