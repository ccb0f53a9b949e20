//! What was released stays: the same bytes everywhere, also when less is published, and the profiles that it names.

use crate::releases::*;
use crate::support::put;

#[test]
fn a_release_writes_the_same_bytes_everywhere() {
    let make = || {
        let folder = project(&catalogue("1", 2));
        run(folder.path(), &["release"]);
        put(folder.path(), &[("all.gradus", &catalogue("2", 3))]);
        run(folder.path(), &["release"]);
        folder
    };
    let (one, other) = (make(), make());
    for name in [
        "gradus.lock",
        "released/a.zip",
        "released/a.v2.zip",
        "released/b.zip",
    ] {
        let read = |folder: &tempfile::TempDir| std::fs::read(folder.path().join(name));
        assert_eq!(
            read(&one).expect("written"),
            read(&other).expect("written"),
            "{name}"
        );
    }
    assert_eq!(built(one.path()), built(other.path()));
}

/// A second release of the same version may add to its archive, and takes nothing out of it.
#[test]
fn what_was_released_stays_in_the_archive_when_less_is_published() {
    let folder = project(&catalogue("1", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let settings = SETTINGS.replace("[en, fr]", "[en]") + "publish: [open-badges-3]\n";
    let text = catalogue("1", 2)
        .replace("in fr { name \"Maison\" }", "")
        .replace("  in fr { name \"Lire des graphiques\" }\n", "");
    put(folder, &[("gradus.yaml", &settings), ("all.gradus", &text)]);
    let names = |archive: &str| -> Vec<String> {
        let file = std::fs::File::open(folder.join(archive)).expect("an archive");
        let zip = zip::ZipArchive::new(file).expect("a whole archive");
        zip.file_names()
            .map(|name| name.expect("a name").into_owned())
            .collect()
    };
    let before = names("released/a.zip");
    assert!(before.iter().any(|name| name.contains("fr")), "{before:?}");
    assert!(
        before.iter().any(|name| name.contains("open-badges-2")),
        "{before:?}"
    );
    run(folder, &["release"]);
    assert_eq!(names("released/a.zip"), before);
}

/// What was promised at an address stays there when an output or a language is given up: of earlier versions and of today's.
#[test]
fn what_was_released_stays_in_the_build_when_less_is_published() {
    let folder = project(&catalogue("1", 2));
    let folder = folder.path();
    run(folder, &["release"]);
    let first = built(folder);
    let less = |version: &str, credit| {
        let text = catalogue(version, credit);
        text.replace("in fr { name \"Maison\" }", "")
            .replace("  in fr { name \"Lire des graphiques\" }\n", "")
    };
    let settings = SETTINGS.replace("[en, fr]", "[en]") + "publish: [open-badges-3]\n";
    put(
        folder,
        &[("gradus.yaml", &settings), ("all.gradus", &less("1", 2))],
    );
    let today = built(folder);
    for name in DOCUMENTS.iter().chain(&PAGES).skip(1) {
        assert_eq!(first.get(*name), today.get(*name), "{name}");
    }
    // Whoever verifies a badge of the output that was given up needs its issuer.
    let issuer = "open-badges-2/issuers/h.json";
    assert_eq!(first.get(issuer), today.get(issuer));
    // Building one output leaves the rest in place.
    run(folder, &["build", "--only", "open-badges-3"]);
    assert_eq!(files(&folder.join("dist")), today);
    run(folder, &["release"]);
    assert_eq!(built(folder), today);

    // An earlier version of the same: without links to documents that nobody publishes.
    put(folder, &[("all.gradus", &less("2", 3))]);
    run(folder, &["release"]);
    let later = built(folder);
    for name in DOCUMENTS.iter().chain(&PAGES) {
        if name.starts_with("open-badges-3") {
            assert_eq!(versions(&later, name), ["open-badges-3/a.v2.json 2"]);
        } else {
            assert_eq!(first.get(*name), later.get(*name), "{name}");
        }
    }
    // A page in a language that was given up says in its own language what has replaced it.
    let settings = SETTINGS.replace("[en, fr]", "[en]");
    put(folder, &[("gradus.yaml", &settings)]);
    let pages = built(folder);
    let page = &pages["fr/credentials/a/index.md"];
    let (more, lost) = added(&first["fr/credentials/a/index.md"], page);
    assert_eq!(lost, 0, "{more:?}");
    let more = more.join("\n");
    assert!(
        more.contains("(../../../credentials/a.v2/index.md)"),
        "{more}"
    );
    assert!(more.contains("version antérieure"), "{more}");
}

/// Documents name the profile of their issuer: it is served as long as they are, with its picture, also where the issuer is no more.
#[test]
fn the_profile_of_an_issuer_stays_as_long_as_documents_name_it() {
    let before = |version: &str| {
        catalogue(version, 2).replace(
            "issuer h \"House\" {",
            "issuer h \"House\" { image \"images/h.svg\" alt \"A house\" ",
        )
    };
    let folder = project(&before("1"));
    let folder = folder.path();
    put(folder, &[("images/h.svg", &picture("house"))]);
    run(folder, &["release"]);
    let first = built(folder);
    let of_issuer = [
        "open-badges-3/issuers/h.json",
        "open-badges-2/issuers/h.json",
        "images/h.svg",
    ];
    // While the issuer is there, its profile and its picture are those of today.
    let moved = before("1").replace("h@h.example.com", "new@h.example.com");
    put(
        folder,
        &[
            ("all.gradus", &moved),
            ("images/h.svg", &picture("new house")),
        ],
    );
    let today = built(folder);
    for path in of_issuer {
        assert_ne!(first.get(path), today.get(path), "{path}");
    }
    run(folder, &["release"]);

    // The house is closed; another one goes on.
    let closed = catalogue("2", 2)
        .replace("issuer h ", "issuer k ")
        .replace("by h", "by k")
        .replace("badge b \"Next\" {", "badge b \"Next\" { version \"2\" ");
    put(folder, &[("all.gradus", &closed)]);
    std::fs::remove_file(folder.join("images/h.svg")).expect("removed");
    run(folder, &["release"]);
    let later = built(folder);
    for path in of_issuer {
        assert_eq!(today.get(path), later.get(path), "{path}");
    }
    assert!(later["open-badges-3/a.json"].contains("open-badges-3/issuers/h.json"));
    assert!(later["open-badges-3/a.v2.json"].contains("open-badges-3/issuers/k.json"));
    everything_is_served(&later);
    run(folder, &["build", "--only", "open-badges-3"]);
    assert_eq!(files(&folder.join("dist")), later);

    // Nothing of the output is published any more.
    let settings = SETTINGS.to_owned() + "publish: [pathways]\n";
    put(folder, &[("gradus.yaml", &settings)]);
    let pages = built(folder);
    for path in of_issuer {
        assert_eq!(today.get(path), pages.get(path), "{path}");
    }
    // The profile of an issuer that is there is of today, though no output that is published makes it.
    let moved = closed.replace("h@h.example.com", "new@k.example.com");
    put(folder, &[("all.gradus", &moved)]);
    let profile = &built(folder)["open-badges-3/issuers/k.json"];
    assert!(profile.contains("new@k.example.com"), "{profile}");
}
