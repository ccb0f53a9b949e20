//! One outcome, one sentence. A statement of more than forty words is several outcomes, which no single assessment judges, or an
//! explanation, which belongs into `about`.

use crate::check::Context;
use crate::check::outcomes::{longer_than, may_be_longer_than};
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "prose/over-long-statement",
    severity: Severity::Warning,
    summary: "a statement of more than forty words",
};

const MOST: usize = 40;

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for item in context.items() {
        for statement in &item.statements {
            // A word and a blank are two bytes at least.
            if statement.prose.text.place.span.len() as usize <= 2 * MOST {
                continue;
            }
            if !may_be_longer_than(project.slice(statement.prose.text.place), MOST) {
                continue;
            }
            let text = project.prose(&statement.prose);
            if !longer_than(&text, MOST) {
                continue;
            }
            let words = text.split_ascii_whitespace().count();
            sink.report(&RULE, statement.prose.text.place)
                .message(format!(
                    "a statement of `{}` has {words} words, more than {MOST}",
                    project.name(item.full_path)
                ))
                .label("too long to assess as one thing")
                .help("split it into several statements, or move the explanation to `about`");
        }
    }
}
