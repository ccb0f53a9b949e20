//! What has changed in the settings of the project: addresses, languages, outputs, units and what else the project file says.
//!
//! A setting holds for everything at once, and is said once: addresses that differ by nothing but the base are not said again
//! thing by thing. What `defaults` say is compared in every credential that takes it over.

use super::comparison::{Comparison, Subject};
use super::rules;
use super::values::{difference, listed, named};
use super::{Thing, Which};
use crate::model::{CreditUnit, Settings};
use crate::source::Place;

/// Compares the settings of both projects. Where one has no project file, all but its base are defaults that nobody chose.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (&comparison.old.settings, &comparison.new.settings);
    if old.base_given && old.base != new.base {
        let message = format!(
            "everything is published below <{}> instead of <{}>",
            new.base, old.base
        );
        let subject = subject(comparison, "base");
        comparison.change(&subject, &rules::BASE, message);
    }
    if !(old.from_file && new.from_file) {
        return;
    }
    languages(comparison, old, new);
    outputs(comparison, old, new);
    units(comparison, old, new);
    let others = [
        ("name", old.name != new.name),
        ("licence", old.licence != new.licence),
        ("coverage", old.coverage != new.coverage),
        ("quality", old.quality != new.quality),
    ];
    for (key, _) in others.into_iter().filter(|(_, changed)| *changed) {
        let subject = subject(comparison, key);
        let message = format!("`{key}` of the project changed");
        comparison.change(&subject, &rules::DETAILS, message);
    }
}

/// The project, at a key of its file.
fn subject(comparison: &Comparison<'_>, key: &str) -> Subject {
    let place = |which: Which| -> Option<Place> {
        let settings = &comparison.project(which).settings;
        settings.place(key).or_else(|| settings.place("base"))
    };
    let name = comparison.new.settings.name.clone();
    Subject {
        thing: Thing::Project,
        id: name.clone(),
        name,
        old_place: place(Which::Old),
        new_place: place(Which::New),
        whole: None,
    }
}

fn languages(comparison: &mut Comparison<'_>, old: &Settings, new: &Settings) {
    let subject = subject(comparison, "languages");
    let (gone, come) = difference(old.languages.clone(), new.languages.clone());
    if !gone.is_empty() {
        let message = format!("no longer published in {}", named(&gone));
        comparison.change(&subject, &rules::LANGUAGE_REMOVED, message);
    }
    if !come.is_empty() {
        let message = format!("published in {} as well", named(&come));
        comparison.change(&subject, &rules::LANGUAGE_ADDED, message);
    }
    if let (Some(before), Some(after)) = (old.languages.first(), new.languages.first())
        && before != after
    {
        let message = format!("the main language is `{after}` instead of `{before}`");
        comparison.change(&subject, &rules::MAIN_LANGUAGE, message);
    }
}

fn outputs(comparison: &mut Comparison<'_>, old: &Settings, new: &Settings) {
    let subject = subject(comparison, "publish");
    let (gone, come) = difference(old.outputs.clone(), new.outputs.clone());
    if !gone.is_empty() {
        let message = format!("no longer publishes {}", named(&gone));
        comparison.change(&subject, &rules::OUTPUT_REMOVED, message);
    }
    if !come.is_empty() {
        let message = format!("publishes {} as well", named(&come));
        comparison.change(&subject, &rules::OUTPUT_ADDED, message);
    }
}

fn units(comparison: &mut Comparison<'_>, old: &Settings, new: &Settings) {
    let subject = subject(comparison, "units");
    let find = |units: &'_ [CreditUnit], word: &str| -> Option<CreditUnit> {
        units.iter().find(|unit| unit.word == word).cloned()
    };
    for before in &old.units {
        let word = &before.word;
        match find(&new.units, word) {
            None => {
                let message = format!("the unit `{word}` is no longer declared");
                comparison.change(&subject, &rules::UNIT, message);
            }
            Some(after) if after.hours != before.hours => {
                let message = format!(
                    "one `{word}` stands for {} instead of {}",
                    hours(&after),
                    hours(before)
                );
                comparison.change(&subject, &rules::UNIT, message);
            }
            Some(after) if after.label != before.label => {
                let message = format!("the unit `{word}` reworded");
                comparison.change(&subject, &rules::REWORDED, message);
            }
            Some(_) => {}
        }
    }
    let come: Vec<&str> = new
        .units
        .iter()
        .filter(|unit| find(&old.units, &unit.word).is_none())
        .map(|unit| unit.word.as_str())
        .collect();
    if !come.is_empty() {
        let words: Vec<String> = come.iter().map(|word| format!("`{word}`")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let message = format!("measures in {} as well", listed(&words));
        comparison.change(&subject, &rules::DETAILS, message);
    }
}

/// What one credit of a unit stands for, in words.
fn hours(unit: &CreditUnit) -> String {
    match unit.hours {
        None => "no number of hours".to_owned(),
        Some((least, most)) if least == most => format!("{least} hours"),
        Some((least, most)) => format!("{least} to {most} hours"),
    }
}
