//! Badge images carry data of the badge inside them, which the Open Badges standards define for PNG and SVG only.

use crate::check::Context;
use crate::diag::{Rule, Severity, Sink};

pub static RULE: Rule = Rule {
    name: "credential/unsuitable-image",
    severity: Severity::Warning,
    summary: "a badge image that is neither PNG nor SVG",
};

pub fn check(context: &Context<'_>, sink: &mut Sink) {
    let project = context.project;
    for credential in context.credentials() {
        let Some(image) = &credential.image else {
            continue;
        };
        let path = project.text(image.path);
        let plain = path.split(['?', '#']).next().unwrap_or("");
        let name = plain.rsplit('/').next().unwrap_or(plain);
        // An address without an ending may serve anything.
        let Some((_, ending)) = name.rsplit_once('.') else {
            continue;
        };
        if ["png", "svg"]
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
            || !is_image(ending)
        {
            continue;
        }
        sink.report(&RULE, image.path.place)
            .message(format!(
                "the image of `{}` is a `{ending}`, and badge images are PNG or SVG",
                project.id(&credential.declared)
            ))
            .label("neither PNG nor SVG")
            .help("convert the image to PNG or SVG");
    }
}

/// Endings that are certainly pictures of another type; what is unknown is left alone.
fn is_image(ending: &str) -> bool {
    [
        "jpg", "jpeg", "gif", "webp", "bmp", "tif", "tiff", "avif", "heic", "ico", "pdf", "eps",
    ]
    .iter()
    .any(|known| ending.eq_ignore_ascii_case(known))
}
