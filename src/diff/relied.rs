//! What the earner of a credential relies on, as one text.
//!
//! Goes in: a credential. Comes out: lines that are the same as long as nothing changes that `change/…` rules call breaking for
//! the credential itself: kind, issuer, who decides, criteria, levels, credit, workload, validity, assessments with what they
//! assess, requirements, what it counts toward. Names and descriptions, pictures and translations are left out, and so is
//! what only follows from other things. Things are named by the ids that their addresses are made from, so that renaming
//! changes nothing; order and layout make no difference.

use std::fmt::Write as _;

use crate::model::{
    Assessment, Attained, CredentialId, ItemId, LevelRef, PassMark, Project, Prose, Requirement,
    RequirementKind, SetId, SetMember, SumPart, SumPartKind, Validity, address,
};

use super::values::external;

/// The text of a credential.
#[must_use]
pub fn text(project: &Project, id: CredentialId) -> String {
    let credential = &project.credentials[id];
    let mut out = String::new();
    // Writing to a string cannot fail.
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "{key} {value}");
        }
    };
    line("kind", credential.kind.word());
    if let Some(issuer) = credential.issuer {
        line("by", project.address_id(&project.issuers[issuer].declared));
    }
    if let Some(awarded) = &credential.awarded_by {
        let body = awarded.body.map(|body| project.text(body));
        let body = body.as_deref().unwrap_or("");
        line("awarded by", format!("{:?} {body}", awarded.by).trim());
    }
    if let Some(criteria) = &credential.criteria {
        line("criteria", &words(project, criteria));
    }
    let levels = credential.levels.iter();
    line(
        "levels",
        &sorted(levels.map(|&(at, _)| level(project, at)).collect()),
    );
    for (key, quantity) in [
        ("credit", &credential.credit),
        ("workload", &credential.workload),
    ] {
        if let Some(quantity) = quantity {
            line(key, &project.quantity(quantity));
        }
    }
    match &credential.validity {
        Some(Validity::For(quantity)) => line("valid for", &project.quantity(quantity)),
        Some(Validity::Until(date)) => line("valid until", &date.to_string()),
        None => {}
    }
    for (key, asked) in [
        ("requires", &credential.requires),
        ("alongside", &credential.alongside),
        ("stacks", &credential.stacks),
        ("renew", &credential.renew),
    ] {
        if let Some(asked) = asked {
            line(key, &requirement(project, asked, &mut Vec::new()));
        }
    }
    let open = credential.open_to.iter();
    line(
        "open to",
        &sorted(open.map(|prose| words(project, prose)).collect()),
    );
    let assessments = credential.assessments.iter();
    for assessment in sorted_list(assessments.map(|it| one_assessment(project, it)).collect()) {
        line("assessment", &assessment);
    }
    let counts = credential.counts_toward.iter().map(|counts| {
        let targets = counts.targets.iter();
        let targets = targets.map(|&(target, _)| name(project, target)).collect();
        let credit = counts
            .credit
            .as_ref()
            .map(|credit| project.quantity(credit));
        format!("{} {}", sorted(targets), credit.unwrap_or_default())
    });
    for counts in sorted_list(counts.collect()) {
        line("counts toward", counts.trim());
    }
    out
}

/// What two such texts say otherwise: the words at the start of lines that one has and the other has not, each once.
#[must_use]
pub fn differences(before: &str, after: &str) -> Vec<&'static str> {
    let has = |text: &str, wanted: &str| text.lines().any(|line| line == wanted);
    let lines = |one: &str, other: &str| -> Vec<String> {
        let lost = one.lines().filter(|line| !has(other, line));
        lost.map(str::to_owned).collect()
    };
    let changed = [lines(before, after), lines(after, before)].concat();
    PARTS
        .iter()
        .filter(|(key, _)| {
            changed.iter().any(|line| {
                let rest = line.strip_prefix(key);
                rest.is_some_and(|rest| rest.starts_with(' '))
            })
        })
        .map(|&(_, words)| words)
        .collect()
}

/// How the lines of a text start, in their order, and what an author calls that.
const PARTS: &[(&str, &str)] = &[
    ("kind", "its kind"),
    ("by", "`by`"),
    ("awarded by", "`awarded by`"),
    ("criteria", "`criteria`"),
    ("levels", "`level`"),
    ("credit", "`credit`"),
    ("workload", "`workload`"),
    ("valid", "`valid`"),
    ("requires", "`requires`"),
    ("alongside", "`alongside`"),
    ("stacks", "`stacks`"),
    ("renew", "`renew`"),
    ("open to", "`open to`"),
    ("assessment", "`assessment`"),
    ("counts toward", "`counts toward`"),
];

fn sorted_list(mut parts: Vec<String>) -> Vec<String> {
    parts.sort_unstable();
    parts
}

fn sorted(parts: Vec<String>) -> String {
    sorted_list(parts).join(", ")
}

/// A text of the author as it was written first, on one line.
fn words(project: &Project, prose: &Prose) -> String {
    let text = project.prose(prose);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

fn name(project: &Project, id: CredentialId) -> String {
    project
        .address_id(&project.credentials[id].declared)
        .to_owned()
}

fn item(project: &Project, id: ItemId) -> String {
    let framework = &project.frameworks[project.items[id].framework].declared;
    let anchor = address::item_anchor(project, id);
    format!("{}.{anchor}", project.address_id(framework))
}

fn level(project: &Project, level: LevelRef) -> String {
    match level {
        LevelRef::External(id) => external(project, id),
        LevelRef::Own(id) => {
            let level = &project.levels[id];
            let scale = &project.scales[level.scale].declared;
            let level = project.address_id(&level.declared);
            format!("{}.{level}", project.address_id(scale))
        }
    }
}

fn attained(project: &Project, attained: &Attained) -> String {
    let at = attained.level.map(|at| level(project, at));
    let at = at.map_or_else(String::new, |at| format!(" at {at}"));
    format!("{}{at}", item(project, attained.item))
}

fn one_assessment(project: &Project, assessment: &Assessment) -> String {
    let assesses = assessment.assesses.iter();
    let evidence = assessment.evidence.iter();
    let rubric = assessment
        .rubric
        .map(|(rubric, _)| &project.rubrics[rubric]);
    let pass = assessment.pass.map(|pass| match pass.mark {
        PassMark::Percent(amount) => format!("{amount}%"),
        PassMark::Points(amount) => format!("{amount} points"),
        PassMark::All => "all".to_owned(),
        PassMark::Level(position) => rubric
            .and_then(|rubric| rubric.levels.get(position))
            .map_or_else(String::new, |level| project.name(level.id).to_owned()),
    });
    let weight = assessment.weight.map(|weight| {
        let percent = if weight.percent { "%" } else { "" };
        format!("{}{percent}", weight.amount)
    });
    let supervision = assessment.supervision.map(|supervised| {
        let identity = if supervised.identity_checked {
            ", identity checked"
        } else {
            ""
        };
        format!("{}{identity}", supervised.how.word())
    });
    format!(
        "{} ({}) assesses [{}] evidence [{}] rubric [{}] pass [{}] weight [{}] supervision [{}]",
        project.name(assessment.id),
        assessment.kind.map_or("", |kind| kind.word()),
        sorted(assesses.map(|it| attained(project, it)).collect()),
        sorted(evidence.map(|it| it.kind.word().to_owned()).collect()),
        rubric.map_or("", |rubric| project.address_id(&rubric.declared)),
        pass.unwrap_or_default(),
        weight.unwrap_or_default(),
        supervision.unwrap_or_default(),
    )
}

/// How deep sets in sets are followed; deeper ones stand by their ids.
const DEEPEST: usize = 64;

fn requirement(project: &Project, asked: &Requirement, around: &mut Vec<SetId>) -> String {
    let mut all = |of: &[Requirement]| -> Vec<String> {
        sorted_list(
            of.iter()
                .map(|part| requirement(project, part, around))
                .collect(),
        )
    };
    match &asked.kind {
        RequirementKind::Credential(id) => name(project, *id),
        RequirementKind::Skill {
            item: id,
            level: at,
        } => {
            let at = at.map(|at| format!(" at {}", level(project, at)));
            format!("skill {}{}", item(project, *id), at.unwrap_or_default())
        }
        RequirementKind::All(of) => match all(of).as_slice() {
            [one] => one.clone(),
            parts => format!("all {{ {} }}", parts.join("  ")),
        },
        RequirementKind::Any { least, of } => format!("any {least} {{ {} }}", all(of).join("  ")),
        RequirementKind::Sum(sum) => {
            let once = if sum.counted_once { " once" } else { "" };
            format!(
                "at least {} {{ {} }}{once}",
                project.quantity(&sum.least),
                parts(project, &sum.parts, around)
            )
        }
        RequirementKind::Judgement(prose) => format!("\"{}\"", words(project, prose)),
        RequirementKind::Unresolved => "nothing".to_owned(),
        RequirementKind::Set(id) => set(project, *id, around),
    }
}

/// A set is what it holds: its id is nobody's business.
fn set(project: &Project, id: SetId, around: &mut Vec<SetId>) -> String {
    let declared = &project.sets[id];
    if around.contains(&id) || around.len() >= DEEPEST {
        return format!("set {}", project.address_id(&declared.declared));
    }
    around.push(id);
    let members = declared.members.iter();
    let members = members.map(|part| requirement(project, part, around));
    let members = sorted_list(members.collect());
    let except = declared.except.iter();
    let except: Vec<String> = except
        .map(|(member, _)| match member {
            SetMember::Credential(id) => name(project, *id),
            SetMember::Set(id) => set(project, *id, around),
        })
        .collect();
    around.pop();
    let without = if except.is_empty() {
        String::new()
    } else {
        format!(" except {}", sorted(except))
    };
    format!("all {{ {}{without} }}", members.join("  "))
}

fn parts(project: &Project, list: &[SumPart], around: &mut Vec<SetId>) -> String {
    let list = list.iter().map(|part| match &part.kind {
        SumPartKind::Credential(id) => name(project, *id),
        SumPartKind::Set(id) => set(project, *id, around),
        SumPartKind::AtMost { most, parts: of } => format!(
            "at most {} {{ {} }}",
            project.quantity(most),
            parts(project, of, around)
        ),
        SumPartKind::Unresolved => "nothing".to_owned(),
    });
    let list = list.collect();
    sorted_list(list).join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_in_the_order_of_the_text() {
        let before = "kind Badge\ncredit 2 ects\nvalid for 2 years\nassessment a\nassessment b\n";
        let after = "kind Badge\ncredit 3 ects\nrequires x\nassessment b\n";
        assert_eq!(
            differences(before, after),
            ["`credit`", "`valid`", "`requires`", "`assessment`"]
        );
        assert_eq!(differences(before, before), [""; 0]);
    }
}
