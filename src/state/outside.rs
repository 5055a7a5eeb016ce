//! The outside world as the state rooms see it: the journal, the clock, ids.

use std::rc::Rc;

use interlude_diary::calendar::{Moment, Now};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use leptos::prelude::*;

use crate::journal::IdbJournal;
use crate::platform::{clock, ids};

/// The handles that the composition root opened.
pub struct Ports {
    /// The journal of this phone.
    pub journal: IdbJournal,
    /// This installation.
    pub device: DeviceId,
}

impl Ports {
    /// The clock on the wall and the phone's zone.
    #[must_use]
    pub fn now(&self) -> Now {
        clock::now()
    }

    /// The clock on the wall alone: cheap enough for every tap.
    #[must_use]
    pub fn moment(&self) -> Moment {
        clock::moment()
    }

    /// A fresh entry id: made when a form opens.
    #[must_use]
    pub fn entry_id(&self) -> EntryId {
        ids::entry_id()
    }

    /// A fresh revision id.
    #[must_use]
    pub fn revision_id(&self) -> RevisionId {
        ids::revision_id()
    }
}

/// The one context for the outside. JavaScript handles do not leave their thread, so it is local.
#[derive(Clone, Copy)]
pub struct Outside(StoredValue<Rc<Ports>, LocalStorage>);

impl Outside {
    /// Puts the ports into the context. Call once, in the composition root.
    pub fn provide(ports: Ports) {
        provide_context(Self(StoredValue::new_local(Rc::new(ports))));
    }

    /// The ports of the running app. Take them before the first `await`.
    #[must_use]
    pub fn get() -> Rc<Ports> {
        expect_context::<Self>().0.get_value()
    }
}
