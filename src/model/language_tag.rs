//! Language tags: which are taken, and which was meant where a language is written by its name.
//!
//! A tag is well-formed by BCP 47, and its language part has two or three letters: the longer ones that the grammar of BCP 47
//! keeps room for have never been given out, so `english` is the name of a language and no tag.

/// Whether a text is a language tag that can be meant.
#[must_use]
pub fn is_language_tag(text: &str) -> bool {
    oxilangtag::LanguageTag::parse(text).is_ok_and(|tag| {
        tag.primary_language().len() <= 3
            || text.starts_with(['x', 'X', 'i', 'I']) && has_no_language(text)
    })
}

/// Private tags (`x-…`) and the few of old (`i-klingon`) have no language part.
fn has_no_language(text: &str) -> bool {
    text.as_bytes().get(1) == Some(&b'-')
}

/// The tag of a language that is written by its name, in English or in itself.
#[must_use]
pub fn tag_of_name(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&name.as_str()))
        .map(|&(tag, _)| tag)
}

/// What to do about a text that is no language tag.
#[must_use]
pub fn tag_help(text: &str) -> String {
    match proposed_tag(text) {
        Some(tag) => format!("write `{tag}`"),
        None => "use a tag such as `en`, `fr` or `pt-BR`".to_owned(),
    }
}

/// The tag that was meant, where that is plain: by the name of a language, or but for an underscore.
#[must_use]
pub fn proposed_tag(text: &str) -> Option<String> {
    if let Some(tag) = tag_of_name(text) {
        return Some(tag.to_owned());
    }
    let hyphens = text.replace('_', "-");
    (hyphens != text && is_language_tag(&hyphens)).then_some(hyphens)
}

/// Languages that catalogues are often written in, by their English name and their own.
const NAMES: &[(&str, &[&str])] = &[
    ("ar", &["arabic", "العربية"]),
    ("bg", &["bulgarian", "български"]),
    ("ca", &["catalan", "català"]),
    ("cs", &["czech", "čeština"]),
    ("cy", &["welsh", "cymraeg"]),
    ("da", &["danish", "dansk"]),
    ("de", &["german", "deutsch"]),
    ("el", &["greek", "ελληνικά"]),
    ("en", &["english"]),
    ("es", &["spanish", "español", "espanol", "castellano"]),
    ("et", &["estonian", "eesti"]),
    ("eu", &["basque", "euskara"]),
    ("fa", &["persian", "farsi", "فارسی"]),
    ("fi", &["finnish", "suomi"]),
    ("fr", &["french", "français", "francais"]),
    ("ga", &["irish", "gaeilge"]),
    ("gl", &["galician", "galego"]),
    ("he", &["hebrew", "עברית"]),
    ("hi", &["hindi", "हिन्दी"]),
    ("hr", &["croatian", "hrvatski"]),
    ("hu", &["hungarian", "magyar"]),
    ("id", &["indonesian"]),
    ("is", &["icelandic", "íslenska"]),
    ("it", &["italian", "italiano"]),
    ("ja", &["japanese", "日本語"]),
    ("ko", &["korean", "한국어"]),
    ("lb", &["luxembourgish"]),
    ("lt", &["lithuanian", "lietuvių"]),
    ("lv", &["latvian", "latviešu"]),
    ("mi", &["maori", "māori"]),
    ("mt", &["maltese", "malti"]),
    ("nl", &["dutch", "flemish", "nederlands", "vlaams"]),
    ("no", &["norwegian", "norsk"]),
    ("pl", &["polish", "polski"]),
    ("pt", &["portuguese", "português", "portugues"]),
    ("ro", &["romanian", "română", "romana"]),
    ("ru", &["russian", "русский"]),
    ("sk", &["slovak", "slovenčina"]),
    ("sl", &["slovenian", "slovene", "slovenščina"]),
    ("sq", &["albanian", "shqip"]),
    ("sr", &["serbian", "српски"]),
    ("sv", &["swedish", "svenska"]),
    ("sw", &["swahili", "kiswahili"]),
    ("tr", &["turkish", "türkçe"]),
    ("uk", &["ukrainian", "українська"]),
    ("vi", &["vietnamese"]),
    ("zh", &["chinese", "mandarin", "中文"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_languages_are_no_tags() {
        for tag in [
            "en",
            "pt-BR",
            "zh-Hant-TW",
            "gsw",
            "x-ours",
            "i-klingon",
            "sr-Latn",
        ] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for name in ["english", "French", "deutsch", "en_GB", "e", "engl", ""] {
            assert!(!is_language_tag(name), "{name}");
        }
        assert_eq!(proposed_tag("English").as_deref(), Some("en"));
        assert_eq!(proposed_tag("en_GB").as_deref(), Some("en-GB"));
        assert_eq!(proposed_tag("klingon"), None);
    }

    #[test]
    fn every_proposed_tag_is_one() {
        for (tag, names) in NAMES {
            assert!(is_language_tag(tag), "{tag}");
            assert!(
                names.iter().all(|name| *name == name.to_lowercase()),
                "{tag}"
            );
        }
    }
}
