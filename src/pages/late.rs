//! Pages that are fetched: all but Fill.

use leptos::prelude::*;

use super::{
    diary, doctor, erase, fill, help, lock, moving, own, pair, settings, sync, today, trends, unknown,
    welcome,
};
use crate::state::locked::Locked;
use crate::state::route::Route;

part! { today:
    /// The page Today.
    pub fn today_page[today_ready]() -> AnyView {
        today::page()
    }
}

part! { doctor:
    /// The doctor's page.
    pub fn doctor_page[doctor_ready]() -> AnyView {
        doctor::page()
    }
}

part! { rest:
    /// Every other page.
    pub fn other_page[other_ready](route: Route) -> AnyView {
        match route {
            Route::Diary => diary::page(),
            Route::Entry(id) => diary::entry(id),
            Route::Trends => trends::page(),
            Route::Sync => sync::page(),
            Route::Settings => settings::page(),
            Route::Own => own::page(),
            Route::Help => help::page(),
            Route::Move => moving::page(),
            Route::Erase => erase::page(),
            Route::Welcome => welcome::page(),
            Route::Pair => pair::page(),
            Route::CheckIn => today::check_in_now(),
            Route::Today | Route::Doctor | Route::Fill { .. } | Route::Unknown => unknown::page(),
        }
    }
    /// The lock screen.
    pub fn lock_page[lock_ready](locked: Locked) -> AnyView {
        locked.look();
        lock::page(locked)
    }
    /// The card of a red flag, over any page.
    pub fn card[card_ready]() -> AnyView {
        fill::card::part()
    }
}
