//! Credentials of a framework: each teaches one competency and assesses it two or three times.
//!
//! The first thirty need nothing, the next forty build on one of those, twenty more on those again; the last ten are
//! certificates made of the others.

use std::fmt::Write;

use super::{Framework, TAUGHT};

/// The first credential of each tier; the last one begins the certificates.
pub(super) const TIERS: [usize; 4] = [0, 30, 70, 90];

/// An assessment: its id, name and kind, its weight, and which of the five skills it looks at.
type Assessment = (
    &'static str,
    &'static str,
    &'static str,
    usize,
    &'static [usize],
);

/// Most credentials are assessed twice.
const TWICE: [Assessment; 2] = [
    ("cases", "Three cases", "portfolio", 60, &[0, 1, 2]),
    ("task", "Task at the workplace", "practical", 40, &[3, 4]),
];
/// Every third one has a conversation at its end.
const THRICE: [Assessment; 3] = [
    ("cases", "Three cases", "portfolio", 40, &[0, 1]),
    ("task", "Task at the workplace", "practical", 40, &[2, 3]),
    ("talk", "Conversation about the work", "interview", 20, &[4]),
];

/// What is handed in.
const EVIDENCE: [&str; 6] = [
    "The cases with comments, and the log of hours",
    "Photographs and the signed checklist",
    "The report, with raw data attached",
    "A recording, kept for the time of appeal",
    "The finished piece and a page about it",
    "The plan as approved and as carried out",
];

/// ISCED-F fields of study.
const FIELDS: [&str; 6] = ["0413", "0613", "0713", "0732", "0913", "1013"];

/// The tier of a credential.
pub(super) fn tier(credential: usize) -> usize {
    TIERS.iter().filter(|&&first| first <= credential).count() - 1
}

/// Writes one credential.
pub(super) fn write(framework: &Framework, number: usize, text: &mut String) {
    let tier = tier(number);
    let first = number * TAUGHT;
    let words = framework.words(first);
    let kind = if tier == 3 {
        "certificate"
    } else {
        "micro-credential"
    };
    let level = ["foundation", "practitioner", "expert", "expert"][tier];
    let _ = write!(
        text,
        "{kind} {id} \"{name}\" {{\n  about    \"{about}\"\n  by       {issuer}\n  field    isced-f:{field}\n  level    eqf:{eqf}\n\
         \x20 workload {hours} hours\n  credit   {credit} ects\n  mode     {mode}\n",
        id = framework.credential(number),
        name = words.name(),
        about = words.scope(),
        issuer = framework.issuer(),
        field = FIELDS[framework.number % FIELDS.len()],
        eqf = [4, 5, 6, 6][tier],
        hours = if tier == 3 { 390 } else { 52 },
        credit = if tier == 3 { 14 } else { 2 },
        mode = ["blended", "onsite", "online"][number % 3],
    );
    requirements(framework, number, text);
    text.push_str("  teaches  ");
    for skill in first..first + TAUGHT {
        let comma = if skill == first { "" } else { ",\n           " };
        let _ = write!(
            text,
            "{comma}{}.{} at {level}",
            framework.id,
            framework.path(skill)
        );
    }
    text.push('\n');
    let assessments: &[Assessment] = if number.is_multiple_of(3) {
        &THRICE
    } else {
        &TWICE
    };
    for (place, &(id, name, kind, weight, skills)) in assessments.iter().enumerate() {
        let _ = write!(
            text,
            "  assessment {id} \"{name}\" {{\n    kind     {kind}\n    assesses"
        );
        for (position, skill) in skills.iter().enumerate() {
            let comma = if position == 0 { "" } else { "," };
            let path = framework.path(first + skill);
            let _ = write!(text, "{comma} {}.{path} at {level}", framework.id);
        }
        let _ = write!(
            text,
            "\n    evidence artefact \"{}\"\n",
            EVIDENCE[(number + place) % EVIDENCE.len()]
        );
        if place == 1 {
            let _ = writeln!(text, "    rubric   {}-work", framework.id);
        }
        let _ = write!(text, "    pass     60%\n    weight   {weight}%\n  }}\n");
    }
    text.push_str("  awarded by assessor\n}\n\n");
}

fn requirements(framework: &Framework, number: usize, text: &mut String) {
    let id = |number: usize| framework.credential(number);
    let _ = match (tier(number), number % 3) {
        (1, 0) => writeln!(text, "  requires {{ {} }}", id(number - 30)),
        (1, 1) if number < 59 => writeln!(
            text,
            "  requires {{ any {{ {}  {} }} }}",
            id(number - 30),
            id(number - 29)
        ),
        (1, _) => writeln!(
            text,
            "  requires {{ skill {}.{} at foundation }}",
            framework.id,
            framework.path(number % 30 * TAUGHT)
        ),
        (2, _) => writeln!(
            text,
            "  requires {{ {}  any {{ {}  {} }} }}",
            id(number - 40),
            id(number - 20),
            id(number - 19)
        ),
        (3, _) => writeln!(
            text,
            "  stacks {{\n    {}\n    {}\n    any 2 of {{ {}  {}  {} }}\n    at least 4 ects from {{ {}-electives }}\n  }}",
            id(number - 90),
            id(number - 20),
            id(number - 60),
            id(number - 50),
            id(number - 40),
            framework.id
        ),
        _ => Ok(()),
    };
}
