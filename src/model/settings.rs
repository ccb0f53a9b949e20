//! What the project file says, as far as meaning depends on it.

use super::quantity::{Amount, CreditUnit};
use super::release::Release;
use crate::source::Place;

/// Settings of a project. Read from `gradus.yaml` by the floor of files, or the defaults of a single file.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The project's name, in kebab-case.
    pub name: String,
    pub version: Option<String>,
    /// The address under which everything is published; ends with `/`.
    pub base: String,
    /// Whether the project file gives the base.
    pub base_given: bool,
    /// Languages every text is expected in; the first is the one texts are written in.
    pub languages: Vec<String>,
    /// Licence of published crosswalks where they say nothing.
    pub licence: Option<String>,
    /// Units of credit beside the known ones.
    pub units: Vec<CreditUnit>,
    /// The least share of a framework's statements that each crosswalk of it maps, in percent.
    pub coverage: Option<Amount>,
    /// Quality frameworks that every micro-credential is to meet: names of those that the project file knows.
    pub quality: Vec<String>,
    /// The outputs that are published, in the order of the project file; all there are where it does not say.
    pub outputs: Vec<String>,
    /// Where the keys of the project file stand.
    pub places: Vec<(&'static str, Place)>,
    /// Whether there is a project file.
    pub from_file: bool,
    /// Keys of the project file whose value is not known, because what stands there has been reported as wrong. What a
    /// rule finds because of the default that stands in for it only follows from that.
    pub doubtful: Vec<&'static str>,
    /// The credentials that `gradus.lock` records with their documents, in the order in which they were released.
    pub released: Vec<Release>,
}

impl Settings {
    /// The base used where none is given.
    pub const DEFAULT_BASE: &'static str = "https://example.org/";

    /// Where a key of the project file stands.
    #[must_use]
    pub fn place(&self, key: &str) -> Option<Place> {
        let found = self.places.iter().find(|(known, _)| *known == key);
        found.map(|&(_, place)| place)
    }

    /// Whether the value of a key of the project file is not known.
    #[must_use]
    pub fn is_doubtful(&self, key: &str) -> bool {
        self.doubtful.contains(&key)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "catalogue".to_owned(),
            version: None,
            base: Self::DEFAULT_BASE.to_owned(),
            base_given: false,
            languages: vec!["en".to_owned()],
            licence: None,
            units: Vec::new(),
            coverage: None,
            quality: Vec::new(),
            outputs: Vec::new(),
            places: Vec::new(),
            from_file: false,
            doubtful: Vec::new(),
            released: Vec::new(),
        }
    }
}
