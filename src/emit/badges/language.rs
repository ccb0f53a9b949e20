//! Language tags as badge documents want them.

use std::borrow::Cow;

/// A language tag in the form of Open Badges 3.0 (LanguageCode): language, script, region, in the usual case; variants and
/// extensions are left out. `None` where nothing of that form remains.
#[must_use]
pub fn language_tag(tag: &str) -> Option<Cow<'_, str>> {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut parts = tag.split('-').peekable();
    let language = parts.next()?;
    if !(2..=4).contains(&language.len()) || !letters(language) {
        return None;
    }
    let mut out = language.to_ascii_lowercase();
    // An extended language such as `zh-yue` stands for itself: `yue`.
    while let Some(extended) = parts.next_if(|part| part.len() == 3 && letters(part)) {
        out = extended.to_ascii_lowercase();
    }
    if let Some(script) = parts.next_if(|part| part.len() == 4 && letters(part)) {
        let (first, rest) = script.split_at(1);
        out.push('-');
        out.push_str(&first.to_ascii_uppercase());
        out.push_str(&rest.to_ascii_lowercase());
    }
    let is_region = |part: &str| {
        (part.len() == 2 && letters(part))
            || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if let Some(region) = parts.next_if(|part| is_region(part)) {
        out.push('-');
        out.push_str(&region.to_ascii_uppercase());
    }
    Some(if out == tag {
        Cow::Borrowed(tag)
    } else {
        Cow::Owned(out)
    })
}

#[cfg(test)]
mod tests {
    use super::language_tag;

    #[test]
    fn tags_take_the_form_of_the_standard() {
        let tag = |text| language_tag(text).map(|tag| tag.into_owned());
        assert_eq!(tag("en").as_deref(), Some("en"));
        assert_eq!(tag("EN-gb").as_deref(), Some("en-GB"));
        assert_eq!(tag("zh-hant-tw").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(tag("es-419").as_deref(), Some("es-419"));
        assert_eq!(tag("sl-rozaj").as_deref(), Some("sl"));
        assert_eq!(tag("zh-yue-HK").as_deref(), Some("yue-HK"));
        assert_eq!(tag("x-private"), None);
        assert_eq!(tag(""), None);
        assert_eq!(tag("é"), None);
    }
}
