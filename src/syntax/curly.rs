//! Quotes as word processors and other languages write them, and which of them belong together.

/// What word processors write for a quote.
pub(super) const CURLY: [char; 7] = ['“', '”', '„', '‟', '＂', '«', '»'];

/// The quotes of a line, outermost pairs alone, each as its first byte and the byte after it. Quotes that open and quotes that
/// close are told apart where a language does so in one way; otherwise every second one closes.
pub(super) fn pairs(quotes: &[(usize, char)]) -> Vec<((usize, usize), (usize, usize))> {
    let whole = |&(at, sign): &(usize, char)| (at, at + sign.len_utf8());
    let turn = |sign: char, opened: bool| match sign {
        '„' | '‟' | '«' => 1,
        '”' | '»' => -1,
        // Opens in English, closes in German.
        '“' if opened && quotes.iter().any(|&(_, sign)| matches!(sign, '„' | '‟')) => -1,
        '“' => 1,
        _ if opened => -1,
        _ => 1,
    };
    let (mut depth, mut open, mut found) = (0, None, Vec::new());
    for quote in quotes {
        depth += turn(quote.1, depth > 0);
        match (depth, open) {
            (1.., None) => open = Some(quote),
            (0, Some(first)) => {
                found.push((whole(first), whole(quote)));
                open = None;
            }
            (i32::MIN..0, _) => break,
            _ => {}
        }
    }
    if depth == 0 {
        return found;
    }
    let two_by_two = quotes.chunks(2);
    two_by_two
        .filter_map(|pair| Some((whole(pair.first()?), whole(pair.last()?))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outermost_quotes_are_paired_in_each_language() {
        for (line, wanted) in [
            ("“a” “b”", "“a”|“b”"),
            ("“says “a” and”", "“says “a” and”"),
            ("„a“ „b“", "„a“|„b“"),
            ("« a » «b»", "« a »|«b»"),
            ("»a« »b«", "»a«|»b«"),
            ("”a” ”b”", "”a”|”b”"),
            ("“a", "“"),
        ] {
            let quotes: Vec<(usize, char)> = line
                .char_indices()
                .filter(|(_, sign)| CURLY.contains(sign))
                .collect();
            let found: Vec<&str> = pairs(&quotes)
                .into_iter()
                .map(|(open, close)| &line[open.0..close.1])
                .collect();
            assert_eq!(found.join("|"), wanted, "{line}");
        }
    }
}
