//! Words and values that have a form of their own in the language: kinds of credentials, amounts, addresses of mail, countries.

use crate::import::source::id_from;

/// The kinds of credentials that the language has: one for each achievement type of Open Badges 3.0.
pub const KINDS: &[&str] = &[
    "achievement",
    "apprenticeship-certificate",
    "assessment",
    "assignment",
    "associate-degree",
    "award",
    "bachelor-degree",
    "badge",
    "certificate",
    "certificate-of-completion",
    "certification",
    "co-curricular",
    "community-service",
    "competency",
    "course",
    "degree",
    "diploma",
    "doctoral-degree",
    "fieldwork",
    "general-education-development",
    "journeyman-certificate",
    "learning-program",
    "license",
    "master-certificate",
    "master-degree",
    "membership",
    "micro-credential",
    "professional-doctorate",
    "quality-assurance-credential",
    "research-doctorate",
    "secondary-school-diploma",
];

/// The keyword for an achievement type: `MicroCredential` is `micro-credential`. What says nothing is a badge.
pub fn kind_of(kind: &str) -> Option<&'static str> {
    if kind.is_empty() {
        return Some("badge");
    }
    let mut words = String::new();
    for letter in kind.chars() {
        if letter.is_uppercase() && words.ends_with(|last: char| last.is_lowercase()) {
            words.push('-');
        }
        words.push(letter);
    }
    let wanted = id_from(&words);
    KINDS.iter().find(|known| **known == wanted).copied()
}

/// A number of credits as the language writes it.
pub fn amount(text: &str) -> Option<String> {
    let text = text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=6).contains(&whole.len()) && part.len() <= 3 && digits(whole) && digits(part);
    let zero = part.is_empty() && whole.bytes().all(|byte| byte == b'0');
    match (fits && !zero, part.is_empty()) {
        (false, _) => None,
        (true, true) => Some(whole.to_owned()),
        (true, false) => Some(format!("{whole}.{part}")),
    }
}

/// Whether a text has the form of an address that mail can be sent to.
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else {
        return false;
    };
    let name_fits = (1..=64).contains(&name.len())
        && !name.starts_with('.')
        && !name.ends_with('.')
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "._+-".contains(letter));
    let label_fits = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    };
    name_fits && domain.contains('.') && domain.len() <= 253 && domain.split('.').all(label_fits)
}

/// A country by its code of two or three letters.
pub fn country(text: &str) -> Option<&'static str> {
    let code = text.trim().to_ascii_uppercase();
    let found = match code.len() {
        2 => rust_iso3166::from_alpha2(&code),
        3 => rust_iso3166::from_alpha3(&code),
        _ => None,
    };
    found.map(|country| country.alpha2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_amounts_and_countries_are_read_as_people_write_them() {
        assert_eq!(kind_of("MicroCredential"), Some("micro-credential"));
        assert_eq!(kind_of("CoCurricular"), Some("co-curricular"));
        assert_eq!(kind_of("micro-credential"), Some("micro-credential"));
        assert_eq!(kind_of(""), Some("badge"));
        assert_eq!(kind_of("ext:Role"), None);
        assert_eq!(amount("36.0").as_deref(), Some("36"));
        assert_eq!(amount("1.50").as_deref(), Some("1.5"));
        for wrong in ["", "0", "-1", "many", "1e9", "1.2345", "99999999"] {
            assert_eq!(amount(wrong), None, "{wrong}");
        }
        assert_eq!(country("aus"), Some("AU"));
        assert_eq!((country("AU"), country("Australia")), (Some("AU"), None));
        assert!(is_email("a.b@c-d.example") && !is_email("a b@c.example") && !is_email("a@b"));
    }
}
