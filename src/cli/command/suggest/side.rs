//! The two sides of a suggestion: frameworks of the project, frameworks that it uses, and packs that lie in its folder or are shipped.
//!
//! Goes in: a name. Comes out: concepts, with what is needed to name them in the language. What stands for the same is compared: skills
//! with skills, occupations with occupations.

use crate::cli::command::frameworks;
use crate::diag::did_you_mean;
use crate::import::details::Details;
use crate::import::pack::{Pack, PackItemIndex, StandsFor};
use crate::model::{CrosswalkTarget, ExternalFrameworkId, FrameworkId, ItemId, Project};
use crate::suggest::adapters;
use crate::suggest::concept::Concepts;
use crate::suggest::gold::End;
use crate::workspace::{Analysis, Fault, Root};

/// What codes may stand for, in the order in which it is compared.
const CLASSES: [StandsFor; 4] = [
    StandsFor::Skill,
    StandsFor::Occupation,
    StandsFor::Field,
    StandsFor::Level,
];

/// A framework that has been found and read.
pub(super) enum Opened {
    /// One of the project.
    Own(FrameworkId),
    /// One from elsewhere, and how the project knows it, if it uses it.
    Pack {
        /// What stands before the colon of its codes.
        alias: String,
        pack: Box<Pack>,
        details: Box<Details>,
        used: Option<ExternalFrameworkId>,
    },
}

/// Concepts of a framework, and what each of them is.
pub(super) struct Side {
    pub(super) concepts: Concepts,
    pub(super) items: Items,
}

/// What the concepts of a side are, by position.
pub(super) enum Items {
    Own(Vec<ItemId>),
    Pack {
        alias: String,
        codes: Vec<String>,
        indexes: Vec<PackItemIndex>,
    },
}

/// The language of the project's texts.
fn language(project: &Project) -> String {
    let languages = &project.settings.languages;
    languages.first().cloned().unwrap_or_default()
}

/// Finds a framework by its name: those of the project first, then those that it uses, then all that are at hand.
pub(super) fn open(root: &Root, analysis: Option<&Analysis>, name: &str) -> Result<Opened, Fault> {
    let Some(project) = analysis.map(|analysis| &analysis.project) else {
        return at_hand(root, name, None);
    };
    let own = project
        .frameworks
        .iter()
        .find(|(_, framework)| project.name(framework.declared.id) == name);
    if let Some((id, _)) = own {
        return Ok(Opened::Own(id));
    }
    let used = project.external_frameworks.iter().find(|(_, framework)| {
        // What is used may be named with its version too: `digcomp@2.2`.
        let with_version = |pack: &Pack| {
            name.strip_prefix(&*pack.id)?
                .strip_prefix('@')
                .map(|version| version == pack.version)
        };
        project.name(framework.alias) == name
            || framework.pack.as_deref().and_then(with_version) == Some(true)
    });
    if let Some((id, framework)) = used {
        let name = project.name(framework.alias);
        let Some(pack) = &framework.pack else {
            return Err(Fault::usage(format!(
                "the content of `{name}` is not at hand"
            )));
        };
        let known = format!("{}@{}", pack.id, pack.version);
        return match at_hand(root, &known, Some(id))? {
            Opened::Pack {
                pack,
                details,
                used,
                ..
            } => Ok(Opened::Pack {
                alias: name.to_owned(),
                pack,
                details,
                used,
            }),
            own @ Opened::Own(_) => Ok(own),
        };
    }
    at_hand(root, name, None).map_err(|fault| {
        let own = project
            .frameworks
            .iter()
            .map(|(_, framework)| framework.declared.id);
        let external = project
            .external_frameworks
            .iter()
            .map(|(_, framework)| framework.alias);
        let names: Vec<&str> = own.chain(external).map(|name| project.name(name)).collect();
        let missing = format!("there is no framework `{name}`");
        let is_missing = matches!(&fault, Fault::Usage { message, .. } if *message == missing);
        if is_missing && DOWNLOADS.contains(&name) {
            return Fault::Usage {
                message: format!("`{name}` is not imported into this project"),
                help: Some("import its download first: `gradus import FOLDER`".to_owned()),
            };
        }
        match did_you_mean(name, names.iter().copied()) {
            Some(help) => Fault::Usage {
                message: missing,
                help: Some(help),
            },
            None => fault,
        }
    })
}

fn at_hand(root: &Root, name: &str, used: Option<ExternalFrameworkId>) -> Result<Opened, Fault> {
    let (pack, details) = frameworks::open(root, name, Details::open_texts)?;
    Ok(Opened::Pack {
        alias: pack.id.clone(),
        pack: Box::new(pack),
        details: Box::new(details),
        used,
    })
}

impl Opened {
    /// As a message names it.
    pub(super) fn name<'a>(&'a self, analysis: Option<&'a Analysis>) -> &'a str {
        match (self, analysis) {
            (Opened::Own(id), Some(analysis)) => analysis
                .project
                .name(analysis.project.frameworks[*id].declared.id),
            (Opened::Own(_), None) => "",
            (Opened::Pack { alias, .. }, _) => alias,
        }
    }

    /// How a crosswalk of the project names it; nothing for a pack that the project does not use.
    pub(super) fn target(&self) -> Option<CrosswalkTarget> {
        match self {
            Opened::Own(id) => Some(CrosswalkTarget::Own(*id)),
            Opened::Pack { used, .. } => used.map(CrosswalkTarget::External),
        }
    }

    /// What its codes stand for.
    fn classes(&self) -> Vec<StandsFor> {
        match self {
            Opened::Own(_) => vec![StandsFor::Skill],
            Opened::Pack { pack, .. } => {
                let has = |class: &StandsFor| {
                    let mut active = pack.items().iter().filter(|item| !item.is_withdrawn());
                    active.any(|item| item.stands_for == *class)
                };
                CLASSES.into_iter().filter(has).collect()
            }
        }
    }

    /// What most of these ends of mappings stand for.
    pub(super) fn class_of<'e>(&self, ends: impl Iterator<Item = &'e End>) -> Option<StandsFor> {
        let pack = match self {
            Opened::Own(_) => return Some(StandsFor::Skill),
            Opened::Pack { pack, .. } => pack,
        };
        let mut counts = [0usize; CLASSES.len()];
        for end in ends {
            let found = pack.find_iri(&end.key).or_else(|| pack.find(&end.code));
            let class = found.map(|index| pack.item(index).stands_for);
            let slots = CLASSES.iter().zip(&mut counts);
            for (_, count) in slots.filter(|(one, _)| Some(**one) == class) {
                *count += 1;
            }
        }
        let most = counts.iter().max().copied().filter(|most| *most > 0)?;
        let found = CLASSES.into_iter().zip(counts);
        found
            .into_iter()
            .find(|(_, count)| *count == most)
            .map(|(class, _)| class)
    }

    /// Its concepts: all, or those that stand for one thing.
    pub(super) fn side(&self, analysis: Option<&Analysis>, class: Option<StandsFor>) -> Side {
        match self {
            Opened::Own(id) => {
                let (concepts, items) = match analysis {
                    Some(analysis) => {
                        let project = &analysis.project;
                        adapters::of_framework(project, *id, &language(project))
                    }
                    None => Default::default(),
                };
                Side {
                    concepts,
                    items: Items::Own(items),
                }
            }
            Opened::Pack {
                alias,
                pack,
                details,
                ..
            } => {
                let (concepts, indexes) = adapters::of_pack(pack, details, class);
                let code = |index: &PackItemIndex| pack.item(*index).code.clone();
                Side {
                    concepts,
                    items: Items::Pack {
                        alias: alias.clone(),
                        codes: indexes.iter().map(code).collect(),
                        indexes,
                    },
                }
            }
        }
    }
}

/// Frameworks that are no part of the program, by the ids that imports give them.
const DOWNLOADS: [&str; 4] = ["asn", "dcwf", "esco", "onet"];

/// What is compared with what: classes that both have; where they share none and the one side has a single class, all of the other.
pub(super) fn classes(
    from: &Opened,
    to: &Opened,
    wanted: Option<StandsFor>,
) -> Vec<(Option<StandsFor>, Option<StandsFor>)> {
    let (ours, theirs) = (from.classes(), to.classes());
    let wanted: Vec<StandsFor> = ours
        .into_iter()
        .filter(|class| wanted.is_none_or(|wanted| wanted == *class))
        .collect();
    let shared: Vec<_> = wanted
        .iter()
        .filter(|class| theirs.contains(class))
        .map(|class| (Some(*class), Some(*class)))
        .collect();
    match (shared.is_empty(), wanted.as_slice()) {
        (true, [only]) => vec![(Some(*only), None)],
        _ => shared,
    }
}
