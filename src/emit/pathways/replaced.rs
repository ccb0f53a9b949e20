//! Pages of versions that were released earlier: a line that leads to the version of today, and the links back.
//!
//! Goes in: a page as it was released. Comes out: the same page with one notice more. Nothing else of it changes. The
//! notice is in the language that the page itself names, also where the project has given that language up.

use std::borrow::Cow;

use super::context::Context;
use super::markdown::{Links, PAGE, inline_html, inline_markdown};
use super::phrases::page_phrases;
use crate::emit::badges;
use crate::emit::paths;
use crate::emit::wording::{Wording, escape_markdown, fill, markdown_link, one_line};
use crate::model::{CredentialId, Language, Project, Release};

/// A released page that says which one has replaced it; none where the page has not the form that a build writes.
#[must_use]
pub fn replaced_page(
    project: &Project,
    now: CredentialId,
    release: &Release,
    path: &str,
    text: &str,
) -> Option<String> {
    let (folder, file) = path.rsplit_once('/')?;
    let folder = format!("{folder}/");
    let tag = page_tag(release, &folder);
    let language = language_of(project, tag);
    let wording = Wording::new(project, language);
    let words = page_phrases(tag.unwrap_or_else(|| project.name(language)));
    let credential = &project.credentials[now];
    let mut name = escape_markdown(one_line(wording.prose(&credential.declared.name))).into_owned();
    if let Some(version) = badges::text(project, credential.version) {
        name.push_str(&format!(", {}", escape_markdown(one_line(version))));
    }
    let target = paths::credential_page(project, now, language).path;
    let notice = fill(
        words.earlier_version,
        &[
            ("version", &version(release, words.without_version)),
            (
                "credential",
                &markdown_link(&name, &format!("{PAGE}{target}")),
            ),
        ],
    );
    let links = |file: &'static str| Links {
        from: &folder,
        file,
    };
    match file {
        "index.html" => {
            let main = text.find("<main id=\"_text\">")?;
            let end = "</header>\n";
            let at = main + text.get(main..)?.find(end)? + end.len();
            let notice = format!(
                "<p class=\"notice\">{}</p>\n",
                inline_html(&notice, links("index.html"))
            );
            insert(text, at, &notice)
        }
        "index.md" => {
            let title = if text.starts_with("# ") {
                0
            } else {
                text.find("\n# ")? + 1
            };
            let at = title + text.get(title..)?.find("\n\n")? + 2;
            let notice = format!("> **{}**\n\n", inline_markdown(&notice, links("index.md")));
            insert(text, at, &notice)
        }
        _ => None,
    }
}

/// The folder of the page of today that a released page leads to.
#[must_use]
pub fn replacing_folder(
    project: &Project,
    now: CredentialId,
    release: &Release,
    path: &str,
) -> Option<String> {
    let (folder, _) = path.rsplit_once('/')?;
    let language = language_of(project, page_tag(release, &format!("{folder}/")));
    Some(paths::credential_page(project, now, language).path)
}

/// The tag of the language in which the page of a folder is written, as its HTML says.
fn page_tag<'r>(release: &'r Release, folder: &str) -> Option<&'r str> {
    let path = format!("{folder}index.html");
    let file = release.files.iter().find(|file| file.path == path)?;
    let text = std::str::from_utf8(&file.contents).ok()?;
    let (_, attributes) = text.split_once("<html ")?;
    let (attributes, _) = attributes.split_once('>')?;
    let (_, tag) = attributes.split_once("lang=\"")?;
    let (tag, _) = tag.split_once('"')?;
    (!tag.is_empty()).then_some(tag)
}

/// The language of a tag, where the project still has it, else its main one.
fn language_of(project: &Project, tag: Option<&str>) -> Language {
    let of_tag = |language: &&Language| {
        tag.is_some_and(|tag| project.name(**language).eq_ignore_ascii_case(tag))
    };
    let own = project.languages.iter().find(of_tag);
    own.copied().unwrap_or_else(|| project.main_language())
}

fn insert(text: &str, at: usize, more: &str) -> Option<String> {
    let (head, tail) = text.split_at_checked(at)?;
    Some(format!("{head}{more}{tail}"))
}

fn version<'a>(release: &'a Release, without: &'a str) -> Cow<'a, str> {
    match badges::not_blank(Cow::Borrowed(&release.version)) {
        Some(version) => escape_markdown(one_line(version)),
        None => Cow::Borrowed(without),
    }
}

/// The folder of a page of a release.
fn page_folder(project: &Project, release: &Release, language: Language) -> String {
    let folder = paths::language_folder(project, language);
    format!("{folder}credentials/{}/", release.name)
}

/// A version that was released earlier, with a link to its page where it has one.
pub fn link(context: &Context<'_, '_>, release: &Release) -> String {
    let version = version(release, context.words.without_version);
    let folder = page_folder(context.project, release, context.language);
    let page = format!("{folder}index.html");
    if release.files.iter().any(|file| file.path == page) {
        markdown_link(&version, &format!("{PAGE}{folder}"))
    } else {
        version.into_owned()
    }
}
