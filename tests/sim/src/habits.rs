//! What another R4 server does in its own way, as two that were measured did.

use interlude_diary::sync::Create;

/// What it does in its own way.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "habits, each of which a server may have without the others"
)]
pub struct Habits {
    /// The first way of creating that it knows; what stands before it in the order of
    /// [`Create::next`] is answered with 404.
    pub create: Create,
    /// Identical content is a new version.
    pub versions_identical: bool,
    /// `6.50` is stored as `6.5`.
    pub renumbers: bool,
    /// Entries of a hundred in a batch that are answered 409, 429 or 503 though the whole is 200.
    pub partly: u64,
    /// Most resources on a page.
    pub page: usize,
    /// It keeps neither Consents nor `MedicationAdministrations`.
    pub answers_only: bool,
    /// It takes no Observations.
    pub no_scores: bool,
    /// It answers 404 to `_history`.
    pub no_history: bool,
}

impl Habits {
    /// It takes our ids and keeps everything as it came.
    pub const PLAIN: Self = Self {
        create: Create::Put,
        versions_identical: true,
        renumbers: false,
        partly: 0,
        page: 1000,
        answers_only: false,
        no_scores: false,
        no_history: false,
    };

    /// As a server on `PostgreSQL` did for an ordinary client.
    pub const OWN_IDS: Self = Self {
        create: Create::PutByIdentifier,
        versions_identical: false,
        renumbers: true,
        partly: 10,
        page: 20,
        answers_only: false,
        no_scores: false,
        no_history: true,
    };
}
