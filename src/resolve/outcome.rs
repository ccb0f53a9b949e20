//! What lowering finds beside the things it makes: faults, references to nothing, uses of external items.

use crate::diag::{Diagnostic, Rule, Sink, closest, early};
use crate::model::{ExternalUse, Project};
use crate::source::Place;

/// Which names may stand in a place, for suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Issuer,
    Scale,
    Framework,
    Rubric,
    Credential,
    /// A credential or a set.
    Held,
    Role,
    Item,
    /// A credential or a pathway.
    Target,
    /// A framework from elsewhere.
    Alias,
}

impl Wanted {
    /// What the reader is told was expected.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Issuer => "an issuer",
            Self::Scale => "a scale",
            Self::Framework => "a framework",
            Self::Rubric => "a rubric",
            Self::Credential => "a credential",
            Self::Held => "a credential or a set",
            Self::Role => "a role",
            Self::Item => "an item of a framework",
            Self::Target => "a credential or a pathway",
            Self::Alias => "a framework from elsewhere",
        }
    }

    /// The same without its article, after *there is no*.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Held => "credential or set",
            Self::Target => "credential or pathway",
            _ => {
                let words = self.words();
                words.split_once(' ').map_or(words, |(_, noun)| noun)
            }
        }
    }
}

/// A reference to nothing, before suggestions.
struct Undefined {
    diagnostic: Diagnostic,
    wrong: String,
    wanted: Wanted,
}

/// Everything found beside the things.
#[derive(Default)]
pub(super) struct Outcome {
    sink: Sink,
    undefined: Vec<Undefined>,
    pub(super) uses: Vec<ExternalUse>,
    /// How many faults have been found; a declaration during which it grows is incomplete.
    pub(super) faults: usize,
}

impl Outcome {
    /// Reports a fault.
    pub(super) fn report(&mut self, rule: &'static Rule, place: Place) -> &mut Diagnostic {
        self.faults += 1;
        self.sink.report(rule, place)
    }

    /// Reports a reference to nothing; a suggestion is added at the end.
    pub(super) fn undefined(&mut self, place: Place, wrong: &str, wanted: Wanted, message: String) {
        self.faults += 1;
        let mut sink = Sink::new();
        let diagnostic = sink
            .report(&early::NAME_UNDEFINED, place)
            .message(message)
            .label("not found")
            .clone();
        self.undefined.push(Undefined {
            diagnostic,
            wrong: wrong.to_owned(),
            wanted,
        });
    }

    pub(super) fn append(&mut self, other: Self) {
        self.sink.append(other.sink);
        self.undefined.extend(other.undefined);
        self.uses.extend(other.uses);
        self.faults += other.faults;
    }

    /// Adds suggestions and hands everything over.
    pub(super) fn finish(mut self, suggestions: &Suggestions<'_>, sink: &mut Sink) {
        // Looking for near names costs time for each fault; nobody reads more than the first few dozen.
        const SUGGESTED: usize = 50;
        self.undefined
            .sort_by_key(|undefined| undefined.diagnostic.place);
        for (index, mut undefined) in self.undefined.into_iter().enumerate() {
            if index < SUGGESTED {
                suggestions.add(
                    &mut undefined.diagnostic,
                    &undefined.wrong,
                    undefined.wanted,
                );
            }
            self.sink.push(undefined.diagnostic);
        }
        sink.append(self.sink);
    }
}

/// The names of a project, for suggestions.
pub(super) struct Suggestions<'a> {
    pub(super) project: &'a Project,
}

impl Suggestions<'_> {
    fn add(&self, diagnostic: &mut Diagnostic, wrong: &str, wanted: Wanted) {
        if let Some(near) = self.near(wrong, wanted) {
            diagnostic.help(format!("did you mean `{near}`?"));
        }
    }

    fn near(&self, wrong: &str, wanted: Wanted) -> Option<String> {
        let project = self.project;
        let credentials = || {
            project
                .credentials
                .as_slice()
                .iter()
                .map(|it| project.id(&it.declared))
        };
        let near = match wanted {
            Wanted::Issuer => closest(
                wrong,
                project
                    .issuers
                    .as_slice()
                    .iter()
                    .map(|it| project.id(&it.declared)),
            ),
            Wanted::Scale => closest(
                wrong,
                project
                    .scales
                    .as_slice()
                    .iter()
                    .map(|it| project.id(&it.declared)),
            ),
            Wanted::Framework => closest(
                wrong,
                project
                    .frameworks
                    .as_slice()
                    .iter()
                    .map(|it| project.id(&it.declared)),
            ),
            Wanted::Rubric => closest(
                wrong,
                project
                    .rubrics
                    .as_slice()
                    .iter()
                    .map(|it| project.id(&it.declared)),
            ),
            Wanted::Credential => closest(wrong, credentials()),
            Wanted::Held => {
                let sets = project
                    .sets
                    .as_slice()
                    .iter()
                    .map(|it| project.id(&it.declared));
                closest(wrong, credentials().chain(sets))
            }
            Wanted::Role => closest(
                wrong,
                project
                    .roles
                    .as_slice()
                    .iter()
                    .map(|it| project.id(&it.declared)),
            ),
            Wanted::Target => {
                let pathways = project
                    .pathways
                    .as_slice()
                    .iter()
                    .map(|it| project.id(&it.declared));
                closest(wrong, credentials().chain(pathways))
            }
            Wanted::Alias => {
                let used = project
                    .external_frameworks
                    .as_slice()
                    .iter()
                    .map(|it| project.name(it.alias));
                closest(wrong, used)
            }
            Wanted::Item => return self.near_item(wrong),
        };
        near.map(ToOwned::to_owned)
    }

    /// An item by a near path, or the only one whose path ends in the words written.
    fn near_item(&self, wrong: &str) -> Option<String> {
        let project = self.project;
        let items = || {
            project
                .items
                .as_slice()
                .iter()
                .map(|item| project.name(item.full_path))
        };
        // The same words with others between them: `meetings.agenda` for `meetings.prepare.agenda`.
        let mut between = items().filter(|path| {
            let mut parts = path.split('.');
            path.rsplit('.').next() == wrong.rsplit('.').next()
                && wrong.split('.').all(|word| parts.any(|part| part == word))
        });
        if let (Some(only), None) = (between.next(), between.next()) {
            return Some(only.to_owned());
        }
        if let Some(near) = closest(wrong, items()) {
            return Some(near.to_owned());
        }
        let last = wrong.rsplit('.').next().unwrap_or(wrong);
        let mut ending = items().filter(|path| path.rsplit('.').next() == Some(last));
        match (ending.next(), ending.next()) {
            (Some(only), None) => Some(only.to_owned()),
            _ => None,
        }
    }
}
