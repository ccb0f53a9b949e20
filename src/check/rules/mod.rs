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
    checked graph_self_requirement;
}
