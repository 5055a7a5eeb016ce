//! What the screen after the last tap knows.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::Entry;
use interlude_diary::journal::Light;

/// An entry that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// What was recorded.
    pub entry: Box<Entry>,
    /// When it was read back.
    pub at: Moment,
    /// How far it has come.
    pub light: Light,
    /// Undo was asked for and came too late.
    pub too_late: bool,
}

impl Saved {
    /// Whether the last answer can be taken back without a reason.
    #[must_use]
    pub const fn can_undo(&self) -> bool {
        matches!(self.light, Light::OnThisPhone { held: true }) && !self.too_late
    }

    /// Whether it corrects an earlier revision; what the short part left open may be answered without a reason.
    #[must_use]
    pub const fn corrects(&self) -> bool {
        self.entry.reason.is_some()
    }
}
