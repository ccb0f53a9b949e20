//! Words as they are compared.

use super::*;

#[test]
fn words_that_readers_call_the_same_meet() {
    for (one, other, language) in [
        ("managers", "manager", "en"),
        ("planning", "plan", "en"),
        ("welders", "welding", "en"),
        ("Reinigung", "reinigen", "de"),
        ("Häuser", "Hauses", "de"),
    ] {
        assert_eq!(
            stems(one, language),
            stems(other, language),
            "{one} {other}"
        );
    }
    assert_ne!(stems("nurse", "en"), stems("number", "en"));
    assert_eq!(stems("C++ and C#", "en"), ["c++", "c#"]);
}

#[test]
fn compounds_come_apart_into_known_words() {
    let known = ["schiff", "reinigung", "klima", "anlagen", "anlage"];
    let knows = |word: &str| known.contains(&word);
    assert_eq!(
        compound_parts("schiffsreinigung", knows),
        ["schiff", "reinigung"]
    );
    assert_eq!(compound_parts("klimaanlagen", knows), ["klima", "anlagen"]);
    assert!(compound_parts("reinigung", knows).is_empty());
    assert!(compound_parts("schiffsbau", knows).is_empty());
}

#[test]
fn names_have_several_readings() {
    let knows = |word: &str| word == "schuhkonstruktion";
    let found = readings("Schuhtechnik, -konstruktion (Leder)", knows);
    assert!(found.contains(&"Schuhkonstruktion".to_owned()), "{found:?}");
    assert!(found.contains(&"Leder".to_owned()), "{found:?}");
    assert_eq!(readings("(", |_| false), ["("]);
}
