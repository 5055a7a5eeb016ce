//! One file a promise.

mod a_part_comes_late;
mod any_r4_server;
mod change_is_shown_honestly;
mod clinic_restored;
mod corrected_offline_twice;
mod draft_survives_kill;
mod erased_is_erased;
mod first_day;
mod fixtures_complete;
mod installable;
mod killed_at_random;
mod moved_by_a_file;
mod newer_store;
mod no_third_origin;
mod nobody_is_shut_out;
mod nothing_before_consent;
mod other_patient_is_404;
mod red_flag_calls_now;
mod reopened_offline;
mod reply_lost;
mod strict_durability;
mod two_phones_agree;
mod two_tabs_one_sync;
mod update_waits_for_draft;
mod updates_are_whole;
mod wiped;
