//! Comparing values that stand in declarations: texts, lists, quantities, references into other frameworks.

use std::collections::BTreeSet;

use super::comparison::Comparison;
use crate::model::{
    Amount, Attained, ExternalItemId, MappingTarget, Project, Prose, Quantity, Text, Unit,
};

/// The code of an item from elsewhere with its framework: `eqf:5`.
pub(super) fn external(project: &Project, id: ExternalItemId) -> String {
    let code = &project.external_items[id].code;
    match project.external_framework(id) {
        Some(framework) => format!("{}:{code}", project.name(framework.id)),
        None => code.clone(),
    }
}

/// How a quantity moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    Same,
    Raised,
    Lowered,
    /// It cannot be compared.
    Other,
}

impl Shift {
    fn of(old: Amount, new: Amount) -> Self {
        match old.cmp(&new) {
            std::cmp::Ordering::Less => Self::Raised,
            std::cmp::Ordering::Equal => Self::Same,
            std::cmp::Ordering::Greater => Self::Lowered,
        }
    }
}

impl Comparison<'_> {
    /// Whether two texts say the same, in every language.
    pub fn same_prose(&self, old: Option<&Prose>, new: Option<&Prose>) -> bool {
        let said = |project: &Project, prose: &Prose| {
            let mut said: BTreeSet<(String, String)> = prose
                .translations
                .iter()
                .map(|&(language, text)| {
                    let language = project.name(language).to_owned();
                    (language, project.text(text).into_owned())
                })
                .collect();
            said.insert((String::new(), project.prose(prose).into_owned()));
            said
        };
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => said(self.old, old) == said(self.new, new),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    pub fn same_proses(&self, old: &[Prose], new: &[Prose]) -> bool {
        old.len() == new.len()
            && old
                .iter()
                .zip(new)
                .all(|(old, new)| self.same_prose(Some(old), Some(new)))
    }

    pub fn same_text_value(&self, old: Option<Text>, new: Option<Text>) -> bool {
        match (old, new) {
            (None, None) => true,
            (Some(old), Some(new)) => self.old.text(old) == self.new.text(new),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// How a quantity moved; units of different size are compared where one is a fixed number of the other.
    pub fn shift(&self, old: &Quantity, new: &Quantity) -> Shift {
        let plain = |quantity: &Quantity| {
            let times = |factor: i64| Amount(quantity.amount.0.saturating_mul(factor));
            match quantity.unit {
                Unit::Minutes => (0, quantity.amount),
                Unit::Hours => (0, times(60)),
                Unit::Days => (1, quantity.amount),
                Unit::Weeks => (1, times(7)),
                Unit::Months => (2, quantity.amount),
                Unit::Years => (2, times(12)),
                Unit::Credit(_) => (3, quantity.amount),
                Unit::Percent => (4, quantity.amount),
                Unit::Points => (5, quantity.amount),
                Unit::Stages => (6, quantity.amount),
            }
        };
        if let (Unit::Credit(one), Unit::Credit(other)) = (old.unit, new.unit)
            && self.old.name(one) != self.new.name(other)
        {
            return Shift::Other;
        }
        match (plain(old), plain(new)) {
            ((one, old), (other, new)) if one == other => Shift::of(old, new),
            _ => Shift::Other,
        }
    }

    /// Items with the levels they are named at.
    pub fn attained(
        &self,
        which: super::Which,
        list: &[Attained],
    ) -> std::collections::BTreeMap<String, BTreeSet<String>> {
        let mut out: std::collections::BTreeMap<String, BTreeSet<String>> =
            std::collections::BTreeMap::new();
        for attained in list {
            let level = attained
                .level
                .map_or_else(String::new, |level| self.level(which, level));
            let item = self.item(which, attained.item).to_owned();
            out.entry(item).or_default().insert(level);
        }
        out
    }

    pub fn mapping_target(&self, which: super::Which, target: MappingTarget) -> String {
        match target {
            MappingTarget::External(id) => external(self.project(which), id),
            MappingTarget::Own(id) => self.item(which, id).to_owned(),
        }
    }
}

/// What only the one list has, and what only the other.
pub(super) fn difference(
    old: impl IntoIterator<Item = String>,
    new: impl IntoIterator<Item = String>,
) -> (Vec<String>, Vec<String>) {
    let old: BTreeSet<String> = old.into_iter().collect();
    let new: BTreeSet<String> = new.into_iter().collect();
    (
        old.difference(&new).cloned().collect(),
        new.difference(&old).cloned().collect(),
    )
}

/// Names in back-ticks with commas between them; past a few, how many more there are.
pub(super) fn named(names: &[String]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = names
        .iter()
        .take(MOST)
        .map(|name| format!("`{name}`"))
        .collect();
    let mut out = shown.join(", ");
    if let Some(more @ 1..) = names.len().checked_sub(MOST) {
        out.push_str(&format!(" and {more} more"));
    }
    out
}

/// Words with commas and a last `and`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
