//! The kinds of change and how grave each is, for two readers. `docs/changes.md` shows this table; a test compares them.
//!
//! The learner on the way has begun, holds something and counts on what was promised. The holder has an issued badge, whose
//! documents say what it stands for. A change that a program cannot show to be harmless is called breaking: whoever
//! knows better says so in the file of accepted breaks, with a reason.

/// How grave a change is for a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Words or order only.
    Editorial,
    /// Something new or other, and nobody loses by it.
    Compatible,
    /// Somebody may lose what was promised.
    Breaking,
}

impl Grade {
    /// The word in every format.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Editorial => "editorial",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct ChangeRule {
    /// `change/…`; never used again for something else.
    pub name: &'static str,
    /// For the learner on the way.
    pub learner: Grade,
    /// For the holder of an issued badge.
    pub holder: Grade,
    /// What has changed, and why it is as grave as that.
    pub why: &'static str,
}

impl ChangeRule {
    /// The graver of the two grades.
    #[must_use]
    pub fn grade(&self) -> Grade {
        self.learner.max(self.holder)
    }
}

macro_rules! rules {
    ($($constant:ident = $name:literal $learner:ident $holder:ident $why:literal;)*) => {
        $(
            #[doc = $why]
            pub static $constant: ChangeRule = ChangeRule {
                name: $name, learner: Grade::$learner, holder: Grade::$holder, why: $why,
            };
        )*
        /// All of them, sorted by name.
        pub static ALL: &[&ChangeRule] = &[$(&$constant),*];
    };
}

rules! {
    ADDED = "change/added" Compatible Compatible "something is new";
    ADDRESS = "change/address-changed" Compatible Breaking "another address: links in issued badges lead to nothing";
    ADVICE = "change/advice-changed" Editorial Editorial "what is recommended beforehand; advice gates nothing";
    ASSESSED_ADDED = "change/assessed-added" Breaking Breaking "more is assessed: more to show, and issued badges would claim what was not assessed";
    ASSESSED_LEVEL = "change/assessed-level-changed" Breaking Breaking "a skill is assessed at another level: issued badges would claim another one";
    ASSESSED_REMOVED = "change/assessed-removed" Compatible Breaking "less is assessed: issued badges no longer prove it";
    ASSESSMENT_ADDED = "change/assessment-added" Breaking Compatible "one more assessment to pass";
    ASSESSMENT_CHANGED = "change/assessment-changed" Breaking Compatible "kind, evidence, weight, supervision or rubric of an assessment: what was prepared may not do";
    ASSESSMENT_REMOVED = "change/assessment-removed" Compatible Compatible "one assessment less to pass";
    AWARD_REMOVED = "change/award-removed" Breaking Compatible "a pathway no longer leads to a credential, or no longer awards it on the way; the credential itself is graded by itself";
    AWARDED_BY = "change/awarded-by-changed" Compatible Breaking "another issuer or another way to decide: issued badges would name the wrong one";
    BASE = "change/base-changed" Compatible Breaking "another base: every address is another one, and links in issued badges lead to nothing";
    BEGIN_NARROWED = "change/begin-narrowed" Breaking Compatible "not everyone may begin who could";
    BEGIN_WIDENED = "change/begin-widened" Compatible Compatible "more may begin";
    COUNTS_LESS = "change/counts-less" Breaking Breaking "counts for less toward something larger, or no longer";
    COUNTS_MORE = "change/counts-more" Compatible Compatible "counts for more toward something larger";
    CREDIT_CHANGED = "change/credit-changed" Breaking Breaking "credit in another unit, which cannot be compared";
    CREDIT_LOWERED = "change/credit-lowered" Breaking Breaking "fewer credits than were promised, or none";
    CREDIT_RAISED = "change/credit-raised" Compatible Compatible "more credits";
    CRITERIA = "change/criteria-changed" Breaking Breaking "the criteria in words; nobody but a person can tell whether they ask the same";
    DETAILS = "change/details-changed" Compatible Compatible "code, version, field, mode, quality, occupations, contact and the like";
    GRANT_ADDED = "change/grant-added" Compatible Compatible "a recognition grants more";
    GRANT_REMOVED = "change/grant-removed" Breaking Compatible "a recognition no longer grants something";
    JUDGEMENT = "change/judgement-changed" Breaking Compatible "a judgement in words; nobody but a person can tell whether it asks the same";
    KIND = "change/kind-changed" Breaking Breaking "another kind of credential or item";
    LANGUAGE_ADDED = "change/language-added" Compatible Compatible "published in one more language";
    LANGUAGE_REMOVED = "change/language-removed" Breaking Breaking "no longer published in a language: whoever reads in it finds nothing new there; what was released stays";
    LEVEL = "change/level-changed" Breaking Breaking "another level: issued badges would claim another one";
    LEVELS_REORDERED = "change/levels-reordered" Breaking Breaking "levels of a scale or rubric stand in another order, are other public levels, or give other points";
    MAIN_LANGUAGE = "change/main-language-changed" Compatible Breaking "another main language: the addresses that issued badges name hold texts in another language";
    MAPPING_ADDED = "change/mapping-added" Compatible Compatible "mapped to something more";
    MAPPING_CHANGED = "change/mapping-changed" Compatible Breaking "another relation to the same target";
    MAPPING_REMOVED = "change/mapping-removed" Compatible Breaking "no longer mapped: whoever reads badges in the terms of the other framework misses it";
    MOVED = "change/moved" Compatible Compatible "stands in another place of its framework";
    OUTCOMES = "change/outcomes-changed" Compatible Compatible "what is taught, introduced or reinforced";
    OUTPUT_ADDED = "change/output-added" Compatible Compatible "published in one more form";
    OUTPUT_REMOVED = "change/output-removed" Compatible Breaking "no longer published in a form: programs that read badges or tables in it find nothing new; what was released stays";
    PASS = "change/pass-mark-changed" Breaking Compatible "another form of pass mark";
    PASS_LOWERED = "change/pass-mark-lowered" Compatible Compatible "less is enough to pass";
    PASS_RAISED = "change/pass-mark-raised" Breaking Compatible "more is needed to pass";
    REMOVED = "change/removed" Breaking Breaking "something is no longer there, and nothing has taken over its id";
    RENAMED = "change/renamed" Compatible Compatible "another id, with `formerly`: addresses stay";
    RENEWAL_NARROWED = "change/renewal-narrowed" Compatible Breaking "not everyone can renew who could";
    RENEWAL_WIDENED = "change/renewal-widened" Compatible Compatible "more can renew";
    REPLACED = "change/replaced" Compatible Compatible "a status or successor is stated; what was earned stays earned";
    REQUIREMENT_CHANGED = "change/requirement-changed" Breaking Compatible "some are accepted who were not, some are not who were";
    REQUIREMENT_NARROWED = "change/requirement-narrowed" Breaking Compatible "some who were accepted are not";
    REQUIREMENT_REWRITTEN = "change/requirement-rewritten" Editorial Editorial "said in other words; exactly the same learners are accepted";
    REQUIREMENT_UNDECIDED = "change/requirement-undecided" Breaking Compatible "too large to be decided within the limits";
    REQUIREMENT_WIDENED = "change/requirement-widened" Compatible Compatible "everyone who was accepted still is, and more are";
    REWORDED = "change/reworded" Editorial Editorial "names, descriptions, tags, pictures, translations";
    RUBRIC = "change/rubric-changed" Breaking Compatible "criteria, weights or levels of a rubric: what was enough may not be";
    SET_CHANGED = "change/set-changed" Compatible Compatible "members of a set; what follows is graded where the set is used";
    STAGE = "change/stage-changed" Compatible Compatible "stages order a pathway for the reader; what it asks as a whole is graded by itself";
    STATEMENT = "change/statement-changed" Compatible Compatible "what someone can do, knows or understands, in other words";
    UNAVAILABLE = "change/unavailable" Breaking Compatible "a credential was on offer and is a draft or deprecated now";
    UNIT = "change/unit-changed" Breaking Breaking "a unit of credit stands for other hours, or is no longer declared: credits that were promised mean something else";
    VALIDITY = "change/validity-changed" Breaking Breaking "valid from now on in another form, or for a limited time where it was not";
    VALIDITY_LONGER = "change/validity-longer" Compatible Compatible "valid for longer";
    VALIDITY_SHORTER = "change/validity-shorter" Breaking Breaking "valid for a shorter time";
    WORKLOAD_CHANGED = "change/workload-changed" Compatible Compatible "workload in another unit, newly stated or no longer stated";
    WORKLOAD_LOWERED = "change/workload-lowered" Compatible Compatible "less work";
    WORKLOAD_RAISED = "change/workload-raised" Breaking Compatible "more work than was promised";
}

/// The rule of a name.
#[must_use]
pub fn find(name: &str) -> Option<&'static ChangeRule> {
    ALL.iter().find(|rule| rule.name == name).copied()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_list_is_sorted() {
        let names: Vec<&str> = super::ALL.iter().map(|rule| rule.name).collect();
        assert!(names.is_sorted_by(|one, other| one < other), "{names:#?}");
    }
}
