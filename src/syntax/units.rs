//! Units as they are abbreviated elsewhere, and as the language spells them.

/// The word for an abbreviated unit.
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
        "pct" => "%",
        "ects-punkte" | "ects-punkt" | "ects-points" | "ects-point" | "ects-credits"
        | "ects-credit" | "ects-cp" | "ects-lp" => "ects",
        _ => return None,
    })
}
