//! The output `pathways`: pages for people. Each pathway, framework, credential, role and recognition has a page in Markdown and
//! as HTML, in every language of the project; a start page per language leads to them.
//!
//! Goes in: a project. Comes out: `index.html` and `index.md` in the folders that [`super::paths`] fixes, and the pictures they
//! show. Invariants: a page needs nothing but itself and its picture; links between pages are relative, so that a copy on a
//! disk works; texts of authors are never markup; both forms of a page are made from one [`page::Page`].

mod assessment;
mod catalogue;
mod context;
mod credential;
mod diagram;
mod effort;
mod framework;
mod html;
mod lines;
mod markdown;
mod page;
mod pathway;
mod phrases;
mod picture;
mod recognition;
mod replaced;
mod rewrite;
mod role;
mod site;

use rayon::prelude::*;

use super::{Emitter, Input, OutputFile, badge_image, badges, kept, paths};
use crate::model::{CredentialId, FrameworkId, Language, PathwayId, RecognitionId, RoleId};
use context::Context;
use html::Renderer;
use page::Page;
pub use replaced::{replaced_page, replacing_folder};
use site::Site;

/// Pages for people.
pub const EMITTER: Emitter = Emitter {
    name: "pathways",
    summary: "Pages in HTML and Markdown for every pathway, credential, framework, role and recognition, with pathways drawn as diagrams",
    version: 1,
    emit,
};

/// What has a page.
#[derive(Debug, Clone, Copy)]
enum Subject {
    Catalogue,
    Pathway(PathwayId),
    Credential(CredentialId),
    Framework(FrameworkId),
    Role(RoleId),
    Recognition(RecognitionId),
}

fn emit(input: &Input<'_>) -> Vec<OutputFile> {
    let project = input.project;
    let site = Site::new(input);
    let renderer = Renderer::new();
    let subjects: Vec<(Subject, Language)> = project
        .languages
        .iter()
        .flat_map(|&language| {
            std::iter::once(Subject::Catalogue)
                .chain(project.pathways.ids().map(Subject::Pathway))
                .chain(project.credentials.ids().map(Subject::Credential))
                .chain(project.frameworks.ids().map(Subject::Framework))
                .chain(project.roles.ids().map(Subject::Role))
                .chain(project.recognitions.ids().map(Subject::Recognition))
                .map(move |subject| (subject, language))
        })
        .collect();
    let mut files: Vec<OutputFile> = subjects
        .par_iter()
        .flat_map_iter(|&(subject, language)| {
            let page = page(&site, subject, language);
            [
                OutputFile {
                    path: format!("{}index.html", page.folder),
                    contents: renderer.render(&page).into_bytes(),
                },
                OutputFile {
                    path: format!("{}index.md", page.folder),
                    contents: page.to_markdown().into_bytes(),
                },
            ]
        })
        .collect();
    files.extend(pictures(&site));
    files.extend(kept::files(project, EMITTER.name, &files));
    files
}

fn page(site: &Site<'_>, subject: Subject, language: Language) -> Page {
    let context = Context::new(site, language);
    match subject {
        Subject::Catalogue => catalogue::page(&context),
        Subject::Pathway(id) => pathway::page(&context, id),
        Subject::Credential(id) => credential::page(&context, id),
        Subject::Framework(id) => framework::page(&context, id),
        Subject::Role(id) => role::page(&context, id),
        Subject::Recognition(id) => recognition::page(&context, id),
    }
}

/// The pictures that pages show. Other outputs publish the same files; equal files are one.
fn pictures(site: &Site<'_>) -> Vec<OutputFile> {
    let project = site.project;
    let mut files = site.pictures.files(false);
    let drawn: Vec<CredentialId> = badges::published(project)
        .into_iter()
        .filter(|&id| site.pictures.of_credential(id).is_drawn())
        .collect();
    files.par_extend(drawn.par_iter().map(|&id| OutputFile {
        path: paths::drawn_image(project, id).path,
        contents: badge_image::draw(project, id).into_bytes(),
    }));
    files
}
