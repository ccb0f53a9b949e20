//! The project declares its languages; a page in one of them with gaps in another is half a page.
//!
//! One finding for each declaration and language, which says what is missing. Expected are names, statements, descriptions,
//! criteria, assessments, evidence, levels, rubric cells, stages, descriptions of pictures, who it is open to, what is recognized,
//! participation and free text in requirements; tags and remarks on mappings are not.

use crate::check::Context;
use crate::check::texts::{self, Owner, What};
use crate::diag::{Rule, Severity, Sink};
use crate::import::linked::same_language;
use crate::model::{Language, Project};

pub static RULE: Rule = Rule {
    name: "i18n/missing-translation",
    severity: Severity::Warning,
    summary: "a declared language without its text",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if project.languages.len() < 2 && !some_other_language(project) {
        return;
    }
    let mut current: Option<Owner<'_>> = None;
    // For each language of the project, how many texts of each sort are missing.
    let mut missing: Vec<Vec<(What, usize)>> = vec![Vec::new(); project.languages.len()];
    texts::walk(context, &mut |owner, what, prose| {
        let same = current.is_some_and(|known| std::ptr::eq(known.declared, owner.declared));
        if !same {
            if let Some(known) = current {
                tell(project, known, &mut missing, sink);
            }
            current = Some(owner);
        }
        if what == What::Other {
            return;
        }
        for (&language, missing) in project.languages.iter().zip(&mut missing) {
            if stands_for(project, owner.language, language)
                || prose.translation(language).is_some()
            {
                continue;
            }
            match missing.iter_mut().find(|(known, _)| *known == what) {
                Some((_, count)) => *count += 1,
                None => missing.push((what, 1)),
            }
        }
    });
    if let Some(known) = current {
        tell(project, known, &mut missing, sink);
    }
}

/// Whether what is written in one language can stand for another: `en-US` for `en`, unless the project has both.
fn stands_for(project: &Project, written: Language, wanted: Language) -> bool {
    written == wanted
        || (!project.languages.contains(&written)
            && same_language(project.name(written), project.name(wanted)))
}

/// Whether something is written in another language than the project's only one.
fn some_other_language(project: &Project) -> bool {
    let main = project.main_language();
    let other = |language: Option<Language>| language.is_some_and(|language| language != main);
    project
        .frameworks
        .as_slice()
        .iter()
        .any(|framework| other(framework.language))
        || project
            .credentials
            .as_slice()
            .iter()
            .any(|credential| other(credential.language))
        || project
            .pathways
            .as_slice()
            .iter()
            .any(|pathway| other(pathway.language))
}

fn tell(project: &Project, owner: Owner<'_>, missing: &mut [Vec<(What, usize)>], sink: &mut Sink) {
    for (&language, missing) in project.languages.iter().zip(missing) {
        if missing.is_empty() {
            continue;
        }
        missing.sort_unstable();
        let list: Vec<String> = missing
            .drain(..)
            .map(|(what, count)| match count {
                1 => what.word().to_owned(),
                _ => format!("{count} × {}", what.word()),
            })
            .collect();
        if owner.declared.incomplete {
            continue;
        }
        let tag = project.name(language);
        sink.report(&RULE, owner.declared.place)
            .message(format!(
                "`{}` is not fully in `{tag}`: {} missing",
                project.id(owner.declared),
                list.join(", ")
            ))
            .label(format!("not fully in `{tag}`"))
            .help(format!("write what is missing into `in {tag} {{ … }}`; where that block stands already, add to it"));
    }
}
