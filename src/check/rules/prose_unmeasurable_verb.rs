//! Nobody can watch someone *understand*. An outcome that can be assessed names something done: explain, choose, repair.
//!
//! English and French `can` statements are judged; `knows` and `understands` have keywords of their own.

use crate::check::Context;
use crate::check::outcomes::{Judged, unmeasurable};
use crate::check::places::within;
use crate::diag::{Rule, Severity, Sink};
use crate::model::StatementVerb;

pub static RULE: Rule = Rule {
    name: "prose/unmeasurable-verb",
    severity: Severity::Warning,
    summary: "a `can` statement that begins with a verb nobody can observe",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let languages = Judged::of_frameworks(project);
    for item in context.items() {
        let Some(language) = languages.get(item.framework.0 as usize).copied().flatten() else {
            continue;
        };
        for statement in &item.statements {
            match statement.verb {
                StatementVerb::Can => {}
                StatementVerb::Knows | StatementVerb::Understands => continue,
            }
            let text = project.prose(&statement.prose);
            let Some((words, phrase)) = unmeasurable(&text, language) else {
                continue;
            };
            let instead = match language {
                Judged::English => match phrase {
                    "understand" | "comprehend" => {
                        "say how it shows, for instance `explain`, `compare` or `apply`; or use the keyword `understands`"
                    }
                    "know" => {
                        "say how it shows, for instance `name`, `list` or `describe`; or use the keyword `knows`"
                    }
                    _ => "say how it shows, for instance `explain`, `choose` or `apply`",
                },
                Judged::French => {
                    "say how it shows, for instance `expliquer`, `comparer` or `appliquer`; or use the keywords `knows` and `understands`"
                }
            };
            sink.report(&RULE, within(statement.prose.text, &text, &words))
                .message(format!(
                    "`{}` in `{}` cannot be observed, so it cannot be assessed",
                    text.get(words).unwrap_or(phrase),
                    project.name(item.full_path)
                ))
                .label("not something done")
                .help(instead);
        }
    }
}
