//! Characters that readers do not see, or take for others: what they are called, and what was probably meant.
//!
//! Goes in: a character. Comes out: a name for messages, and the plain character that it is mistaken for. Only characters
//! that get into texts by accident (from web pages, word processors, keyboards of other scripts) or by design to deceive.

/// What a character that leaves no mark is called; `None` for one that readers see.
#[must_use]
pub const fn invisible(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{ad}' => "soft hyphen",
        '\u{61c}' => "Arabic letter mark",
        '\u{180e}' => "Mongolian vowel separator",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "end of a direction",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible sign of mathematics",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first-strong isolate",
        '\u{2069}' => "end of an isolate",
        '\u{206a}'..='\u{206f}' => "deprecated format character",
        '\u{fe00}'..='\u{fe0f}' => "variation selector",
        '\u{feff}' => "byte-order mark",
        '\u{fff9}'..='\u{fffb}' => "annotation mark",
        '\u{e0000}'..='\u{e007f}' => "tag character",
        '\u{80}'..='\u{9f}' => "control character",
        _ => return None,
    })
}

/// What a character that looks like a blank and is none is called.
#[must_use]
pub const fn blank(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{a0}' => "no-break space",
        '\u{1680}' | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' => {
            "space of another width"
        }
        '\u{2007}' => "figure space",
        '\u{202f}' => "narrow no-break space",
        '\u{3000}' => "ideographic space",
        _ => return None,
    })
}

/// What a character is called that readers do not see as what it is: one of [`invisible`] or [`blank`].
#[must_use]
pub const fn hidden(character: char) -> Option<&'static str> {
    match invisible(character) {
        Some(name) => Some(name),
        None => blank(character),
    }
}

/// What a character that looks like one of ASCII is called, and which one it looks like.
#[must_use]
pub fn look_alike(character: char) -> Option<(&'static str, char)> {
    let plain = match character {
        '\u{ff01}'..='\u{ff5e}' => {
            let plain = char::from_u32(character as u32 - 0xfee0)?;
            return Some(("full-width character", plain));
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => return Some(("dash", '-')),
        '\u{a789}' | '\u{2236}' | '\u{fe55}' => return Some(("colon of another kind", ':')),
        '\u{37e}' => return Some(("Greek question mark", ';')),
        '\u{60c}' | '\u{3001}' | '\u{201a}' => return Some(("comma of another kind", ',')),
        _ => CYRILLIC_AND_GREEK
            .iter()
            .find(|(_, letters)| letters.contains(character))
            .map(|&(plain, _)| plain)?,
    };
    let script = match character {
        '\u{370}'..='\u{3ff}' => "Greek letter",
        _ => "Cyrillic letter",
    };
    Some((script, plain))
}

/// Letters of other scripts that look like one of ASCII.
const CYRILLIC_AND_GREEK: &[(char, &str)] = &[
    ('a', "аα"),
    ('c', "сϲ"),
    ('d', "ԁ"),
    ('e', "еε"),
    ('h', "һ"),
    ('i', "іι"),
    ('j', "јϳ"),
    ('k', "кκ"),
    ('m', "м"),
    ('n', "η"),
    ('o', "оο"),
    ('p', "рρ"),
    ('q', "ԛ"),
    ('s', "ѕ"),
    ('t', "тτ"),
    ('u', "υ"),
    ('v', "ѵν"),
    ('w', "ԝω"),
    ('x', "хχ"),
    ('y', "уγ"),
    ('A', "АΑ"),
    ('B', "ВΒ"),
    ('C', "С"),
    ('E', "ЕΕ"),
    ('H', "НΗ"),
    ('I', "ІΙ"),
    ('K', "КΚ"),
    ('M', "МΜ"),
    ('N', "Ν"),
    ('O', "ОΟ"),
    ('P', "РΡ"),
    ('S', "Ѕ"),
    ('T', "ТΤ"),
    ('X', "ХΧ"),
    ('Y', "УΥ"),
    ('Z', "Ζ"),
];

/// `a no-break space (U+00A0)`, or several of them.
#[must_use]
pub fn described(name: &str, character: char, count: usize) -> String {
    let code = character as u32;
    if count == 1 {
        let article = if name.starts_with(['a', 'A', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {name} (U+{code:04X})")
    } else {
        let plural = match name.split_once(" of ") {
            Some((first, rest)) => format!("{first}s of {rest}"),
            None => format!("{name}s"),
        };
        format!("{count} {plural} (U+{code:04X})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_alike_is_of_another_alphabet() {
        for (plain, letters) in CYRILLIC_AND_GREEK {
            assert!(plain.is_ascii_alphabetic());
            for letter in letters.chars() {
                assert!(!letter.is_ascii(), "{letter}");
                assert_eq!(look_alike(letter).map(|(_, plain)| plain), Some(*plain));
            }
        }
        assert_eq!(look_alike('ｂ'), Some(("full-width character", 'b')));
        assert_eq!(look_alike('é'), None);
    }

    #[test]
    fn characters_are_described() {
        assert_eq!(
            described("no-break space", '\u{a0}', 1),
            "a no-break space (U+00A0)"
        );
        assert_eq!(
            described("space of another width", '\u{2003}', 2),
            "2 spaces of another width (U+2003)"
        );
    }
}
