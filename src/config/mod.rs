//! Floor 8: the project file `gradus.yaml`.
//!
//! Goes in: its text as a source file, and the names of rules and outputs there are. Comes out: a [`ProjectFile`] with a
//! usable value for every setting, and one finding (`project/bad-setting`) for each fault, all at once, each at its place.
//! A fault of form (no YAML at all) is reported alone: nothing behind it can be trusted.
//! The keys are described for editors in `docs/gradus.schema.json`; a test keeps the two together.

mod checks;
mod node;

use crate::diag::{Diagnostic, Policy, Severity, Sink, closest, did_you_mean, early};
use crate::model::{Amount, CreditUnit, Settings, Unit};
use crate::source::{FINISH_MERGE, FileId, Place, Sources, Span, UNFINISHED_MERGE, merge_sign};
use node::{Key, Node, Value};

/// The name of the project file.
pub const FILE_NAME: &str = "gradus.yaml";

/// The keys of the project file, in the order in which they are offered and documented.
pub const KEYS: &[&str] = &[
    "name",
    "version",
    "base",
    "languages",
    "licence",
    "sources",
    "publish",
    "quality",
    "coverage",
    "units",
    "lint",
];

/// Quality frameworks for micro-credentials that `quality` can name.
pub const QUALITY_FRAMEWORKS: &[&str] = &["australia", "emc", "eu", "new-zealand", "unesco"];

/// Names that settings may use.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Every rule.
    pub rules: &'a [&'a str],
    /// Every output.
    pub outputs: &'a [&'a str],
}

/// What the project file says, with defaults for what it does not say.
#[derive(Debug, Clone)]
pub struct ProjectFile {
    /// The part that meaning depends on.
    pub settings: Settings,
    /// Severities of rules.
    pub policy: Policy,
    /// Which files belong to the project, as globs below its folder.
    pub sources: Vec<String>,
    /// What `build` writes; `None` where the file does not say.
    pub publish: Option<Vec<String>>,
}

impl ProjectFile {
    /// The globs used where the file names none.
    pub const DEFAULT_SOURCES: &'static str = "**/*.gradus";
}

impl Default for ProjectFile {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            policy: Policy::default(),
            sources: vec![Self::DEFAULT_SOURCES.to_owned()],
            publish: None,
        }
    }
}

/// Reads the project file, which is the given file of the sources.
pub fn read(sources: &Sources, file: FileId, known: Known<'_>, sink: &mut Sink) -> ProjectFile {
    let mut project = ProjectFile::default();
    project.settings.from_file = true;
    let mut reader = Reader { file, known, sink };
    match node::read(sources.file(file).text()) {
        Err(fault) => {
            let merge = merge_sign(sources.file(file).text());
            let (reason, help) = match merge {
                Some(_) => (UNFINISHED_MERGE, Some(FINISH_MERGE)),
                None => in_plain_words(&fault.reason),
            };
            let tab = tab_after(sources.file(file).text(), &fault);
            let diagnostic = reader.report(
                merge.or(tab).unwrap_or(fault.span),
                format!("the project file cannot be read: {reason}"),
            );
            diagnostic.label("not readable as YAML from here");
            if let Some(help) = help {
                diagnostic.help(help);
            }
            project.settings.doubtful = KEYS.to_vec();
        }
        Ok(root) => reader.project(&root, &mut project),
    }
    project.settings.outputs = match &project.publish {
        Some(publish) => publish.clone(),
        None => known.outputs.iter().map(|&name| name.to_owned()).collect(),
    };
    project
}

/// The tab that the library means: it gives the place where it stopped reading before it.
fn tab_after(text: &str, fault: &node::Fault) -> Option<Span> {
    let from = fault.span.start as usize;
    let at =
        fault.reason.ends_with("found a tab").then_some(from)? + text.get(from..)?.find('\t')?;
    Some(Span::new(at as u32, at as u32 + 1))
}

/// The commonest faults of YAML as the author of a catalogue would say them, with what to do.
fn in_plain_words(reason: &str) -> (&str, Option<&'static str>) {
    if reason.starts_with("mapping values") {
        let help =
            "begin the setting at the start of its line, or put a value with `: ` in it in quotes";
        ("a `:` stands where no setting can begin", Some(help))
    } else if reason.starts_with("illegal placement of ':'") {
        ("a `:` stands where none can", None)
    } else if reason.ends_with("found a tab") {
        (
            "a tab stands in it",
            Some("write blanks instead of the tab"),
        )
    } else if reason.starts_with("alias references") {
        let help = "put a value that begins with `*` in quotes";
        ("a `*` begins a value", Some(help))
    } else if reason.starts_with("unexpected character") {
        let help = "put a value that begins with a sign in quotes";
        (
            "a value begins with a sign that means something else",
            Some(help),
        )
    } else if reason.starts_with("invalid trailing content") {
        let help = "put the whole value in one pair of quotes";
        ("words stand after the closing quote", Some(help))
    } else if reason.starts_with("unclosed quote") {
        (
            "a quote is not closed",
            Some("close it where the value ends"),
        )
    } else if reason.starts_with("unclosed bracket") {
        (
            "a bracket is not closed",
            Some("close it where the list ends"),
        )
    } else if reason.starts_with("invalid u")
        || reason.starts_with("invalid i")
        || reason.starts_with("invalid f")
    {
        (
            "a value is not what the `!!` before it says",
            Some("remove the word that begins with `!!`"),
        )
    } else {
        (reason, None)
    }
}

/// Walks the nodes, fills the project and reports what is wrong.
struct Reader<'a> {
    file: FileId,
    known: Known<'a>,
    sink: &'a mut Sink,
}

impl Reader<'_> {
    fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.sink
            .report(&early::PROJECT_BAD_SETTING, Place::new(self.file, span))
            .message(message)
    }

    fn project(&mut self, root: &Node, project: &mut ProjectFile) {
        let entries = match &root.value {
            Value::Null => &[],
            Value::Map(entries) => entries.as_slice(),
            Value::Scalar(_) | Value::List(_) => {
                self.report(root.span, "expected settings such as `name: my-catalogue`")
                    .label("not a setting");
                project.settings.doubtful = KEYS.to_vec();
                return;
            }
        };
        self.refuse_repeated(entries);
        for (key, value) in entries {
            let before = self.sink.as_slice().len();
            let place = Place::new(self.file, key.span);
            let known = KEYS.iter().copied().find(|known| *known == key.text);
            let settings = &mut project.settings;
            settings.places.extend(known.map(|known| (known, place)));
            self.setting(key, value, project);
            if self.sink.as_slice().len() > before {
                // A misspelt key was meant to say something as well.
                let meant = closest(&key.text, KEYS.iter().copied());
                project.settings.doubtful.extend(known.or(meant));
            }
        }
        // A misspelt `base` is reported as such.
        let known_base = |key: &Key| {
            let key = key.text.as_str();
            key == "base"
                || !KEYS.contains(&key) && closest(key, KEYS.iter().copied()) == Some("base")
        };
        if !entries.iter().any(|(key, _)| known_base(key)) {
            let span = entries
                .first()
                .map_or(Span::at(root.span.start), |(key, _)| key.span);
            self.report(span, "the project has no `base`")
                .label("the address of the catalogue is missing")
                .help("add the address under which it is published: `base: https://badges.example.org/`");
            project.settings.doubtful.push("base");
        }
    }

    fn setting(&mut self, key: &Key, value: &Node, project: &mut ProjectFile) {
        let settings = &mut project.settings;
        if matches!(value.value, Value::Null) && KEYS.contains(&key.text.as_str()) {
            self.report(key.span, format!("`{}` has no value", key.text))
                .label("nothing follows")
                .help("write a value, or remove the key");
            return;
        }
        match key.text.as_str() {
            "name" => {
                if let Some(name) = self.id(value, "the project's name") {
                    settings.name = name;
                }
            }
            "version" => {
                if let Some(version) = self.text(value, "a version such as `2026.1.0`") {
                    settings.version = Some(version);
                }
            }
            "base" => {
                if let Some(base) = self.base(value) {
                    settings.base = base;
                    settings.base_given = true;
                }
            }
            "languages" => {
                let languages =
                    self.members(value, "language tags such as `[en, fr]`", Self::language);
                if !languages.is_empty() {
                    settings.languages = languages;
                }
            }
            "licence" => {
                if let Some(licence) = self.licence(value) {
                    settings.licence = Some(licence);
                }
            }
            "coverage" => settings.coverage = self.percent(value),
            "units" => settings.units = self.units(value),
            "sources" => {
                let sources =
                    self.members(value, "patterns such as `[\"**/*.gradus\"]`", Self::glob);
                if !sources.is_empty() {
                    project.sources = sources;
                }
            }
            "publish" => {
                let outputs = self.known.outputs;
                let one = |reader: &mut Self, node: &Node| reader.word(node, "output", outputs);
                project.publish = Some(self.members(value, "a list of outputs", one));
            }
            "quality" => {
                let one = |reader: &mut Self, node: &Node| {
                    reader.word(node, "quality framework", QUALITY_FRAMEWORKS)
                };
                settings.quality = self.members(value, "a list of quality frameworks", one);
            }
            "lint" => self.lint(value, &mut project.policy),
            unknown => {
                self.report(key.span, format!("there is no setting `{unknown}`"))
                    .label("not a setting")
                    .help_opt(
                        did_you_mean(unknown, KEYS.iter().copied())
                            .or_else(|| Some(format!("use one of: {}", KEYS.join(", ")))),
                    );
            }
        }
    }

    fn lint(&mut self, value: &Node, policy: &mut Policy) {
        let Value::Map(entries) = &value.value else {
            self.expected(value, "rules and severities such as `name/unused: off`");
            return;
        };
        self.refuse_repeated(entries);
        for (key, value) in entries {
            let rule = key.text.as_str();
            if !self.known.rules.contains(&rule) {
                let help = did_you_mean(rule, self.known.rules.iter().copied())
                    .unwrap_or_else(|| "run `gradus rules` for the list".to_owned());
                self.report(key.span, format!("there is no rule named `{rule}`"))
                    .label("not a rule")
                    .help(help);
                continue;
            }
            let Some(word) = self.text(value, "a severity: `error`, `warning`, `info` or `off`")
            else {
                continue;
            };
            match Severity::from_word(&word) {
                Some(severity) if severity < Severity::Error && early::is_fixed(rule) => {
                    self.report(value.span, format!("`{rule}` cannot be lowered"))
                        .label("always an error")
                        .help("remove this line");
                }
                Some(severity) => {
                    policy.severities.insert(rule.to_owned(), severity);
                }
                None => {
                    let words = ["error", "warning", "info", "off"];
                    self.report(value.span, format!("`{word}` is not a severity"))
                        .label("not a severity")
                        .help(did_you_mean(&word, words).unwrap_or_else(|| {
                            "use `error`, `warning`, `info` or `off`".to_owned()
                        }));
                }
            }
        }
    }

    fn units(&mut self, value: &Node) -> Vec<CreditUnit> {
        let mut units = Vec::new();
        let Value::Map(entries) = &value.value else {
            self.expected(
                value,
                "units such as `hp: { label: \"hp\", hours: [25, 30] }`",
            );
            return units;
        };
        self.refuse_repeated(entries);
        let known = CreditUnit::known();
        for (key, value) in entries {
            let word = &key.text;
            if !checks::is_id(word) {
                self.report(
                    key.span,
                    format!("`{word}` is not a possible name of a unit"),
                )
                .label("not a name")
                .help("use small letters, digits and hyphens, starting with a letter");
            } else if Unit::from_word(word).is_some() || known.iter().any(|unit| unit.word == *word)
            {
                self.report(key.span, format!("`{word}` is a unit already"))
                    .label("known without being declared")
                    .help("choose another name");
            } else {
                units.push(self.unit(word, value));
            }
        }
        units
    }

    fn unit(&mut self, word: &str, value: &Node) -> CreditUnit {
        let mut unit = CreditUnit {
            word: word.to_owned(),
            label: word.to_owned(),
            hours: None,
        };
        let entries = match &value.value {
            Value::Null => return unit,
            Value::Map(entries) => entries,
            Value::Scalar(_) | Value::List(_) => {
                self.expected(value, "`label` and `hours` of the unit");
                return unit;
            }
        };
        self.refuse_repeated(entries);
        for (key, value) in entries {
            match key.text.as_str() {
                "label" => {
                    if let Some(label) = self.text(value, "the unit as readers see it") {
                        unit.label = label;
                    }
                }
                "hours" => unit.hours = self.hours(value),
                unknown => {
                    self.report(key.span, format!("a unit has no `{unknown}`"))
                        .label("not a setting of a unit")
                        .help(
                            did_you_mean(unknown, ["label", "hours"])
                                .unwrap_or_else(|| "use `label` and `hours`".to_owned()),
                        );
                }
            }
        }
        unit
    }

    /// `25`, or `[25, 30]`.
    fn hours(&mut self, value: &Node) -> Option<(Amount, Amount)> {
        const WANTED: &str = "hours for one credit such as `[25, 30]`";
        let members = match &value.value {
            Value::Scalar(_) => std::slice::from_ref(value),
            Value::List(members) if (1..=2).contains(&members.len()) => members.as_slice(),
            Value::List(_) | Value::Map(_) | Value::Null => {
                self.expected(value, WANTED);
                return None;
            }
        };
        let mut amounts = Vec::new();
        for member in members {
            let word = self.text(member, WANTED)?;
            match Amount::parse(&word) {
                Some(amount) if amount > Amount::ZERO => amounts.push(amount),
                Some(_) | None => {
                    self.report(member.span, format!("`{word}` is not a number of hours"))
                        .label("not a number above 0");
                    return None;
                }
            }
        }
        let (least, most) = (*amounts.first()?, *amounts.last()?);
        if least > most {
            self.report(
                value.span,
                format!("from {least} to {most} hours is the wrong way round"),
            )
            .label("the smaller number comes first")
            .help(format!("write `[{most}, {least}]`"));
            return None;
        }
        Some((least, most))
    }

    fn refuse_repeated(&mut self, entries: &[(Key, Node)]) {
        for (index, (key, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..index]
                .iter()
                .find(|(other, _)| other.text == key.text)
            {
                let first = Place::new(self.file, first.span);
                self.report(
                    key.span,
                    format!("`{}` stands here a second time", key.text),
                )
                .label("again")
                .also(first, "first here")
                .help("keep one of the two");
            }
        }
    }
}
