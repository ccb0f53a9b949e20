//! Open Badges 3.0: an `Achievement` for each credential and language, a `Profile` for each issuer, and an index of them.
//!
//! Goes in: a project. Comes out: JSON documents in the formal shape of the standard (arrays stay arrays, texts stay texts),
//! valid against its schema and in JSON-LD safe mode, each at the path of its own `id`; and the pictures they name.
//! See the section on Open Badges in `docs/outputs.md`.

mod achievement;
mod document;
mod index;
mod results;

use rayon::prelude::*;

use super::badges::{self, Alignments, Pictures};
use super::{Emitter, Input, OutputFile, kept, paths};
use crate::model::{Id, IssuerId, Project};
use document::{Address, CONTEXT, Image, Profile};

/// The output.
pub const EMITTER: Emitter = Emitter {
    name: "open-badges-3",
    summary: "Open Badges 3.0: achievements in every language, issuer profiles, badge images, an index",
    version: 1,
    emit,
};

fn emit(input: &Input<'_>) -> Vec<OutputFile> {
    let project = input.project;
    let shared = Shared {
        project,
        alignments: Alignments::new(project),
        pictures: Pictures::new(project, input.assets),
        replacements: badges::replacements(project),
    };
    let published = badges::published(project);
    let documents = || -> Vec<OutputFile> {
        published
            .par_iter()
            .flat_map_iter(|&id| {
                let mut files = Vec::with_capacity(3);
                for language in badges::languages(project, id) {
                    let path = paths::achievement(project, id, language).path;
                    let document = achievement::achievement(&shared, id, language);
                    files.push(badges::json_file(path, &document));
                }
                if shared.pictures.of_credential(id).is_drawn() {
                    files.push(shared.pictures.draw(id));
                }
                files
            })
            .collect()
    };
    // The index is one long document: it is written while the others are.
    let (mut files, index) = rayon::join(documents, || index::index(&shared, &published));
    for id in project.issuers.ids() {
        let path = paths::issuer_profile(project, id).path;
        files.push(badges::json_file(path, &profile(&shared, id)));
    }
    files.push(index);
    files.extend(shared.pictures.files(false));
    files.extend(kept::files(project, EMITTER.name, &files));
    files
}

/// What every document needs, made once.
struct Shared<'a> {
    project: &'a Project,
    alignments: Alignments<'a>,
    pictures: Pictures<'a>,
    /// `(new, old)`, sorted.
    replacements: Vec<(crate::model::CredentialId, crate::model::CredentialId)>,
}

/// The full profile of an issuer, in the main language.
fn profile<'a>(shared: &Shared<'a>, id: IssuerId) -> Profile<'a> {
    let project = shared.project;
    let wording = super::wording::Wording::new(project, project.main_language());
    let issuer = &project.issuers[id];
    let image = issuer.image.as_ref();
    Profile {
        context: Some(CONTEXT),
        id: paths::issuer_profile(project, id).address,
        kind: ["Profile"],
        name: badges::issuer_name(&wording, id),
        url: badges::text(project, issuer.url).and_then(badges::web_address),
        email: badges::text(project, issuer.email),
        phone: badges::text(project, issuer.phone),
        description: badges::prose(&wording, issuer.declared.about.as_ref()),
        image: shared.pictures.of_issuer(id).map(|address| Image {
            id: address,
            kind: "Image",
            caption: badges::prose(&wording, image.and_then(|image| image.alt.as_ref())),
        }),
        address: issuer.country.map(|(country, _)| Address {
            kind: ["Address"],
            country_code: project.name(country),
        }),
    }
}

/// The replaced credentials of one, from the sorted list.
fn replaced_by<I: Id>(pairs: &[(I, I)], new: I) -> impl Iterator<Item = I> + '_ {
    let start = pairs.partition_point(|&(known, _)| known < new);
    pairs
        .iter()
        .skip(start)
        .take_while(move |&&(known, _)| known == new)
        .map(|&(_, old)| old)
}
