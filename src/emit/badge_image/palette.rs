//! The colors of drawn badges.

/// Colors that go together.
#[derive(Debug, PartialEq, Eq)]
pub struct Palette {
    /// The ground of texts.
    pub dark: &'static str,
    /// The rim.
    pub deep: &'static str,
    /// Ornament, small texts on `dark`, and the ground of dark texts.
    pub accent: &'static str,
}

const fn palette(dark: &'static str, deep: &'static str, accent: &'static str) -> Palette {
    Palette { dark, deep, accent }
}

/// All palettes. White and `accent` on `dark` differ by at least 7:1 each, which a test measures.
pub static PALETTES: &[Palette] = &[
    palette("#0b2a4a", "#1c5a96", "#ffd166"),
    palette("#06363a", "#0f7480", "#ffd9a0"),
    palette("#3a0f3f", "#7d3187", "#ffc6e0"),
    palette("#12351f", "#2b7a4b", "#e6f29b"),
    palette("#4a1512", "#a03a2e", "#ffd8a8"),
    palette("#1f1a52", "#4a43b0", "#b8e6ff"),
    palette("#1d2733", "#4f647d", "#a5f0d8"),
    palette("#43091f", "#99234f", "#ffd0b0"),
    palette("#2f3208", "#6c741f", "#fff0a3"),
    palette("#022f4f", "#0470a0", "#c9f5ff"),
    palette("#3d2506", "#8c5a17", "#ffe6b8"),
    palette("#2c1250", "#6a37b3", "#e8d5ff"),
];

/// The palette of a seed.
#[must_use]
pub fn of_seed(seed: u32) -> &'static Palette {
    // The lowest bits of FNV alone are the least mixed.
    let index = (seed ^ (seed >> 15)) as usize % PALETTES.len();
    PALETTES.get(index).unwrap_or(&PALETTES[0])
}
