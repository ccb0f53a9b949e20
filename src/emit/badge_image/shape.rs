//! The outlines of drawn badges, as SVG path data about the middle of the drawing.

use std::f64::consts::PI;
use std::fmt::Write;
use std::sync::LazyLock;

use crate::model::CredentialKind;

/// An outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Disk,
    Hexagon,
    Octagon,
    Square,
    Shield,
    Seal,
}

/// The outline that stands for a kind of credential: families of kinds look alike.
#[must_use]
pub const fn of_kind(kind: CredentialKind) -> Shape {
    match kind {
        CredentialKind::Achievement
        | CredentialKind::Award
        | CredentialKind::Badge
        | CredentialKind::CoCurricular
        | CredentialKind::CommunityService
        | CredentialKind::Competency
        | CredentialKind::Membership => Shape::Disk,
        CredentialKind::MicroCredential
        | CredentialKind::Assessment
        | CredentialKind::Assignment => Shape::Hexagon,
        CredentialKind::Course | CredentialKind::Fieldwork | CredentialKind::LearningProgram => {
            Shape::Square
        }
        CredentialKind::ApprenticeshipCertificate
        | CredentialKind::Certification
        | CredentialKind::JourneymanCertificate
        | CredentialKind::License
        | CredentialKind::MasterCertificate
        | CredentialKind::QualityAssuranceCredential => Shape::Shield,
        CredentialKind::Certificate
        | CredentialKind::CertificateOfCompletion
        | CredentialKind::Diploma
        | CredentialKind::GeneralEducationDevelopment
        | CredentialKind::SecondarySchoolDiploma => Shape::Seal,
        CredentialKind::AssociateDegree
        | CredentialKind::BachelorDegree
        | CredentialKind::Degree
        | CredentialKind::DoctoralDegree
        | CredentialKind::MasterDegree
        | CredentialKind::ProfessionalDoctorate
        | CredentialKind::ResearchDoctorate => Shape::Octagon,
    }
}

/// The three outlines that a badge is drawn with.
#[derive(Debug)]
pub struct Outlines {
    /// The whole badge (its border line makes it a little larger).
    pub rim: String,
    /// The line of ornament.
    pub ornament: String,
    /// The field that texts stand on.
    pub field: String,
}

impl Outlines {
    fn new(shape: Shape) -> Self {
        Self {
            rim: path(shape, 226.0),
            ornament: path(shape, 220.0),
            field: path(shape, 207.0),
        }
    }
}

/// The outlines of a shape, made once: writing numbers is most of the work of a drawing.
pub fn outlines(shape: Shape) -> &'static Outlines {
    static DISK: LazyLock<Outlines> = LazyLock::new(|| Outlines::new(Shape::Disk));
    static HEXAGON: LazyLock<Outlines> = LazyLock::new(|| Outlines::new(Shape::Hexagon));
    static OCTAGON: LazyLock<Outlines> = LazyLock::new(|| Outlines::new(Shape::Octagon));
    static SQUARE: LazyLock<Outlines> = LazyLock::new(|| Outlines::new(Shape::Square));
    static SHIELD: LazyLock<Outlines> = LazyLock::new(|| Outlines::new(Shape::Shield));
    static SEAL: LazyLock<Outlines> = LazyLock::new(|| Outlines::new(Shape::Seal));
    match shape {
        Shape::Disk => &DISK,
        Shape::Hexagon => &HEXAGON,
        Shape::Octagon => &OCTAGON,
        Shape::Square => &SQUARE,
        Shape::Shield => &SHIELD,
        Shape::Seal => &SEAL,
    }
}

/// The path of a shape that reaches `radius` from the middle.
fn path(shape: Shape, radius: f64) -> String {
    match shape {
        Shape::Disk => format!(
            "M{:.1} 240a{radius} {radius} 0 1 0 {:.1} 0a{radius} {radius} 0 1 0 {:.1} 0z",
            240.0 - radius,
            2.0 * radius,
            -2.0 * radius
        ),
        Shape::Hexagon => polygon(6, radius, 22.0, PI / 6.0),
        Shape::Octagon => polygon(8, radius, 14.0, PI / 8.0),
        Shape::Square => square(radius),
        Shape::Shield => shield(radius),
        Shape::Seal => seal(radius),
    }
}

/// A regular polygon with rounded corners.
fn polygon(corners: u32, radius: f64, rounding: f64, turn: f64) -> String {
    let corner = |index: u32| {
        let angle = turn + 2.0 * PI * f64::from(index) / f64::from(corners);
        (240.0 + radius * angle.cos(), 240.0 + radius * angle.sin())
    };
    let points: Vec<(f64, f64)> = (0..corners).map(corner).collect();
    rounded(&points, rounding)
}

/// A closed line through corners, each cut off and rounded at a distance.
fn rounded(points: &[(f64, f64)], rounding: f64) -> String {
    let mut out = String::with_capacity(points.len() * 36);
    let count = points.len();
    for (index, &(x, y)) in points.iter().enumerate() {
        let (before_x, before_y) = points[(index + count - 1) % count];
        let (after_x, after_y) = points[(index + 1) % count];
        let toward = |to_x: f64, to_y: f64| {
            let length = (to_x - x).hypot(to_y - y).max(1.0);
            let part = (rounding / length).min(0.5);
            (x + (to_x - x) * part, y + (to_y - y) * part)
        };
        let (from_x, from_y) = toward(before_x, before_y);
        let (to_x, to_y) = toward(after_x, after_y);
        let start = if index == 0 { 'M' } else { 'L' };
        let _ = write!(
            out,
            "{start}{from_x:.1} {from_y:.1}Q{x:.1} {y:.1} {to_x:.1} {to_y:.1}"
        );
    }
    out.push('Z');
    out
}

fn square(radius: f64) -> String {
    let half = radius * 0.95;
    let (low, high) = (240.0 - half, 240.0 + half);
    rounded(&[(low, low), (high, low), (high, high), (low, high)], 64.0)
}

fn shield(radius: f64) -> String {
    let at = |x: f64, y: f64| (240.0 + x * radius, 240.0 + y * radius);
    let (left, top) = at(-0.9, -0.88);
    let (right, _) = at(0.9, -0.88);
    let (middle, crest) = at(0.0, -1.0);
    let (_, waist) = at(0.0, 0.28);
    let (_, tip) = at(0.0, 1.02);
    let (bend, low) = at(0.9, 0.72);
    let (other_bend, _) = at(-0.9, 0.72);
    let (near, _) = at(0.42, 0.0);
    let (other_near, _) = at(-0.42, 0.0);
    let (_, under) = at(0.0, 0.93);
    format!(
        "M{left:.1} {top:.1}Q{middle:.1} {crest:.1} {right:.1} {top:.1}L{right:.1} {waist:.1}\
         C{bend:.1} {low:.1} {near:.1} {under:.1} {middle:.1} {tip:.1}\
         C{other_near:.1} {under:.1} {other_bend:.1} {low:.1} {left:.1} {waist:.1}Z"
    )
}

/// A disk with a scalloped edge.
fn seal(radius: f64) -> String {
    const SCALLOPS: u32 = 24;
    let inner = radius - 7.0;
    let mut out = String::with_capacity(1400);
    let point = |index: u32, reach: f64| {
        let angle = 2.0 * PI * f64::from(index) / f64::from(SCALLOPS * 2);
        (240.0 + reach * angle.cos(), 240.0 + reach * angle.sin())
    };
    let (x, y) = point(0, inner);
    let _ = write!(out, "M{x:.1} {y:.1}");
    for scallop in 0..SCALLOPS {
        let (bend_x, bend_y) = point(scallop * 2 + 1, radius + 7.0);
        let (x, y) = point(scallop * 2 + 2, inner);
        let _ = write!(out, "Q{bend_x:.1} {bend_y:.1} {x:.1} {y:.1}");
    }
    out.push('Z');
    out
}

/// The star at the top of a badge without a level.
pub static STAR: LazyLock<String> = LazyLock::new(|| star(240.0, 104.0, 30.0));

/// A star with five points.
fn star(middle_x: f64, middle_y: f64, radius: f64) -> String {
    let points: Vec<(f64, f64)> = (0..10_u32)
        .map(|index| {
            let reach = if index % 2 == 0 {
                radius
            } else {
                radius * 0.45
            };
            let angle = PI * f64::from(index) / 5.0 - PI / 2.0;
            (
                middle_x + reach * angle.cos(),
                middle_y + reach * angle.sin(),
            )
        })
        .collect();
    rounded(&points, 2.0)
}
