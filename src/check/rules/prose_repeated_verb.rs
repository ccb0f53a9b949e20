//! `can "can read charts"` is published as *can can read charts*: the keyword is part of the sentence.

use crate::check::Context;
use crate::check::outcomes::{Judged, keyword_again};
use crate::check::places::within;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "prose/repeated-verb",
    severity: Severity::Warning,
    summary: "a statement that says its keyword once more",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let languages = Judged::of_frameworks(project);
    for item in context.items() {
        if languages.get(item.framework.0 as usize) != Some(&Some(Judged::English)) {
            continue;
        }
        for statement in &item.statements {
            let keyword = statement.verb.word();
            if !starts_like(project.slice(statement.prose.text.place)) {
                continue;
            }
            let text = project.prose(&statement.prose);
            let Some(words) = keyword_again(&text, keyword) else {
                continue;
            };
            let place = within(statement.prose.text, &text, &words);
            let certain = place != statement.prose.text.place;
            let again = text.get(words).unwrap_or("").trim_end();
            let diagnostic = sink.report(&RULE, place);
            diagnostic
                .message(format!(
                    "`{}` reads `{keyword} {again} …`",
                    project.name(item.full_path)
                ))
                .label(format!("the keyword `{keyword}` says this already"))
                .help(format!("remove `{again}`"));
            // `can` alone may be a verb of the kitchen; everything else is a slip of the pen.
            if certain && !again.eq_ignore_ascii_case("can") {
                diagnostic.fix(place, "");
            }
        }
    }
}

/// A quick look at the first two letters as written, which rules out nearly every text.
fn starts_like(written: &str) -> bool {
    match written.trim_ascii_start().as_bytes() {
        // An escape may stand for anything.
        [b'\\', ..] | [_, b'\\', ..] => true,
        [first, second, ..] => matches!(
            [first.to_ascii_lowercase(), second.to_ascii_lowercase()],
            // can, be, is, are, able, to; knows; understands
            [b'c', b'a']
                | [b'b', b'e']
                | [b'i', b's']
                | [b'a', b'r' | b'b']
                | [b't', b'o']
                | [b'k', b'n']
                | [b'u', b'n']
        ),
        [] | [_] => false,
    }
}
