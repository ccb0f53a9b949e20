//! Credentials: their own properties, and those of `defaults` where they say nothing themselves.

use crate::diag::early;
use crate::model::{
    Awarded, AwardedBy, Credential, CredentialId, CredentialKind, Declared, IssuerId, Mode,
    Participation, Quality, Status, Supervised, Supervision, Validity,
};
use crate::source::Place;
use crate::syntax::tree::{Arg, Key, Statement, StatementId, Word};

use super::View;
use super::outcome::{Outcome, Wanted};
use super::singles::Singles;
use super::tables::Declaration;
use super::translation::Translations;
use super::values::Measure;

pub(super) fn credential(
    view: View<'_>,
    declaration: &Declaration,
    _id: CredentialId,
    outcome: &mut Outcome,
) -> Credential {
    let before = outcome.faults;
    let statement = view.tree.statement(declaration.statement);
    let translations = view.translations(declaration.statement, outcome);
    let declared = view.declared(declaration.statement, &translations, outcome);
    let mut credential = blank(declared, view.place(statement.keyword));
    credential.kind = CredentialKind::from_word(view.slice(statement.keyword))
        .unwrap_or(CredentialKind::Achievement);
    if let Some((defaults_view, defaults)) = view.defaults() {
        // Faults of the defaults are said once, where they stand, by `check_defaults`.
        let mut quiet = Outcome::default();
        let shared = defaults_view.translations(defaults, &mut quiet);
        for (child, inherited) in defaults_view.tree.children(defaults) {
            let own = view
                .tree
                .children(declaration.statement)
                .any(|(_, own)| own.key == inherited.key);
            if !own && is_default(inherited.key) {
                defaults_view.property(child, inherited, &shared, &mut credential, &mut quiet);
            }
        }
        outcome.uses.append(&mut quiet.uses);
    }
    for (child, own) in view.tree.children(declaration.statement) {
        view.property(child, own, &translations, &mut credential, outcome);
    }
    credential.declared.incomplete = view.incomplete(declaration.statement, before, outcome);
    credential
}

/// What `defaults` may say for all credentials.
pub(super) const fn is_default(key: Key) -> bool {
    matches!(
        key,
        Key::By
            | Key::Language
            | Key::Mode
            | Key::Participation
            | Key::Supervision
            | Key::Quality
            | Key::AwardedBy
            | Key::Status
            | Key::Version
            | Key::Field
            | Key::Level
            | Key::Tags
            | Key::ValidFor
            | Key::OpenTo
    )
}

/// Reports what is wrong in a `defaults` block, once.
pub(super) fn check_defaults(view: View<'_>, id: StatementId, outcome: &mut Outcome) {
    let translations = view.translations(id, outcome);
    let mut singles = Singles::default();
    // A credential that takes what the defaults say, and is thrown away.
    let declared = view.declared(id, &translations, outcome);
    let mut scratch = blank(declared, view.place(view.tree.statement(id).keyword));
    for (child, statement) in view.tree.children(id) {
        singles.see(view, statement, outcome);
        if is_default(statement.key) {
            view.property(child, statement, &translations, &mut scratch, outcome);
        } else if statement.key != Key::In && statement.key != Key::Bad {
            outcome
                .report(&early::SYNTAX_MISPLACED, view.place(statement.keyword))
                .message(format!(
                    "`{}` cannot be a default",
                    view.slice(statement.keyword)
                ))
                .label("not the same for every credential")
                .help("write it in each credential");
        }
    }
    // Each credential records the uses of its defaults again; here they only name the place.
    outcome.uses.clear();
}

/// A credential of which nothing is said yet.
fn blank(declared: Declared, kind_place: Place) -> Credential {
    Credential {
        declared,
        kind: CredentialKind::Achievement,
        kind_place,
        issuer: None,
        awarded_by: None,
        criteria: None,
        image: None,
        tags: Vec::new(),
        code: None,
        version: None,
        status: Status::Active,
        status_place: None,
        replaced_by: None,
        language: None,
        fields: Vec::new(),
        levels: Vec::new(),
        workload: None,
        credit: None,
        mode: None,
        participation: None,
        supervision: None,
        quality: Vec::new(),
        validity: None,
        renew: None,
        introduces: Vec::new(),
        reinforces: Vec::new(),
        teaches: Vec::new(),
        assessments: Vec::new(),
        requires: None,
        recommends: None,
        alongside: None,
        open_to: Vec::new(),
        stacks: None,
        counts_toward: Vec::new(),
        prior_learning: Vec::new(),
        occupations: Vec::new(),
        mappings: Vec::new(),
    }
}

impl<'a> View<'a> {
    /// The `defaults` that hold for this file.
    pub(super) fn defaults(self) -> Option<(View<'a>, StatementId)> {
        let name = self.linker.sources.file(self.file).name();
        let found = self.linker.tables.defaults_for(name)?;
        Some((self.linker.file(found.file), found.statement))
    }

    /// The issuer that `defaults` name, for things that name none.
    pub(super) fn default_issuer(self) -> Option<IssuerId> {
        let (view, defaults) = self.defaults()?;
        let (_, by) = view
            .tree
            .children(defaults)
            .find(|(_, child)| child.key == Key::By)?;
        view.issuer_ref(by, &mut Outcome::default())
    }

    /// The language that `defaults` name.
    pub(super) fn default_language(self) -> Option<crate::model::Name> {
        let (view, defaults) = self.defaults()?;
        let (_, language) = view
            .tree
            .children(defaults)
            .find(|(_, child)| child.key == Key::Language)?;
        view.language(view.id_arg(language)?, &mut Outcome::default())
    }

    pub(super) fn issuer_ref(self, child: &Statement, outcome: &mut Outcome) -> Option<IssuerId> {
        let pick = |entity| match entity {
            crate::model::Entity::Issuer(id) => Some(id),
            _ => None,
        };
        let arg = self.args(child).first().copied()?;
        self.entity_arg(arg, Wanted::Issuer, pick, outcome)
    }

    /// Reads one property into a credential.
    #[expect(
        clippy::too_many_lines,
        reason = "one flat table of properties reads better than pieces of it"
    )]
    fn property(
        self,
        id: StatementId,
        statement: &Statement,
        translations: &Translations<'a>,
        credential: &mut Credential,
        outcome: &mut Outcome,
    ) {
        match statement.key {
            Key::By => credential.issuer = self.issuer_ref(statement, outcome),
            Key::AwardedBy => credential.awarded_by = self.awarded_by(statement, outcome),
            Key::Criteria => {
                credential.criteria = self
                    .text(statement)
                    .map(|text| translations.prose(text, Key::Criteria, 0))
            }
            Key::Image => credential.image = self.image(statement, translations),
            Key::Tags => self.tags(statement, translations, &mut credential.tags),
            Key::Code => credential.code = self.text(statement),
            Key::Version => credential.version = self.text(statement),
            Key::Status => {
                credential.status = self.status(statement, outcome).unwrap_or(Status::Active);
                credential.status_place = Some(self.place(statement.span));
            }
            Key::ReplacedBy => {
                credential.replaced_by = self
                    .args(statement)
                    .first()
                    .and_then(|&arg| self.credential(arg, outcome));
            }
            Key::Language => {
                credential.language = self
                    .id_arg(statement)
                    .and_then(|span| self.language(span, outcome))
            }
            Key::Field => {
                for &arg in self.args(statement) {
                    let item =
                        self.external_only(arg, "a field, for instance `isced-f:0612`", outcome);
                    credential
                        .fields
                        .extend(item.map(|item| (item, self.arg_place(arg))));
                }
            }
            Key::Level => {
                for &arg in self.args(statement) {
                    let level = self.level(arg, None, outcome);
                    credential
                        .levels
                        .extend(level.map(|level| (level, self.arg_place(arg))));
                }
            }
            Key::Workload => {
                credential.workload = self.quantity(statement, "a workload", Measure::Work, outcome)
            }
            Key::Credit => {
                credential.credit = self.quantity(statement, "credit", Measure::Credit, outcome)
            }
            Key::Mode => {
                let words: Vec<&str> = Mode::ALL.iter().map(|mode| mode.word()).collect();
                let span = self.id_arg(statement);
                credential.mode = span
                    .and_then(|span| self.word(span, "a mode", Mode::from_word, &words, outcome));
            }
            Key::Participation => {
                credential.participation = match (self.text(statement), self.id_arg(statement)) {
                    (Some(text), _) => Some(Participation::Words(translations.prose(
                        text,
                        Key::Participation,
                        0,
                    ))),
                    (None, Some(span)) => Some(Participation::Word(self.name(span))),
                    (None, None) => None,
                };
            }
            Key::Supervision => credential.supervision = self.supervision(statement, outcome),
            Key::Quality => {
                let nth = credential.quality.len();
                let iri = self
                    .args(statement)
                    .iter()
                    .any(|arg| matches!(arg, Arg::Iri(_)));
                let iri = if iri {
                    self.url(statement, outcome)
                } else {
                    None
                };
                let agency = self
                    .text(statement)
                    .map(|text| translations.prose(text, Key::Quality, nth));
                credential.quality.push(Quality { iri, agency });
            }
            Key::ValidFor => {
                let quantity = self.quantity(statement, "validity", Measure::Duration, outcome);
                credential.validity = quantity.map(Validity::For).or(credential.validity);
            }
            Key::ValidUntil => {
                let date = self.date_arg(statement, outcome);
                credential.validity = date.map(Validity::Until).or(credential.validity);
            }
            Key::Renew => {
                credential.renew = Some(self.requirement_block(id, translations, outcome))
            }
            Key::Requires => {
                credential.requires = Some(self.requirement_block(id, translations, outcome))
            }
            Key::Recommends => {
                credential.recommends = Some(self.requirement_block(id, translations, outcome))
            }
            Key::Alongside => {
                credential.alongside = Some(self.requirement_block(id, translations, outcome))
            }
            Key::Stacks => {
                credential.stacks = Some(self.requirement_block(id, translations, outcome))
            }
            Key::Introduces => self.attained(statement, &mut credential.introduces, outcome),
            Key::Reinforces => self.attained(statement, &mut credential.reinforces, outcome),
            Key::Teaches => self.attained(statement, &mut credential.teaches, outcome),
            Key::Assessment => {
                let assessment = super::assessment::assessment(self, id, translations, outcome);
                if let Some(first) = credential
                    .assessments
                    .iter()
                    .find(|known| known.id == assessment.id)
                {
                    let text = self.slice(assessment.place.span);
                    self.nested_duplicate(text, assessment.place, first.place, outcome);
                }
                credential.assessments.push(assessment);
            }
            Key::OpenTo => {
                let nth = credential.open_to.len();
                credential.open_to.extend(
                    self.text(statement)
                        .map(|text| translations.prose(text, Key::OpenTo, nth)),
                );
            }
            Key::CountsToward => credential
                .counts_toward
                .push(self.counts_toward(statement, outcome)),
            Key::PriorLearning => {
                let nth = credential.prior_learning.len();
                let text = self.text(statement);
                credential
                    .prior_learning
                    .extend(text.map(|text| translations.prose(text, Key::PriorLearning, nth)));
            }
            Key::For => self.occupations(statement, &mut credential.occupations, outcome),
            Key::Mapping => {
                credential
                    .mappings
                    .extend(self.mapping(id, None, translations, outcome))
            }
            _ => {}
        }
    }

    fn awarded_by(self, statement: &Statement, outcome: &mut Outcome) -> Option<Awarded> {
        let words: Vec<&str> = AwardedBy::ALL.iter().map(|by| by.word()).collect();
        let span = self.id_arg(statement)?;
        let by = self.word(
            span,
            "one who can award",
            AwardedBy::from_word,
            &words,
            outcome,
        )?;
        Some(Awarded {
            by,
            body: self.text(statement),
        })
    }

    pub(super) fn image(
        self,
        statement: &Statement,
        translations: &Translations<'_>,
    ) -> Option<crate::model::Image> {
        let mut texts = self
            .args(statement)
            .iter()
            .filter_map(|&arg| self.as_text(arg));
        let path = texts.next()?;
        let alt = texts.next().map(|text| translations.image_alt(text));
        Some(crate::model::Image { path, alt })
    }

    pub(super) fn supervision(
        self,
        statement: &Statement,
        outcome: &mut Outcome,
    ) -> Option<Supervised> {
        let words: Vec<&str> = Supervision::ALL.iter().map(|how| how.word()).collect();
        let span = self.id_arg(statement)?;
        let how = self.word(
            span,
            "a form of supervision",
            Supervision::from_word,
            &words,
            outcome,
        )?;
        let identity_checked = self
            .args(statement)
            .iter()
            .any(|arg| matches!(arg, Arg::Word(Word::Checked, _)));
        Some(Supervised {
            how,
            identity_checked,
        })
    }

    pub(super) fn date_arg(
        self,
        statement: &Statement,
        outcome: &mut Outcome,
    ) -> Option<crate::model::Date> {
        let span = self.args(statement).iter().find_map(|&arg| {
            if let Arg::Date(span) = arg {
                Some(span)
            } else {
                None
            }
        })?;
        self.date(span, outcome)
    }
}
