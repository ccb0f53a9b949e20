//! Rules that are found while reading and linking, before the floor of checks; their pages stand beside the others.

use super::{Rule, Severity};

macro_rules! rules {
    ($($(#[$doc:meta])* $constant:ident = $severity:ident $name:literal $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $constant: Rule = Rule { name: $name, severity: Severity::$severity, summary: $summary };
        )*
        /// All of them, sorted by name.
        pub static ALL: &[&Rule] = &[$(&$constant),*];
    };
}

rules! {
    ALLOW_UNKNOWN_RULE = Warning "allow/unknown-rule" "an `allow` comment names a rule that does not exist";
    ALLOW_UNUSED = Warning "allow/unused" "an `allow` comment whose rule finds nothing any more";
    ALLOW_WITHOUT_REASON = Error "allow/without-reason" "an `allow` comment that gives no reason";
    I18N_TRANSLATES_NOTHING = Warning "i18n/translates-nothing" "a translation of something that the original does not have";
    NAME_AMBIGUOUS = Error "name/ambiguous" "a name that could mean two things";
    NAME_DUPLICATE = Error "name/duplicate" "two declarations with the same id";
    NAME_MALFORMED = Error "name/malformed" "an id that is not written as ids are";
    NAME_RESERVED = Error "name/reserved" "an id that is a word of the language";
    NAME_SHADOWED = Warning "name/shadowed" "an id that hides another of the same spelling";
    NAME_UNDEFINED = Error "name/undefined" "a reference to something that is not declared";
    NAME_UNKNOWN_FRAMEWORK = Error "name/unknown-framework" "an external framework that is neither shipped nor in the project";
    NAME_UNUSED = Warning "name/unused" "a framework in `use`, a scale, rubric or set that nothing refers to";
    PROJECT_BAD_ACCEPTED_BREAK = Error "project/bad-accepted-break" "an entry of `accepted-breaks.yaml` that cannot be right";
    PROJECT_BAD_LOCK = Error "project/bad-lock" "a `gradus.lock` that cannot be read";
    PROJECT_BAD_PACK = Error "project/bad-pack" "a framework file of the project that cannot be right";
    PROJECT_BAD_SETTING = Error "project/bad-setting" "a setting of the project file that cannot be right";
    PROJECT_NO_FILE = Info "project/no-file" "a project without a project file";
    PROJECT_PACK_CHANGED = Warning "project/pack-changed" "a framework file or mapping table that is not the one that `gradus.lock` pins";
    PUBLISH_CHANGED_WITHOUT_VERSION = Error "publish/changed-without-version" "a released credential that changed what its earners rely on, without a new version";
    PUBLISH_ID_CHANGED = Warning "publish/id-changed" "an id changed without `formerly`: a published credential document would vanish";
    PUBLISH_MISSING_IMAGE = Error "publish/missing-image" "a picture that cannot be published: not there, too large, outside the project, or with a script in it";
    PUBLISH_RELEASED_DAMAGED = Error "publish/released-damaged" "documents of a released version that are missing or not those that were released";
    SYNTAX_BAD_ENCODING = Error "syntax/bad-encoding" "bytes that are not UTF-8 text";
    SYNTAX_BAD_STRING = Error "syntax/bad-string" "a text that is not closed, or an escape that cannot be read";
    SYNTAX_CONTROL_CHARACTER = Error "syntax/control-character" "a control character, which is no part of a text";
    SYNTAX_MISPLACED = Error "syntax/misplaced" "a statement in a place where it cannot stand";
    SYNTAX_MISSING = Error "syntax/missing" "an id, a text, a brace or a value that is missing";
    SYNTAX_REPEATED = Error "syntax/repeated" "a statement that may stand only once";
    SYNTAX_STRANGE_CHARACTER = Error "syntax/strange-character" "a character that is not seen, or is taken for another";
    SYNTAX_TOO_DEEP = Error "syntax/too-deep" "blocks inside blocks beyond the limit";
    SYNTAX_UNEXPECTED = Error "syntax/unexpected" "words that are not part of the language here";
    TYPE_BAD_DATE = Error "type/bad-date" "a date that is not a day of the calendar";
    TYPE_BAD_VALUE = Error "type/bad-value" "a word that is not one of the values possible here";
    TYPE_COUNTRY = Error "type/country" "a country code that is not in ISO 3166-1";
    TYPE_EMAIL = Error "type/email" "an email address that is not one";
    TYPE_IRI = Error "type/iri" "an address in angle brackets that is not an absolute IRI";
    TYPE_LANGUAGE = Error "type/language" "a language tag that is not well-formed";
    TYPE_OUT_OF_RANGE = Error "type/out-of-range" "a quantity outside what is possible";
    TYPE_UNIT = Error "type/unit" "a quantity in a unit that does not fit";
    TYPE_WRONG_KIND = Error "type/wrong-kind" "a reference to the wrong kind of thing";
    TYPE_WRONG_SCALE = Error "type/wrong-scale" "a level that is not of the scale used here";
}

/// Whether a rule stays an error whatever the project says: what cannot be read or resolved cannot be published.
#[must_use]
pub fn is_fixed(name: &str) -> bool {
    ALL.iter()
        .any(|rule| rule.name == name && rule.severity == Severity::Error)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted() {
        assert!(
            super::ALL
                .windows(2)
                .all(|pair| pair[0].name < pair[1].name)
        );
    }
}
