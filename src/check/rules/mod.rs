//! The list of rules, sorted by name.
//!
//! Each line names a module of this folder and with it the page beside it. `checked` rules have a function; `early` ones
//! are found while reading and linking, and stand under their name in [`crate::diag::early`].

use super::Entry;

macro_rules! rules {
    ($($how:ident $module:ident $(= $constant:ident)?;)*) => {
        $(rules!(@module $how $module);)*

        /// Every rule there is, sorted by name.
        pub static RULES: &[Entry] = &[
            $(rules!(@entry $how $module $($constant)?),)*
        ];
    };
    (@module checked $module:ident) => { mod $module; };
    (@module early $module:ident) => {};
    (@entry checked $module:ident) => {
        Entry {
            rule: &$module::RULE,
            page: include_str!(concat!(stringify!($module), ".md")),
            check: Some($module::check),
        }
    };
    (@entry early $module:ident $constant:ident) => {
        Entry {
            rule: &crate::diag::early::$constant,
            page: include_str!(concat!(stringify!($module), ".md")),
            check: None,
        }
    };
}

rules! {
    checked graph_prerequisite_cycle;
    checked graph_replacement_cycle;
    checked graph_self_requirement;
    checked graph_set_cycle;
    checked graph_skill_cycle;
    checked graph_unreachable_credential;
    checked pathway_asked_twice;
    checked pathway_award_not_earned;
    checked pathway_cap_without_effect;
    checked pathway_counted_once_conflict;
    checked pathway_dead_branch;
    checked pathway_double_counting;
    checked pathway_empty_stage;
    checked pathway_impossible_choice;
    checked pathway_leads_nowhere;
    checked pathway_no_choice;
    checked pathway_not_in_pathway;
    checked pathway_redundant_requirement;
    checked pathway_stage_cycle;
    checked pathway_stage_out_of_order;
    checked pathway_threshold_out_of_reach;
    checked pathway_unreachable_stage;
}
