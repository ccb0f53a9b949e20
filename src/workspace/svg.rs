//! Whether an SVG picture could do something in a reader's browser.
//!
//! Goes in: the bytes of a file. Comes out: what in it is active, in words. A copied picture is served from the catalogue's own
//! address, and a script in it would run there. It is looked through by its form alone, so that what is not quite XML is too.

/// What in an SVG picture could run; `None` where nothing does, and for files that are no SVG.
#[must_use]
pub fn active_part(path: &str, bytes: &[u8]) -> Option<&'static str> {
    let named = path.to_ascii_lowercase().ends_with(".svg");
    // Zeros are left out, so that wide characters look like the others.
    let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&plain).to_ascii_lowercase();
    if !named && !text.contains("<svg") {
        return None;
    }
    let mut rest = text.as_str();
    while let Some((_, tag)) = rest.split_once('<') {
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        if tag.starts_with("!entity") {
            return Some("an entity of its own");
        }
        let name = tag
            .split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '>'))
            .next()
            .unwrap_or("");
        if name.rsplit(':').next() == Some("script") {
            return Some("a script");
        }
        let (found, after) = attributes(tag.get(name.len()..).unwrap_or(""));
        if found.is_some() {
            return found;
        }
        rest = after;
    }
    None
}

/// Looks through what follows the name of a tag, up to its end; gives what comes after it.
fn attributes(tag: &str) -> (Option<&'static str>, &str) {
    let mut rest = tag;
    loop {
        let start = rest.find(['=', '>', '<', '"', '\'']).unwrap_or(rest.len());
        let (before, from) = rest.split_at(start);
        let Some(sign) = from.chars().next() else {
            return (None, "");
        };
        let after = from.get(1..).unwrap_or("");
        match sign {
            '>' => return (None, after),
            '<' => return (None, from),
            '=' => {
                let name = before
                    .trim_end()
                    .rsplit(|letter: char| letter.is_whitespace() || letter == '/')
                    .next()
                    .unwrap_or("");
                if name.len() > 2 && name.starts_with("on") {
                    return (Some("an attribute `on…` that runs a script"), "");
                }
                rest = after;
            }
            quote => {
                let (value, after) = after.split_once(quote).unwrap_or((after, ""));
                if plain_value(value).contains("javascript:") {
                    return (Some("an address `javascript:`"), "");
                }
                rest = after;
            }
        }
    }
}

/// A value with its numbered characters written out, and without blanks.
fn plain_value(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("&#") {
        plain.push_str(before);
        let (number, radix) = match after.strip_prefix('x') {
            Some(number) => (number, 16),
            None => (after, 10),
        };
        let digits = number
            .find(|letter: char| !letter.is_digit(radix))
            .unwrap_or(number.len());
        let (number, after) = number.split_at(digits);
        let code = u32::from_str_radix(number, radix).ok();
        plain.extend(code.and_then(char::from_u32));
        rest = after.strip_prefix(';').unwrap_or(after);
    }
    plain.push_str(rest);
    let plain = plain
        .replace("&colon;", ":")
        .replace("&tab;", "")
        .replace("&newline;", "");
    plain
        .chars()
        .filter(|letter| !letter.is_whitespace() && !letter.is_control())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::active_part;

    #[test]
    fn what_could_run_is_found_and_the_rest_is_not() {
        let of = |inner: &str| {
            let svg = format!("<?xml version=\"1.0\"?><svg xmlns=\"x\">{inner}</svg>");
            active_part("a.svg", svg.as_bytes())
        };
        for active in [
            "<script>1</script>",
            "<SCRIPT/>",
            "<s:script>1</s:script>",
            "<g onclick='x()'/>",
            "<g id=\"a\"onload = \"x()\"/>",
            "<a xlink:href=\"java&#115;cript&#x3A;x()\"/>",
            "<a href=' JavaScript:x()'/>",
            "<!-- > --><script/>",
        ] {
            assert!(of(active).is_some(), "{active}");
        }
        for still in [
            "<text x=''>one = two</text>",
            "<!-- <script> -->",
            "<text>javascript: and onclick=1</text>",
            "<style>a > b { fill: red }</style>",
            "<path d=\"M0 0\" stroke-linejoin='round'/>",
        ] {
            assert_eq!(of(still), None, "{still}");
        }
        let wide: Vec<u8> = "<svg onload='x()'/>"
            .bytes()
            .flat_map(|byte| [byte, 0])
            .collect();
        assert!(active_part("a.SVG", &wide).is_some());
        assert_eq!(active_part("a.png", b"\x89PNG on=<script>"), None);
    }
}
