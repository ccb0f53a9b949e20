//! Every text of a project that readers see, with the declaration it belongs to.
//!
//! Goes in: what a rule looks at, the project or a piece of it. Comes out: one call per text, declaration after declaration, so
//! that a rule can group by owner.

use std::sync::OnceLock;

use super::Context;
use crate::model::{
    Assessment, Credential, Declared, Evidence, Language, Mapping, Participation, Project, Prose,
    RecognitionSource, Requirement, RequirementKind, RowKind,
};
use crate::source::FileId;

/// The declaration a text belongs to.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    pub declared: &'a Declared,
    /// The language its texts are written in.
    pub language: Language,
}

/// What a text is to its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    Name,
    About,
    Statement,
    Criteria,
    Assessment,
    Evidence,
    Level,
    Criterion,
    Cell,
    Stage,
    ImageText,
    Participation,
    OpenTo,
    PriorLearning,
    /// Free text in a requirement.
    Judgement,
    /// What is not expected in every language: tags, remarks on mappings, names of agencies and the like.
    Other,
}

impl What {
    /// The word for one, in messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::About => "about",
            Self::Statement => "statement",
            Self::Criteria => "criteria",
            Self::Assessment => "assessment",
            Self::Evidence => "evidence",
            Self::Level => "level",
            Self::Criterion => "criterion",
            Self::Cell => "rubric cell",
            Self::Stage => "stage",
            Self::ImageText => "alt",
            Self::Participation => "participation",
            Self::OpenTo => "open to",
            Self::PriorLearning => "prior learning",
            Self::Judgement => "text of a requirement",
            Self::Other => "text",
        }
    }
}

/// Which files have something that a rule looks for in texts, so that it looks closely at hardly any. Found out when the first
/// text of a file is met; that pass also brings the file's other texts near.
#[derive(Debug, Default)]
pub struct Files(OnceLock<Box<[OnceLock<bool>]>>);

impl Files {
    /// Whether a file has it, by one look at all of the file.
    pub fn has(&self, project: &Project, file: FileId, look: impl FnOnce(&str) -> bool) -> bool {
        let all = || project.sources.iter().map(|_| OnceLock::new()).collect();
        let known = self.0.get_or_init(all).get(file.0 as usize);
        known.is_some_and(|known| *known.get_or_init(|| look(project.sources.file(file).text())))
    }
}

/// Calls for every text. Names that are not written (the id stands in for them) are left out.
pub fn walk<'a>(context: &Context<'a>, each: &mut impl FnMut(Owner<'a>, What, &'a Prose)) {
    let project = context.project;
    let main = project.main_language();
    let owner = |declared: &'a Declared, language: Option<Language>| Owner {
        declared,
        language: language.unwrap_or(main),
    };
    for issuer in context.share(project.issuers.as_slice()) {
        let owner = owner(&issuer.declared, None);
        declared(owner, each);
        if let Some(image) = &issuer.image {
            all(owner, What::ImageText, &image.alt, each);
        }
    }
    for scale in context.share(project.scales.as_slice()) {
        let owner = owner(&scale.declared, None);
        declared(owner, each);
        for &level in &scale.levels {
            let level = &project.levels[level].declared;
            named(owner, level, What::Level, each);
            all(owner, What::Level, &level.about, each);
        }
    }
    for framework in context.share(project.frameworks.as_slice()) {
        let owner = owner(&framework.declared, framework.language);
        declared(owner, each);
        all(owner, What::Other, &framework.tags, each);
    }
    for item in context.share(project.items.as_slice()) {
        let owner = owner(&item.declared, project.frameworks[item.framework].language);
        declared(owner, each);
        for statement in &item.statements {
            each(owner, What::Statement, &statement.prose);
        }
        all(owner, What::Other, &item.tags, each);
        mappings(owner, &item.mappings, each);
    }
    for rubric in context.share(project.rubrics.as_slice()) {
        let owner = owner(&rubric.declared, None);
        declared(owner, each);
        for level in &rubric.levels {
            each(owner, What::Level, &level.name);
        }
        for criterion in &rubric.criteria {
            each(owner, What::Criterion, &criterion.name);
            all(owner, What::Criterion, &criterion.about, each);
            for (_, cell) in &criterion.cells {
                each(owner, What::Cell, cell);
            }
        }
    }
    for credential in context.share(project.credentials.as_slice()) {
        let owner = owner(&credential.declared, credential.language);
        declared(owner, each);
        credential_texts(owner, credential, each);
    }
    for set in context.share(project.sets.as_slice()) {
        let owner = owner(&set.declared, None);
        declared(owner, each);
        for member in &set.members {
            requirement(owner, member, each);
        }
    }
    for recognition in context.share(project.recognitions.as_slice()) {
        let owner = owner(&recognition.declared, None);
        declared(owner, each);
        if let Some(RecognitionSource::Words(words)) = &recognition.from {
            each(owner, What::Other, words);
        }
        evidence(owner, &recognition.evidence, each);
    }
    for role in context.share(project.roles.as_slice()) {
        let owner = owner(&role.declared, None);
        declared(owner, each);
        for need in &role.needs {
            requirement(owner, need, each);
        }
        mappings(owner, &role.mappings, each);
    }
    for pathway in context.share(project.pathways.as_slice()) {
        let owner = owner(&pathway.declared, pathway.language);
        declared(owner, each);
        all(owner, What::Other, &pathway.tags, each);
        for &stage in &pathway.stages {
            let stage = &project.stages[stage];
            named(owner, &stage.declared, What::Stage, each);
            all(owner, What::Stage, &stage.declared.about, each);
            for ask in &stage.asks {
                requirement(owner, ask, each);
            }
        }
    }
    for crosswalk in context.share(project.crosswalks.as_slice()) {
        let owner = owner(&crosswalk.declared, None);
        all(owner, What::About, &crosswalk.declared.about, each);
        for row in &crosswalk.rows {
            match &row.kind {
                RowKind::Match(mapping) => all(owner, What::Other, &mapping.because, each),
                RowKind::NoMatch { note } => all(owner, What::Other, note, each),
            }
        }
    }
}

fn declared<'a>(owner: Owner<'a>, each: &mut impl FnMut(Owner<'a>, What, &'a Prose)) {
    named(owner, owner.declared, What::Name, each);
    all(owner, What::About, &owner.declared.about, each);
}

/// The name of a declaration, if one is written.
fn named<'a>(
    owner: Owner<'a>,
    declared: &'a Declared,
    what: What,
    each: &mut impl FnMut(Owner<'a>, What, &'a Prose),
) {
    if declared.name.text.place != declared.place {
        each(owner, what, &declared.name);
    }
}

fn all<'a>(
    owner: Owner<'a>,
    what: What,
    texts: impl IntoIterator<Item = &'a Prose>,
    each: &mut impl FnMut(Owner<'a>, What, &'a Prose),
) {
    for text in texts {
        each(owner, what, text);
    }
}

fn credential_texts<'a>(
    owner: Owner<'a>,
    credential: &'a Credential,
    each: &mut impl FnMut(Owner<'a>, What, &'a Prose),
) {
    all(owner, What::Criteria, &credential.criteria, each);
    if let Some(image) = &credential.image {
        all(owner, What::ImageText, &image.alt, each);
    }
    all(owner, What::Other, &credential.tags, each);
    match &credential.participation {
        Some(Participation::Words(words)) => each(owner, What::Participation, words),
        Some(Participation::Word(_)) | None => {}
    }
    for quality in &credential.quality {
        all(owner, What::Other, &quality.agency, each);
    }
    for assessment in &credential.assessments {
        assessment_texts(owner, assessment, each);
    }
    all(owner, What::OpenTo, &credential.open_to, each);
    all(owner, What::PriorLearning, &credential.prior_learning, each);
    let requirements = [
        &credential.requires,
        &credential.recommends,
        &credential.alongside,
        &credential.stacks,
        &credential.renew,
    ];
    for asked in requirements.into_iter().flatten() {
        requirement(owner, asked, each);
    }
    mappings(owner, &credential.mappings, each);
}

fn assessment_texts<'a>(
    owner: Owner<'a>,
    assessment: &'a Assessment,
    each: &mut impl FnMut(Owner<'a>, What, &'a Prose),
) {
    if assessment.name.text.place != assessment.place {
        each(owner, What::Assessment, &assessment.name);
    }
    all(owner, What::Assessment, &assessment.about, each);
    evidence(owner, &assessment.evidence, each);
}

fn evidence<'a>(
    owner: Owner<'a>,
    evidence: &'a [Evidence],
    each: &mut impl FnMut(Owner<'a>, What, &'a Prose),
) {
    for evidence in evidence {
        each(owner, What::Evidence, &evidence.prose);
    }
}

fn mappings<'a>(
    owner: Owner<'a>,
    mappings: &'a [Mapping],
    each: &mut impl FnMut(Owner<'a>, What, &'a Prose),
) {
    for mapping in mappings {
        all(owner, What::Other, &mapping.because, each);
    }
}

fn requirement<'a>(
    owner: Owner<'a>,
    asked: &'a Requirement,
    each: &mut impl FnMut(Owner<'a>, What, &'a Prose),
) {
    match &asked.kind {
        RequirementKind::Judgement(words) => each(owner, What::Judgement, words),
        RequirementKind::All(members) | RequirementKind::Any { of: members, .. } => {
            for member in members {
                requirement(owner, member, each);
            }
        }
        RequirementKind::Credential(_)
        | RequirementKind::Set(_)
        | RequirementKind::Skill { .. }
        | RequirementKind::Sum(_)
        | RequirementKind::Unresolved => {}
    }
}
