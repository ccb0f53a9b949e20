//! From text to terms: folded, split, stemmed words, and character n-grams of names.
//!
//! In goes a text and its language, out come word stems in order and n-grams. Light stemming only (endings of number, case and
//! person): two words that a reader would call the same should meet, others should not. What it misses the n-grams catch.

/// Lower case, without accents, everything that is not a letter or digit as one space. `+` and `#` stay (`c++`, `c#`).
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = true;
    for character in text.chars().flat_map(char::to_lowercase) {
        let plain = match character {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' => "d",
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
            'ğ' | 'ģ' => "g",
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
            'ķ' => "k",
            'ł' | 'ļ' | 'ľ' => "l",
            'ñ' | 'ń' | 'ņ' | 'ň' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => "o",
            'ř' => "r",
            'ś' | 'š' | 'ş' | 'ș' => "s",
            'ť' | 'ţ' | 'ț' => "t",
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ż' | 'ž' => "z",
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => "",
            '\'' | '’' => "",
            other if other.is_alphanumeric() || matches!(other, '+' | '#') => {
                folded.push(other);
                space = false;
                continue;
            }
            _ => " ",
        };
        if plain == " " {
            if !space {
                folded.push(' ');
                space = true;
            }
        } else if !plain.is_empty() {
            folded.push_str(plain);
            space = false;
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The stems of a text in order, without words that carry no meaning. A text of nothing else keeps them.
#[must_use]
pub fn stems(text: &str, language: &str) -> Vec<String> {
    words_and_stems(text, language)
        .into_iter()
        .map(|(_, stem)| stem)
        .collect()
}

/// The same, each with the folded word that it was made of.
#[must_use]
pub fn words_and_stems(text: &str, language: &str) -> Vec<(String, String)> {
    let folded = fold(text);
    let language = primary(language);
    let all = || folded.split(' ').filter(|word| !word.is_empty());
    let pair = |word: &str| (word.to_owned(), stem(word, language));
    let kept: Vec<(String, String)> = all()
        .filter(|word| !is_empty_word(word, language))
        .map(pair)
        .collect();
    if kept.is_empty() {
        return all().map(pair).collect();
    }
    kept
}

/// The first part of a language tag, in the form that the rules know.
fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or("")
}

/// Words that say nothing of what a concept is about.
fn is_empty_word(word: &str, language: &str) -> bool {
    const ENGLISH: &[&str] = &[
        "a",
        "all",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "by",
        "etc",
        "for",
        "from",
        "in",
        "including",
        "into",
        "is",
        "it",
        "its",
        "not",
        "of",
        "on",
        "or",
        "other",
        "such",
        "that",
        "the",
        "their",
        "them",
        "these",
        "they",
        "this",
        "to",
        "use",
        "using",
        "who",
        "which",
        "with",
        "may",
        "can",
        "also",
        "except",
        "more",
        "than",
        "through",
        "within",
    ];
    const GERMAN: &[&str] = &[
        "am",
        "als",
        "an",
        "auf",
        "aus",
        "bei",
        "beim",
        "bzw",
        "das",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "durch",
        "ein",
        "eine",
        "einem",
        "einen",
        "einer",
        "eines",
        "fur",
        "im",
        "in",
        "innen",
        "mit",
        "nach",
        "oder",
        "sich",
        "sowie",
        "u",
        "und",
        "uber",
        "um",
        "unter",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "a",
        "ausserhalb",
        "innerhalb",
        "gegen",
        "ohne",
        "wie",
        "ahnliches",
    ];
    const FRENCH: &[&str] = &[
        "a", "au", "aux", "avec", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le",
        "les", "ou", "par", "pour", "sur", "un", "une",
    ];
    const SPANISH: &[&str] = &[
        "a", "al", "con", "de", "del", "e", "el", "en", "la", "las", "los", "o", "para", "por",
        "u", "un", "una", "y",
    ];
    match language {
        "de" => GERMAN.contains(&word),
        "fr" => FRENCH.contains(&word),
        "es" | "pt" | "it" => SPANISH.contains(&word),
        _ => ENGLISH.contains(&word),
    }
}

/// Takes the ending off a folded word.
#[must_use]
pub fn stem(word: &str, language: &str) -> String {
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    match language {
        "de" => german(word).to_owned(),
        "fr" | "es" | "pt" | "it" => romance(word).to_owned(),
        _ => english(word),
    }
}

fn english(word: &str) -> String {
    const ENDINGS: &[(&str, &str, usize)] = &[
        ("ically", "ic", 4),
        ("ations", "at", 3),
        ("ation", "at", 3),
        ("ators", "at", 3),
        ("ator", "at", 3),
        ("ating", "at", 3),
        ("ated", "at", 3),
        ("ates", "at", 3),
        ("ate", "at", 3),
        ("ements", "", 4),
        ("ement", "", 4),
        ("ments", "", 4),
        ("ment", "", 4),
        ("nesses", "", 4),
        ("ness", "", 4),
        ("ities", "", 4),
        ("ity", "", 4),
        ("ingly", "", 4),
        ("ings", "", 3),
        ("ing", "", 3),
        ("ies", "i", 2),
        ("ied", "i", 2),
        ("ers", "", 3),
        ("ors", "", 3),
        ("er", "", 3),
        ("or", "", 3),
        ("ed", "", 3),
        ("sses", "ss", 2),
        ("es", "", 3),
        ("ly", "", 4),
        ("y", "i", 3),
        ("e", "", 3),
    ];
    if word.ends_with("men") && word.len() > 5 {
        return format!("{}man", word.trim_end_matches("men"));
    }
    let found = ENDINGS.iter().find_map(|(ending, replacement, least)| {
        let rest = word.strip_suffix(ending)?;
        (rest.len() >= *least).then(|| format!("{}{replacement}", undouble(rest)))
    });
    if let Some(stem) = found {
        return stem;
    }
    match word.strip_suffix('s') {
        Some(rest) if !rest.ends_with('s') && rest.len() >= 3 => english_singular(rest),
        _ => word.to_owned(),
    }
}

/// A word whose plural `s` is gone may still end like another word's stem: `stores`, `machines` lose an `e` elsewhere.
fn english_singular(word: &str) -> String {
    word.strip_suffix('e')
        .filter(|rest| rest.len() >= 3)
        .unwrap_or(word)
        .to_owned()
}

/// `planning` → `plann` → `plan`.
fn undouble(stem: &str) -> &str {
    let bytes = stem.as_bytes();
    match bytes {
        [.., before, last]
            if before == last && !matches!(last, b'l' | b's' | b'e' | b'o') && bytes.len() > 3 =>
        {
            &stem[..stem.len() - 1]
        }
        _ => stem,
    }
}

fn german(word: &str) -> &str {
    const ENDINGS: &[&str] = &[
        "innen", "ungen", "ieren", "ierung", "ung", "erin", "ern", "en", "em", "er", "es", "st",
        "e", "s", "n",
    ];
    without_ending(word, ENDINGS)
}

fn romance(word: &str) -> &str {
    without_ending(word, &["es", "s", "e", "a", "o"])
}

/// The word without the first of these endings that leaves enough of it.
fn without_ending<'w>(word: &'w str, endings: &[&str]) -> &'w str {
    const SHORTEST: usize = 4;
    endings
        .iter()
        .find_map(|ending| {
            word.strip_suffix(ending)
                .filter(|rest| rest.len() >= SHORTEST)
        })
        .unwrap_or(word)
}

/// Character n-grams (2 to 4) of each word of a folded text, with a blank on both sides of the word, handed to `take` one by one.
pub fn grams(folded: &str, mut take: impl FnMut(&str)) {
    let mut padded = String::new();
    let mut starts: Vec<usize> = Vec::new();
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        padded.clear();
        padded.push(' ');
        padded.push_str(word);
        padded.push(' ');
        starts.clear();
        starts.extend(padded.char_indices().map(|(at, _)| at));
        starts.push(padded.len());
        for length in 2..=4 {
            for window in starts.windows(length + 1) {
                if let [from, .., to] = window
                    && let Some(gram) = padded.get(*from..*to)
                {
                    take(gram);
                }
            }
        }
    }
}

/// Other ways to read a name: without what stands in brackets, what stands in brackets, the parts between commas or slashes, with a
/// part that a hyphen leaves out filled in from its neighbor (`Schuhtechnik, -konstruktion` → `Schuhkonstruktion`; `knows`
/// tells whether a word is in use anywhere). The name itself comes first.
pub fn readings(label: &str, knows: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = vec![label.trim().to_owned()];
    let mut push = |text: &str| {
        let text = text.trim();
        if text.chars().count() >= 3 && !found.iter().any(|other| other == text) && found.len() < 8
        {
            found.push(text.to_owned());
        }
    };
    let (outside, inside) = brackets(label);
    if !inside.is_empty() {
        push(&outside);
        for part in &inside {
            push(part);
        }
    }
    let parts: Vec<&str> = outside
        .split([',', '/', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 1 {
        let first = parts.first().copied().unwrap_or("");
        for part in &parts {
            match part.strip_prefix('-') {
                Some(rest) => {
                    if let Some(whole) = filled(first, rest, &knows) {
                        push(&whole);
                    }
                }
                None => push(part),
            }
        }
    }
    found
}

/// What stands outside and what stands inside round brackets.
fn brackets(label: &str) -> (String, Vec<String>) {
    let mut outside = String::new();
    let mut inside = Vec::new();
    let mut rest = label;
    while let Some((before, after)) = rest.split_once('(') {
        outside.push_str(before);
        outside.push(' ');
        match after.split_once(')') {
            Some((part, following)) => {
                inside.push(part.to_owned());
                rest = following;
            }
            None => {
                inside.push(after.to_owned());
                rest = "";
            }
        }
    }
    outside.push_str(rest);
    (outside, inside)
}

/// The beginning of `first`'s last word, put before `rest`: the longest beginning that gives a word in use, else nothing.
fn filled(first: &str, rest: &str, knows: &impl Fn(&str) -> bool) -> Option<String> {
    let word = first.split_whitespace().last()?;
    let mut cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(3).collect();
    cuts.reverse();
    cuts.into_iter().find_map(|cut| {
        let whole = format!("{}{}", word.get(..cut)?, rest.split_whitespace().next()?);
        knows(&fold(&whole)).then_some(whole)
    })
}

/// Parts of a compound word, by a dictionary of whole words: the fewest parts of at least four letters, joined by nothing or by one of the
/// letters that German puts between (`s`, `es`, `n`, `en`, `e`). Empty where it does not come apart.
pub fn compound_parts(word: &str, knows: impl Fn(&str) -> bool) -> Vec<String> {
    const LEAST: usize = 4;
    const LONGEST: usize = 60;
    if !word.is_ascii() || word.len() < 2 * LEAST || word.len() > LONGEST {
        return Vec::new();
    }
    let length = word.len();
    // For each end: the number of parts so far and where the last one starts and ends.
    let mut best: Vec<Option<(usize, usize, usize)>> = vec![None; length + 1];
    for end in LEAST..=length {
        for start in 0..=end - LEAST {
            if start == 0 && end == length {
                continue;
            }
            let before = if start == 0 {
                0
            } else {
                match best.get(start).copied().flatten() {
                    Some((count, _, _)) => count,
                    None => continue,
                }
            };
            let Some(piece) = word.get(start..end) else {
                continue;
            };
            if !knows(piece) {
                continue;
            }
            let joints: &[&str] = &["", "s", "es", "n", "en", "e"];
            for joint in joints {
                let after = end + joint.len();
                let fits = after <= length
                    && word.get(end..after) == Some(joint)
                    && (joint.is_empty() || after < length);
                if fits {
                    let better = best
                        .get(after)
                        .copied()
                        .flatten()
                        .is_none_or(|(count, _, _)| before + 1 < count);
                    if better && let Some(slot) = best.get_mut(after) {
                        *slot = Some((before + 1, start, end));
                    }
                }
            }
        }
    }
    let mut parts = Vec::new();
    let mut at = length;
    while let Some((_, start, end)) = best.get(at).copied().flatten() {
        parts.push(word.get(start..end).unwrap_or("").to_owned());
        at = start;
        if at == 0 {
            break;
        }
    }
    if at != 0 || parts.len() < 2 {
        return Vec::new();
    }
    parts.reverse();
    parts
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
