//! The sections `HEAD` and `CORE`: what a check needs of a pack.
//!
//! Goes in: a pack, or the bytes of the sections. Comes out: bytes, or a pack whose invariants have all been checked:
//! codes and addresses unique, parents without a circle, names not empty, levels ranked.

use oxilangtag::LanguageTag;
use oxiri::Iri;

use super::super::assemble::NOT_STATED;
use super::super::lookup::Lookup;
use super::super::meaning::{is_kebab_case, untidy};
use super::super::pack::{
    Pack, PackHead, PackItem, PackItemIndex, PackItemStatus, StandsFor, made_iri,
};
use super::bytes::{Reader, Table, count, number, text};

const HAS_PARENT: u8 = 1;
const HAS_MORE_PARENTS: u8 = 1 << 1;
const HAS_KIND: u8 = 1 << 2;
const STANDS_FOR_OTHER: u8 = 1 << 3;
const HAS_RANK: u8 = 1 << 4;
const IS_WITHDRAWN: u8 = 1 << 5;
const HAS_SUCCESSOR: u8 = 1 << 6;
const HAS_LABELS: u8 = 1 << 7;

/// For how many items memory is taken before the first one is read.
const MOST_AT_ONCE: usize = 1 << 16;

/// How the address of an item is written.
const IRI_WHOLE: u8 = 0;
const IRI_START_AND_CODE: u8 = 1;
const IRI_START_AND_REST: u8 = 2;
const IRI_MADE: u8 = 3;

pub(super) fn encode_head(pack: &Pack) -> Vec<u8> {
    let mut out = Vec::new();
    for part in [&pack.id, &pack.version, &pack.title] {
        text(&mut out, part);
    }
    text(&mut out, pack.publisher.as_deref().unwrap_or(""));
    text(&mut out, pack.licence.as_deref().unwrap_or(""));
    text(&mut out, pack.licence_url.as_deref().unwrap_or(""));
    text(&mut out, &pack.attribution);
    text(&mut out, &pack.source);
    text(&mut out, pack.iri.as_deref().unwrap_or(""));
    text(&mut out, &pack.language);
    out.push(number_of(pack.stands_for));
    out
}

pub(super) fn decode_head(bytes: &[u8]) -> Result<PackHead, String> {
    let mut reader = Reader::new(bytes);
    let id = tidy(&mut reader, "id")?;
    let version = tidy(&mut reader, "version")?;
    let title = tidy(&mut reader, "title")?;
    let publisher = stated(&mut reader, "publisher")?;
    let licence = stated(&mut reader, "licence")?;
    let licence_url = reader.optional()?;
    let attribution = tidy(&mut reader, "attribution")?;
    let source = tidy(&mut reader, "source")?;
    let iri = reader.optional()?;
    let language = reader.text()?.to_owned();
    let stands_for = stands_for(reader.u8()?)?;
    reader.end()?;
    if !is_kebab_case(&id) {
        return Err(format!("`{id}` is not an id"));
    }
    if version.contains(char::is_whitespace) {
        return Err(format!("the version `{version}` has a blank in it"));
    }
    for address in [Some(&source), licence_url.as_ref(), iri.as_ref()]
        .into_iter()
        .flatten()
    {
        check_iri(address)?;
    }
    check_language(&language)?;
    Ok(PackHead {
        id,
        version,
        title,
        publisher,
        licence,
        licence_url,
        attribution,
        source,
        iri,
        language,
        stands_for,
    })
}

/// A text that people are to read.
fn tidy(reader: &mut Reader<'_>, what: &str) -> Result<String, String> {
    let text = reader.text()?;
    match untidy(text) {
        Some(wrong) => Err(format!("the {what} {wrong}")),
        None => Ok(text.to_owned()),
    }
}

/// The same where it may be missing. Earlier versions wrote the words for that into the file.
fn stated(reader: &mut Reader<'_>, what: &str) -> Result<Option<String>, String> {
    let Some(text) = reader.optional()? else {
        return Ok(None);
    };
    match untidy(&text) {
        Some(wrong) => Err(format!("the {what} {wrong}")),
        None => Ok(Some(text).filter(|text| text != NOT_STATED)),
    }
}

pub(super) fn encode(pack: &Pack) -> Vec<u8> {
    let mut kinds = Table::default();
    let mut starts = Table::default();
    let mut languages = Table::default();
    let mut items = Vec::new();
    for item in pack.items() {
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        items.push(
            flag(item.parent.is_some(), HAS_PARENT)
                | flag(!item.more_parents.is_empty(), HAS_MORE_PARENTS)
                | flag(item.kind.is_some(), HAS_KIND)
                | flag(item.stands_for != pack.stands_for, STANDS_FOR_OTHER)
                | flag(item.rank.is_some(), HAS_RANK)
                | flag(item.is_withdrawn(), IS_WITHDRAWN)
                | flag(item.replaced_by.is_some(), HAS_SUCCESSOR)
                | flag(!item.labels.is_empty(), HAS_LABELS),
        );
        text(&mut items, &item.code);
        text(&mut items, &item.label);
        encode_iri(&mut items, pack, item, &mut starts);
        if let Some(parent) = item.parent {
            number(&mut items, parent.0);
        }
        if !item.more_parents.is_empty() {
            count(&mut items, item.more_parents.len());
            for parent in &item.more_parents {
                number(&mut items, parent.0);
            }
        }
        if let Some(kind) = &item.kind {
            number(&mut items, kinds.number(kind));
        }
        if item.stands_for != pack.stands_for {
            items.push(number_of(item.stands_for));
        }
        if let Some(rank) = item.rank {
            number(&mut items, rank);
        }
        if let Some(successor) = item.replaced_by {
            number(&mut items, successor.0);
        }
        if !item.labels.is_empty() {
            count(&mut items, item.labels.len());
            for (language, label) in &item.labels {
                number(&mut items, languages.number(language));
                text(&mut items, label);
            }
        }
    }
    let mut out = Vec::new();
    kinds.write(&mut out);
    starts.write(&mut out);
    languages.write(&mut out);
    count(&mut out, pack.items().len());
    out.extend(items);
    out
}

fn encode_iri<'p>(out: &mut Vec<u8>, pack: &Pack, item: &'p PackItem, starts: &mut Table<'p>) {
    if item.iri_is_made && item.iri == made_iri(&pack.source, &item.code) {
        out.push(IRI_MADE);
        return;
    }
    let split = item.iri.rfind(['/', '#']).map_or(0, |at| at + 1);
    let (start, rest) = item.iri.split_at(split);
    if start.is_empty() {
        out.push(IRI_WHOLE);
        text(out, rest);
    } else if rest == item.code {
        out.push(IRI_START_AND_CODE);
        number(out, starts.number(start));
    } else {
        out.push(IRI_START_AND_REST);
        number(out, starts.number(start));
        text(out, rest);
    }
}

pub(super) fn decode(head: PackHead, bytes: &[u8]) -> Result<Pack, String> {
    let mut reader = Reader::new(bytes);
    let tables = Tables {
        kinds: reader.texts()?,
        starts: reader.texts()?,
        languages: reader.texts()?,
        stands_for: head.stands_for,
        source: &head.source,
        // Flags, code, name, way of the address.
        items: reader.count(4)?,
    };
    if tables.items == 0 {
        return Err("the pack has no items".to_owned());
    }
    for language in &tables.languages {
        check_language(language)?;
    }
    for kind in &tables.kinds {
        if let Some(wrong) = untidy(kind) {
            return Err(format!("a kind {wrong}"));
        }
    }
    // A count alone must not cost memory: an item takes far more of it than the bytes that the count was held against.
    let mut items = Vec::with_capacity(tables.items.min(MOST_AT_ONCE));
    for _ in 0..tables.items {
        items.push(decode_item(&mut reader, &tables)?);
    }
    reader.end()?;
    let again = |what: &str, text: &str| Err(format!("the {what} `{text}` is given twice"));
    let (_, twice) = Lookup::new(items.len(), |at| items[at as usize].code.as_str());
    if let Some((first, _)) = twice {
        return again("code", &items[first as usize].code);
    }
    let (_, twice) = Lookup::new(items.len(), |at| items[at as usize].iri.as_str());
    if let Some((first, _)) = twice {
        return again("address", &items[first as usize].iri);
    }
    if has_circle(&items) {
        return Err("the parents form a circle".to_owned());
    }
    Ok(Pack::assemble(head, items))
}

struct Tables<'b> {
    kinds: Vec<&'b str>,
    starts: Vec<&'b str>,
    languages: Vec<&'b str>,
    stands_for: StandsFor,
    source: &'b str,
    items: usize,
}

fn decode_item(reader: &mut Reader<'_>, tables: &Tables<'_>) -> Result<PackItem, String> {
    let flags = reader.u8()?;
    let has = |flag: u8| flags & flag != 0;
    let code = reader.text()?;
    let label = reader.text()?;
    for (what, text) in [("code", code), ("name", label)] {
        if let Some(wrong) = untidy(text) {
            return Err(format!("the {what} of the item `{code}` {wrong}"));
        }
    }
    let start = |reader: &mut Reader<'_>| -> Result<&str, String> {
        let start = reader.below(tables.starts.len())?;
        Ok(tables.starts.get(start as usize).copied().unwrap_or(""))
    };
    let way = reader.u8()?;
    let iri = match way {
        IRI_WHOLE => reader.text()?.to_owned(),
        IRI_START_AND_CODE => [start(reader)?, code].concat(),
        IRI_START_AND_REST => {
            let start = start(reader)?;
            [start, reader.text()?].concat()
        }
        IRI_MADE => made_iri(tables.source, code),
        other => {
            return Err(format!(
                "the address of `{code}` is written in way {other}, which is unknown"
            ));
        }
    };
    check_iri(&iri)?;
    let item = |reader: &mut Reader<'_>| reader.below(tables.items).map(PackItemIndex);
    let parent = has(HAS_PARENT).then(|| item(reader)).transpose()?;
    let more_parents = if has(HAS_MORE_PARENTS) {
        let count = reader.count(1)?;
        (0..count).map(|_| item(reader)).collect::<Result<_, _>>()?
    } else {
        Vec::new()
    };
    let kind = if has(HAS_KIND) {
        let kind = reader.below(tables.kinds.len())?;
        tables.kinds.get(kind as usize).map(|&kind| kind.to_owned())
    } else {
        None
    };
    let stands_for = if has(STANDS_FOR_OTHER) {
        stands_for(reader.u8()?)?
    } else {
        tables.stands_for
    };
    let rank = has(HAS_RANK).then(|| reader.number()).transpose()?;
    if stands_for == StandsFor::Level && rank.is_none() {
        return Err(format!("the level `{code}` has no rank"));
    }
    let replaced_by = has(HAS_SUCCESSOR).then(|| item(reader)).transpose()?;
    if replaced_by.is_some() && !has(IS_WITHDRAWN) {
        return Err(format!("`{code}` has a replacement, but is in force"));
    }
    let labels = if has(HAS_LABELS) {
        let count = reader.count(2)?;
        (0..count)
            .map(|_| {
                let language = reader.below(tables.languages.len())?;
                let language = tables.languages.get(language as usize).copied();
                let label = reader.text()?;
                match untidy(label) {
                    Some(wrong) => Err(format!("a name of the item `{code}` {wrong}")),
                    None => Ok((language.unwrap_or("").to_owned(), label.to_owned())),
                }
            })
            .collect::<Result<_, String>>()?
    } else {
        Vec::new()
    };
    Ok(PackItem {
        code: code.to_owned(),
        label: label.to_owned(),
        labels,
        iri,
        iri_is_made: way == IRI_MADE,
        parent,
        more_parents,
        kind,
        stands_for,
        rank,
        status: if has(IS_WITHDRAWN) {
            PackItemStatus::Withdrawn
        } else {
            PackItemStatus::Active
        },
        replaced_by,
    })
}

/// Whether an item is, through some of its parents, a part of itself: those without open parents are taken off until none is left.
fn has_circle(items: &[PackItem]) -> bool {
    let mut parts: Vec<u32> = vec![0; items.len()];
    for item in items {
        for parent in item.parents() {
            parts[parent.0 as usize] += 1;
        }
    }
    let mut free: Vec<usize> = (0..items.len()).filter(|&at| parts[at] == 0).collect();
    let mut done = 0;
    while let Some(at) = free.pop() {
        done += 1;
        for parent in items[at].parents() {
            let above = parent.0 as usize;
            parts[above] -= 1;
            if parts[above] == 0 {
                free.push(above);
            }
        }
    }
    done < items.len()
}

fn number_of(stands_for: StandsFor) -> u8 {
    match stands_for {
        StandsFor::Skill => 0,
        StandsFor::Level => 1,
        StandsFor::Field => 2,
        StandsFor::Occupation => 3,
    }
}

fn stands_for(number: u8) -> Result<StandsFor, String> {
    match number {
        0 => Ok(StandsFor::Skill),
        1 => Ok(StandsFor::Level),
        2 => Ok(StandsFor::Field),
        3 => Ok(StandsFor::Occupation),
        other => Err(format!("a code stands for kind {other}, which is unknown")),
    }
}

fn check_iri(text: &str) -> Result<(), String> {
    match Iri::parse(text) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("`{text}` is not an IRI")),
    }
}

fn check_language(tag: &str) -> Result<(), String> {
    match LanguageTag::parse(tag) {
        Ok(_) => Ok(()),
        Err(_) => Err(format!("`{tag}` is not a language tag")),
    }
}
