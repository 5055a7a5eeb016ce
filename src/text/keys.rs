//! The keys of the tables: what can be said, page by page.

use super::fill::{DiaryText, FillText};

/// Every sentence in one language.
#[derive(Debug)]
pub struct Text {
    /// What stands on every page.
    pub shell: ShellText,
    /// Page Fill and its controls.
    pub fill: &'static FillText,
    /// Page Diary.
    pub diary: &'static DiaryText,
}

/// Words that stand on every page.
#[derive(Debug)]
pub struct ShellText {
    /// Names of the pages.
    pub today: &'static str,
    pub diary: &'static str,
    pub settings: &'static str,
    pub sync: &'static str,
    pub help: &'static str,
    /// Name of the row of links at the foot.
    pub nav: &'static str,
    /// An address that is none.
    pub unknown: &'static str,
}
