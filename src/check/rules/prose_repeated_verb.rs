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
    for item in project.items.as_slice() {
        let language = project.frameworks[item.framework]
            .language
            .unwrap_or_else(|| project.main_language());
        for statement in &item.statements {
            let keyword = statement.verb.word();
            let text = project.prose(&statement.prose);
            if !starts_like(&text) || !is_english(project.name(language)) {
                continue;
            }
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

/// A quick look at the first letter, which rules out nearly every text.
fn starts_like(text: &str) -> bool {
    text.trim_start().bytes().next().is_some_and(|byte| {
        matches!(
            byte.to_ascii_lowercase(),
            b'a' | b'b' | b'c' | b'i' | b'k' | b't' | b'u'
        )
    })
}

fn is_english(tag: &str) -> bool {
    Judged::from_tag(tag) == Some(Judged::English)
}
