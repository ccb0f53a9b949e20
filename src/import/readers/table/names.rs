//! The names that people give to the columns of such tables, in several languages.
//!
//! Goes in: a name from a header. Comes out: the role that it speaks of, how surely, and the language that it names. The words
//! are compared without accents, blanks and signs, in small letters.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::mapping::Role;
use crate::import::search::fold;

/// How surely a name speaks of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    /// One of its words does.
    Word,
    /// The whole name does.
    Whole,
}

/// Whole names, folded. A name stands under one role only.
const NAMES: [(Role, &str); 13] = [
    (
        Role::Code,
        "code id identifier identifiant shortcode notation key ref reference number num nr no kennung kurzel kuerzel schlussel \
         schluessel codigo codice kode kod koodi numero skillid skillcode conceptid conceptcode competencyid competencycode \
         humancodingscheme onetsoccode elementid",
    ),
    (
        Role::Label,
        "label name title preflabel preferredlabel preferredterm prefterm term libelle intitule nom titre bezeichnung benennung \
         titel nombre titulo denominacion etiqueta nome titolo denominazione etichetta naam etiket skill skillname competency \
         competence competencia competenza kompetenz fahigkeit faehigkeit navn namn nazwa nimi",
    ),
    (
        Role::Alternative,
        "alternative altlabel altlabels alternativelabel alternativelabels alternativename alternativenames synonym synonyms \
         synonyme sinonimo sinonimos sinonimi synoniem synoniemen alias aliases alsocalled othernames autresnoms",
    ),
    (Role::Hidden, "hidden hiddenlabel hiddenlabels"),
    (
        Role::Statement,
        "statement fullstatement skillstatement competencystatement outcome outcomes learningoutcome learningoutcomes \
         lernergebnis lernergebnisse enonce resultatdapprentissage resultadodeaprendizaje risultatodiapprendimento leeruitkomst \
         canstatement",
    ),
    (
        Role::Description,
        "description definition beschreibung descripcion descrizione descricao omschrijving definicion definizione definitie \
         definicao beskrivelse beskrivning opis",
    ),
    (
        Role::Note,
        "note notes scopenote comment comments remark remarks bemerkung bemerkungen anmerkung anmerkungen hinweis remarque \
         remarques commentaire nota notas observaciones opmerking",
    ),
    (
        Role::Kind,
        "kind type category group class art typ kategorie gruppe categorie groupe tipo categoria grupo soort skilltype \
         concepttype itemtype cfitemtype",
    ),
    (
        Role::Parent,
        "parent parentid parentcode parentname parentlabel parentiri parenturi broader broaderconcept broadercode broaderterm \
         broaderuri ischildof childof partof ispartof belongsto ubergeordnet uebergeordnet oberbegriff elternelement gehortzu \
         gehoertzu superieur generique conceptgenerique padre superior conceptosuperior genitore bovenliggend overordnet",
    ),
    (
        Role::Iri,
        "iri uri url concepturi skilluri link permalink webaddress",
    ),
    (Role::Status, "status state zustand statut estado stato"),
    (
        Role::ReplacedBy,
        "replacedby successor supersededby ersetztdurch nachfolger remplacepar sustituidopor sostituitoda vervangendoor",
    ),
    (Role::Rank, "rank rang rango"),
];

/// Words of names of columns that put items together, folded.
const GROUPING: &str = "parent area group category domain cluster theme strand dimension topic family section unit broader \
    bereich gebiet gruppe kategorie domane thema feld domaine groupe categorie theme famille ambito categoria grupo gruppo dominio \
    famiglia familia gebied groep domein";

/// Whether a name speaks of what items are put together by.
pub(super) fn is_grouping(name: &str) -> bool {
    let (base, _) = without_language(name);
    words(base)
        .iter()
        .any(|word| GROUPING.split_whitespace().any(|known| known == word))
}

/// What a name speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub role: Role,
    pub sureness: Sureness,
    pub language: String,
}

/// The role of a column by its name.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let (base, language) = without_language(name);
    let words = words(base);
    let whole = words.concat();
    let (role, sureness) = match role_of(&whole) {
        Some(role) => (role, Sureness::Whole),
        // What it leads to is said first, what it is comes last: `parent code`, `SOC title`.
        None => {
            let first = words.first().and_then(|word| role_of(word));
            let last = words.last().and_then(|word| role_of(word));
            let leads = first.filter(|role| matches!(role, Role::Parent | Role::ReplacedBy));
            (leads.or(last)?, Sureness::Word)
        }
    };
    let language = if role.has_language() { language } else { "" };
    Some(Meaning {
        role,
        sureness,
        language: language.to_owned(),
    })
}

fn role_of(word: &str) -> Option<Role> {
    static ROLES: LazyLock<FxHashMap<&str, Role>> = LazyLock::new(|| {
        let names = |(role, names): &(Role, &'static str)| {
            let role = *role;
            names.split_whitespace().map(move |name| (name, role))
        };
        NAMES.iter().flat_map(names).collect()
    });
    ROLES.get(word).copied()
}

/// The words of a name: at blanks and signs, and where a capital letter follows a small one.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            words.push(String::new());
            small = false;
            continue;
        }
        if letter.is_uppercase() && small {
            words.push(String::new());
        }
        small = letter.is_lowercase();
        if let Some(word) = words.last_mut() {
            word.push(letter);
        }
    }
    words.retain(|word| !word.is_empty());
    words.iter().map(|word| fold(word)).collect()
}

/// A name without the language tag at its end: `label_fr`, `label (fr)`, `label@fr-CA`.
fn without_language(name: &str) -> (&str, &str) {
    let name = name.trim();
    let open = name.trim_end_matches([')', ']']).trim_end();
    let Some((base, tag)) = open.rsplit_once([':', '@', '(', '[', '_', ' ', '-']) else {
        return (name, "");
    };
    // `label_fr-CA`: the region belongs to the tag.
    let (base, tag) = match base.rsplit_once([':', '@', '(', '[', '_', ' ']) {
        Some((before, language))
            if is_language(language)
                && tag.len() == 2
                && tag.bytes().all(|byte| byte.is_ascii_uppercase()) =>
        {
            let from = before.len() + 1;
            (before, open.get(from..).unwrap_or(tag))
        }
        Some(_) | None => (base, tag),
    };
    let language = tag.split(['-', '_']).next().unwrap_or("");
    let base = base.trim_end_matches(['(', '[', ' ', ':', '@', '_', '-']);
    if is_language(language) && !base.is_empty() && oxilangtag::LanguageTag::parse(tag).is_ok() {
        (base, tag)
    } else {
        (name, "")
    }
}

/// Whether a word is the tag of a language that frameworks are published in. `id` and `no` are so much likelier words that the
/// languages of these tags have to be mapped by hand.
fn is_language(word: &str) -> bool {
    const KNOWN: &str = "ar bg ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu is it ja ko lt lv mk mt nb nl nn pl pt ro ru sk \
         sl sq sr sv tr uk vi zh";
    KNOWN
        .split_whitespace()
        .any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str) -> Option<(Role, String)> {
        meaning(name).map(|meaning| (meaning.role, meaning.language))
    }

    #[test]
    fn names_of_several_languages_are_known() {
        for (name, expected) in [
            ("ShortCode", Role::Code),
            ("Kürzel", Role::Code),
            ("O*NET-SOC Code", Role::Code),
            ("SOC Title", Role::Label),
            ("Bezeichnung", Role::Label),
            ("Intitulé", Role::Label),
            ("prefLabel", Role::Label),
            ("altLabels", Role::Alternative),
            ("Definición", Role::Description),
            ("BroaderConcept", Role::Parent),
            ("Parent code", Role::Parent),
            ("Übergeordnet", Role::Parent),
            ("SOC Group", Role::Kind),
            ("Concept URI", Role::Iri),
            ("replaced by", Role::ReplacedBy),
        ] {
            assert_eq!(role(name), Some((expected, String::new())), "{name}");
        }
        for name in ["Level", "", "%%%", "Updated"] {
            assert_eq!(role(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_stands_under_one_role_only() {
        let mut all: Vec<&str> = NAMES
            .iter()
            .flat_map(|(_, names)| names.split_whitespace())
            .collect();
        all.sort_unstable();
        let twice = all.windows(2).find(|two| two[0] == two[1]);
        assert_eq!(twice, None);
    }

    #[test]
    fn languages_are_taken_off() {
        for (name, language) in [
            ("label_fr", "fr"),
            ("label:fr", "fr"),
            ("Label (fr)", "fr"),
            ("label@fr-CA", "fr-CA"),
            ("name_pt-BR", "pt-BR"),
            ("label [DE]", "DE"),
        ] {
            assert_eq!(
                role(name),
                Some((Role::Label, language.to_owned())),
                "{name}"
            );
        }
        assert_eq!(role("skill_id"), Some((Role::Code, String::new())));
    }
}
