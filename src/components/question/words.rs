//! Words only.

use leptos::prelude::*;

use super::{Part, frame};

/// Words with nothing to answer.
pub(super) fn words(part: &Part) -> AnyView {
    frame::plain(part, ().into_any())
}
