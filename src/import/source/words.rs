//! Words for the items of a framework: keywords, verbs, names.

use super::ids::id_from;
use crate::import::release::Record;

/// Where a name that is a whole statement is cut.
const LONGEST_NAME: usize = 80;

/// The keyword of an item, by what its publisher calls it.
pub fn keyword(record: &Record, has_children: bool) -> &'static str {
    let kind = id_from(record.kind.as_deref().unwrap_or(""));
    let is = |word: &str| kind.split('-').any(|part| part == word);
    let field_type = record
        .fields
        .get("type")
        .and_then(serde_json::Value::as_str)
        .map(str::to_lowercase)
        .unwrap_or_default();
    if is("knowledge") || field_type == "knowledge" {
        "knowledge"
    } else if is("attitude") || field_type == "attitude" {
        "attitude"
    } else if is("competence") || is("competency") {
        "competency"
    } else if has_children {
        "area"
    } else {
        "skill"
    }
}

/// The word before a statement.
pub fn verb(kind: &str) -> &'static str {
    match kind {
        "knowledge" => "knows",
        _ => "can",
    }
}

/// The address of a licence by its usual short name: `CC BY-SA 4.0`, `CC0 1.0`.
pub fn licence_address(words: &str) -> Option<String> {
    let mut parts = words.split_whitespace();
    let (family, terms) = match parts.next()? {
        "CC0" => ("publicdomain", "zero".to_owned()),
        "CC" => ("licenses", parts.next()?.to_ascii_lowercase()),
        _ => return None,
    };
    let version = parts.next()?;
    let known = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"];
    let fits = match family {
        "publicdomain" => version == "1.0",
        _ => ["3.0", "4.0"].contains(&version) && known.contains(&terms.as_str()),
    };
    let fits = fits && parts.next().is_none();
    fits.then(|| format!("https://creativecommons.org/{family}/{terms}/{version}/"))
}

/// A name that is a whole statement, cut after a word.
pub fn shortened(label: &str) -> String {
    if label.chars().count() <= LONGEST_NAME {
        return label.to_owned();
    }
    let mut short = String::new();
    for word in label.split(' ') {
        if short.chars().count() + word.chars().count() + 1 >= LONGEST_NAME {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    if short.is_empty() {
        short = label.chars().take(LONGEST_NAME - 1).collect();
    }
    format!("{}…", short.trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::licence_address;

    #[test]
    fn licences_have_addresses_by_their_usual_names() {
        let address = |words| licence_address(words).unwrap_or_default();
        assert_eq!(
            address("CC BY-SA 4.0"),
            "https://creativecommons.org/licenses/by-sa/4.0/"
        );
        assert_eq!(
            address("CC0 1.0"),
            "https://creativecommons.org/publicdomain/zero/1.0/"
        );
        for other in [
            "House rules",
            "CC BY",
            "CC BY 9.0",
            "CC BY 3.0 US",
            "CC ZERO 4.0",
        ] {
            assert_eq!(address(other), "", "{other}");
        }
    }
}
