//! Severity as the project wants it: settings per rule, and `# gradus: allow family/rule because "…"` in the text.

use std::collections::BTreeMap;

use super::{Diagnostic, Severity, Sink, early};
use crate::source::{FileId, Place};

/// One `# gradus: allow …` comment as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The name of the rule, as written.
    pub rule: String,
    /// Where that name stands.
    pub rule_place: Place,
    /// The whole comment.
    pub place: Place,
    /// Whether a reason follows `because`.
    pub reason: bool,
    /// The offsets of the line that the comment speaks of: the next one with code on it.
    pub covers: (u32, u32),
}

impl Allow {
    fn covers(&self, file: FileId, offset: u32) -> bool {
        self.place.file == file && self.covers.0 <= offset && offset < self.covers.1
    }
}

/// How grave each rule is in this project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Rules that the project file names.
    pub severities: BTreeMap<String, Severity>,
}

/// Applies settings and `allow` comments, and reports comments that are wrong or no longer needed.
///
/// Neither settings nor comments hold for rules that are [fixed](early::is_fixed).
///
/// `known` says whether a rule of that name exists. Goes in: findings in any order. Comes out: sorted, none of severity *off*.
#[must_use]
pub fn apply_policy(
    sink: Sink,
    policy: &Policy,
    allows: &[Allow],
    known: &[&str],
) -> Vec<Diagnostic> {
    let mut used = vec![false; allows.len()];
    let mut kept = Sink::new();
    let mut by_file: BTreeMap<FileId, Vec<usize>> = BTreeMap::new();
    for (index, allow) in allows.iter().enumerate() {
        by_file.entry(allow.place.file).or_default().push(index);
    }
    for diagnostic in sink.finish() {
        let mut allowed = false;
        for &index in by_file
            .get(&diagnostic.place.file)
            .map_or(&[][..], Vec::as_slice)
        {
            let allow = &allows[index];
            if allow.rule == diagnostic.rule.name
                && !early::is_fixed(&allow.rule)
                && allow.covers(diagnostic.place.file, diagnostic.place.span.start)
            {
                used[index] = true;
                allowed = allowed || allow.reason;
            }
        }
        if !allowed {
            kept.push(diagnostic);
        }
    }
    for (allow, used) in allows.iter().zip(used) {
        if !known.contains(&allow.rule.as_str()) {
            kept.report(&early::ALLOW_UNKNOWN_RULE, allow.rule_place)
                .message(format!("there is no rule named `{}`", allow.rule))
                .label("not a rule")
                .help_opt(super::did_you_mean(&allow.rule, known.iter().copied()));
        } else if early::is_fixed(&allow.rule) {
            kept.report(&early::ALLOW_UNUSED, allow.place)
                .message(format!(
                    "`{}` cannot be allowed: what cannot be read or resolved cannot be published",
                    allow.rule
                ))
                .label("allows nothing")
                .help("remove this comment");
        } else if !allow.reason {
            kept.report(&early::ALLOW_WITHOUT_REASON, allow.place)
                .message(format!("`{}` is allowed without a reason", allow.rule))
                .label("no reason given")
                .help(format!(
                    "write the reason: `# gradus: allow {} because \"…\"`",
                    allow.rule
                ));
        } else if !used {
            kept.report(&early::ALLOW_UNUSED, allow.place)
                .message(format!(
                    "`{}` finds nothing on the next line any more",
                    allow.rule
                ))
                .label("no longer needed")
                .help("remove this comment");
        }
    }
    let mut diagnostics = kept.finish();
    for diagnostic in &mut diagnostics {
        if early::is_fixed(diagnostic.rule.name) {
            continue;
        }
        if let Some(&severity) = policy.severities.get(diagnostic.rule.name) {
            diagnostic.severity = severity;
        }
    }
    diagnostics.retain(|diagnostic| diagnostic.severity != Severity::Off);
    diagnostics
}
