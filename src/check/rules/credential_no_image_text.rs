//! A badge is its picture to many; those who do not see it need the words.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};
use crate::model::{Declared, Image};

pub static RULE: Rule = Rule {
    name: "credential/no-image-text",
    severity: Severity::Warning,
    summary: "an image without alternative text",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    let mut look = |declared: &Declared, image: &Option<Image>| {
        let Some(image) = image.as_ref().filter(|image| image.alt.is_none()) else {
            return;
        };
        if declared.incomplete {
            return;
        }
        sink.report(&RULE, image.path.place)
            .message(format!(
                "the image of `{}` has no text for those who do not see it",
                project.id(declared)
            ))
            .label("no `alt` after this")
            .help("describe the image: `alt \"…\"`");
    };
    for issuer in project.issuers.as_slice() {
        look(&issuer.declared, &issuer.image);
    }
    for credential in project.credentials.as_slice() {
        look(&credential.declared, &credential.image);
    }
}
