//! The badge that is drawn for a credential which names no image.
//!
//! Goes in: a credential. Comes out: an SVG of its own, without scripts, fonts or addresses of elsewhere. The kind of
//! credential chooses the shape, the issuer the colors, the EQF level the steps at the top. Invariants: the same credential
//! gives the same bytes; text and ground differ by at least 7:1 (WCAG 2.2, AAA); every text is escaped and clipped to its
//! place in any script; ids inside start with the credential's, so that several drawings fit on one page.

mod palette;
mod shape;
pub(in crate::emit) mod text;

use std::fmt::Write;

use super::badges::Edition;
use super::badges::fnv;
use crate::emit::wording::one_line;
use crate::model::{CredentialId, Project};
use palette::Palette;
use text::Fit;

/// Width and height of the drawing.
const SIZE: u32 = 480;

/// Draws the badge of a credential, in the credential's own language.
#[must_use]
pub fn draw(project: &Project, id: CredentialId) -> String {
    let credential = &project.credentials[id];
    let edition = Edition::new(project, id, project.language_of(credential));
    let level = credential
        .levels
        .iter()
        .find_map(|&(level, _)| project.eqf(level));
    let mut facts = Vec::with_capacity(2);
    if let Some(&(level, _)) = credential.levels.first() {
        facts.push(edition.wording.level(level).into_owned());
    }
    if let Some(credit) = credential.credit.as_ref().or(credential.workload.as_ref()) {
        facts.push(edition.wording.quantity(credit));
    }
    let issuer_seed = credential.issuer.map_or(0, |issuer| {
        fnv(project
            .address_id(&project.issuers[issuer].declared)
            .as_bytes())
    });
    Badge {
        id: project.address_id(&credential.declared),
        language: project.name(edition.wording.language),
        name: &edition.name(),
        kind: edition.kind(),
        issuer: edition.issuer_name().as_deref(),
        facts: &facts.join(" · "),
        about: &edition.description(),
        caption: &edition.picture_caption(true),
        outline: shape::of_kind(credential.kind),
        palette: palette::of_seed(issuer_seed),
        seed: fnv(project.address_id(&credential.declared).as_bytes()),
        level,
    }
    .draw()
}

/// What a drawing shows.
struct Badge<'a> {
    id: &'a str,
    language: &'a str,
    name: &'a str,
    kind: &'a str,
    issuer: Option<&'a str>,
    facts: &'a str,
    about: &'a str,
    caption: &'a str,
    outline: shape::Shape,
    palette: &'static Palette,
    seed: u32,
    level: Option<u32>,
}

/// The places of the texts. All shapes hold a disk of radius 200 about the middle, and all texts lie in it.
const KIND: Fit = Fit {
    width: 300.0,
    sizes: &[17.0, 15.0, 13.0, 11.0],
    height: 22.0,
    weight: text::Weight::Spaced,
};
const NAME: Fit = Fit {
    width: 330.0,
    sizes: &[46.0, 41.0, 37.0, 33.0, 29.0, 26.0, 23.0, 20.0],
    height: 124.0,
    weight: text::Weight::Bold,
};
const FACTS: Fit = Fit {
    width: 230.0,
    sizes: &[17.0, 15.0, 13.0],
    height: 22.0,
    weight: text::Weight::Medium,
};
const ISSUER: Fit = Fit {
    width: 210.0,
    sizes: &[16.0, 14.0, 12.5],
    height: 36.0,
    weight: text::Weight::Medium,
};

impl Badge<'_> {
    fn draw(&self) -> String {
        let mut out = String::with_capacity(4096);
        self.head(&mut out);
        self.ground(&mut out);
        self.emblem(&mut out);
        let white = "#fff";
        let accent = self.palette.accent;
        let caps = self.kind.to_uppercase();
        text::block(&mut out, &caps, &KIND, 158.0, accent);
        text::block(&mut out, self.name, &NAME, 236.0, white);
        let issuer_middle = if self.facts.is_empty() {
            346.0
        } else {
            self.pill(&mut out);
            375.0
        };
        if let Some(issuer) = self.issuer {
            text::block(&mut out, issuer, &ISSUER, issuer_middle, white);
        }
        out.push_str("</svg>\n");
        out
    }

    fn head(&self, out: &mut String) {
        let id = self.id;
        let _ = writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIZE} {SIZE}\" width=\"{SIZE}\" height=\"{SIZE}\" \
             role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" xml:lang=\"{}\" \
             font-family=\"system-ui, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', Arial, sans-serif\" text-anchor=\"middle\">",
            text::escaped(self.language)
        );
        let _ = writeln!(
            out,
            "<title id=\"{id}-title\">{}</title>",
            text::escaped(self.caption)
        );
        let about = one_line(self.about.into());
        let about = if self.facts.is_empty() {
            about.into_owned()
        } else {
            format!("{about} {}", self.facts)
        };
        let _ = writeln!(
            out,
            "<desc id=\"{id}-desc\">{}</desc>",
            text::escaped(&about)
        );
    }

    /// The shape with its rim, its ornament and the dark field that texts stand on.
    fn ground(&self, out: &mut String) {
        let Palette {
            dark, deep, accent, ..
        } = self.palette;
        let id = self.id;
        let _ = writeln!(
            out,
            "<linearGradient id=\"{id}-rim\" x2=\"1\" y2=\"1\"><stop stop-color=\"{deep}\"/>\
             <stop offset=\"1\" stop-color=\"{dark}\"/></linearGradient>"
        );
        let outlines = shape::outlines(self.outline);
        let _ = writeln!(
            out,
            "<path d=\"{}\" fill=\"url(#{id}-rim)\" stroke=\"url(#{id}-rim)\" stroke-width=\"10\" stroke-linejoin=\"round\"/>",
            outlines.rim
        );
        let (dash, width) = match self.seed % 4 {
            0 => ("", 2.5),
            1 => (" stroke-dasharray=\"0.1 11\" stroke-linecap=\"round\"", 5.0),
            2 => (" stroke-dasharray=\"16 7\"", 2.5),
            _ => (
                " stroke-dasharray=\"18 9 0.1 9\" stroke-linecap=\"round\"",
                3.5,
            ),
        };
        let _ = writeln!(
            out,
            "<path d=\"{}\" fill=\"none\" stroke=\"{accent}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"{dash}/>",
            outlines.ornament
        );
        let _ = writeln!(
            out,
            "<path d=\"{}\" fill=\"{dark}\" stroke=\"{deep}\" stroke-width=\"2\"/>",
            outlines.field
        );
    }

    /// Eight steps, filled up to the EQF level; a star where there is no level.
    fn emblem(&self, out: &mut String) {
        let accent = self.palette.accent;
        let Some(level) = self.level else {
            let _ = writeln!(out, "<path d=\"{}\" fill=\"{accent}\"/>", *shape::STAR);
            return;
        };
        out.push_str("<g>\n");
        for step in 0..8_u32 {
            let height = 9 + step * 5;
            let fill = if step < level {
                accent
            } else {
                self.palette.deep
            };
            let _ = writeln!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"11\" height=\"{height}\" rx=\"2\" fill=\"{fill}\"/>",
                181 + step * 15,
                132 - height
            );
        }
        out.push_str("</g>\n");
    }

    /// Level and credit, in a field of their own.
    fn pill(&self, out: &mut String) {
        let Palette { dark, accent, .. } = self.palette;
        let width = text::width_of(self.facts, &FACTS).min(FACTS.width) + 32.0;
        let _ = writeln!(
            out,
            "<rect x=\"{:.1}\" y=\"309\" width=\"{width:.1}\" height=\"30\" rx=\"15\" fill=\"{accent}\"/>",
            240.0 - width / 2.0
        );
        text::block(out, self.facts, &FACTS, 324.0, dark);
    }
}

#[cfg(test)]
mod tests;
