//! The clinic's command line.
#![forbid(unsafe_code)]

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    interlude_clinic::cli::run().await
}
