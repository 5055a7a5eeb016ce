//! Starts the app in the browser.

fn main() {
    interlude::app::start();
}
