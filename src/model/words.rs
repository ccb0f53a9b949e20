//! Closed vocabularies: the words that a value may be, and what each stands for.

/// Declares an enum of words of the language.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All values, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word of the language.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The value of a word, if it is one.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

words! {
    /// The kinds of credential: the achievement types of Open Badges 3.0 (AchievementType enumeration).
    CredentialKind {
        Achievement = "achievement",
        ApprenticeshipCertificate = "apprenticeship-certificate",
        Assessment = "assessment",
        Assignment = "assignment",
        AssociateDegree = "associate-degree",
        Award = "award",
        Badge = "badge",
        BachelorDegree = "bachelor-degree",
        Certificate = "certificate",
        CertificateOfCompletion = "certificate-of-completion",
        Certification = "certification",
        CoCurricular = "co-curricular",
        CommunityService = "community-service",
        Competency = "competency",
        Course = "course",
        Degree = "degree",
        Diploma = "diploma",
        DoctoralDegree = "doctoral-degree",
        Fieldwork = "fieldwork",
        GeneralEducationDevelopment = "general-education-development",
        JourneymanCertificate = "journeyman-certificate",
        LearningProgram = "learning-program",
        License = "license",
        MasterCertificate = "master-certificate",
        MasterDegree = "master-degree",
        Membership = "membership",
        MicroCredential = "micro-credential",
        ProfessionalDoctorate = "professional-doctorate",
        QualityAssuranceCredential = "quality-assurance-credential",
        ResearchDoctorate = "research-doctorate",
        SecondarySchoolDiploma = "secondary-school-diploma",
    }
}

words! {
    /// What an item of a framework is.
    ItemKind {
        /// A group of items; carries no statement of its own as a rule.
        Area = "area",
        Competency = "competency",
        Skill = "skill",
        Knowledge = "knowledge",
        Attitude = "attitude",
    }
}

words! {
    /// How an assessment is done.
    AssessmentKind {
        Examination = "examination",
        Test = "test",
        Assignment = "assignment",
        Portfolio = "portfolio",
        Project = "project",
        Practical = "practical",
        Observation = "observation",
        Presentation = "presentation",
        Interview = "interview",
        Performance = "performance",
        Workplace = "workplace",
        Thesis = "thesis",
        Recognition = "recognition",
    }
}

words! {
    /// The kinds of evidence.
    EvidenceKind {
        /// The piece of work.
        Artefact = "artefact",
        /// Scores.
        Quantitative = "quantitative",
        /// An assessor's comment.
        Qualitative = "qualitative",
    }
}

words! {
    /// Where a credential or item stands in its life.
    Status {
        Draft = "draft",
        Active = "active",
        Deprecated = "deprecated",
    }
}

words! {
    /// How learning is offered.
    Mode {
        Online = "online",
        Onsite = "onsite",
        Blended = "blended",
        Workplace = "workplace",
    }
}

words! {
    /// Supervision during assessment (EU Council Recommendation 2022/C 243/02, Annex I).
    Supervision {
        None = "none",
        Online = "online",
        Onsite = "onsite",
    }
}

words! {
    /// Who decides that a credential is earned.
    AwardedBy {
        Machine = "machine",
        Assessor = "assessor",
        /// An accredited body, named beside it.
        Accredited = "accredited",
    }
}

words! {
    /// How two items of two frameworks relate, from the subject's side (SKOS mapping properties).
    MappingVerb {
        /// skos:exactMatch
        IsExactly = "is exactly",
        /// skos:closeMatch
        IsCloseTo = "is close to",
        /// skos:broadMatch: the object is broader.
        IsWithin = "is within",
        /// skos:narrowMatch: the object is narrower.
        Covers = "covers",
        /// skos:relatedMatch
        RelatesTo = "relates to",
    }
}

impl CredentialKind {
    /// The term of Open Badges 3.0.
    #[must_use]
    pub const fn achievement_type(self) -> &'static str {
        match self {
            Self::Achievement => "Achievement",
            Self::ApprenticeshipCertificate => "ApprenticeshipCertificate",
            Self::Assessment => "Assessment",
            Self::Assignment => "Assignment",
            Self::AssociateDegree => "AssociateDegree",
            Self::Award => "Award",
            Self::Badge => "Badge",
            Self::BachelorDegree => "BachelorDegree",
            Self::Certificate => "Certificate",
            Self::CertificateOfCompletion => "CertificateOfCompletion",
            Self::Certification => "Certification",
            Self::CoCurricular => "CoCurricular",
            Self::CommunityService => "CommunityService",
            Self::Competency => "Competency",
            Self::Course => "Course",
            Self::Degree => "Degree",
            Self::Diploma => "Diploma",
            Self::DoctoralDegree => "DoctoralDegree",
            Self::Fieldwork => "Fieldwork",
            Self::GeneralEducationDevelopment => "GeneralEducationDevelopment",
            Self::JourneymanCertificate => "JourneymanCertificate",
            Self::LearningProgram => "LearningProgram",
            Self::License => "License",
            Self::MasterCertificate => "MasterCertificate",
            Self::MasterDegree => "MasterDegree",
            Self::Membership => "Membership",
            Self::MicroCredential => "MicroCredential",
            Self::ProfessionalDoctorate => "ProfessionalDoctorate",
            Self::QualityAssuranceCredential => "QualityAssuranceCredential",
            Self::ResearchDoctorate => "ResearchDoctorate",
            Self::SecondarySchoolDiploma => "SecondarySchoolDiploma",
        }
    }
}

impl MappingVerb {
    /// The SKOS mapping property, as a CURIE.
    #[must_use]
    pub const fn predicate(self) -> &'static str {
        match self {
            Self::IsExactly => "skos:exactMatch",
            Self::IsCloseTo => "skos:closeMatch",
            Self::IsWithin => "skos:broadMatch",
            Self::Covers => "skos:narrowMatch",
            Self::RelatesTo => "skos:relatedMatch",
        }
    }
}
