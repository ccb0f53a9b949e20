//! Issuers, recognitions and roles.

use crate::diag::early;
use crate::model::{
    Issuer, IssuerId, Recognition, RecognitionId, RecognitionSource, Role, RoleId, Text,
};
use crate::syntax::tree::Key;

use super::View;
use super::outcome::Outcome;
use super::tables::Declaration;

pub(super) fn issuer(
    view: View<'_>,
    declaration: &Declaration,
    _id: IssuerId,
    outcome: &mut Outcome,
) -> Issuer {
    let before = outcome.faults;
    let translations = view.translations(declaration.statement, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let mut issuer = Issuer {
        declared,
        url: None,
        email: None,
        phone: None,
        country: None,
        image: None,
    };
    for (_, child) in view.tree.children(declaration.statement) {
        match child.key {
            Key::Url => issuer.url = view.url(child, outcome),
            Key::Email => {
                issuer.email = view.text(child).and_then(|text| view.email(text, outcome))
            }
            Key::Phone => issuer.phone = view.text(child),
            Key::Country => {
                if let Some(span) = view.id_arg(child) {
                    let code = view.slice(span);
                    if code.len() == 2 && rust_iso3166::from_alpha2(code).is_some() {
                        issuer.country = Some((view.name(span), view.place(span)));
                    } else {
                        outcome
                            .report(&early::TYPE_COUNTRY, view.place(span))
                            .message(format!("`{code}` is not a country code"))
                            .label("not in ISO 3166-1")
                            .help(country_help(code));
                    }
                }
            }
            Key::Image => issuer.image = view.image(child, &translations),
            _ => {}
        }
    }
    issuer.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    issuer
}

pub(super) fn recognition(
    view: View<'_>,
    declaration: &Declaration,
    _id: RecognitionId,
    outcome: &mut Outcome,
) -> Recognition {
    let before = outcome.faults;
    let translations = view.translations(declaration.statement, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let mut recognition = Recognition {
        declared,
        from: None,
        grants: Vec::new(),
        evidence: Vec::new(),
        valid_until: None,
    };
    for (_, child) in view.tree.children(declaration.statement) {
        match child.key {
            Key::From => {
                recognition.from = match view.text(child) {
                    Some(text) => Some(RecognitionSource::Words(translations.prose(
                        text,
                        Key::From,
                        0,
                    ))),
                    None => view.iri(child, outcome).map(RecognitionSource::Iri),
                };
            }
            Key::Grants => {
                for &arg in view.args(child) {
                    recognition.grants.extend(view.credential(arg, outcome));
                }
            }
            Key::Evidence => {
                view.evidence(child, &translations, &mut recognition.evidence, outcome)
            }
            Key::ValidUntil => recognition.valid_until = view.date_arg(child, outcome),
            _ => {}
        }
    }
    recognition.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    recognition
}

pub(super) fn role(
    view: View<'_>,
    declaration: &Declaration,
    _id: RoleId,
    outcome: &mut Outcome,
) -> Role {
    let before = outcome.faults;
    let translations = view.translations(declaration.statement, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let mut role = Role {
        declared,
        code: None,
        needs: Vec::new(),
        mappings: Vec::new(),
    };
    for (id, child) in view.tree.children(declaration.statement) {
        match child.key {
            Key::Code => role.code = view.text(child),
            Key::Needs => role
                .needs
                .extend(view.requirements(id, &translations, outcome)),
            Key::Mapping => role
                .mappings
                .extend(view.mapping(id, None, &translations, outcome)),
            _ => {}
        }
    }
    role.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    role
}

/// What to write instead of a wrong country code; two codes in daily use are not those of the standard.
fn country_help(code: &str) -> String {
    let upper = code.to_uppercase();
    match upper.as_str() {
        "UK" => "did you mean `GB`?".to_owned(),
        "EL" => "did you mean `GR`?".to_owned(),
        _ if upper != code && rust_iso3166::from_alpha2(&upper).is_some() => {
            format!("did you mean `{upper}`?")
        }
        _ => match country_named(&upper) {
            Some(country) => format!("did you mean `{}`?", country.alpha2),
            None => "use two capital letters such as `AU`, `FR` or `GB`".to_owned(),
        },
    }
}

/// The one country whose English name is the word, or begins with it.
fn country_named(word: &str) -> Option<&'static rust_iso3166::CountryCode> {
    if word.len() < 4 {
        return None;
    }
    let named = |exact: bool| {
        let mut all = rust_iso3166::ALL.iter().filter(move |country| {
            let name = country.name.to_uppercase();
            if exact {
                name == word
            } else {
                name.starts_with(word)
            }
        });
        all.next().filter(|_| all.next().is_none())
    };
    named(true).or_else(|| named(false))
}

impl View<'_> {
    fn email(self, text: Text, outcome: &mut Outcome) -> Option<Text> {
        let written = text.read(self.linker.sources);
        if !is_email(&written) {
            outcome
                .report(&early::TYPE_EMAIL, text.place)
                .message(format!("`{written}` is not an email address"))
                .label("not an email address")
                .help("write one address with a name, `@` and a domain, for instance `badges@example.org`");
            return None;
        }
        Some(text)
    }
}

/// Whether a text has the form of an address that mail can be sent to: one `@`, a name before it, a domain with a dot after it.
fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let name_fits = !name.is_empty()
        && name.len() <= 64
        && !name.starts_with('.')
        && !name.ends_with('.')
        && name.chars().all(|character| {
            character.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(character)
        });
    let label_fits = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|character| character.is_alphanumeric() || character == '-')
    };
    name_fits && domain.len() <= 253 && domain.contains('.') && domain.split('.').all(label_fits)
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn email_addresses() {
        assert!(is_email("badges@harbour.example.edu"));
        assert!(is_email("j.o'neil+x@a-b.example"));
        for wrong in [
            "", "@a.b", "a@b", "a@b@c.d", "a b@c.d", "a@-b.c", "a@b..c", ".a@b.c",
        ] {
            assert!(!is_email(wrong), "{wrong}");
        }
    }
}
