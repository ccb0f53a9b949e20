//! The binary form: there and back, and bytes that mean harm.

use super::super::details::{Details, DetailsBuilder};
use super::super::pack::Pack;
use super::*;

const SMALL: &str = r#"
id: tools
version: "1"
title: Tools of the trade
publisher: Guild
licence: CC0
licence-url: https://guild.example/cc0
attribution: The Guild
source: https://guild.example/tools
iri: https://guild.example/id
language: en
kind-of: skills
fields: { edition: 3 }
items:
  - { code: "a", label: Cutting, kind: area }
  - { code: "b", label: Joining, kind: area }
  - { code: "a 1", label: Sawing, parent: "a", more-parents: ["b"], labels: { fr: Scier, de: Sägen } }
  - code: "A1x"
    label: Fretwork
    parent: "a 1"
    iri: "https://elsewhere.example/fretwork"
    alternatives: [Scrollwork, "Fine \"sawing\""]
    hidden: [fretwrok]
    statement: Saws curves
    description: Work with a fine saw
    notes: ["not: jigsaws"]
    texts: [{ as: description, in: fr, text: "Travail à la scie" }]
    relations: [{ kind: needs, to: "a 1", fields: { level: "2" } }, { kind: like, outside: "https://x.example/y" }]
    fields: { date: "2024-01-01", marks: [1, 2.5, null, true] }
  - { code: "old", label: Adzing, parent: "a", status: withdrawn, replaced-by: "a 1" }
  - { code: "L2", label: Master, kind-of: levels, rank: 2 }
"#;

fn small() -> (Pack, Details) {
    Details::open(SMALL.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

#[test]
fn a_pack_comes_back_the_same_and_has_the_same_bytes_each_time() {
    let (pack, details) = small();
    let bytes = encode(&pack, &details);
    assert_eq!(bytes, encode(&pack, &details));
    let (again, all) = decode_whole(&bytes).expect("sound");
    assert_eq!(again.items(), pack.items());
    assert_eq!(
        (
            &again.id,
            &again.licence_url,
            &again.iri,
            &again.attribution
        ),
        (&pack.id, &pack.licence_url, &pack.iri, &pack.attribution)
    );
    assert_eq!(all.head_fields(), details.head_fields());
    for item in pack.indexes() {
        assert!(all.texts(item).eq(details.texts(item)));
        assert_eq!(all.fields(item), details.fields(item));
    }
    assert!(all.relations().eq(details.relations()));
    let (core, digest) = decode(&bytes).expect("sound");
    assert_eq!(core.items(), pack.items());
    assert_eq!(digest, <[u8; 32]>::from(Sha256::digest(&bytes)));
    // The same by the other form.
    let text = super::super::yaml::write(&pack, &details);
    let (from_text, told) =
        Details::open(text.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    assert_eq!(encode(&from_text, &told), bytes, "{text}");
}

#[test]
fn several_parents_are_walked() {
    let (pack, _) = small();
    let find = |code: &str| pack.find(code).unwrap_or_else(|| panic!("no `{code}`"));
    assert!(pack.is_within(find("A1x"), find("b")));
    assert!(pack.is_within(find("A1x"), find("a")));
    assert!(!pack.is_within(find("a"), find("b")));
    let above: Vec<_> = pack.ancestors(find("A1x")).collect();
    assert_eq!(above, [find("a 1"), find("a"), find("b")]);
    assert_eq!(pack.children(find("b")), [find("a 1")]);
}

#[test]
fn every_damaged_byte_and_every_cut_is_noticed() {
    let (pack, details) = small();
    let bytes = encode(&pack, &details);
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x41;
        assert!(decode_whole(&damaged).is_err(), "byte {at}");
        assert!(decode_whole(&bytes[..at]).is_err(), "cut at {at}");
    }
}

/// With the digest made right again, the contents themselves must stand up to every change: an answer or a sentence, never a panic.
#[test]
fn no_bytes_bring_it_down() {
    let (pack, details) = small();
    let bytes = encode(&pack, &details);
    let body = &bytes[..bytes.len() - DIGEST];
    let sealed = |mut body: Vec<u8>| {
        let digest = Sha256::digest(&body);
        body.extend(digest.as_slice());
        body
    };
    let mut refused = 0;
    for at in 0..body.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut damaged = body.to_vec();
            damaged[at] ^= change;
            refused += usize::from(decode_whole(&sealed(damaged)).is_err());
        }
        assert!(decode_whole(&sealed(body[..at].to_vec())).is_err());
    }
    assert!(refused > body.len());
    let mut more = body.to_vec();
    more.push(0);
    assert!(decode_whole(&sealed(more)).is_err());
}

#[test]
fn a_section_that_claims_too_much_is_refused_before_it_is_unpacked() {
    let (pack, details) = small();
    let mut bytes = encode(&pack, &details);
    let at = bytes
        .windows(4)
        .position(|four| four == b"TEXT")
        .expect("a section of texts");
    bytes[at + 4] = 1;
    bytes[at + 8..at + 16].copy_from_slice(&u64::MAX.to_le_bytes());
    let end = bytes.len() - DIGEST;
    let digest = Sha256::digest(&bytes[..end]);
    bytes[end..].copy_from_slice(&digest);
    let message = decode_whole(&bytes).expect_err("refused");
    assert!(message.contains("cannot have the length"), "{message}");
}

/// What claims a quarter of a billion items must not cost memory for them.
#[test]
fn many_items_in_a_packed_core_are_refused_before_they_are_read() {
    let (pack, details) = small();
    let whole = encode(&pack, &details);
    let (sections, _) = open(&whole).expect("sound");
    let head = sections[0].stored;
    // No kinds, beginnings and languages; then the count, and nothing but zeros.
    let claimed = 4_000_000_u32;
    let mut core = vec![0, 0, 0];
    bytes::number(&mut core, claimed);
    core.resize(core.len() + 4 * claimed as usize, 0);
    let sealed = |packed: bool| {
        let stored = if packed {
            deflate(&core).expect("packed")
        } else {
            core.clone()
        };
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        for (tag, way, length, stored) in [
            (b"HEAD", 0, head.len(), head),
            (b"CORE", u32::from(packed), core.len(), &stored),
            (b"TEXT", 0, 0, &[][..]),
            (b"RELS", 0, 0, &[][..]),
            (b"FLDS", 0, 0, &[][..]),
        ] {
            out.extend(tag);
            out.extend(way.to_le_bytes());
            out.extend((length as u64).to_le_bytes());
            out.extend((stored.len() as u64).to_le_bytes());
            out.extend(stored);
        }
        let digest = Sha256::digest(&out);
        out.extend(digest.as_slice());
        out
    };
    let packed = decode(&sealed(true)).expect_err("refused");
    assert!(packed.contains("`CORE` is packed"), "{packed}");
    assert!(decode(&sealed(false)).is_err());
}

#[test]
fn circles_and_repeated_codes_are_refused() {
    let (pack, details) = small();
    let change = |with: &dyn Fn(&mut Vec<super::super::pack::PackItem>)| {
        let mut items = pack.items().to_vec();
        with(&mut items);
        let (head, _) = open(&encode(&pack, &details))
            .map(|(sections, digest)| {
                (
                    core::decode_head(&sections[0].unpack().expect("whole")).expect("sound"),
                    digest,
                )
            })
            .expect("sound");
        let changed = Pack::assemble(head, items);
        decode(&encode(
            &changed,
            &DetailsBuilder::default().finish().expect("small"),
        ))
        .expect_err("refused")
    };
    let sawing = pack.find("a 1");
    assert!(change(&|items| items[1].parent = sawing).contains("circle"));
    assert!(change(&|items| items[1].code = "a".to_owned()).contains("twice"));
    assert!(change(&|items| items[1].iri = "x".to_owned()).contains("not an IRI"));
    assert!(change(&|items| items[1].label = String::new()).contains("empty"));
}

#[test]
fn made_addresses_stay_told_apart_and_version_1_is_read() {
    let text = "id: jobs\nversion: \"1\"\ntitle: T\nattribution: A\nsource: https://jobs.example/\nmade-iris: true\nlanguage: en\nkind-of: skills\nitems:\n  - { code: \"a b\", label: Made }\n  - { code: c, label: Published, iri: \"https://jobs.example/#c\" }\n";
    let pack = Pack::parse(text).unwrap_or_else(|faults| panic!("{faults:?}"));
    let details = DetailsBuilder::default().finish().expect("small");
    let bytes = encode(&pack, &details);
    let (again, _) = decode(&bytes).expect("sound");
    let written = super::super::yaml::write(&pack, &details);
    let read = Pack::parse(&written).unwrap_or_else(|faults| panic!("{faults:?}"));
    for pack in [&pack, &again, &read] {
        let told: Vec<_> = pack
            .items()
            .iter()
            .map(|item| (item.iri.as_str(), item.iri_is_made))
            .collect();
        assert_eq!(
            told,
            [
                ("https://jobs.example/#a%20b", true),
                ("https://jobs.example/#c", false)
            ]
        );
    }
    let of_version = |version: u32| {
        let mut old = bytes.clone();
        old.truncate(bytes.len() - DIGEST);
        old[MAGIC.len()..MAGIC.len() + 4].copy_from_slice(&version.to_le_bytes());
        let digest = Sha256::digest(&old);
        old.extend(digest.as_slice());
        decode(&old)
    };
    assert!(of_version(1).is_ok());
    assert!(of_version(3).is_err_and(|why| why.contains("versions 1 to 2")));
}
