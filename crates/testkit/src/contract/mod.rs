//! The contract of [`Journal`](interlude_diary::journal::Journal): every sentence of its
//! documentation, as a test that any adapter must pass.
//!
//! An adapter gives `open`, which opens the journal called so, making it if it is not there;
//! opened twice, it is two handles on one store, as two tabs have them. Every promise uses names
//! of its own, so that they may run side by side; the caller sees to it that the names are new in
//! every run. [`all`] runs them in a row; [`journal_contract!`](crate::journal_contract) makes one
//! test of each.

pub mod drafts;
pub mod outbox;
pub mod record;
pub mod settle;
pub mod views;

use interlude_diary::entry::Entry;
use interlude_diary::journal::{Journal, Stored};

/// One entry's revisions, or a failed test.
#[expect(clippy::expect_used, reason = "a broken promise is a failed test")]
async fn stored(journal: &impl Journal, entry: &Entry) -> Stored {
    let all = journal.revisions(entry.id).await.expect("revisions");
    all.into_iter().find(|stored| stored.entry.revision == entry.revision).expect("the revision is here")
}

/// Calls a macro with the paths of all promises.
#[doc(hidden)]
#[macro_export]
macro_rules! journal_promises {
    ($callback:path, $($with:tt)*) => {
        $callback! { $($with)*;
            record::recorded_is_read_back
            record::a_second_handle_sees_what_was_recorded
            record::recording_twice_changes_nothing
            record::recording_removes_the_draft_with_it
            record::every_kind_reads_back_the_same
            record::texts_of_any_script_survive
            record::undo_only_while_held
            record::undo_puts_the_draft_back
            record::undo_of_a_correction_leaves_the_first
            record::undo_yields_to_a_newer_draft
            record::sequence_grows
            drafts::a_draft_is_stored_by_compare_and_set
            drafts::two_tabs_cannot_both_store_a_draft
            drafts::drafts_are_listed_oldest_first
            drafts::a_dropped_draft_is_gone
            drafts::kinds_of_keys_do_not_meet
            outbox::a_held_row_waits_for_release
            outbox::release_counts
            outbox::the_newest_that_may_go
            outbox::what_is_overtaken_goes_no_more
            outbox::what_stays_here_has_no_row
            outbox::first_goes_first
            outbox::only_the_oldest_waiting_revision_of_an_entry
            outbox::later_is_not_before
            outbox::a_limit_is_a_limit
            outbox::a_correction_builds_on_the_newest_receipt
            outbox::a_revision_builds_on_nothing_made_of_it
            outbox::a_parked_row_blocks_nothing
            settle::settled_removes_the_row_and_keeps_the_receipt
            settle::filing_twice_is_harmless
            settle::marks_of_unknown_revisions_change_nothing
            settle::no_digest_is_sent
            settle::changed_is_told
            settle::parked_keeps_its_reason
            settle::withdrawn_goes_again
            settle::a_parked_row_goes_again_on_a_word
            settle::withdrawn_of_anothers_system_has_no_row
            settle::pulled_is_an_entry
            settle::pulled_twice_is_once
            settle::pulled_of_what_is_here_changes_nothing
            settle::brought_joins_what_is_here
            settle::brought_twice_is_once
            settle::memory_is_filed_with_the_marks
            views::lines_by_day
            views::infusions_are_listed_whenever_they_were
            views::a_line_follows_corrections_and_retractions
            views::a_line_follows_the_servers_order
            views::a_line_changes_its_day
            views::pages_cover_everything_once
            views::holdings_say_what_is_here
            views::tally_counts
            views::tally_knows_what_is_due
            views::meta_is_kept_by_key
            views::erase_leaves_nothing
        }
    };
}

macro_rules! run_all {
    (all; $($room:ident :: $promise:ident)*) => {
        /// Every promise, one after the other.
        pub async fn all<J: Journal>(open: &impl AsyncFn(&str) -> J) {
            $( $room::$promise(open).await; )*
        }
    };
}
journal_promises!(run_all, all);

/// One test for each promise.
///
/// `journal_contract!(test, open)` natively, where nothing waits;
/// `journal_contract!(wasm_bindgen_test, open)` in a browser. `open` is the name of an
/// `async fn(&str) -> impl Journal`.
#[macro_export]
macro_rules! journal_contract {
    (@native $open:ident; $($room:ident :: $promise:ident)*) => {
        $(
            #[test]
            fn $promise() {
                $crate::block_on($crate::contract::$room::$promise(&$open));
            }
        )*
    };
    (@attribute $attribute:ident $open:ident; $($room:ident :: $promise:ident)*) => {
        $(
            #[$attribute]
            async fn $promise() {
                $crate::contract::$room::$promise(&$open).await;
            }
        )*
    };
    (test, $open:ident) => {
        $crate::journal_promises!($crate::journal_contract, @native $open);
    };
    ($attribute:ident, $open:ident) => {
        $crate::journal_promises!($crate::journal_contract, @attribute $attribute $open);
    };
}
