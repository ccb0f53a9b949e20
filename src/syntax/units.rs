//! Units as they are abbreviated elsewhere or called in other languages, and as the language spells them.

/// The word for an abbreviated or foreign unit.
#[must_use]
pub fn spelled_out(unit: &str) -> Option<&'static str> {
    Some(match unit.to_lowercase().trim_end_matches('.') {
        "h" | "hr" | "hrs" => "hours",
        "min" | "mins" => "minutes",
        "d" => "days",
        "wk" | "wks" => "weeks",
        "mo" | "mos" | "mth" | "mths" => "months",
        "y" | "yr" | "yrs" => "years",
        "pt" | "pts" => "points",
        "pct" | "prozent" | "pourcent" => "%",
        "stunde" | "stunden" | "std" | "heure" | "heures" => "hours",
        "minuten" => "minutes",
        "tag" | "tage" | "jour" | "jours" => "days",
        "woche" | "wochen" | "semaine" | "semaines" => "weeks",
        "monat" | "monate" | "mois" => "months",
        "jahr" | "jahre" | "an" | "ans" | "année" | "années" => "years",
        "punkt" | "punkte" => "points",
        "ects-punkte" | "ects-punkt" | "ects-points" | "ects-point" | "ects-credits"
        | "ects-credit" | "ects-cp" | "ects-lp" => "ects",
        _ => return None,
    })
}

/// Whether a word stands for credit points of universities that count in ECTS. A project may have a unit of that name.
#[must_use]
pub fn is_credit_points(unit: &str) -> bool {
    matches!(
        unit.to_lowercase().as_str(),
        "cp" | "lp" | "kp" | "crédit" | "crédits"
    )
}
