//! The words of the language: which keyword is which construct, and what has to follow it.
//!
//! The grammar says the same in its own way. This table serves what is not right: naming what is missing and guessing at a
//! misspelt word.

use super::placement::{Context, may_stand, members};
use super::tree::Key;

/// A kind of argument that a keyword wants, for saying what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    Id,
    /// A text that is a name.
    Name,
    Text,
    Reference,
    Path,
    Number,
    Quantity,
    Iri,
    Date,
    /// A language tag or a country.
    Tag,
    /// One of the two: a text or an IRI, a text or an id.
    Either(&'static Self, &'static Self),
    /// A word of the language.
    Word(&'static str),
    /// A block follows.
    Block,
}

/// A keyword as one construct.
#[derive(Debug)]
pub(super) struct Keyword {
    /// Its words, with single blanks.
    pub phrase: &'static str,
    /// The construct.
    pub key: Key,
    /// What has to follow, up to where the parts become optional.
    pub wants: &'static [Want],
    /// How it is written, for help.
    pub usage: &'static str,
}

use Want::{
    Block, Date, Either, Id, Iri, Name, Number, Path, Quantity, Reference, Tag, Text, Word,
};

macro_rules! keywords {
    ($($phrase:literal $key:ident [$($want:expr),*] $usage:literal;)*) => {
        /// Every keyword but the kinds of items and credentials.
        pub(super) static KEYWORDS: &[Keyword] = &[
            $(Keyword { phrase: $phrase, key: Key::$key, wants: &[$($want),*], usage: $usage },)*
        ];
    };
}

keywords! {
    "about" About [Text] r#"about "what it is""#;
    "after" After [Path] "after first-stage, second-stage";
    "all" All [Block] "all { a  b }";
    "alongside" Alongside [Block] "alongside { credential }";
    "alt" Alt [Text] r#"alt "what the image shows""#;
    "any" Any [Block] "any 2 of { a  b  c }";
    "assesses" Assesses [Path] "assesses framework.area.skill at level";
    "assessment" Assessment [Id, Name] r#"assessment id "Name" { … }"#;
    "at least" AtLeast [Quantity, Word("from"), Block] "at least 6 ects from { a  b }";
    "awarded by" AwardedBy [Id] "awarded by assessor";
    "awards" Awards [Reference] "awards credential";
    "builds on" BuildsOn [Either(&Reference, &Text)] "builds on other.skill";
    "by" By [Reference] "by issuer";
    "can" Can [Text] r#"can "do something""#;
    "cannot reach" CannotReach [Reference] "cannot reach credential";
    "code" Code [Text] r#"code "A1""#;
    "counting at most" CountingAtMost [Quantity, Word("from"), Block] "counting at most 3 ects from { a  b }";
    "counts toward" CountsToward [Path] "counts toward credential for 6 ects";
    "country" Country [Tag] "country AU";
    "coverage of" CoverageOf [Path, Word("at"), Word("least"), Quantity] "coverage of framework at least 90%";
    "covers" Mapping [Reference] r#"covers framework:code "Label""#;
    "credit" Credit [Quantity] "credit 3 ects";
    "criteria" Criteria [Text] r#"criteria "what is asked""#;
    "criterion" Criterion [Id, Name] r#"criterion id "Name" { … }"#;
    "crosswalk" Crosswalk [Path, Word("to"), Reference] "crosswalk framework to other { … }";
    "defaults" Defaults [Block] "defaults { … }";
    "email" Email [Text] r#"email "name@example.org""#;
    "every route to" EveryRoute [Reference, Word("passes"), Reference] "every route to a passes b";
    "evidence" Evidence [Id, Text] r#"evidence artefact "what is handed in""#;
    "except" Except [Path] "except a, b";
    "expect" Expect [Text] r#"expect "what is promised" { … }"#;
    "field" Field [Reference] "field isced-f:0612";
    "for" For [Reference] "for role";
    "formerly" Formerly [Id] "formerly old-id";
    "framework" Framework [Id, Name] r#"framework id "Name" { … }"#;
    "from" From [Either(&Iri, &Text)] "from <https://…>";
    "given" Given [Reference] "given nothing";
    "grants" Grants [Reference] "grants credential";
    "image" Image [Text] r#"image "images/a.svg" alt "what it shows""#;
    "in" In [Tag, Block] "in fr { … }";
    "introduces" Introduces [Path] "introduces framework.area.skill";
    "iri" Iri [Iri] "iri <https://…>";
    "is close to" Mapping [Reference] r#"is close to framework:code "Label""#;
    "is exactly" Mapping [Reference] r#"is exactly framework:code "Label""#;
    "is within" Mapping [Reference] r#"is within framework:code "Label""#;
    "issuer" Issuer [Id, Name] r#"issuer id "Name" { … }"#;
    "kind" AssessmentKind [Id] "kind portfolio";
    "knows" Knows [Text] r#"knows "a fact""#;
    "language" Language [Tag] "language en";
    "leads to" LeadsTo [Reference] "leads to credential";
    "level" Level [Reference] "level eqf:5";
    "levels" RubricLevels [Block] r#"levels { low 0 "Low"  high 1 "High" }"#;
    "licence" Licence [Iri] r#"licence <https://…> "Name""#;
    "mode" Mode [Id] "mode blended";
    "name" Name [Name] r#"name "Name""#;
    "needs" Needs [Reference] "needs skill framework.area.skill at level";
    "open to" OpenTo [Text] r#"open to "who may apply""#;
    "participation" Participation [Either(&Text, &Id)] r#"participation "two evenings a week""#;
    "pass" Pass [Quantity] "pass 60%";
    "pathway" Pathway [Id, Name] r#"pathway id "Name" { … }"#;
    "phone" Phone [Text] r#"phone "+61 2 5550 0000""#;
    "prior learning" PriorLearning [Text] r#"prior learning "how it is recognized""#;
    "quality by" Quality [Either(&Iri, &Text)] r#"quality by <https://…> "Agency""#;
    "reach" Reach [Reference] "reach credential within 30 ects";
    "recognition" Recognition [Id, Name] r#"recognition id "Name" { … }"#;
    "recommends" Recommends [Block] "recommends { credential }";
    "reinforces" Reinforces [Path] "reinforces framework.area.skill";
    "relates to" Mapping [Reference] r#"relates to framework:code "Label""#;
    "renew" Renew [Block] "renew { credential }";
    "replaced by" ReplacedBy [Reference] "replaced by other";
    "requires" Requires [Block] "requires { credential }";
    "role" Role [Id, Name] r#"role id "Name" { … }"#;
    "rubric" Rubric [Id, Name] r#"rubric id "Name" { … }"#;
    "rubric" UsesRubric [Path] "rubric id";
    "scale" Scale [Id, Name] r#"scale id "Name" { … }"#;
    "scale" UsesScale [Path] "scale id";
    "set" Set [Id, Block] "set id { a  b }";
    "skill" HoldsSkill [Path] "skill framework.area.skill at level";
    "stacks" Stacks [Block] "stacks { a  b }";
    "stage" Stage [Id, Name] r#"stage id "Name" { … }"#;
    "status" Status [Id] "status draft";
    "supervision" Supervision [Id] "supervision onsite, identity checked";
    "tags" Tags [Text] r#"tags "one", "two""#;
    "teaches" Teaches [Path] "teaches framework.area.skill at level";
    "text" TextAs [Text, Word("as"), Text] r#"text "original" as "translation""#;
    "understands" Understands [Text] r#"understands "an idea""#;
    "url" Url [Iri] "url <https://…>";
    "use" Use [Id] "use framework 1.0";
    "valid for" ValidFor [Quantity] "valid for 36 months";
    "valid until" ValidUntil [Date] "valid until 2030-12-31";
    "version" Version [Text] r#"version "1.0""#;
    "weight" Weight [Number] "weight 2";
    "workload" Workload [Quantity] "workload 25 hours";
}

/// The kinds of items in a framework.
pub(super) static ITEM_KINDS: &[&str] = &["area", "attitude", "competency", "knowledge", "skill"];

/// The kinds of credentials, one for each achievement type of Open Badges 3.0.
pub(super) static CREDENTIAL_KINDS: &[&str] = &[
    "achievement",
    "apprenticeship-certificate",
    "assessment",
    "assignment",
    "associate-degree",
    "award",
    "bachelor-degree",
    "badge",
    "certificate",
    "certificate-of-completion",
    "certification",
    "co-curricular",
    "community-service",
    "competency",
    "course",
    "degree",
    "diploma",
    "doctoral-degree",
    "fieldwork",
    "general-education-development",
    "journeyman-certificate",
    "learning-program",
    "license",
    "master-certificate",
    "master-degree",
    "membership",
    "micro-credential",
    "professional-doctorate",
    "quality-assurance-credential",
    "research-doctorate",
    "secondary-school-diploma",
];

static ITEM: Keyword = Keyword {
    phrase: "skill",
    key: Key::Item,
    wants: &[Id, Name],
    usage: r#"skill id "Name" { … }"#,
};

static CREDENTIAL: Keyword = Keyword {
    phrase: "badge",
    key: Key::Credential,
    wants: &[Id, Name],
    usage: r#"badge id "Name" { … }"#,
};

/// The keyword that a text starts with, as the construct that it is in this place: its entry and where it ends.
pub(super) fn at(text: &str, context: Context) -> Option<(&'static Keyword, usize)> {
    let mut best: Option<(&'static Keyword, usize)> = None;
    let mut consider = |keyword: &'static Keyword, end: usize| {
        let better = best.is_none_or(|(known, known_end)| {
            end > known_end
                || end == known_end
                    && !may_stand(context, known.key)
                    && may_stand(context, keyword.key)
        });
        if better {
            best = Some((keyword, end));
        }
    };
    let first = word(text, 0);
    let letter = first.bytes().next()?;
    if ITEM_KINDS.contains(&first) {
        consider(&ITEM, first.len());
    }
    if CREDENTIAL_KINDS.contains(&first) {
        consider(&CREDENTIAL, first.len());
    }
    for keyword in KEYWORDS
        .iter()
        .filter(|keyword| keyword.phrase.as_bytes().first() == Some(&letter))
    {
        if let Some(end) = phrase_end(text, keyword.phrase) {
            consider(keyword, end);
        }
    }
    best
}

/// The entry of a construct with one keyword.
pub(super) fn of(key: Key) -> Option<&'static Keyword> {
    match key {
        Key::Item => Some(&ITEM),
        Key::Credential => Some(&CREDENTIAL),
        _ => KEYWORDS.iter().find(|keyword| keyword.key == key),
    }
}

/// The keywords (their first words) that may begin a statement in a place.
pub(super) fn possible(context: Context) -> Vec<&'static str> {
    let mut words: Vec<&'static str> = Vec::new();
    for &key in members(context) {
        match key {
            Key::Item => words.extend(ITEM_KINDS),
            Key::Credential => words.extend(CREDENTIAL_KINDS),
            _ => words.extend(
                KEYWORDS
                    .iter()
                    .filter(|keyword| keyword.key == key)
                    .filter_map(|keyword| keyword.phrase.split(' ').next()),
            ),
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether a keyword begins with a word, in whatever place.
pub(super) fn is_first(word: &str) -> bool {
    let mut phrases = KEYWORDS.iter().map(|keyword| keyword.phrase);
    ITEM_KINDS.contains(&word)
        || CREDENTIAL_KINDS.contains(&word)
        || phrases.any(|phrase| phrase.split(' ').next() == Some(word))
}

/// The kebab-case word at an offset.
pub(super) fn word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let end = rest
        .bytes()
        .position(|byte| !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'))
        .unwrap_or(rest.len());
    &rest[..end]
}

fn phrase_end(text: &str, phrase: &str) -> Option<usize> {
    let mut end = 0;
    for (index, expected) in phrase.split(' ').enumerate() {
        if index > 0 {
            end = super::lower::skip_blanks(text.as_bytes(), end);
        }
        if word(text, end) != expected {
            return None;
        }
        end += expected.len();
    }
    Some(end)
}

/// A keyword of several words that a text begins with but does not finish.
pub(super) struct Unfinished {
    /// The phrases that begin so and may stand here.
    pub phrases: Vec<&'static str>,
    /// Which of their words is not as it should be.
    pub word: usize,
    /// The end of the words that are right.
    pub right: usize,
    /// The word that stands there instead; empty if it is something else.
    pub found: (usize, usize),
}

/// Looks for a keyword of several words that a text begins with but does not finish.
pub(super) fn unfinished(text: &str, context: Context) -> Option<Unfinished> {
    let mut phrases: Vec<&'static str> = KEYWORDS
        .iter()
        .filter(|keyword| may_stand(context, keyword.key) && keyword.phrase.contains(' '))
        .map(|keyword| keyword.phrase)
        .collect();
    let (mut at, mut right, mut words) = (0, 0, 0);
    loop {
        let start = super::fit::skip_line_blanks(text, at);
        let found = word(text, start);
        let fitting: Vec<&'static str> = phrases
            .iter()
            .copied()
            .filter(|phrase| phrase.split(' ').nth(words) == Some(found))
            .collect();
        if fitting.is_empty() {
            phrases.retain(|phrase| phrase.split(' ').nth(words).is_some());
            return (words > 0 && !phrases.is_empty()).then_some(Unfinished {
                phrases,
                word: words,
                right,
                found: (start, start + found.len()),
            });
        }
        phrases = fitting;
        right = start + found.len();
        at = right;
        words += 1;
    }
}

/// Whether an id, a path or a reference follows a keyword.
pub(super) fn takes_word(phrase: &str, context: Context) -> bool {
    ITEM_KINDS.contains(&phrase)
        || CREDENTIAL_KINDS.contains(&phrase)
        || KEYWORDS.iter().any(|keyword| {
            keyword.phrase == phrase
                && may_stand(context, keyword.key)
                && matches!(keyword.wants.first(), Some(Id | Path | Reference | Tag))
        })
}
