//! Comments that speak to the compiler: `# gradus: allow family/rule because "…"`.

use super::split::skip_code_free_lines;
use crate::diag::{Allow, Sink, early};
use crate::source::{FileId, Place, Span};

/// The `allow` comments among the comments of a file.
pub(super) fn allows(file: FileId, text: &str, comments: &[Span], sink: &mut Sink) -> Vec<Allow> {
    comments
        .iter()
        .filter_map(|&comment| allow(file, text, comment, sink))
        .collect()
}

fn allow(file: FileId, text: &str, comment: Span, sink: &mut Sink) -> Option<Allow> {
    let written = text
        .get(comment.start as usize..comment.end as usize)?
        .trim_end();
    let order = written
        .strip_prefix('#')?
        .trim_start()
        .strip_prefix("gradus:")?;
    let order_start = comment.start as usize + (written.len() - order.len());
    let place = Place::new(
        file,
        Span::new(comment.start, comment.start + written.len() as u32),
    );
    let words = order.trim_start();
    let rest = words
        .strip_prefix("allow")
        .filter(|rest| rest.starts_with(char::is_whitespace));
    let rule = rest.map(|rest| rest.trim_start()).unwrap_or_default();
    let rule = rule.split_whitespace().next().unwrap_or_default();
    if rule.is_empty() {
        let order_place = Place::new(file, Span::new(order_start as u32, place.span.end));
        sink.report(&early::SYNTAX_UNEXPECTED, order_place)
            .message("expected `allow` and the name of a rule after `# gradus:`")
            .label("cannot be read")
            .help("write `# gradus: allow family/rule because \"…\"`");
        return None;
    }
    let rest = rest.unwrap_or_default();
    let rule_start = order_start + (order.len() - rest.trim_start().len());
    let rule_end = rule_start + rule.len();
    let after = text
        .get(rule_end..place.span.end as usize)
        .unwrap_or("")
        .trim();
    let reason = after
        .strip_prefix("because")
        .map(str::trim_start)
        .is_some_and(|reason| {
            reason.len() > 2
                && reason.starts_with('"')
                && reason.ends_with('"')
                && !reason[1..reason.len() - 1].trim().is_empty()
        });
    Some(Allow {
        rule: rule.to_owned(),
        rule_place: Place::new(file, Span::new(rule_start as u32, rule_end as u32)),
        place,
        reason,
        covers: skip_code_free_lines(text, comment.end as usize),
    })
}
