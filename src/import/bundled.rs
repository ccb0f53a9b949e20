//! Packs that ship with the program.
/// A pack that ships with the program.
pub struct BundledPack {
    pub id: &'static str,
    pub version: &'static str,
    pub text: &'static str,
}
/// All, sorted.
#[must_use]
pub fn all() -> &'static [BundledPack] {
    &[]
}
/// By id and version; no version is the latest.
#[must_use]
pub fn find(_id: &str, _version: Option<&str>) -> Option<&'static BundledPack> {
    None
}
