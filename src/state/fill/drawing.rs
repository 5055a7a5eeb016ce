//! When a change is drawn: what it has to write is on its way first.
//!
//! A store waits for a disk and a drawing for the processor: begun in this order they pass at once. A choice
//! that was tapped is marked by the browser itself; the next question is drawn when that mark has been seen and
//! the answer lies on disk, or would be waited for.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Desk, Fill};
use crate::platform::{document, timeout};

/// How long the next question waits for the answer before it to be on disk, in milliseconds after the mark was
/// seen. A sound disk answers within a few (`cargo xtask bench taps` has both times); one that does not holds up
/// nobody for longer than three frames.
const HOLD_MS: u32 = 50;

/// What the next drawing is to do.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// One is on its way.
    begun: Cell<bool>,
    /// It waits until the mark on a choice has been painted.
    marked: Cell<bool>,
    /// Something else is asked then.
    anew: Cell<bool>,
    /// What is wrong is brought into view.
    in_view: Cell<bool>,
}

impl Fill {
    /// Draws the form as it is by then. Call when the store of it has been begun.
    pub(super) fn draw(self) {
        let Some(desk) = self.desk.try_get_value() else { return };
        if !desk.to_draw.begun.replace(true) {
            spawn_local(async move { self.drawn(desk).await });
        }
    }

    /// The drawing waits until the browser has shown what was tapped.
    pub(super) fn draw_after_the_mark(self) {
        self.note(|drawing| drawing.marked.set(true));
    }

    /// The drawing shows another screen. Until then what is tapped was meant for the one before.
    pub(super) fn draw_anew(self) {
        self.note(|drawing| drawing.anew.set(true));
        self.begin_to_settle();
    }

    /// The drawing brings into view what is wrong.
    pub(super) fn draw_in_view(self) {
        self.note(|drawing| drawing.in_view.set(true));
    }

    fn note(self, what: impl FnOnce(&Drawing)) {
        // The page may be gone by now, and with it what there was to draw.
        let _known = self.desk.try_with_value(|desk| what(&desk.to_draw));
    }

    async fn drawn(self, desk: Rc<Desk>) {
        let now = &desk.to_draw;
        if now.marked.replace(false) {
            document::painted().await;
            desk.ports.journal.written(HOLD_MS).await;
        }
        now.begun.set(false);
        self.filling.try_update(|_| ());
        if now.anew.replace(false) {
            self.shown();
        }
        if now.in_view.replace(false) {
            timeout::after(0, document::show_alert).forget();
        }
    }
}
