//! A translation into a language that the project does not declare is published nowhere, and often the tag is a slip.
//!
//! Quiet without a project file, where no language can be declared.

use rustc_hash::FxHashSet;

use crate::check::Context;
use crate::check::texts;
use crate::diag::{Rule, Severity, Sink, did_you_mean};
use crate::model::Language;
use crate::source::Place;

pub static RULE: Rule = Rule {
    name: "i18n/unknown-language",
    severity: Severity::Warning,
    summary: "a translation into a language that the project does not declare",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    if !project.settings.from_file {
        return;
    }
    let mut told: FxHashSet<(Place, Language)> = FxHashSet::default();
    texts::walk(context, &mut |owner, _, prose| {
        for &(language, text) in &prose.translations {
            if language == owner.language || project.languages.contains(&language) {
                continue;
            }

            if !told.insert((owner.declared.place, language)) {
                continue;
            }
            let tag = project.name(language);
            let known = project.languages.iter().map(|&name| project.name(name));
            sink.report(&RULE, text.place)
                .message(format!(
                    "`{}` has a text in `{tag}`, which is not a language of the project",
                    project.id(owner.declared)
                ))
                .label(format!("in `{tag}`"))
                .help(did_you_mean(tag, known).unwrap_or_else(|| {
                    format!("add `{tag}` to `languages` in the project file, or remove the text")
                }));
        }
    });
}
