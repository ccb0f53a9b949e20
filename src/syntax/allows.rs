//! Comments that speak to the compiler: `# gradus: allow family/rule because "…"`.

use memchr::memchr;

use crate::diag::{Allow, Sink, early};
use crate::source::{FileId, Place, Span};

/// The `allow` comments among the comments of a file.
pub(super) fn allows(file: FileId, text: &str, comments: &[Span], sink: &mut Sink) -> Vec<Allow> {
    let mut found: Vec<Allow> = comments
        .iter()
        .filter_map(|&comment| allow(file, text, comment, sink))
        .collect();
    // From the last one back, so that a line of code behind many such comments is looked for once.
    let mut known: Option<(u32, (u32, u32))> = None;
    for allow in found.iter_mut().rev() {
        let next = next_code_line(text, allow.place.span.end as usize, known);
        allow.covers = next;
        known = Some((allow.place.span.start, next));
    }
    found
}

/// The next line with code after the line of an offset, from its first byte to its last. `known` is a later comment and the
/// line that comes after it.
fn next_code_line(text: &str, from: usize, known: Option<(u32, (u32, u32))>) -> (u32, u32) {
    let bytes = text.as_bytes();
    let line_end = |at: usize| {
        memchr(b'\n', &bytes[at.min(bytes.len())..]).map_or(bytes.len(), |found| at + found)
    };
    let mut at = line_end(from);
    while at < bytes.len() {
        let start = at + 1;
        let end = line_end(start);
        let line = text.get(start..end).unwrap_or("");
        let code = line.trim_start();
        match known {
            Some((comment, covers))
                if code.starts_with('#')
                    && start + (line.len() - code.len()) == comment as usize =>
            {
                return covers;
            }
            _ if !code.is_empty() && !code.starts_with('#') => return (start as u32, end as u32),
            _ => at = end,
        }
    }
    (bytes.len() as u32, bytes.len() as u32)
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
        covers: (comment.end, comment.end),
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    #[test]
    fn an_allow_covers_the_next_line_with_code() {
        let text = "# gradus: allow a/b because \"x\"\n\n# why\n# gradus: allow c/d\nuse eqf\nuse esco # gradus: alow e/f\n";
        let parsed = parse(FileId(0), text);
        let found: Vec<(&str, bool, &str)> = parsed
            .allows
            .iter()
            .map(|allow| {
                let covered = &text[allow.covers.0 as usize..allow.covers.1 as usize];
                (allow.rule.as_str(), allow.reason, covered)
            })
            .collect();
        assert_eq!(found, [("a/b", true, "use eqf"), ("c/d", false, "use eqf")]);
        assert_eq!(parsed.comments.len(), 4);
        assert_eq!(parsed.diagnostics.len(), 1);
        let place = parsed.allows[1].rule_place.span;
        assert_eq!(&text[place.start as usize..place.end as usize], "c/d");
    }
}
