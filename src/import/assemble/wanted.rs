//! What the user says of a framework: its id, its version, and facts that its files do not state.
//!
//! Goes in: the words of the command line. Comes out: a [`Wanted`] whose values can stand in a pack, or what is wrong with one of them.

use oxilangtag::LanguageTag;
use oxiri::Iri;

use super::texts::tidy;
use crate::import::fault::ReadFault;
use crate::import::release::Head;

/// What the user said about the framework. It goes before what the files say.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The id to use in the project.
    pub id: Option<String>,
    pub version: Option<String>,
    /// Whether it may be without a version, because nothing is written.
    pub unversioned: bool,
    /// Other keys of a pack's head with their values: `licence`, `publisher`.
    pub set: Vec<(String, String)>,
}

impl Wanted {
    /// Puts what the user says into the head of a release.
    pub fn apply(&self, head: &mut Head) {
        if let Some(version) = &self.version {
            head.version = Some(version.clone());
        }
        for (key, value) in &self.set {
            let slot = match key.as_str() {
                "title" => &mut head.title,
                "publisher" => &mut head.publisher,
                "licence" => &mut head.licence,
                "licence-url" => &mut head.licence_url,
                "attribution" => &mut head.attribution,
                "source" => &mut head.source,
                "iri" => &mut head.iri,
                "language" => &mut head.language,
                // Other keys are refused where they are read.
                _ => continue,
            };
            *slot = Some(value.clone());
        }
    }
}

/// The keys that [`Wanted::set`] knows.
pub const SETTABLE: [&str; 8] = [
    "title",
    "publisher",
    "licence",
    "licence-url",
    "attribution",
    "source",
    "iri",
    "language",
];

/// Reads `KEY=VALUE` as it stands after `--set`.
///
/// # Errors
/// It is no such pair, the key is not known, or the value cannot stand there.
pub fn setting(pair: &str) -> Result<(String, String), ReadFault> {
    let Some((key, value)) = pair.split_once('=') else {
        return Err(ReadFault::new(format!("`{pair}` does not say what is set"))
            .help("write it as `licence=CC0`"));
    };
    let (key, value) = (key.trim(), tidy(value));
    if !SETTABLE.contains(&key) {
        return Err(
            ReadFault::new(format!("`{key}` is not something that can be set"))
                .help(format!("use one of: {}", SETTABLE.join(", "))),
        );
    }
    if value.is_empty() {
        return Err(
            ReadFault::new(format!("`{pair}` sets `{key}` to nothing")).help(format!(
                "write what it is after the equals sign, or leave `{key}` out"
            )),
        );
    }
    let value = match key {
        "language" => language(&value)?,
        "source" | "iri" if Iri::parse(value.as_str()).is_err() => {
            return Err(
                ReadFault::new(format!("`{value}` is not an address in full"))
                    .help(format!("write it as `{key}=https://…`")),
            );
        }
        "licence-url" if !crate::import::source::is_web_address(&value) => {
            return Err(
                ReadFault::new(format!("`{value}` is not an address of the web")).help(
                    "write it as `licence-url=https://…`; what it is called stands in `licence`",
                ),
            );
        }
        _ => value,
    };
    Ok((key.to_owned(), value))
}

/// A version as the user gives it.
///
/// # Errors
/// It says nothing.
pub fn version(text: &str) -> Result<String, ReadFault> {
    let version = tidy(text).replace(' ', "-");
    if version.is_empty() {
        return Err(ReadFault::new("there is no version in it")
            .help("write it as the publisher does, or leave the option out"));
    }
    Ok(version)
}

/// The tag of a language, written as tags are.
fn language(tag: &str) -> Result<String, ReadFault> {
    // Names of languages have the form of tags that nobody has ever registered.
    let (first, _) = tag.split_once('-').unwrap_or((tag, ""));
    let parsed = LanguageTag::parse_and_normalize(tag).ok();
    let parsed = parsed.filter(|_| (2..=3).contains(&first.len()));
    parsed.map(|tag| tag.as_str().to_owned()).ok_or_else(|| {
        ReadFault::new(format!("`{tag}` is not the tag of a language"))
            .help("write it as `en`, `fr` or `pt-BR`")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_can_stand_in_a_pack() {
        let kept = |pair: &str| setting(pair).map(|(key, value)| format!("{key}={value}"));
        for (given, read) in [
            ("licence = CC BY  4.0 ", "licence=CC BY 4.0"),
            ("language=EN-us", "language=en-US"),
            ("iri=urn:x:y", "iri=urn:x:y"),
            (
                "licence-url=https://a.example/l?a=b",
                "licence-url=https://a.example/l?a=b",
            ),
        ] {
            assert_eq!(kept(given).ok().as_deref(), Some(read), "{given}");
        }
    }

    #[test]
    fn what_cannot_stand_there_is_refused_in_the_words_of_its_author() {
        for (given, message) in [
            ("licence", "`licence` does not say what is set"),
            ("color=red", "`color` is not something that can be set"),
            ("title=", "`title=` sets `title` to nothing"),
            (
                "title=\u{200b} ",
                "`title=\u{200b} ` sets `title` to nothing",
            ),
            ("language=english", "`english` is not the tag of a language"),
            ("language=e n", "`e n` is not the tag of a language"),
            ("iri=skills", "`skills` is not an address in full"),
            (
                "source=https://a b",
                "`https://a b` is not an address in full",
            ),
            ("licence-url=CC BY", "`CC BY` is not an address of the web"),
        ] {
            let fault = setting(given).expect_err(given);
            assert_eq!(fault.message, message);
            assert!(fault.help.is_some(), "{given}");
        }
        assert!(version("\u{a0}").is_err());
        assert_eq!(version("1 b").ok().as_deref(), Some("1-b"));
    }
}
