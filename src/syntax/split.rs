//! A first look at a text, before the grammar: where its comments are, how deep its blocks go, where it may be cut.
//!
//! Goes in: text without control characters. Comes out: [`Layout`]. One pass, no recursion; braces inside texts,
//! IRIs and comments do not count. Invariant: the pieces follow each other without a gap and cover the text.

use memchr::{memchr, memchr3, memmem};

use crate::source::Span;

/// Blocks inside blocks beyond this many are refused.
pub(super) const DEPTH_LIMIT: u32 = 256;

/// A piece of whole declarations is at least this long, where the text has so much.
const PIECE: usize = 64 * 1024;

/// What the first look finds.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Ends of pieces that hold whole declarations; the last is the end of the text.
    pub cuts: Vec<usize>,
    /// Every comment.
    pub comments: Vec<Span>,
    /// The insides of blocks beyond the depth limit, from their `{` to their `}`.
    pub too_deep: Vec<Span>,
}

/// A thing that matters to the layout of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Open,
    Close,
    /// With where it ends.
    Comment(usize),
    /// A text with where it ends and whether it was closed.
    Text {
        end: usize,
        closed: bool,
        block: bool,
    },
    Iri(usize),
}

/// Finds the next mark at or after an offset.
pub(super) fn next_mark(text: &[u8], from: usize) -> Option<(usize, Mark)> {
    let mut at = from;
    while let Some(&byte) = text.get(at) {
        let mark = match byte {
            b'{' => Mark::Open,
            b'}' => Mark::Close,
            b'#' => Mark::Comment(memchr(b'\n', &text[at..]).map_or(text.len(), |end| at + end)),
            b'"' => quoted(text, at),
            b'<' => match iri_end(text, at) {
                Some(end) => Mark::Iri(end),
                None => {
                    at += 1;
                    continue;
                }
            },
            _ => {
                at += 1;
                continue;
            }
        };
        return Some((at, mark));
    }
    None
}

/// The text that starts at a quote.
fn quoted(text: &[u8], at: usize) -> Mark {
    if text[at..].starts_with(b"\"\"\"") {
        return match memmem::find(&text[at + 3..], b"\"\"\"") {
            Some(end) => Mark::Text {
                end: at + 3 + end + 3,
                closed: true,
                block: true,
            },
            None => Mark::Text {
                end: text.len(),
                closed: false,
                block: true,
            },
        };
    }
    let mut inside = at + 1;
    loop {
        let Some(found) = memchr3(b'"', b'\\', b'\n', &text[inside..]) else {
            return Mark::Text {
                end: text.len(),
                closed: false,
                block: false,
            };
        };
        let place = inside + found;
        match text[place] {
            b'"' => {
                return Mark::Text {
                    end: place + 1,
                    closed: true,
                    block: false,
                };
            }
            b'\\' if text.get(place + 1).is_some_and(|&next| next != b'\n') => inside = place + 2,
            b'\\' => inside = place + 1,
            _ => {
                return Mark::Text {
                    end: place,
                    closed: false,
                    block: false,
                };
            }
        }
    }
}

/// The end of the IRI that starts at a `<`, if it is one. Another `<` ends the search, so that it stays linear.
fn iri_end(text: &[u8], at: usize) -> Option<usize> {
    let inside = text.get(at + 1..)?;
    let end = inside
        .iter()
        .position(|byte| matches!(byte, b'>' | b'<' | b' ' | b'\n'))?;
    (inside[end] == b'>').then_some(at + 1 + end + 1)
}

/// Looks over a whole text.
pub(super) fn layout(text: &str) -> Layout {
    let bytes = text.as_bytes();
    let mut layout = Layout::default();
    let mut depth = 0u32;
    let mut piece_start = 0;
    let mut deep_start = 0;
    let mut at = 0;
    while let Some((place, mark)) = next_mark(bytes, at) {
        at = place + 1;
        match mark {
            Mark::Open => {
                depth += 1;
                if depth == DEPTH_LIMIT + 1 {
                    deep_start = place;
                }
            }
            Mark::Close => {
                if depth == DEPTH_LIMIT + 1 {
                    layout
                        .too_deep
                        .push(Span::new(deep_start as u32, at as u32));
                }
                depth = depth.saturating_sub(1);
                if depth == 0 && at - piece_start >= PIECE {
                    layout.cuts.push(at);
                    piece_start = at;
                }
            }
            Mark::Comment(end) => {
                layout.comments.push(Span::new(place as u32, end as u32));
                at = end;
            }
            Mark::Text { end, .. } | Mark::Iri(end) => at = end,
        }
    }
    if depth > DEPTH_LIMIT {
        layout
            .too_deep
            .push(Span::new(deep_start as u32, bytes.len() as u32));
    }
    if piece_start < bytes.len() {
        layout.cuts.push(bytes.len());
    }
    layout
}

/// The blocks of a text beyond the depth limit.
pub(super) fn too_deep(text: &str) -> Vec<Span> {
    layout(text).too_deep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_in_texts_comments_and_addresses_do_not_count() {
        let text = "badge a \"{\" { # {\n iri <https://a.example/#{> about \"\"\"{\"\"\" }\n";
        let found = layout(text);
        assert_eq!(found.comments.len(), 1);
        assert_eq!(found.cuts, [text.len()]);
        assert!(found.too_deep.is_empty());
    }

    #[test]
    fn pieces_hold_whole_declarations() {
        let one = format!("badge a \"A\" {{ about \"{}\" }}\n", "x".repeat(1000));
        let text = one.repeat(200);
        let found = layout(&text);
        assert!(found.cuts.len() > 2);
        for cut in &found.cuts[..found.cuts.len() - 1] {
            assert_eq!(text.as_bytes()[cut - 1], b'}');
        }
    }

    #[test]
    fn blocks_beyond_the_limit_are_found() {
        let text = "{".repeat(300) + &"}".repeat(300);
        assert_eq!(layout(&text).too_deep, [Span::new(256, 344)]);
        assert_eq!(layout(&"{".repeat(300)).too_deep, [Span::new(256, 300)]);
    }
}
