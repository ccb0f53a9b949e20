//! What single values of the project file may be.

use crate::diag::did_you_mean;
use crate::model::{Amount, language_tag};

use super::Reader;
use super::node::{Node, Value};

/// Whether a text is an id: `[a-z][a-z0-9-]*`.
pub(super) fn is_id(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// What to write where several languages stand without their brackets.
fn language_list(text: &str) -> Option<String> {
    let tags: Vec<&str> = text
        .split([',', ';', ' '])
        .filter(|tag| !tag.is_empty())
        .collect();
    let all = tags.len() > 1 && tags.iter().all(|tag| language_tag::is_language_tag(tag));
    all.then(|| format!("write a list: `[{}]`", tags.join(", ")))
}

impl Reader<'_> {
    /// Reports that something else should stand here.
    pub(super) fn expected(&mut self, node: &Node, what: &str) {
        let label = match node.value {
            Value::Null => "nothing stands here",
            Value::Scalar(_) => "a single value",
            Value::List(_) => "a list",
            Value::Map(_) => "a block of settings",
        };
        self.report(node.span, format!("expected {what}"))
            .label(label);
    }

    /// A text on one line that is not empty.
    pub(super) fn text(&mut self, node: &Node, what: &str) -> Option<String> {
        match &node.value {
            Value::Scalar(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Scalar(_) | Value::Null | Value::List(_) | Value::Map(_) => {
                self.expected(node, what);
                None
            }
        }
    }

    pub(super) fn id(&mut self, node: &Node, what: &str) -> Option<String> {
        let text = self.text(node, what)?;
        if is_id(&text) {
            return Some(text);
        }
        self.report(node.span, format!("`{text}` is not possible as {what}"))
            .label("not an id")
            .help("use small letters, digits and hyphens, starting with a letter");
        None
    }

    /// The members of a list; a single value stands for a list of one. Members twice in the list are reported.
    pub(super) fn members(
        &mut self,
        node: &Node,
        what: &str,
        mut one: impl FnMut(&mut Self, &Node) -> Option<String>,
    ) -> Vec<String> {
        let nodes = match &node.value {
            Value::List(members) => members.as_slice(),
            Value::Scalar(_) => std::slice::from_ref(node),
            Value::Null | Value::Map(_) => {
                self.expected(node, what);
                return Vec::new();
            }
        };
        if nodes.is_empty() {
            self.report(node.span, format!("the list is empty, expected {what}"))
                .label("nothing in it");
        }
        let mut found = Vec::new();
        for node in nodes {
            let Some(member) = one(self, node) else {
                continue;
            };
            if found.contains(&member) {
                self.report(node.span, format!("`{member}` is in the list twice"))
                    .label("again")
                    .help("remove it here");
            } else {
                found.push(member);
            }
        }
        found
    }

    /// One of the words possible.
    pub(super) fn word(&mut self, node: &Node, what: &str, known: &[&str]) -> Option<String> {
        let text = self.text(node, &format!("the name of a {what}"))?;
        if known.contains(&text.as_str()) {
            return Some(text);
        }
        let list =
            || Some(format!("use one of: {}", known.join(", "))).filter(|_| !known.is_empty());
        self.report(node.span, format!("there is no {what} `{text}`"))
            .label("not known")
            .help_opt(did_you_mean(&text, known.iter().copied()).or_else(list));
        None
    }

    pub(super) fn language(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "a language tag such as `en`")?;
        if language_tag::is_language_tag(&text) {
            return Some(text);
        }
        self.report(node.span, format!("`{text}` is not a language tag"))
            .label("not a language tag")
            .help(language_list(&text).unwrap_or_else(|| language_tag::tag_help(&text)));
        None
    }

    /// An https address that other addresses can be hung on; comes out with a `/` at its end.
    pub(super) fn base(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "an address such as `https://badges.example.org/`")?;
        let refuse = |reader: &mut Self, label: &str, help: String| {
            reader
                .report(
                    node.span,
                    format!("`{text}` cannot be the base of the catalogue"),
                )
                .label(label)
                .help(help);
            None
        };
        let Ok(iri) = oxiri::Iri::parse(text.as_str()) else {
            let host = text.trim_matches('/');
            let help = if !host.contains('.') || host.starts_with(['.', ':']) {
                "write the address under which it is published, such as `https://badges.example.org/`"
                    .to_owned()
            } else if text.contains("://") || text.chars().any(char::is_whitespace) {
                "write a whole address, without blanks: `https://badges.example.org/`".to_owned()
            } else {
                format!(
                    "write the whole address: `https://{}`",
                    text.trim_start_matches('/')
                )
            };
            return refuse(self, "not an address", help);
        };
        let host = iri.authority().unwrap_or("");
        if !matches!(iri.scheme(), "https" | "http") || host.is_empty() {
            let help = "start with `https://` and the name of a host".to_owned();
            return refuse(self, "not an https address", help);
        }
        if host.contains('@') {
            let help = "remove what stands before the `@`".to_owned();
            return refuse(self, "names a user", help);
        }
        if iri.query().is_some() || iri.fragment().is_some() {
            let end = text.find(['?', '#']).unwrap_or(text.len());
            let help = format!("leave out what follows `{}`", &text[..end]);
            return refuse(self, "has a query or a fragment", help);
        }
        if iri
            .path()
            .split('/')
            .any(|part| part == "." || part == "..")
        {
            let help = "write the address without `.` and `..`".to_owned();
            return refuse(self, "has steps in it", help);
        }
        if iri.scheme() == "http" {
            let secure = format!("https{}", &text["http".len()..]);
            return refuse(self, "not https", format!("publish over https: `{secure}`"));
        }
        let slash = if text.ends_with('/') { "" } else { "/" };
        Some(format!("{text}{slash}"))
    }

    pub(super) fn licence(&mut self, node: &Node) -> Option<String> {
        const WANTED: &str =
            "the address of a licence such as `https://creativecommons.org/licenses/by/4.0/`";
        let text = self.text(node, WANTED)?;
        match oxiri::Iri::parse(text.as_str()) {
            Ok(iri) if matches!(iri.scheme(), "https" | "http") => Some(text),
            Ok(_) | Err(_) => {
                self.report(
                    node.span,
                    format!("`{text}` is not the address of a licence"),
                )
                .label("not an address")
                .help(format!("write {WANTED}"));
                None
            }
        }
    }

    /// `80%`.
    pub(super) fn percent(&mut self, node: &Node) -> Option<Amount> {
        let text = self.text(node, "a percentage such as `80%`")?;
        let amount = text
            .strip_suffix('%')
            .map(str::trim_end)
            .and_then(Amount::parse);
        match amount {
            Some(amount) if amount <= Amount::whole(100) => Some(amount),
            Some(_) => {
                self.report(node.span, format!("`{text}` is more than everything"))
                    .label("above 100%")
                    .help("write `100%` or less");
                None
            }
            None => {
                let help = match Amount::parse(&text) {
                    // A share of one is meant.
                    Some(share) if text.contains('.') && share <= Amount::whole(1) => {
                        format!("write `{}%`", Amount(share.0.saturating_mul(100)))
                    }
                    Some(amount) if amount <= Amount::whole(100) => format!("write `{amount}%`"),
                    Some(_) | None => "write a number up to 100 and `%`, such as `80%`".to_owned(),
                };
                self.report(node.span, format!("`{text}` is not a percentage"))
                    .label("expected a number and `%`")
                    .help(help);
                None
            }
        }
    }

    /// A pattern of paths below the project's folder.
    pub(super) fn glob(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "a pattern such as `**/*.gradus`")?;
        let climbs = text.split(['/', '\\']).any(|part| part == "..");
        if climbs || text.starts_with('/') || text.contains(':') {
            self.report(
                node.span,
                format!("`{text}` leads out of the project's folder"),
            )
            .label("leads outside")
            .help("write a pattern that starts at the project's folder");
            return None;
        }
        match globset::Glob::new(&text) {
            Ok(_) => Some(text),
            Err(error) => {
                self.report(
                    node.span,
                    format!("`{text}` is not a pattern of paths: {}", error.kind()),
                )
                .label("not a pattern");
                None
            }
        }
    }
}
