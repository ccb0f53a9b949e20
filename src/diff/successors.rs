//! What has become of every item of every framework: the table that whoever uses a framework needs to move on.

use super::Side;
use super::matching::{self, Pairs};
use crate::model::{FrameworkId, ItemId, Project, address};

/// One old item, and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// The framework's id in the old state.
    pub framework: String,
    pub old_path: String,
    /// As it is written.
    pub old_name: String,
    pub old_address: String,
    /// `same`, `renamed`, `moved`, `replaced`, or `gone`.
    pub fate: &'static str,
    /// Empty where it is gone.
    pub new_path: String,
    pub new_name: String,
    pub new_address: String,
}

/// All old items in the order of the old state.
#[must_use]
pub fn successors(old: &Side<'_>, new: &Side<'_>) -> Vec<Successor> {
    let items = matching::items(old, new);
    let frameworks: Pairs<FrameworkId> = Pairs::declared(
        (old, new),
        &old.project.frameworks,
        &new.project.frameworks,
        |framework| &framework.declared,
    );
    let (before, after) = (old.project, new.project);
    let path = |project: &Project, id: ItemId| project.name(project.items[id].full_path).to_owned();
    let name = |project: &Project, id: ItemId| {
        let name = &project.items[id].declared.name;
        project.prose(name).into_owned()
    };
    before
        .items
        .iter()
        .map(|(id, item)| {
            let (next, fate) = match items.new_one(id) {
                None => {
                    // The old state may have said itself what takes its place.
                    let next = item.replaced_by.and_then(|(next, _)| items.new_one(next));
                    (next, if next.is_some() { "replaced" } else { "gone" })
                }
                Some(now) => {
                    let declared = &after.items[now];
                    let parent = item.parent.map(|parent| items.number_of_old(parent));
                    let framework = frameworks.new_one(item.framework);
                    let fate = if declared.parent.map(|parent| items.number_of_new(parent))
                        != parent
                        || framework != Some(declared.framework)
                    {
                        "moved"
                    } else if before.id(&item.declared) != after.id(&declared.declared) {
                        "renamed"
                    } else {
                        "same"
                    };
                    match declared.replaced_by {
                        Some((next, _)) => (Some(next), "replaced"),
                        None => (Some(now), fate),
                    }
                }
            };
            Successor {
                framework: before
                    .id(&before.frameworks[item.framework].declared)
                    .to_owned(),
                old_path: path(before, id),
                old_name: name(before, id),
                old_address: address::item_address(before, id),
                fate,
                new_path: next.map_or_else(String::new, |next| path(after, next)),
                new_name: next.map_or_else(String::new, |next| name(after, next)),
                new_address: next
                    .map_or_else(String::new, |next| address::item_address(after, next)),
            }
        })
        .collect()
}
