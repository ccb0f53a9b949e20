//! Text in drawn badges: measured without a font, broken into lines in any script, escaped.
//!
//! Widths are estimates on the safe side of the common sans-serif fonts. Invariant: what is written is XML text; characters
//! that XML forbids and marks that turn the direction of text are left out.

use std::borrow::Cow;
use std::fmt::Write;

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Bold,
    Medium,
    /// Medium, with space between letters.
    Spaced,
}

impl Weight {
    const fn attributes(self) -> &'static str {
        match self {
            Self::Bold => " font-weight=\"700\"",
            Self::Medium => " font-weight=\"500\"",
            Self::Spaced => " font-weight=\"600\" letter-spacing=\"1.5\"",
        }
    }

    const fn factor(self) -> f64 {
        match self {
            Self::Bold => 1.08,
            Self::Medium | Self::Spaced => 1.02,
        }
    }

    const fn spacing(self) -> f64 {
        match self {
            Self::Spaced => 1.5,
            Self::Bold | Self::Medium => 0.0,
        }
    }
}

/// The room for a text.
#[derive(Debug)]
pub struct Fit {
    /// The widest a line may be.
    pub width: f64,
    /// Font sizes to try, the largest first; not empty.
    pub sizes: &'static [f64],
    /// The highest all lines together may be.
    pub height: f64,
    /// How it is set.
    pub weight: Weight,
}

const LINE_HEIGHT: f64 = 1.16;

/// Writes a text into its room, in the largest size that fits, about a middle line; what never fits ends in `…`.
pub fn block(out: &mut String, text: &str, fit: &Fit, middle: f64, color: &str) {
    let (size, lines) = lines(text, fit);
    let direction = if is_right_to_left(text) {
        " direction=\"rtl\""
    } else {
        ""
    };
    let step = size * LINE_HEIGHT;
    // The middle of lower-case letters lies about a third of the size above the base line.
    let first = middle - step * (lines.len().saturating_sub(1)) as f64 / 2.0 + size * 0.35;
    for (index, line) in lines.iter().enumerate() {
        let _ = writeln!(
            out,
            "<text x=\"240\" y=\"{:.1}\" font-size=\"{size}\" fill=\"{color}\"{}{direction}>{}</text>",
            first + step * index as f64,
            fit.weight.attributes(),
            escaped(line)
        );
    }
}

/// The width of a text on one line, in the size it will be set in.
pub fn width_of(text: &str, fit: &Fit) -> f64 {
    let (size, lines) = lines(text, fit);
    lines
        .iter()
        .map(|line| width(line, fit.weight, size))
        .fold(0.0, f64::max)
}

/// The largest size at which words are broken.
const LARGEST_BROKEN: f64 = 29.0;

/// The size and the lines of a text in its room: whole words if any size allows it, then broken ones, then cut off.
pub fn lines(text: &str, fit: &Fit) -> (f64, Vec<String>) {
    let pieces = pieces(text);
    let mut smallest = 12.0;
    for &size in fit.sizes {
        smallest = size;
        let room = fit.width / size;
        let fits = |piece: &Piece| measure(&piece.text, fit.weight, size) <= room;
        if !pieces.iter().all(fits) {
            continue;
        }
        let broken = wrap(&pieces, room, fit.weight, size);
        if broken.len() <= most_lines(fit, size) {
            return (size, balance(&pieces, broken, room, fit.weight, size));
        }
    }
    for &size in fit.sizes.iter().filter(|&&size| size <= LARGEST_BROKEN) {
        let room = fit.width / size;
        let shorter = shorter_than(&pieces, room, fit.weight, size);
        let broken = wrap(&shorter, room, fit.weight, size);
        if broken.len() <= most_lines(fit, size) {
            return (size, broken);
        }
    }
    let room = fit.width / smallest;
    let shorter = shorter_than(&pieces, room, fit.weight, smallest);
    let mut broken = wrap(&shorter, room, fit.weight, smallest);
    broken.truncate(most_lines(fit, smallest));
    if let Some(last) = broken.last_mut() {
        while measure(last, fit.weight, smallest) + 1.0 > room && last.pop().is_some() {}
        let kept = last.trim_end().len();
        last.truncate(kept);
        last.push('…');
    }
    (smallest, broken)
}

fn most_lines(fit: &Fit, size: f64) -> usize {
    // The space between lines is not needed below the last one.
    ((fit.height + size * (LINE_HEIGHT - 1.0)) / (size * LINE_HEIGHT))
        .floor()
        .max(1.0) as usize
}

/// A stretch of text that is not broken, and whether a space stands before it.
#[derive(Clone)]
struct Piece {
    text: String,
    space: bool,
}

/// Breaks a text where its script allows it: at spaces, after hyphens, between ideographs and syllables.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut space, mut fresh) = (false, true);
    for character in text
        .chars()
        .filter(|&character| is_shown(character) || character.is_whitespace())
    {
        if character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}') {
            space = true;
            fresh = true;
            continue;
        }
        let wide = is_ideographic(character) && !closes(character);
        match pieces.last_mut() {
            Some(last) if !fresh && !wide => last.text.push(character),
            Some(last) if closes(character) && !space => last.text.push(character),
            _ => {
                pieces.push(Piece {
                    text: character.to_string(),
                    space: space && !pieces.is_empty(),
                });
                space = false;
            }
        }
        fresh =
            matches!(character, '-' | '/' | '‐' | '–' | '\u{200b}') || is_ideographic(character);
    }
    pieces
}

/// Breaks pieces that are wider than the room, between characters that are not marks on others.
fn shorter_than(pieces: &[Piece], room: f64, weight: Weight, size: f64) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if measure(&piece.text, weight, size) <= room {
            out.push(piece.clone());
            continue;
        }
        let mut part = String::new();
        let mut space = piece.space;
        for character in piece.text.chars() {
            let next = em(character);
            if !part.is_empty()
                && next > 0.0
                && measure(&part, weight, size) + next * weight.factor() > room - 0.3
            {
                out.push(Piece {
                    text: std::mem::take(&mut part),
                    space,
                });
                space = false;
            }
            part.push(character);
        }
        out.push(Piece { text: part, space });
    }
    out
}

/// Fills lines one after the other.
fn wrap(pieces: &[Piece], room: f64, weight: Weight, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0.0;
    for piece in pieces {
        let width = measure(&piece.text, weight, size);
        let gap = if piece.space {
            measure(" ", weight, size)
        } else {
            0.0
        };
        match lines.last_mut() {
            Some(line) if used + gap + width <= room => {
                if piece.space {
                    line.push(' ');
                }
                line.push_str(&piece.text);
                used += gap + width;
            }
            _ => {
                lines.push(piece.text.clone());
                used = width;
            }
        }
    }
    lines
}

/// The same number of lines, as even as they get.
fn balance(
    pieces: &[Piece],
    lines: Vec<String>,
    room: f64,
    weight: Weight,
    size: f64,
) -> Vec<String> {
    if lines.len() < 2 {
        return lines;
    }
    let widest = pieces
        .iter()
        .map(|piece| measure(&piece.text, weight, size))
        .fold(0.0, f64::max);
    let (mut low, mut high, mut best) = (widest, room, lines);
    for _ in 0..7 {
        let middle = f64::midpoint(low, high);
        let tried = wrap(pieces, middle, weight, size);
        if tried.len() <= best.len() {
            best = tried;
            high = middle;
        } else {
            low = middle;
        }
    }
    best
}

/// The width of a text in ems of its weight.
fn measure(text: &str, weight: Weight, size: f64) -> f64 {
    let letters = text
        .chars()
        .filter(|&character| em(character) > 0.0)
        .count();
    text.chars().map(em).sum::<f64>() * weight.factor() + letters as f64 * weight.spacing() / size
}

fn width(text: &str, weight: Weight, size: f64) -> f64 {
    measure(text, weight, size) * size
}

/// The width of a character in ems.
fn em(character: char) -> f64 {
    match character {
        ' ' | '\u{a0}' | '\u{202f}' => 0.28,
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | '‘' | '|' | '!' => 0.3,
        'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '-' | '“' | '”' | '"' | '/' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 0.92,
        'a'..='z' | '0'..='9' => 0.58,
        'A'..='Z' => 0.7,
        _ if is_mark(character) => 0.0,
        '\u{ac00}'..='\u{d7a3}' => 0.95,
        _ if is_ideographic(character) => 1.0,
        '\u{1f000}'..='\u{1faff}' => 1.3,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => 0.6,
        '\u{80}'..='\u{24f}' if character.is_lowercase() => 0.58,
        '\u{e00}'..='\u{eff}' => 0.64,
        _ => 0.74,
    }
}

/// Marks that stand above, below or inside the character before them.
fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{93c}' | '\u{941}'..='\u{948}' | '\u{94d}' | '\u{9bc}' | '\u{9cd}' | '\u{a4d}' | '\u{acd}'
        | '\u{bcd}' | '\u{c4d}' | '\u{ccd}' | '\u{d4d}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' | '\u{eb1}' | '\u{eb4}'..='\u{ebc}'
        | '\u{200b}'..='\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Characters that fill a square and between which lines break. (Korean has spaces between words and is broken there.)
fn is_ideographic(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{303f}' | '\u{3041}'..='\u{33ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff60}'
        | '\u{20000}'..='\u{3fffd}')
}

/// Punctuation that does not begin a line.
fn closes(character: char) -> bool {
    matches!(
        character,
        '、' | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '！'
            | '？'
            | '）'
            | '」'
            | '』'
            | '】'
            | '》'
            | '〉'
            | 'ー'
            | '々'
            | '…'
            | 'っ'
            | 'ッ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
    )
}

/// Whether the first character with a direction is written from right to left.
pub fn is_right_to_left(text: &str) -> bool {
    text.chars()
        .find(|character| character.is_alphabetic())
        .is_some_and(|character| {
            matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
                | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        })
}

/// Whether a character may stand in XML text and does not change the direction of what follows.
fn is_shown(character: char) -> bool {
    !character.is_control()
        && !matches!(character,
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{fff9}'..='\u{fffb}')
}

/// Text for XML, between tags or in an attribute.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let plain =
        |character: char| !matches!(character, '&' | '<' | '>' | '"' | '\'') && is_shown(character);
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\r' | '\t' => out.push(' '),
            other if is_shown(other) => out.push(other),
            _ => {}
        }
    }
    Cow::Owned(out)
}
