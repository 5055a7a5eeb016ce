//! Parts of the app that the first question does not need: fetched after it.
//!
//! Each is a WebAssembly module of its own, cut out of the app when it is built (feature `split`;
//! the hook of Trunk in `crates/xtask/src/finish` cuts). A room says in its file `late.rs` what of
//! it belongs to which part. Calling into a part fetches it first, so every call may fail: on a first
//! visit the network can go before the worker has kept everything. A failed fetch is not remembered;
//! the next call tries again. Built without the feature, as for tests, a part is code like any other.
//!
//! | part | holds |
//! |---|---|
//! | `today` | the page Today |
//! | `doctor` | the doctor's page |
//! | `keep` | writing: drafts, entries, undoing |
//! | `rest` | every other page, controls beyond scales and choices, the sync driver |

use std::future::Future;
use std::pin::Pin;

/// Functions of one part. Each becomes `async fn(…) -> Result<_, NotHere>`. A name in brackets is a
/// second function that only fetches the first: after it, the first answers at once.
macro_rules! part {
    ($part:ident: $(
        $(#[$doc:meta])* $vis:vis fn $name:ident $([$ready:ident])? ($($arg:ident: $kind:ty),* $(,)?) -> $out:ty $body:block
    )+) => {$(
        $(#[$doc])*
        ///
        /// # Errors
        /// When the part could not be fetched.
        #[cfg(feature = "split")]
        #[wasm_split_helpers::wasm_split($part, fallible $(, preload(
            #[doc = "Fetches it."]
            #[doc = ""]
            #[doc = "# Errors"]
            #[doc = "When it could not be fetched."]
            $ready
        ))?)]
        $vis fn $name($($arg: $kind),*) -> Result<$out, $crate::later::NotHere> {
            Ok($body)
        }

        $(#[$doc])*
        ///
        /// # Errors
        /// When the part could not be fetched.
        #[cfg(not(feature = "split"))]
        #[expect(clippy::unused_async, reason = "with the feature `split` it waits for the part")]
        $vis async fn $name($($arg: $kind),*) -> Result<$out, $crate::later::NotHere> {
            Ok($body)
        }

        $(
            /// Fetches it.
            ///
            /// # Errors
            /// When it could not be fetched.
            #[cfg(not(feature = "split"))]
            #[expect(clippy::unused_async, reason = "with the feature `split` it waits for the part")]
            $vis async fn $ready() -> Result<(), $crate::later::NotHere> {
                Ok(())
            }
        )?
    )+};
}

/// A part could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotHere;

/// What a part does over time: its functions are called at once and answer with this.
pub type Work<T> = Pin<Box<dyn Future<Output = T>>>;

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotHere {
    fn from(_said_in_the_console: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}
