//! `can` is followed by what someone does. A statement that begins with a noun names a topic, and no one can observe a topic.
//!
//! Only English statements are judged, and only beginnings that can be no verb (`outcomes` has the lists).

use crate::check::Context;
use crate::check::outcomes::{Judged, NoVerb, without_verb};
use crate::check::places::within;
use crate::diag::{Rule, Severity, Sink};
use crate::model::StatementVerb;

pub static RULE: Rule = Rule {
    name: "framework/statement-without-verb",
    severity: Severity::Warning,
    summary: "a `can` statement that does not begin with a verb",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let languages = Judged::of_frameworks(project);
    for item in context.items() {
        if languages.get(item.framework.0 as usize) != Some(&Some(Judged::English)) {
            continue;
        }
            for statement in &item.statements {
                match statement.verb {
                    StatementVerb::Can => {}
                    StatementVerb::Knows | StatementVerb::Understands => continue,
                }
                let text = project.prose(&statement.prose);
                let Some((words, why)) = without_verb(&text) else {
                    continue;
                };
                let place = within(statement.prose.text, &text, &words);
                let word = text.get(words).unwrap_or("");
                let (label, help) = match why {
                    NoVerb::Article | NoVerb::Noun => (
                        "a thing, not something done",
                        "begin with what someone does, for instance `explain`, `build` or `compare`",
                    ),
                    NoVerb::Gerund => (
                        "the verb as a noun",
                        "write the verb as it stands after `can`",
                    ),
                    NoVerb::Subject => (
                        "who does it is understood",
                        "begin with what someone does: the keyword `can` has the learner in it",
                    ),
                };
                sink.report(&RULE, place)
                    .message(format!(
                        "what `{}` can do begins with `{word}`, which is no verb",
                        project.name(item.full_path)
                    ))
                    .label(label)
                    .help(help);
            }
    }
}
