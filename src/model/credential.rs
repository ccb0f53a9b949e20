//! Credentials, issuers, roles and recognitions.

use super::names::Name;
use super::prose::{Prose, Text};
use super::quantity::{Amount, Quantity};
use super::requirement::Requirement;
use super::words::{
    AssessmentKind, AwardedBy, CredentialKind, EvidenceKind, Mode, Status, Supervision,
};
use super::{
    CredentialId, Declared, ExternalItemId, IssuerId, ItemId, LevelRef, Mapping, RoleId, RubricId,
};
use crate::source::Place;

/// Who awards.
#[derive(Debug, Clone)]
pub struct Issuer {
    pub declared: Declared,
    pub url: Option<Text>,
    pub email: Option<Text>,
    pub phone: Option<Text>,
    /// ISO 3166-1 alpha-2, as written.
    pub country: Option<(Name, Place)>,
    pub image: Option<Image>,
}

/// A picture of the project.
#[derive(Debug, Clone)]
pub struct Image {
    /// Path relative to the project's folder, or an https address.
    pub path: Text,
    /// What it shows, for those who do not see it.
    pub alt: Option<Prose>,
}

/// A badge, micro-credential, certificate, course …
#[derive(Debug, Clone)]
pub struct Credential {
    pub declared: Declared,
    pub kind: CredentialKind,
    /// The keyword in the text.
    pub kind_place: Place,
    /// Its own `by`, or the default.
    pub issuer: Option<IssuerId>,
    pub awarded_by: Option<Awarded>,
    pub criteria: Option<Prose>,
    pub image: Option<Image>,
    pub tags: Vec<Prose>,
    pub code: Option<Text>,
    pub version: Option<Text>,
    pub status: Status,
    /// Where `status` is written, if it is.
    pub status_place: Option<Place>,
    pub replaced_by: Option<(CredentialId, Place)>,
    /// Its own `language`, or the default, or the project's first.
    pub language: Option<Name>,
    /// ISCED-F fields.
    pub fields: Vec<(ExternalItemId, Place)>,
    pub levels: Vec<(LevelRef, Place)>,
    pub workload: Option<Quantity>,
    pub credit: Option<Quantity>,
    pub mode: Option<Mode>,
    pub participation: Option<Participation>,
    pub supervision: Option<Supervised>,
    pub quality: Vec<Quality>,
    pub validity: Option<Validity>,
    pub renew: Option<Requirement>,
    pub introduces: Vec<Attained>,
    pub reinforces: Vec<Attained>,
    pub teaches: Vec<Attained>,
    pub assessments: Vec<Assessment>,
    pub requires: Option<Requirement>,
    pub recommends: Option<Requirement>,
    pub alongside: Option<Requirement>,
    pub open_to: Vec<Prose>,
    pub stacks: Option<Requirement>,
    pub counts_toward: Vec<CountsToward>,
    pub prior_learning: Vec<Prose>,
    pub occupations: Vec<(Occupation, Place)>,
    pub mappings: Vec<Mapping>,
}

/// An item at a level, in `teaches`, `assesses` and the like.
#[derive(Debug, Clone, Copy)]
pub struct Attained {
    pub item: ItemId,
    pub level: Option<LevelRef>,
    /// The path in the text.
    pub place: Place,
    /// The level in the text.
    pub level_place: Option<Place>,
}

/// Who decides.
#[derive(Debug, Clone)]
pub struct Awarded {
    pub by: AwardedBy,
    /// The accredited body.
    pub body: Option<Text>,
}

/// Form of participation (EU Annex I).
#[derive(Debug, Clone)]
pub enum Participation {
    Word(Name),
    Words(Prose),
}

/// Supervision and identity check of assessment (EU Annex I).
#[derive(Debug, Clone, Copy)]
pub struct Supervised {
    pub how: Supervision,
    pub identity_checked: bool,
}

/// Quality assurance behind a credential.
#[derive(Debug, Clone)]
pub struct Quality {
    pub iri: Option<Text>,
    pub agency: Option<Prose>,
}

/// How long it lasts.
#[derive(Debug, Clone, Copy)]
pub enum Validity {
    For(Quantity),
    Until(Date),
}

/// A day of the calendar; never compared with the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl Date {
    /// A day written as `2027-06-30`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        let date = Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        };
        let leap = date.year.is_multiple_of(4)
            && (!date.year.is_multiple_of(100) || date.year.is_multiple_of(400));
        let days = match date.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        (1..=days).contains(&date.day).then_some(date)
    }
}

/// How it is shown that something is learned.
#[derive(Debug, Clone)]
pub struct Assessment {
    pub id: Name,
    pub place: Place,
    /// The whole declaration.
    pub whole: Place,
    pub name: Prose,
    pub about: Option<Prose>,
    pub kind: Option<AssessmentKind>,
    pub assesses: Vec<Attained>,
    pub rubric: Option<(RubricId, Place)>,
    pub evidence: Vec<Evidence>,
    pub pass: Option<Pass>,
    pub weight: Option<Weight>,
    pub supervision: Option<Supervised>,
    /// Something inside could not be read or resolved.
    pub incomplete: bool,
}

/// A kind of evidence and what it is.
#[derive(Debug, Clone)]
pub struct Evidence {
    pub kind: EvidenceKind,
    pub prose: Prose,
    pub place: Place,
}

/// What must be reached.
#[derive(Debug, Clone, Copy)]
pub struct Pass {
    pub place: Place,
    pub mark: PassMark,
}

/// The forms of a pass mark.
#[derive(Debug, Clone, Copy)]
pub enum PassMark {
    Percent(Amount),
    Points(Amount),
    /// This level of the rubric (its position there), in every criterion.
    Level(usize),
    /// Everything.
    All,
}

/// How much an assessment counts, in percent or in shares.
#[derive(Debug, Clone, Copy)]
pub struct Weight {
    pub amount: Amount,
    /// Written with `%`.
    pub percent: bool,
    pub place: Place,
}

/// Credit that a credential carries into something larger.
#[derive(Debug, Clone)]
pub struct CountsToward {
    /// One target, or several of which the learner chooses one.
    pub targets: Vec<(CredentialId, Place)>,
    pub credit: Option<Quantity>,
    pub place: Place,
}

/// Who a credential is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occupation {
    Role(RoleId),
    External(ExternalItemId),
}

/// Learning from outside that is recognised instead of taught again.
#[derive(Debug, Clone)]
pub struct Recognition {
    pub declared: Declared,
    pub from: Option<RecognitionSource>,
    pub grants: Vec<(CredentialId, Place)>,
    pub evidence: Vec<Evidence>,
    pub valid_until: Option<Date>,
}

/// Where recognised learning comes from.
#[derive(Debug, Clone)]
pub enum RecognitionSource {
    Iri(Text),
    Words(Prose),
}

/// A job profile.
#[derive(Debug, Clone)]
pub struct Role {
    pub declared: Declared,
    pub code: Option<Text>,
    pub needs: Vec<Requirement>,
    pub mappings: Vec<Mapping>,
}
