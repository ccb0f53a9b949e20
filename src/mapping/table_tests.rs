//! Tables of mappings: their terms and rows.

use super::*;

#[test]
fn codes_without_addresses_come_back() {
    let address = address_of_code("Kompetenzsystematik", "K 0805-004 ä");
    assert_eq!(
        address,
        "urn:x-gradus:code:Kompetenzsystematik:K%200805-004%20%C3%A4"
    );
    assert_eq!(code_of(&address).as_deref(), Some("K 0805-004 ä"));
    assert_eq!(code_of("https://a.example/x:y"), None);
}

#[test]
fn addresses_lose_their_white_space() {
    assert_eq!(
        Term::address(" https://a.example/b c ").text(),
        "https://a.example/b%20c"
    );
}

#[test]
fn predicates_are_known_by_word_and_by_address() {
    assert_eq!(Predicate::of_word("exactMatch"), Some(Predicate::Exact));
    assert_eq!(
        Predicate::of_word("skos:broadMatch"),
        Some(Predicate::Broad)
    );
    assert_eq!(Predicate::of_word("no relation"), None);
    for (predicate, _) in KNOWN {
        assert_eq!(Predicate::of_address(&predicate.address()), predicate);
    }
}
