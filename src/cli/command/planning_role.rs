//! The role that a command names: one of the project, or an occupation of a framework that the project uses.

use super::frameworks;
use super::planning::named;
use crate::diag;
use crate::graph::Node;
use crate::import::details::Details;
use crate::import::pack::{Pack, PackItemIndex, StandsFor};
use crate::model::{ExternalFramework, Project, RoleId};
use crate::plan::imported::{self, ImportedRole};
use crate::workspace::{Analysis, Fault, Root};

/// How many roles a hint names.
const NAMED: usize = 6;

/// A role by where it stands.
pub(super) enum AnyRole {
    Own(RoleId),
    Imported(Box<ImportedRole>),
}

/// Finds the role that a name, a code such as `esco:2511.3` or an address means.
pub(super) fn role(root: &Root, analysis: &Analysis, name: &str) -> Result<AnyRole, Fault> {
    let project = &analysis.project;
    let bare = name.replace(['"', '<', '>'], "");
    if project.find(&bare).is_none() && bare.contains(':') {
        return occupation(root, project, &bare).map(|role| AnyRole::Imported(Box::new(role)));
    }
    match named(analysis, &bare) {
        Ok(Node::Role(id)) => Ok(AnyRole::Own(id)),
        Ok(_) => Err(Fault::Usage {
            message: format!("`{bare}` is not a role"),
            help: Some(known_roles(project)),
        }),
        Err(fault) => {
            let lower = bare.to_lowercase();
            let called = project
                .roles
                .iter()
                .find(|(_, role)| project.prose(&role.declared.name).to_lowercase() == lower);
            if let Some((_, role)) = called {
                return Err(Fault::Usage {
                    message: fault.to_string(),
                    help: Some(format!("did you mean `{}`?", project.id(&role.declared))),
                });
            }
            let ids: Vec<&str> = ids(project).collect();
            Err(Fault::Usage {
                message: fault.to_string(),
                help: diag::did_you_mean(&bare, ids.iter().copied())
                    .or_else(|| Some(known_roles(project))),
            })
        }
    }
}

fn ids(project: &Project) -> impl Iterator<Item = &str> {
    let roles = project.roles.iter();
    roles.map(|(_, role)| project.id(&role.declared))
}

/// The roles that there are, for a hint.
fn known_roles(project: &Project) -> String {
    let ids: Vec<String> = ids(project).map(|id| format!("`{id}`")).collect();
    let occupation = project
        .external_frameworks
        .iter()
        .find_map(|(_, framework)| {
            let item = framework.pack.as_ref()?.items().iter().find(|item| {
                matches!(item.kind.as_deref(), Some("occupation" | "work role"))
                    && !item.is_withdrawn()
            })?;
            Some(format!("`{}:{}`", project.name(framework.alias), item.code))
        });
    let own = match ids.as_slice() {
        [] => None,
        [only] => Some(format!("the role of this project, {only}")),
        several => {
            let more = if several.len() > NAMED { ", …" } else { "" };
            let first = &several[..several.len().min(NAMED)];
            Some(format!(
                "a role of this project: {}{more}",
                first.join(", ")
            ))
        }
    };
    match (own, occupation) {
        (Some(own), Some(occupation)) => {
            format!("name {own}; or an occupation, such as {occupation}")
        }
        (Some(own), None) => format!("name {own}"),
        (None, Some(occupation)) => format!("name an occupation, such as {occupation}"),
        (None, None) => {
            "declare a role, as in `role analyst \"Data analyst\" { needs skill … }`".to_owned()
        }
    }
}

/// The occupation of a framework that the project uses.
fn occupation(root: &Root, project: &Project, name: &str) -> Result<ImportedRole, Fault> {
    let (framework, index) = find(project, name)?;
    let alias = project.name(framework.alias);
    let Some(pack) = &framework.pack else {
        return Err(not_at_hand(alias));
    };
    let item = pack.item(index);
    if item.stands_for != StandsFor::Occupation {
        return Err(Fault::Usage {
            message: format!("`{name}` (\"{}\") is no role or occupation", item.label),
            help: Some(known_roles(project)),
        });
    }
    let (with_details, details) = frameworks::open(
        root,
        &format!("{}@{}", pack.id, pack.version),
        Details::open,
    )?;
    // Both were read from the same file, unless it was replaced this instant.
    let index = with_details
        .find(&item.code)
        .ok_or_else(|| Fault::usage(format!("`{name}` is no longer there")))?;
    let role = imported::role(&with_details, &details, index, alias);
    if role.needs.is_empty() {
        let others = details
            .relations()
            .any(|relation| with_details.item(relation.from).stands_for == StandsFor::Occupation);
        return Err(Fault::Usage {
            message: if others {
                format!(
                    "`{alias}` does not say what `{}` (\"{}\") needs",
                    item.code, item.label
                )
            } else {
                format!("`{alias}` {} has no skills for its roles", pack.version)
            },
            help: Some(if others {
                "name an occupation below it, or another one".to_owned()
            } else {
                "take in what its publisher offers for download with `gradus import`".to_owned()
            }),
        });
    }
    Ok(role)
}

/// Where a code or an address leads.
fn find<'p>(
    project: &'p Project,
    name: &str,
) -> Result<(&'p ExternalFramework, PackItemIndex), Fault> {
    let frameworks = || project.external_frameworks.iter().map(|(_, one)| one);
    let by_iri = frameworks().find_map(|one| Some((one, one.pack.as_ref()?.find_iri(name)?)));
    if let Some(found) = by_iri {
        return Ok(found);
    }
    let (alias, code) = name.split_once(':').unwrap_or((name, ""));
    let Some(framework) = frameworks().find(|one| project.name(one.alias) == alias) else {
        let known: Vec<&str> = frameworks().map(|one| project.name(one.alias)).collect();
        return Err(Fault::Usage {
            message: format!("this project uses no framework `{alias}`"),
            help: Some(match diag::closest(alias, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}:{code}`?"),
                None => format!("add a line such as `use {alias}` to a `.gradus` file"),
            }),
        });
    };
    let Some(pack) = &framework.pack else {
        return Err(not_at_hand(alias));
    };
    let found = pack.find(code).or_else(|| pack.find_ignoring_case(code));
    found
        .map(|index| (framework, index))
        .ok_or_else(|| Fault::Usage {
            message: format!("`{alias}` has no code `{code}`"),
            help: near(pack, code)
                .map(|item| format!("did you mean `{alias}:{}` (\"{}\")?", item.code, item.label))
                .or_else(|| {
                    Some(format!(
                        "look for its code with `gradus frameworks search {alias} WORDS`"
                    ))
                }),
        })
}

fn not_at_hand(alias: &str) -> Fault {
    Fault::Usage {
        message: format!("the content of `{alias}` is not at hand"),
        help: Some("run `gradus check` to see why".to_owned()),
    }
}

/// The occupation whose name or code is near.
fn near<'p>(pack: &'p Pack, wanted: &str) -> Option<&'p crate::import::pack::PackItem> {
    let occupations = || {
        let items = pack.items().iter();
        items.filter(|item| item.stands_for == StandsFor::Occupation && !item.is_withdrawn())
    };
    let lower = wanted.to_lowercase();
    let named = occupations().find(|item| item.label.to_lowercase() == lower);
    named
        .or_else(|| {
            let near = diag::closest(wanted, occupations().map(|item| item.label.as_str()))?;
            occupations().find(|item| item.label == near)
        })
        .or_else(|| {
            let near = diag::closest(wanted, occupations().map(|item| item.code.as_str()))?;
            occupations().find(|item| item.code == near)
        })
}
