//! *Did you mean*: the one known word that is near an unknown one.

/// The known word nearest to `wrong`, if exactly one is near.
///
/// Near means: the same but for case, or a Damerau–Levenshtein distance of at most a third of the length (one for short words).
/// Two candidates at the same distance give nothing: a wrong suggestion is worse than none.
#[must_use]
pub fn closest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = wrong.chars().count();
    let limit = (length / 3).clamp(1, 4);
    let lower = wrong.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    for candidate in known {
        let far = candidate.chars().count().abs_diff(length);
        if candidate == wrong || far > limit {
            continue;
        }
        let distance = if candidate.to_lowercase() == lower {
            0
        } else {
            strsim::damerau_levenshtein(&lower, &candidate.to_lowercase())
        };
        if distance > limit {
            continue;
        }
        match best {
            Some((least, word)) if distance == least => tie = tie || word != candidate,
            Some((least, _)) if distance > least => {}
            _ => {
                best = Some((distance, candidate));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie && length > 1).map(|(_, word)| word)
}

/// The help line for [`closest`].
#[must_use]
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(wrong, known).map(|word| format!("did you mean `{word}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_near_word_is_suggested_and_two_are_not() {
        assert_eq!(
            closest("certificat", ["certificate", "certification"]),
            Some("certificate")
        );
        assert_eq!(
            closest("chrat-reader", ["chart-reader", "table-reader"]),
            Some("chart-reader")
        );
        assert_eq!(closest("bat", ["cat", "hat"]), None);
        assert_eq!(closest("zebra", ["chart-reader"]), None);
        assert_eq!(closest("ECTS", ["ects", "hours"]), Some("ects"));
    }
}
