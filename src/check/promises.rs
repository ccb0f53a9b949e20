//! The claims of all expectations, with what they start from: what the rules of the family `expectation` compare.

use crate::model::{Claim, CredentialId, Project};
use crate::source::Place;

/// One claim that could be read.
#[derive(Debug)]
pub(super) struct Promise<'a> {
    pub claim: &'a Claim,
    pub place: Place,
    /// What is held at the start; sorted, each once.
    pub given: Vec<CredentialId>,
}

/// All claims that could be read, in the order of the text.
pub(super) fn promises(project: &Project) -> Vec<Promise<'_>> {
    let mut all = Vec::new();
    for expectation in project.expectations.as_slice() {
        let mut given: Vec<CredentialId> = expectation.given.iter().map(|&(id, _)| id).collect();
        given.sort_unstable();
        given.dedup();
        for (claim, place) in &expectation.claims {
            if !expectation.unread.contains(place) {
                all.push(Promise {
                    claim,
                    place: *place,
                    given: given.clone(),
                });
            }
        }
    }
    all
}

impl Promise<'_> {
    /// As its author wrote it, on one line.
    pub(super) fn written(&self, project: &Project) -> String {
        let written = project.slice(self.place);
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
