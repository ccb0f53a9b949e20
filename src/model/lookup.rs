//! Small questions that every floor above asks of a project.

use std::borrow::Cow;
use std::fmt;

use super::{
    Credential, Declared, Entity, ExternalFramework, ExternalItem, ExternalItemId, ItemId,
    Language, LevelRef, Name, Project, Prose, Quantity, Text, Unit,
};
use crate::import::pack::PackItem;
use crate::source::Place;

/// Levels can be compared within one ladder only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ladder {
    Scale(super::ScaleId),
    External(super::ExternalFrameworkId),
}

impl Project {
    /// The text of a name.
    #[must_use]
    pub fn name(&self, name: Name) -> &str {
        self.names.text(name)
    }

    /// The value of a text.
    #[must_use]
    pub fn text(&self, text: Text) -> Cow<'_, str> {
        text.read(&self.sources)
    }

    /// A prose in the language it was written in.
    #[must_use]
    pub fn prose(&self, prose: &Prose) -> Cow<'_, str> {
        self.text(prose.text)
    }

    /// A prose in a language, or as written where there is no translation into it.
    #[must_use]
    pub fn prose_in(&self, prose: &Prose, language: Language) -> Cow<'_, str> {
        self.text(prose.translation(language).unwrap_or(prose.text))
    }

    /// The words of the author at a place.
    #[must_use]
    pub fn slice(&self, place: Place) -> &str {
        self.sources.slice(place)
    }

    /// The id of a declaration as text.
    #[must_use]
    pub fn id(&self, declared: &Declared) -> &str {
        self.name(declared.id)
    }

    /// The id from which a declaration's address is made.
    #[must_use]
    pub fn address_id(&self, declared: &Declared) -> &str {
        self.name(declared.address_id())
    }

    /// The main language of the project.
    #[must_use]
    pub fn main_language(&self) -> Language {
        self.languages.first().copied().unwrap_or(Name(0))
    }

    /// The language a credential's texts are written in.
    #[must_use]
    pub fn language_of(&self, credential: &Credential) -> Language {
        credential.language.unwrap_or_else(|| self.main_language())
    }

    /// What a top-level id names.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Entity> {
        self.names
            .find(id)
            .and_then(|name| self.by_name.get(&name).copied())
    }

    /// The item of a whole path such as `data-literacy.read.charts`.
    #[must_use]
    pub fn find_item(&self, path: &str) -> Option<ItemId> {
        self.names
            .find(path)
            .and_then(|name| self.items_by_path.get(name))
    }

    /// The ladder on which a level stands, and how high; higher is more.
    #[must_use]
    pub fn rank(&self, level: LevelRef) -> Option<(Ladder, u32)> {
        match level {
            LevelRef::Own(level) => {
                let level = &self.levels[level];
                Some((Ladder::Scale(level.scale), level.rank))
            }
            LevelRef::External(item) => {
                let item = &self.external_items[item];
                let rank = self
                    .pack_item(item)?
                    .rank
                    .or_else(|| item.code.parse().ok())?;
                Some((Ladder::External(item.framework?), rank))
            }
        }
    }

    /// The EQF level (1 to 8) that a level is or is said to match.
    #[must_use]
    pub fn eqf(&self, level: LevelRef) -> Option<u32> {
        let eqf = |id: ExternalItemId| {
            let item = &self.external_items[id];
            let framework = &self.external_frameworks[item.framework?];
            // A code that the framework does not have is reported, and says nothing.
            (self.name(framework.id) == "eqf" && (item.index.is_some() || framework.pack.is_none()))
                .then(|| item.code.parse().ok())
                .flatten()
        };
        match level {
            LevelRef::Own(level) => self.levels[level]
                .matches
                .iter()
                .find_map(|&(id, _)| eqf(id)),
            LevelRef::External(id) => eqf(id),
        }
    }

    /// Whether `reached` is at or above `asked`. Levels of different ladders are compared through EQF where both match one;
    /// `None` where they cannot be compared. No level asked is always reached; a level asked is not reached by none.
    #[must_use]
    pub fn level_suffices(
        &self,
        reached: Option<LevelRef>,
        asked: Option<LevelRef>,
    ) -> Option<bool> {
        let Some(asked) = asked else {
            return Some(true);
        };
        let Some(reached) = reached else {
            return Some(false);
        };
        match (self.rank(reached), self.rank(asked)) {
            (Some((one, high)), Some((other, low))) if one == other => Some(high >= low),
            _ => Some(self.eqf(reached)? >= self.eqf(asked)?),
        }
    }

    /// How a level is shown to readers: its name.
    #[must_use]
    pub fn level_name(&self, level: LevelRef, language: Language) -> Cow<'_, str> {
        match level {
            LevelRef::Own(level) => self.prose_in(&self.levels[level].declared.name, language),
            LevelRef::External(item) => Cow::Owned(self.external_label(item)),
        }
    }

    /// The item of the pack behind an external item.
    #[must_use]
    pub fn pack_item(&self, item: &ExternalItem) -> Option<&PackItem> {
        let framework = &self.external_frameworks[item.framework?];
        Some(framework.pack.as_ref()?.item(item.index?))
    }

    /// The label of an external item. Where its framework is not at hand, the label that the project writes beside its code; else the
    /// code.
    #[must_use]
    pub fn external_label(&self, id: ExternalItemId) -> String {
        let item = &self.external_items[id];
        self.pack_item(item).map_or_else(
            || self.written_label(item).into_owned(),
            |known| known.label.clone(),
        )
    }

    /// What the project calls an external item beside its code; else its code.
    #[must_use]
    pub fn written_label<'a>(&'a self, item: &'a ExternalItem) -> Cow<'a, str> {
        item.label
            .map(|label| self.text(label))
            .filter(|label| !label.trim().is_empty())
            .unwrap_or(Cow::Borrowed(&item.code))
    }

    /// The framework of an external item.
    #[must_use]
    pub fn external_framework(&self, id: ExternalItemId) -> Option<&ExternalFramework> {
        self.external_items[id]
            .framework
            .map(|framework| &self.external_frameworks[framework])
    }

    /// The word of a unit, in the plural where it has one.
    #[must_use]
    pub fn unit_word(&self, unit: Unit) -> &str {
        match unit {
            Unit::Minutes => "minutes",
            Unit::Hours => "hours",
            Unit::Days => "days",
            Unit::Weeks => "weeks",
            Unit::Months => "months",
            Unit::Years => "years",
            Unit::Credit(name) => self
                .credit_units
                .get(&name)
                .map_or_else(|| self.name(name), |unit| &unit.label),
            Unit::Percent => "%",
            Unit::Points => "points",
            Unit::Stages => "stages",
        }
    }

    /// A quantity for readers: `25 hours`, `1 hour`, `6 ECTS`, `60%`.
    #[must_use]
    pub fn quantity(&self, quantity: &Quantity) -> String {
        let word = self.unit_word(quantity.unit);
        if quantity.unit == Unit::Percent {
            return format!("{}%", quantity.amount);
        }
        let singular =
            quantity.amount == super::Amount::whole(1) && !matches!(quantity.unit, Unit::Credit(_));
        let word = if singular {
            word.strip_suffix('s').unwrap_or(word)
        } else {
            word
        };
        format!("{} {word}", quantity.amount)
    }
}

impl fmt::Display for super::Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.day
        )
    }
}
