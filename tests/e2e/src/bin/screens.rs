//! Photographs every page; called by `cargo xtask screens`.

use anyhow::Result;

#[tokio::main]
async fn main() -> Result<()> {
    interlude_e2e::screens::run().await
}
