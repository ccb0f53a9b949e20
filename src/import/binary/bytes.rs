//! Numbers and texts in the sections of a binary pack.
//!
//! Goes in: values to write, or bytes from anywhere. Comes out: bytes, or values, or the sentence that the bytes end too
//! early or are no text. Nothing is reserved for a count before it is known that so much is left.

/// Reads a section from its start to its end.
#[derive(Clone, Copy)]
pub(super) struct Reader<'b> {
    left: &'b [u8],
}

impl<'b> Reader<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { left: bytes }
    }

    pub fn take(&mut self, count: usize) -> Result<&'b [u8], String> {
        let (taken, left) = self.left.split_at_checked(count).ok_or_else(ended)?;
        self.left = left;
        Ok(taken)
    }

    pub fn u8(&mut self) -> Result<u8, String> {
        let (&first, left) = self.left.split_first().ok_or_else(ended)?;
        self.left = left;
        Ok(first)
    }

    pub fn u32(&mut self) -> Result<u32, String> {
        let (bytes, left) = self.left.split_first_chunk().ok_or_else(ended)?;
        self.left = left;
        Ok(u32::from_le_bytes(*bytes))
    }

    pub fn u64(&mut self) -> Result<u64, String> {
        let (bytes, left) = self.left.split_first_chunk().ok_or_else(ended)?;
        self.left = left;
        Ok(u64::from_le_bytes(*bytes))
    }

    /// A number in as few bytes as it needs: seven bits each, the lowest first, the eighth says that more follow.
    pub fn number(&mut self) -> Result<u32, String> {
        let mut number = 0u32;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.u8()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0xf {
                break;
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err("a number is larger than 32 bits".to_owned())
    }

    /// A number of things that follow, each of which takes at least this many bytes.
    pub fn count(&mut self, least: usize) -> Result<usize, String> {
        let count = self.number()? as usize;
        if count.saturating_mul(least) > self.left.len() {
            return Err(ended());
        }
        Ok(count)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> Result<u32, String> {
        let number = self.number()?;
        if (number as usize) < limit {
            Ok(number)
        } else {
            Err(format!(
                "the number {number} leads nowhere; there are {limit}"
            ))
        }
    }

    pub fn text(&mut self) -> Result<&'b str, String> {
        let length = self.number()? as usize;
        std::str::from_utf8(self.take(length)?).map_err(|_| "a text is not UTF-8".to_owned())
    }

    /// A text that may be missing, which is written as an empty one.
    pub fn optional(&mut self) -> Result<Option<String>, String> {
        let text = self.text()?;
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    pub fn texts(&mut self) -> Result<Vec<&'b str>, String> {
        (0..self.count(1)?).map(|_| self.text()).collect()
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<(), String> {
        if self.left.is_empty() {
            Ok(())
        } else {
            Err(format!("there are {} bytes too many", self.left.len()))
        }
    }
}

fn ended() -> String {
    "a section ends too early".to_owned()
}

/// Writes a number in as few bytes as it needs.
pub(super) fn number(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        out.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a count or length. Packs are made of bundles that are far smaller than 4 GiB.
pub(super) fn count(out: &mut Vec<u8>, count: usize) {
    number(out, u32::try_from(count).unwrap_or(u32::MAX));
}

/// Writes a text with its length before it.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    count(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// Texts that are met again and again, in the order in which they were first met.
#[derive(Default)]
pub(super) struct Table<'t> {
    texts: Vec<&'t str>,
    known: rustc_hash::FxHashMap<&'t str, u32>,
}

impl<'t> Table<'t> {
    pub fn number(&mut self, text: &'t str) -> u32 {
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        *self.known.entry(text).or_insert_with(|| {
            self.texts.push(text);
            next
        })
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        count(out, self.texts.len());
        for known in &self.texts {
            text(out, known);
        }
    }
}
