//! Issuers as source text. What cannot stand in its place stays as a comment, and is counted.

use super::forms::{country, is_email};
use super::model::Issuer;
use super::write::Out;
use crate::import::source::{Writer, is_web_address, name, quoted};

impl Out<'_> {
    /// All issuers that the project has not already.
    pub(super) fn issuers(&mut self) -> String {
        let mut writer = Writer::default();
        for (position, issuer) in self.catalogue.issuers.iter().enumerate() {
            if self.there.contains(&position) {
                continue;
            }
            let id = self.issuers.get(position).cloned().unwrap_or_default();
            writer.gap();
            self.issuer(&id, issuer, &mut writer);
        }
        if let Some(id) = &self.unnamed {
            writer.gap();
            writer.comment("for the badges that name no issuer", "");
            writer.line(&format!("issuer {id} \"Unnamed issuer\""));
        }
        writer.finish()
    }

    fn issuer(&mut self, id: &str, issuer: &Issuer, writer: &mut Writer) {
        writer.open(&format!("issuer {id} {}", quoted(&issuer.name)));
        // What cannot stand in its place stays as a comment.
        let mut odd: Vec<(&str, &str)> = Vec::new();
        if is_web_address(&issuer.url) {
            writer.iri("url", &issuer.url);
        } else if !issuer.url.is_empty() {
            odd.push(("url", &issuer.url));
        }
        if is_email(&issuer.email) {
            writer.line(&format!("email {}", quoted(&issuer.email)));
        } else if !issuer.email.is_empty() {
            odd.push(("email", &issuer.email));
        }
        if !issuer.phone.is_empty() {
            writer.line(&format!("phone {}", quoted(&issuer.phone)));
        }
        match country(&issuer.country) {
            Some(code) => writer.line(&format!("country {code}")),
            None if issuer.country.is_empty() => {}
            None => odd.push(("country", &issuer.country)),
        }
        let about = issuer.description.trim();
        if !about.is_empty() {
            writer.text("about", about);
        }
        let image = issuer.image.address.trim();
        let caption = name(&issuer.image.caption);
        if is_web_address(image) {
            match caption.is_empty() {
                true => writer.line(&format!("image {}", quoted(image))),
                false => writer.line(&format!("image {} alt {}", quoted(image), quoted(&caption))),
            }
        } else if image.starts_with("data:") {
            odd.push(("image", "a picture in the file itself"));
        } else if !image.is_empty() {
            odd.push(("image", image));
        }
        let address = issuer.id.as_str();
        if !address.is_empty() {
            if address.ends_with(&format!("/open-badges-2/issuers/{id}.json")) {
                odd.push(("its address there", address));
            } else if !self.addresses.insert(address.to_owned()) || !writer.iri("iri", address) {
                odd.push(("id", address));
            }
        }
        let more = issuer.rest.iter();
        odd.extend(more.map(|(field, words)| (field.as_str(), words.as_str())));
        for (field, words) in odd {
            writer.comment(field, words);
            let reason = format!(
                "`{field}` of issuers that the language has no place for, kept as comments"
            );
            self.note(&reason, issuer.spot, words);
        }
        for (tag, told, description) in &issuer.translations {
            writer.open(&format!("in {tag}"));
            writer.line(&format!("name {}", quoted(told)));
            match (description.trim(), about.is_empty()) {
                ("", _) => {}
                (text, _) if text == about => {}
                (text, false) => writer.text("about", text),
                (text, true) => {
                    writer.comment("about", text);
                    self.note(
                        "texts in another language that the main one lacks, kept as comments",
                        issuer.spot,
                        text,
                    );
                }
            }
            writer.close();
        }
        writer.close();
    }
}
