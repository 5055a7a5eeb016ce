//! English.

use super::fill::en::{DIARY, FILL};
use super::keys::{ShellText, Text};

pub(super) static EN: Text = Text {
    shell: ShellText {
        today: "Today",
        diary: "Diary",
        settings: "Settings",
        sync: "Sending",
        help: "Help",
        nav: "Pages",
        unknown: "There is nothing at this address.",
    },
    fill: &FILL,
    diary: &DIARY,
};
