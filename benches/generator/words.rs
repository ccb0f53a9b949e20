//! The words of a skill, made from its number: no two skills below 120,000 say the same.

/// What one does, and the name of doing it.
const VERBS: [(&str, &str); 40] = [
    ("calibrate", "Calibrating"),
    ("compare", "Comparing"),
    ("draft", "Drafting"),
    ("inspect", "Inspecting"),
    ("repair", "Repairing"),
    ("schedule", "Scheduling"),
    ("document", "Documenting"),
    ("test", "Testing"),
    ("estimate", "Estimating"),
    ("assemble", "Assembling"),
    ("diagnose", "Diagnosing"),
    ("present", "Presenting"),
    ("negotiate", "Negotiating"),
    ("measure", "Measuring"),
    ("classify", "Classifying"),
    ("configure", "Configuring"),
    ("audit", "Auditing"),
    ("design", "Designing"),
    ("evaluate", "Evaluating"),
    ("model", "Modelling"),
    ("translate", "Translating"),
    ("coordinate", "Coordinating"),
    ("monitor", "Monitoring"),
    ("prioritize", "Prioritizing"),
    ("simulate", "Simulating"),
    ("summarize", "Summarizing"),
    ("verify", "Verifying"),
    ("adapt", "Adapting"),
    ("budget", "Budgeting"),
    ("demonstrate", "Demonstrating"),
    ("explain", "Explaining"),
    ("install", "Installing"),
    ("interpret", "Interpreting"),
    ("justify", "Justifying"),
    ("map", "Mapping"),
    ("organize", "Organizing"),
    ("prepare", "Preparing"),
    ("select", "Selecting"),
    ("sequence", "Sequencing"),
    ("validate", "Validating"),
];

/// What it is done to.
const OBJECTS: [&str; 60] = [
    "flow sensors",
    "patient records",
    "supply contracts",
    "irrigation plans",
    "survey instruments",
    "network diagrams",
    "lesson materials",
    "test reports",
    "hydraulic circuits",
    "nutrition plans",
    "rental agreements",
    "weld seams",
    "recipe cards",
    "stage lighting",
    "incident logs",
    "cost estimates",
    "floor plans",
    "safety briefings",
    "soil samples",
    "translation memories",
    "shift rosters",
    "solar arrays",
    "tax returns",
    "audio recordings",
    "care pathways",
    "access policies",
    "exhibition labels",
    "grant proposals",
    "vaccination records",
    "customs forms",
    "water meters",
    "timber joints",
    "ledger entries",
    "pattern pieces",
    "route maps",
    "field notes",
    "backup jobs",
    "guest feedback",
    "gear assemblies",
    "reading circles",
    "harvest forecasts",
    "site photographs",
    "price lists",
    "training logs",
    "battery packs",
    "press releases",
    "maintenance manuals",
    "waste streams",
    "fabric swatches",
    "court bundles",
    "emergency drills",
    "seed inventories",
    "mobile layouts",
    "kitchen stations",
    "stock counts",
    "play activities",
    "wiring harnesses",
    "interview guides",
    "heat pumps",
    "loan files",
];

/// Where, or for whom.
const CONTEXTS: [&str; 50] = [
    "remote sites",
    "first-year learners",
    "small workshops",
    "regional hospitals",
    "coastal farms",
    "public libraries",
    "night shifts",
    "family businesses",
    "shared kitchens",
    "rail depots",
    "mountain lodges",
    "community theatres",
    "primary schools",
    "export markets",
    "housing associations",
    "research vessels",
    "open-plan offices",
    "festival grounds",
    "repair cafes",
    "county courts",
    "city gardens",
    "ferry terminals",
    "hospice teams",
    "print shops",
    "dairy plants",
    "call centers",
    "sports clubs",
    "wind parks",
    "village councils",
    "training hospitals",
    "data centers",
    "sawmills",
    "museum stores",
    "food banks",
    "fire stations",
    "laboratory teams",
    "rural clinics",
    "tailoring studios",
    "bus garages",
    "bakeries",
    "youth centers",
    "recycling yards",
    "language schools",
    "building sites",
    "fish farms",
    "concert halls",
    "tool libraries",
    "vineyards",
    "parish offices",
    "charity shops",
];

/// How well; ends a statement.
const STANDARDS: [&str; 12] = [
    "so that a colleague who was not present can repeat every step from the record alone",
    "within the tolerances that the operating manual of the site sets for normal conditions",
    "and state which two assumptions would change the result most if they turned out wrong",
    "using only the equipment that a workplace of that size can be expected to have at hand",
    "while keeping a written trace of each decision and of the evidence that it rests upon",
    "and hand the result over in a form that a customer without technical training can use",
    "against a checklist that was agreed beforehand with the person who will sign it off",
    "under time pressure, stopping the work when a limit for safety or privacy is reached",
    "and propose one improvement that costs no more than a day of work to put in place",
    "with the help of at least two independent sources, naming where they contradict each other",
    "so that the work passes a second inspection by somebody from another department",
    "and report deviations to the person in charge before the next step is begun",
];

/// What belongs to it; the first half of a description.
const SCOPES: [&str; 15] = [
    "Covers planning, carrying out and reviewing the task, including the paperwork that a supervisor expects at its end.",
    "Practised first on prepared cases, then on live ones next to an experienced colleague, and finally alone.",
    "Includes the vocabulary of the trade, the usual mistakes of beginners and the signs by which they are noticed early.",
    "Starts from a written brief that is incomplete on purpose, so that asking the right questions is part of the task.",
    "Draws on what learners already do at work; examples from their own workplace replace those of the handbook.",
    "Assumes no earlier experience with the equipment, but steady hands and the patience to do things in order.",
    "Looks at the whole cycle from request to hand-over and at the points where such work is most often delayed.",
    "Taught in pairs, one working and one keeping the record, with roles changed after each complete run.",
    "Builds the habit of checking one's own work before others do, with simple measurements and a second look.",
    "Pays attention to the law, to the privacy of those concerned and to the limits of one's own responsibility.",
    "Links what is done at the bench with what is written in the report, number by number and step by step.",
    "Uses public guidance where there is some, and shows how to decide sensibly where there is none.",
    "Compares a traditional way with a current one, and asks which of the two suits a given place better.",
    "Works with real documents from partner organizations, from which names and addresses have been removed.",
    "Ends with a conversation about what went well, what did not, and what will be tried next time.",
];

/// Who says so; the second half of a description.
const ORIGINS: [&str; 11] = [
    "Employers of the region asked for it in the last review.",
    "Agreed with the trade association and reviewed every two years.",
    "Graduates name it as the part they used first in a new job.",
    "Needed wherever several people share the same workplace.",
    "Shared with two partner colleges that assess it in the same way.",
    "The handbook of the department shows three worked cases.",
    "Updated after the change of regulations two years ago.",
    "Often combined with the neighboring task in one project.",
    "Apprentices meet it in their second year.",
    "Part of the common core of all departments since the merger.",
    "Assessed in the workplace where that is possible.",
];

/// The words of one skill.
#[derive(Clone, Copy)]
pub(super) struct Words {
    number: usize,
    /// The number, spread over the tables so that neighbors differ.
    spread: usize,
}

impl Words {
    /// The words of a skill by its number in the project.
    pub(super) fn of(number: usize) -> Self {
        const ALL: usize = VERBS.len() * OBJECTS.len() * CONTEXTS.len();
        // The factor shares no divisor with the number of combinations, so that none comes twice.
        Self {
            number,
            spread: number % ALL * 48_271 % ALL,
        }
    }

    fn verb(self) -> (&'static str, &'static str) {
        VERBS[self.spread % VERBS.len()]
    }

    fn object(self) -> &'static str {
        OBJECTS[self.spread / VERBS.len() % OBJECTS.len()]
    }

    fn context(self) -> &'static str {
        CONTEXTS[self.spread / (VERBS.len() * OBJECTS.len()) % CONTEXTS.len()]
    }

    /// What it is about, as a part of an id.
    pub(super) fn slug(self) -> String {
        let object = self.object();
        let last = object.rsplit(' ').next().unwrap_or(object);
        last.to_owned()
    }

    /// A name such as *Calibrating flow sensors for wind parks*.
    pub(super) fn name(self) -> String {
        format!("{} {} for {}", self.verb().1, self.object(), self.context())
    }

    /// What someone who has the skill can do; about 200 characters.
    pub(super) fn statement(self) -> String {
        format!(
            "{} {} for {} {}",
            self.verb().0,
            self.object(),
            self.context(),
            STANDARDS[self.number % STANDARDS.len()]
        )
    }

    /// What belongs to it, in one sentence.
    pub(super) fn scope(self) -> &'static str {
        SCOPES[self.number % SCOPES.len()]
    }

    /// What belongs to it, and who says so; about 200 characters.
    pub(super) fn about(self) -> String {
        format!("{} {}", self.scope(), ORIGINS[self.number % ORIGINS.len()])
    }
}
