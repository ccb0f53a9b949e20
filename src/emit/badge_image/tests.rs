//! Tests of the drawn badge.

use super::palette::PALETTES;
use super::text::{Fit, Weight, block, escaped};
use super::{NAME, draw};
use crate::emit::sample::{credential, project};

/// The contrast of two colors `#rrggbb` (WCAG 2.2, relative luminance).
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |color: &str| {
        let part = |from: usize| {
            let value = u8::from_str_radix(&color[from..from + 2], 16).expect("a color");
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn texts_can_be_read_in_every_palette() {
    for palette in PALETTES {
        for color in ["#ffffff", palette.accent] {
            let found = contrast(color, palette.dark);
            assert!(found >= 7.0, "{color} on {}: {found:.2}", palette.dark);
        }
        let rim = contrast(palette.accent, palette.deep);
        assert!(
            rim >= 3.0,
            "{} on {}: {rim:.2}",
            palette.accent,
            palette.deep
        );
    }
}

fn lines(text: &str) -> Vec<String> {
    let mut out = String::new();
    block(&mut out, text, &NAME, 240.0, "#fff");
    let inner = |line: &str| {
        let start = line.find('>').map_or(0, |at| at + 1);
        line[start..].trim_end_matches("</text>").to_owned()
    };
    out.lines().map(inner).collect()
}

#[test]
fn names_are_broken_where_their_script_allows() {
    assert_eq!(lines("Chart Reader"), ["Chart Reader"]);
    assert_eq!(
        lines("Telling Stories with Public Data"),
        ["Telling Stories", "with Public Data"]
    );
    let ideographs = lines("データ可視化と批判的読解の基礎：公開統計から物語を作る");
    assert!(ideographs.len() > 1, "{ideographs:?}");
    assert!(
        ideographs
            .iter()
            .all(|line| !line.starts_with(['：', 'ー']))
    );
    let endless = lines(&"x".repeat(2000));
    assert!(endless.last().is_some_and(|line| line.ends_with('…')));
    assert!(lines("").is_empty());
}

#[test]
fn what_is_drawn_is_well_formed() {
    assert_eq!(escaped("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
    assert_eq!(escaped("\u{0}\u{7}x\u{202e}y\u{fffe}"), "xy");
    let mut out = String::new();
    let fit = Fit {
        width: 1.0,
        sizes: &[10.0],
        height: 1.0,
        weight: Weight::Medium,
    };
    block(&mut out, "\u{5d0}\u{5d1}", &fit, 0.0, "#fff");
    assert!(out.contains("direction=\"rtl\""));
}

#[test]
fn a_badge_is_drawn_the_same_every_time() {
    let project = project(
        r#"
use eqf
issuer uni "University & Sons" { url <https://uni.example> email "a@uni.example" }
micro-credential chart-reader "Chart <Reader>" { by uni about "Reads charts." level eqf:5 credit 1 ects }
"#,
    );
    let id = credential(&project, "chart-reader");
    let drawing = draw(&project, id);
    assert_eq!(drawing, draw(&project, id));
    insta::assert_snapshot!(drawing);
}
