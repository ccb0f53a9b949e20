//! Open Badges 2.0 asks of every issuer an address and an email; software refuses badges of one that lacks them.
//!
//! Asked of issuers that award something.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "publish/issuer-incomplete",
    severity: Severity::Warning,
    summary: "an issuer without address or email",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut awards = vec![false; project.issuers.len()];
    for credential in project.credentials.as_slice() {
        if let Some(flag) = credential
            .issuer
            .and_then(|issuer| awards.get_mut(issuer.0 as usize))
        {
            *flag = true;
        }
    }
    for (issuer, awards) in project.issuers.as_slice().iter().zip(awards) {
        if !awards || issuer.declared.incomplete {
            continue;
        }
        let (missing, help) = match (issuer.url.is_none(), issuer.email.is_none()) {
            (true, true) => (
                "`url` and `email`",
                "add `url <https://…>` and `email \"…\"`",
            ),
            (true, false) => ("`url`", "add `url <https://…>`"),
            (false, true) => ("`email`", "add `email \"…\"`"),
            (false, false) => continue,
        };
        sink.report(&RULE, issuer.declared.place)
            .message(format!(
                "the issuer `{}` has no {missing}, which Open Badges 2.0 requires",
                project.id(&issuer.declared)
            ))
            .label("awards credentials")
            .help(help);
    }
}
