//! Spanish. A person is addressed with "usted".

use super::fill::es::{DIARY, FILL};
use super::keys::{ShellText, Text};

pub(super) static ES: Text = Text {
    shell: ShellText {
        today: "Hoy",
        diary: "Diario",
        settings: "Ajustes",
        sync: "Envío",
        help: "Ayuda",
        nav: "Páginas",
        unknown: "En esta dirección no hay nada.",
    },
    fill: &FILL,
    diary: &DIARY,
};
