//! What stands beside the credentials of a framework: a rubric, electives, three pathways with a role each, and for every
//! other framework a crosswalk.

use std::fmt::Write;

use super::credentials::TIERS;
use super::{CREDENTIALS, Framework, SKILLS};

/// Competences of DigComp 3.0 that skills are mapped to.
const TARGETS: [(&str, &str); 6] = [
    ("1.2", "Evaluating information"),
    ("1.3", "Managing information"),
    ("2.4", "Collaborating through digital technologies"),
    ("3.1", "Developing digital content"),
    ("4.2", "Protecting personal data and privacy"),
    ("5.1", "Identifying and solving technical problems"),
];

/// Writes the file.
pub(super) fn text(framework: &Framework) -> String {
    let mut text = String::with_capacity(80_000);
    let _ = write!(
        text,
        "rubric {id}-work \"Quality of work {number}\" {{\n  levels {{ missing 0 \"Missing\"  partial 1 \"Partial\"  full 2 \"Full\" }}\n\
         \x20 criterion result \"Result\" weight 2 {{\n    partial \"Usable after small corrections by somebody else\"\n\
         \x20   full    \"Usable as it is handed in\"\n  }}\n\
         \x20 criterion record \"Record\" weight 1 {{\n    partial \"Says what was done\"\n    full    \"Says what was done, why, and what was left out\"\n  }}\n}}\n\n\
         set {id}-electives \"Electives of department {number}\" {{\n",
        id = framework.id,
        number = framework.number + 1,
    );
    for credential in (TIERS[1] + 20..TIERS[2]).step_by(3) {
        let _ = writeln!(text, "  {}", framework.credential(credential));
    }
    text.push_str("}\n");
    for part in 0..3 {
        pathway(framework, part, &mut text);
    }
    if framework.number.is_multiple_of(2) {
        crosswalk(framework, &mut text);
    }
    text
}

/// A third of the credentials of a tier.
fn third(framework: &Framework, tier: usize, part: usize) -> String {
    let last = TIERS.get(tier + 1).copied().unwrap_or(CREDENTIALS);
    let mut list = String::new();
    for credential in (TIERS[tier]..last).filter(|credential| credential % 3 == part) {
        let _ = write!(list, "\n      {}", framework.credential(credential));
    }
    list
}

fn pathway(framework: &Framework, part: usize, text: &mut String) {
    let goal = (TIERS[3]..CREDENTIALS).find(|credential| credential % 3 == part);
    let goal = framework.credential(goal.unwrap_or(TIERS[3]));
    let number = framework.number + 1;
    let role = format!("{}-role-{}", framework.id, part + 1);
    let _ = write!(
        text,
        "\nrole {role} \"Specialist {number}.{place}\" {{\n  about \"Works on their own in a small team, and answers for the result.\"\n",
        place = part + 1
    );
    for credential in [part, TIERS[1] + part, TIERS[2] + 2 + part] {
        let level = ["foundation", "practitioner", "expert"][super::credentials::tier(credential)];
        let skill = framework.path(credential * super::TAUGHT);
        let _ = writeln!(text, "  needs skill {}.{skill} at {level}", framework.id);
    }
    let _ = write!(
        text,
        "}}\n\npathway {id}-way-{place} \"From beginner to specialist {number}.{place}\" {{\n  by    {issuer}\n  for   {role}\n\
         \x20 about \"For people who change their trade; about two years beside a job, with a way out after each stage.\"\n\
         \x20 stage begin \"Begin\" {{\n    any 6 of {{{begin}\n    }}\n  }}\n\
         \x20 stage build \"Build\" {{\n    after begin\n    at least 12 ects from {{{build}\n    }}\n  }}\n\
         \x20 stage master \"Master\" {{\n    after build\n    any 2 of {{{master}\n    }}\n  }}\n\
         \x20 stage prove \"Prove it\" {{\n    after master\n    any {{{prove}\n    }}\n  }}\n  leads to {goal}\n}}\n",
        id = framework.id,
        place = part + 1,
        issuer = framework.issuer(),
        begin = third(framework, 0, part),
        build = third(framework, 1, part),
        master = third(framework, 2, part),
        prove = third(framework, 3, part),
    );
}

fn crosswalk(framework: &Framework, text: &mut String) {
    let _ = write!(
        text,
        "\ncrosswalk {id} to digcomp {{\n  by    {issuer}\n  about \"Where digital competence is part of the work.\"\n",
        id = framework.id,
        issuer = framework.issuer(),
    );
    for skill in 0..SKILLS {
        let path = framework.path(skill);
        let (code, label) = TARGETS[(skill / 3 + framework.number) % TARGETS.len()];
        let _ = match skill % 10 {
            3 => writeln!(text, "  {path} relates to digcomp:{code} \"{label}\""),
            6 => writeln!(
                text,
                "  {path} is close to digcomp:{code} \"{label}\" confidence 0.{} by \"A. Reviewer\" because \"same task, narrower setting\"",
                6 + skill % 4
            ),
            9 => writeln!(
                text,
                "  {path} has no match \"manual work, no digital part\""
            ),
            _ => writeln!(text, "  {path} is within digcomp:{code}"),
        };
    }
    text.push_str("}\n");
}
