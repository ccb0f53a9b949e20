//! Days as they are written elsewhere: `31.12.2028`, `12/31/2028`, `31 December 2028`.
//!
//! Goes in: what stands where a day is wanted. Comes out: the day as the language writes it, where it can be read in one way only.

/// The day, as year, month and day with hyphens.
pub(super) fn read(found: &str) -> Option<String> {
    let found = found.trim_matches(|sign: char| sign == '"' || sign.is_whitespace());
    let parts: Vec<&str> = found
        .split(|sign: char| sign.is_whitespace() || "./-,".contains(sign))
        .filter(|part| !part.is_empty())
        .collect();
    let &[first, second, third] = parts.as_slice() else {
        return None;
    };
    let number = |text: &str| {
        let digits = text.trim_end_matches(|sign: char| sign.is_ascii_lowercase());
        digits.parse::<u32>().ok()
    };
    let (year, month, day) = match (month_named(first), month_named(second)) {
        (Some(month), _) => (number(third)?, month, number(second)?),
        (_, Some(month)) => (number(third)?, month, number(first)?),
        (None, None) => {
            let (first, second, third) = (number(first)?, number(second)?, number(third)?);
            match (first, second) {
                (1000.., _) => (first, second, third),
                // With points between, and above twelve, the day comes first; above twelve in the middle, the month does.
                (13.., _) => (third, second, first),
                _ if found.contains('.') => (third, second, first),
                (_, 13..) => (third, first, second),
                _ => return None,
            }
        }
    };
    let days = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    // The last day of the month is meant where it has fewer.
    let day = (1..=31).contains(&day).then(|| day.min(days))?;
    (1900..3000)
        .contains(&year)
        .then(|| format!("{year}-{month:02}-{day:02}"))
}

/// The number of a month by the beginning of its name in English, French or German.
fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["jan"],
        &["feb", "fév", "fev"],
        &["mar", "mär"],
        &["apr", "avr"],
        &["may", "mai"],
        &["jun", "juin"],
        &["jul", "juil"],
        &["aug", "aoû"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "déc", "dez"],
    ];
    let word = word.to_lowercase();
    let named = |names: &&[&str]| names.iter().any(|name| word.starts_with(name));
    (1..)
        .zip(&MONTHS)
        .find(|(_, names)| named(names))
        .map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_day_is_read_where_it_can_mean_one_thing() {
        for (written, wanted) in [
            ("31.12.2028", "2028-12-31"),
            ("1.2.2028", "2028-02-01"),
            ("12/31/2028", "2028-12-31"),
            ("31/12/2028", "2028-12-31"),
            ("2028-6-1", "2028-06-01"),
            ("2028-2-30", "2028-02-29"),
            ("\"31 December 2028\"", "2028-12-31"),
            ("31. Dezember 2028", "2028-12-31"),
            ("1er juin 2028", "2028-06-01"),
            ("December 31st, 2028", "2028-12-31"),
        ] {
            assert_eq!(read(written).as_deref(), Some(wanted), "{written}");
        }
        for doubtful in [
            "6/7/2028",
            "soon",
            "2028",
            "32.12.2028",
            "1.13.2028",
            "1.1.28",
            "then and now",
        ] {
            assert_eq!(read(doubtful), None, "{doubtful}");
        }
    }
}
