//! The packs that ship with the program, looked at one by one.

use std::collections::{BTreeMap, BTreeSet};

use oxiri::Iri;

use super::super::pack::{Pack, PackItem, StandsFor};
use super::super::search::search;
use super::*;

fn packs() -> Vec<Pack> {
    all()
        .iter()
        .map(|bundled| {
            Pack::parse(bundled.text)
                .unwrap_or_else(|faults| panic!("{} {}: {faults:#?}", bundled.id, bundled.version))
        })
        .collect()
}

fn pack(id: &str, version: &str) -> Pack {
    let bundled =
        find(id, Some(version)).unwrap_or_else(|| panic!("{id} {version} is not bundled"));
    Pack::parse(bundled.text).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn item<'p>(pack: &'p Pack, code: &str) -> &'p PackItem {
    pack.item(
        pack.find(code)
            .unwrap_or_else(|| panic!("no `{code}` in {}", pack.id)),
    )
}

/// How many items there are of each kind.
fn counts(pack: &Pack) -> Vec<(&str, usize)> {
    let mut counts = BTreeMap::new();
    for item in pack.items() {
        *counts
            .entry(item.kind.as_deref().unwrap_or("none"))
            .or_insert(0) += 1;
    }
    counts.into_iter().collect()
}

#[test]
fn the_list_is_sorted_and_says_what_the_texts_say() {
    assert!(all().is_sorted_by(|one, other| {
        one.id
            .cmp(other.id)
            .then_with(|| compare_versions(one.version, other.version))
            == Ordering::Less
    }));
    for (bundled, pack) in all().iter().zip(packs()) {
        assert_eq!(
            (bundled.id, bundled.version),
            (pack.id.as_str(), pack.version.as_str())
        );
    }
}

#[test]
fn without_a_version_the_latest_is_found() {
    assert_eq!(find("digcomp", None).map(|pack| pack.version), Some("3.0"));
    assert_eq!(
        find("digcomp", Some("2.2")).map(|pack| pack.version),
        Some("2.2")
    );
    assert_eq!(find("digcomp", Some("1.0")), None);
    assert_eq!(find("dig", None), None);
    assert_eq!(versions("digcomp").collect::<Vec<_>>(), ["2.2", "3.0"]);
}

#[test]
fn versions_compare_by_value() {
    for (one, other) in [
        ("2.2", "2.10"),
        ("2.10", "3.0"),
        ("2", "2.0"),
        ("2.1", "2.1a"),
        ("2013", "rev1"),
    ] {
        assert_eq!(
            compare_versions(one, other),
            Ordering::Less,
            "{one} {other}"
        );
        assert_eq!(
            compare_versions(other, one),
            Ordering::Greater,
            "{one} {other}"
        );
    }
    assert_eq!(compare_versions("2.2", "2.2"), Ordering::Equal);
    assert_ne!(compare_versions("2.02", "2.2"), Ordering::Equal);
}

#[test]
fn every_item_of_every_pack_is_sound() {
    for pack in packs() {
        let name = format!("{} {}", pack.id, pack.version);
        let codes: BTreeSet<&str> = pack.items().iter().map(|item| item.code.as_str()).collect();
        let iris: BTreeSet<&str> = pack.items().iter().map(|item| item.iri.as_str()).collect();
        assert_eq!(
            (codes.len(), iris.len()),
            (pack.items().len(), pack.items().len()),
            "{name}"
        );
        for index in pack.indexes() {
            let item = pack.item(index);
            assert!(
                !item.label.is_empty() && item.label.trim() == item.label,
                "{name} {item:?}"
            );
            assert!(
                !item.label.contains("  ") && !item.label.contains('\u{a0}'),
                "{name} {item:?}"
            );
            assert!(Iri::parse(item.iri.as_str()).is_ok(), "{name} {item:?}");
            assert!(item.kind.is_some(), "{name} {item:?}");
            assert_eq!(
                item.rank.is_some(),
                item.stands_for == StandsFor::Level,
                "{name} {item:?}"
            );
            // The number of steps to the root is bounded, and the parent knows its child.
            assert!(pack.ancestors(index).count() < 4, "{name} {item:?}");
            if let Some(parent) = item.parent {
                assert!(pack.children(parent).contains(&index), "{name} {item:?}");
            }
            assert_eq!(pack.find(&item.code), Some(index));
            assert_eq!(pack.find_iri(&item.iri), Some(index));
        }
    }
}

#[test]
fn every_pack_names_its_publisher_and_terms() {
    for pack in packs() {
        for text in [
            Some(&pack.title),
            pack.publisher.as_ref(),
            pack.licence.as_ref(),
            Some(&pack.attribution),
        ] {
            let text = text.map_or("", String::as_str);
            assert!(!text.trim().is_empty(), "{}", pack.id);
        }
        for iri in [
            Some(&pack.source),
            pack.licence_url.as_ref(),
            pack.iri.as_ref(),
        ]
        .into_iter()
        .flatten()
        {
            assert!(Iri::parse(iri.as_str()).is_ok(), "{iri}");
        }
        assert!(pack.source.starts_with("https://"), "{}", pack.source);
        assert_eq!(pack.language, "en");
    }
}

#[test]
fn codes_are_quoted_and_lines_are_tidy() {
    for bundled in all() {
        assert!(
            bundled.text.starts_with("# ") && bundled.text.ends_with(" }\n"),
            "{}",
            bundled.id
        );
        for line in bundled.text.lines() {
            assert_eq!(line.trim_end(), line);
            if line.starts_with("  ") {
                assert!(
                    line.starts_with("  - { code: \"") && line.contains("\", label: \""),
                    "{line}"
                );
            }
        }
    }
}

#[test]
fn eqf_has_eight_levels_in_order() {
    let pack = pack("eqf", "2017");
    assert_eq!(counts(&pack), [("level", 8)]);
    for (rank, item) in (1..).zip(pack.items()) {
        assert_eq!(
            (item.code.as_str(), item.rank),
            (rank.to_string().as_str(), Some(rank))
        );
        assert_eq!(item.iri, format!("http://data.europa.eu/snb/eqf/{rank}"));
    }
}

#[test]
fn isced_f_has_its_three_levels_and_codes_say_the_parent() {
    let pack = pack("isced-f", "2013");
    // The vocabulary of the European Union: with the codes for "not further defined", "inter-disciplinary",
    // "not elsewhere classified" and "unknown" that stand beside the 11, 29 and 80 fields of the classification.
    assert_eq!(
        counts(&pack),
        [
            ("broad field", 12),
            ("detailed field", 150),
            ("narrow field", 58)
        ]
    );
    for item in pack.items() {
        let parent = item.parent.map(|parent| pack.item(parent).code.as_str());
        let expected = if item.code.len() == 2 {
            None
        } else {
            Some(&item.code[..item.code.len() - 1])
        };
        assert_eq!(parent, expected);
        assert_eq!(item.stands_for, StandsFor::Field);
    }
    let proper = |length: usize| {
        let fields = pack.items().iter().filter(|item| item.code.len() == length);
        fields
            .filter(|item| {
                let label = item.label.to_lowercase();
                let residual = [
                    "not further defined",
                    "inter-disciplinary",
                    "not elsewhere classified",
                    "field unknown",
                ];
                !residual.iter().any(|words| label.contains(words))
            })
            .count()
    };
    assert_eq!((proper(2), proper(3), proper(4)), (11, 29, 80));
    let databases = item(&pack, "0612");
    assert_eq!(
        databases.label,
        "Database and network design and administration"
    );
    assert_eq!(databases.iri, "http://data.europa.eu/snb/isced-f/0612");
}

#[test]
fn digcomp_has_5_areas_21_competences_and_8_levels_in_both_versions() {
    for version in ["2.2", "3.0"] {
        let pack = pack("digcomp", version);
        assert_eq!(
            counts(&pack),
            [("area", 5), ("competence", 21), ("proficiency level", 8)],
            "{version}"
        );
        let per_area: Vec<usize> = pack
            .roots()
            .iter()
            .take(5)
            .map(|&area| pack.children(area).len())
            .collect();
        assert_eq!(per_area, [3, 6, 4, 4, 4], "{version}");
        let ranks: Vec<Option<u32>> = pack
            .items()
            .iter()
            .rev()
            .take(8)
            .rev()
            .map(|item| item.rank)
            .collect();
        assert_eq!(ranks, (1..=8).map(Some).collect::<Vec<_>>(), "{version}");
    }
    assert_eq!(
        item(&pack("digcomp", "2.2"), "1.2").label,
        "Evaluating data, information and digital content"
    );
    assert_eq!(
        item(&pack("digcomp", "3.0"), "1.2").label,
        "Evaluating information"
    );
}

#[test]
fn bloom_has_six_processes_and_four_kinds_of_knowledge() {
    let pack = pack("bloom", "2001");
    assert_eq!(
        counts(&pack),
        [("cognitive process", 6), ("knowledge type", 4)]
    );
    assert_eq!(item(&pack, "6").label, "Create");
    assert_eq!(item(&pack, "D").stands_for, StandsFor::Skill);
}

#[test]
fn nice_has_its_categories_roles_and_areas() {
    let pack = pack("nice", "2.1");
    assert_eq!(
        counts(&pack),
        [
            ("competency area", 11),
            ("work role", 41),
            ("work role category", 5)
        ]
    );
    for index in pack.indexes() {
        let item = pack.item(index);
        if item.kind.as_deref() == Some("work role") {
            let category = pack
                .parent(index)
                .map(|parent| pack.item(parent).code.as_str());
            assert_eq!(category, item.code.get(..2));
        }
    }
    assert_eq!(item(&pack, "PD-WRL-003").label, "Incident Response");
    assert_eq!(item(&pack, "NF-COM-006").stands_for, StandsFor::Skill);
}

#[test]
fn isco_has_its_groups_and_codes_say_the_parent() {
    let pack = pack("isco", "2008");
    assert_eq!(
        counts(&pack),
        [
            ("major group", 10),
            ("minor group", 130),
            ("sub-major group", 43)
        ]
    );
    for item in pack.items() {
        let parent = item
            .parent
            .map_or("", |parent| pack.item(parent).code.as_str());
        assert_eq!(parent, &item.code[..item.code.len() - 1]);
        assert_eq!(
            item.iri,
            format!("http://data.europa.eu/esco/isco/C{}", item.code)
        );
    }
    assert_eq!(
        item(&pack, "011").label,
        "Commissioned armed forces officers"
    );
}

#[test]
fn entrecomp_and_greencomp_have_their_competences() {
    let entrecomp = pack("entrecomp", "2016");
    assert_eq!(counts(&entrecomp), [("area", 3), ("competence", 15)]);
    assert!(
        entrecomp
            .roots()
            .iter()
            .all(|&area| entrecomp.children(area).len() == 5)
    );
    let greencomp = pack("greencomp", "2022");
    assert_eq!(counts(&greencomp), [("area", 4), ("competence", 12)]);
    assert!(
        greencomp
            .roots()
            .iter()
            .all(|&area| greencomp.children(area).len() == 3)
    );
}

#[test]
fn search_finds_what_people_ask_for() {
    let first = |id: &str, query: &str| {
        let bundled = find(id, None).unwrap_or_else(|| panic!("{id}"));
        let pack = Pack::parse(bundled.text).unwrap_or_else(|faults| panic!("{faults:?}"));
        search(&pack, None, query)
            .first()
            .map(|hit| pack.item(hit.item).code.clone())
    };
    assert_eq!(
        first("isced-f", "software development").as_deref(),
        Some("0613")
    );
    assert_eq!(first("nice", "pd-wrl-003").as_deref(), Some("PD-WRL-003"));
    assert_eq!(first("digcomp", "evaluating").as_deref(), Some("1.2"));
    assert_eq!(first("isco", "teachers' aides").as_deref(), Some("531"));
}

#[test]
fn the_table_of_the_folder_is_complete() {
    let readme = include_str!("../../frameworks/README.md");
    for pack in packs() {
        let row = format!(
            "| `{}` | {} | {} | {} | {} | {} | <{}> |\n",
            pack.id,
            pack.version,
            pack.title,
            pack.items().len(),
            pack.publisher.as_deref().unwrap_or(""),
            pack.licence.as_deref().unwrap_or(""),
            pack.source
        );
        assert!(
            readme.contains(&row),
            "frameworks/README.md lacks the row\n{row}"
        );
    }
    assert_eq!(
        readme
            .lines()
            .filter(|line| line.starts_with("| `"))
            .count(),
        all().len()
    );
}
