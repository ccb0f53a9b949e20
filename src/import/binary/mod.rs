//! The binary form of a pack, for frameworks that are too large to be read as YAML. Described in `docs/pack-format.md`.
//!
//! Goes in: a [`Pack`] with its [`Details`], or bytes from anywhere. Comes out: bytes, the same ones for the same pack, or a
//! pack that keeps its invariants, or one sentence that says what is wrong. Bytes are never trusted: every count is
//! checked against what is left to read before anything is reserved for it.
//!
//! A check reads the sections `HEAD` and `CORE` only; the others are unpacked when somebody asks for [`Details`].

mod bytes;
mod core;
mod detail;

use std::borrow::Cow;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

use super::details::Details;
use super::pack::Pack;
use bytes::Reader;

/// The ending of the files.
pub const ENDING: &str = "gradus-pack";

/// The first bytes of every pack. Like those of PNG, they show when a program took the file for text.
const MAGIC: [u8; 8] = *b"\x89GPK\r\n\x1a\n";
/// The version of the format that is written.
const VERSION: u32 = 2;
/// The oldest version that is read: it does not tell addresses that an import made from those of the publisher.
const OLDEST_VERSION: u32 = 1;
/// The length of the SHA-256 at the end.
const DIGEST: usize = 32;
/// Deflate packs a byte at best into 1/1032 of a byte; a section that claims more lies.
const BEST_RATIO: u64 = 1032;
/// The largest section that is unpacked, in bytes.
const LARGEST_SECTION: u64 = 1 << 30;

/// The sections, in the order in which they are written. All are always there.
const SECTIONS: [[u8; 4]; 5] = [*b"HEAD", *b"CORE", *b"TEXT", *b"RELS", *b"FLDS"];

/// What a check reads is stored as it is.
const NEVER_PACKED: [[u8; 4]; 2] = [*b"HEAD", *b"CORE"];

/// Whether these are the bytes of a binary pack, of whatever version.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Writes a pack.
pub(super) fn encode(pack: &Pack, details: &Details) -> Vec<u8> {
    let (texts, relations, fields) = detail::encode(pack, details);
    let sections = [
        (core::encode_head(pack), false),
        (core::encode(pack), false),
        (texts, true),
        (relations, true),
        (fields, true),
    ];
    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    for (tag, (raw, pack_it)) in SECTIONS.iter().zip(sections) {
        let packed = if pack_it { deflate(&raw) } else { None };
        let packed = packed.filter(|packed| packed.len() < raw.len());
        out.extend(tag);
        out.extend(u32::from(packed.is_some()).to_le_bytes());
        out.extend((raw.len() as u64).to_le_bytes());
        let stored = packed.unwrap_or(raw);
        out.extend((stored.len() as u64).to_le_bytes());
        out.extend(stored);
    }
    let digest = Sha256::digest(&out);
    out.extend(digest.as_slice());
    out
}

/// Reads what a check needs, and gives the SHA-256 of the whole file.
pub(super) fn decode(bytes: &[u8]) -> Result<(Pack, [u8; 32]), String> {
    let (sections, digest) = open(bytes)?;
    let head = core::decode_head(&sections[0].unpack()?)?;
    let pack = core::decode(head, &sections[1].unpack()?)?;
    Ok((pack, digest))
}

/// Reads everything.
pub(super) fn decode_whole(bytes: &[u8]) -> Result<(Pack, Details), String> {
    let (sections, _) = open(bytes)?;
    let head = core::decode_head(&sections[0].unpack()?)?;
    let pack = core::decode(head, &sections[1].unpack()?)?;
    let details = detail::decode(
        pack.items().len(),
        &sections[2].unpack()?,
        &sections[3].unpack()?,
        &sections[4].unpack()?,
    )?;
    Ok((pack, details))
}

/// Reads the texts, and neither relations nor fields: what a search needs.
pub(super) fn decode_texts(bytes: &[u8]) -> Result<(Pack, Details), String> {
    let (sections, _) = open(bytes)?;
    let head = core::decode_head(&sections[0].unpack()?)?;
    let pack = core::decode(head, &sections[1].unpack()?)?;
    let details = detail::decode_texts(pack.items().len(), &sections[2].unpack()?)?;
    Ok((pack, details))
}

/// One section as it is stored.
#[derive(Clone, Copy)]
struct Section<'b> {
    packed: bool,
    length: u64,
    stored: &'b [u8],
}

impl<'b> Section<'b> {
    fn unpack(&self) -> Result<Cow<'b, [u8]>, String> {
        if !self.packed {
            return Ok(Cow::Borrowed(self.stored));
        }
        let mut raw = Vec::with_capacity(self.length as usize);
        DeflateDecoder::new(self.stored)
            .take(self.length + 1)
            .read_to_end(&mut raw)
            .map_err(|_| "a packed section cannot be unpacked".to_owned())?;
        if raw.len() as u64 == self.length {
            Ok(Cow::Owned(raw))
        } else {
            Err("a packed section has another length than it says".to_owned())
        }
    }
}

/// Checks frame and digest, and gives the sections and the SHA-256 of the file.
fn open(bytes: &[u8]) -> Result<([Section<'_>; 5], [u8; 32]), String> {
    if !is_binary(bytes) {
        return Err("these are not the bytes of a framework pack".to_owned());
    }
    let cut = || "the file is cut off".to_owned();
    let at = bytes.len().checked_sub(DIGEST).ok_or_else(cut)?;
    let (body, told) = bytes.split_at(at);
    let mut reader = Reader::new(body.get(MAGIC.len()..).ok_or_else(cut)?);
    let version = reader.u32()?;
    if !(OLDEST_VERSION..=VERSION).contains(&version) {
        return Err(format!(
            "the pack has version {version} of its format, and versions {OLDEST_VERSION} to {VERSION} can be read: import the framework again"
        ));
    }
    let mut hasher = Sha256::new();
    hasher.update(body);
    if hasher.clone().finalize().as_slice() != told {
        return Err(
            "the SHA-256 at its end is not that of its contents: the file is damaged or was changed"
                .to_owned(),
        );
    }
    hasher.update(told);
    let digest: [u8; 32] = hasher.finalize().into();
    let mut sections = [Section {
        packed: false,
        length: 0,
        stored: &[],
    }; 5];
    for (tag, section) in SECTIONS.iter().zip(&mut sections) {
        let name = String::from_utf8_lossy(tag);
        if reader.take(4)? != tag {
            return Err(format!("the section `{name}` is missing"));
        }
        let packed = match reader.u32()? {
            0 => false,
            1 => true,
            other => {
                return Err(format!(
                    "the section `{name}` is packed in way {other}, which is unknown"
                ));
            }
        };
        // A packed section could claim a thousand times the memory that its bytes take in the file.
        if packed && NEVER_PACKED.contains(tag) {
            return Err(format!("the section `{name}` is packed, which it never is"));
        }
        let length = reader.u64()?;
        let stored = reader.u64()?;
        let stored = usize::try_from(stored).map_err(|_| cut())?;
        let stored = reader.take(stored)?;
        let possible = if packed {
            (stored.len() as u64).saturating_mul(BEST_RATIO)
        } else {
            stored.len() as u64
        };
        if length > possible.min(LARGEST_SECTION) || !packed && length != possible {
            return Err(format!(
                "the section `{name}` cannot have the length that it says"
            ));
        }
        *section = Section {
            packed,
            length,
            stored,
        };
    }
    reader.end()?;
    Ok((sections, digest))
}

/// Packs a section; nothing if that fails, which writing to memory does not.
fn deflate(raw: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(raw).ok()?;
    encoder.finish().ok()
}

#[cfg(test)]
mod tests;
