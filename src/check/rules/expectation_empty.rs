//! An expectation that claims nothing.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "expectation/empty",
    severity: Severity::Warning,
    summary: "an `expect` block that claims nothing",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for expectation in project.expectations.as_slice() {
        let is_read = !expectation.incomplete && expectation.unread.is_empty();
        if !is_read || !expectation.claims.is_empty() {
            continue;
        }
        sink.report(&RULE, expectation.place)
            .message(format!(
                "the expectation `{}` claims nothing",
                project.text(expectation.name)
            ))
            .label("nothing is tested")
            .help("say what is expected, such as `reach` and the id of a credential, or take the block out");
    }
}
