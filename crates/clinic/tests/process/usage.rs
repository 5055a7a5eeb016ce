//! A command that cannot be done says in a clear sentence what to do instead, and fails.

use crate::place::Place;

#[test]
fn a_wrong_line_is_answered_with_what_to_do() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let at = |name: &str| place.file(name).to_str().unwrap().to_owned();
    std::fs::create_dir(place.file("empty")).unwrap();
    let (missing, empty, nowhere) = (at("missing"), at("empty"), at("no/such/folder/file"));
    let data = place.data().to_str().unwrap().to_owned();
    let nobody = "no such patient; `interlude-clinic patient list` names them";
    let table: Vec<(Vec<&str>, &str)> = vec![
        (vec![], "Usage: interlude-clinic"),
        (vec!["invit", &patient], "a similar subcommand exists: 'invite'"),
        (vec!["invite"], "<PATIENT>"),
        (vec!["invite", "nobody"], nobody),
        (vec!["invite", "Ana Bell"], nobody),
        (vec!["invite", "../../etc/passwd"], nobody),
        (vec!["patient", "add"], "<INITIALS>"),
        (vec!["patient", "add", " "], "initials are 1 to 12 characters, such as A.B."),
        (vec!["patient", "add", "Anastasia Bellinghausen"], "initials are 1 to 12 characters"),
        (vec!["patient", "erase", &patient], "say --yes when it is meant"),
        (vec!["patient", "erase", "nobody", "--yes"], nobody),
        (vec!["revoke", "nobody"], nobody),
        (vec!["revoke", &patient, "this-phone"], "without a device, `revoke` lists those that are"),
        (vec!["flags", "--ack", "7"], "`interlude-clinic flags` lists them"),
        (vec!["flags", "--ack", "seven"], "--ack <ACK>"),
        (vec!["export", "nobody"], nobody),
        (vec!["export", &patient, "--to", &nowhere], "cannot be written"),
        (vec!["backup"], "<TO>"),
        (vec!["backup", &data], "is there already; name another file"),
        (vec!["backup", &nowhere], "cannot be written"),
        (vec!["restore", &missing], "cannot be read"),
        (vec!["restore", &empty], "cannot be read"),
        (vec!["verify-audit", "--head", "xyz"], "32 hexadecimal digits"),
        (vec!["serve", "--port", "99999"], "--port"),
        (vec!["serve", "--app", &empty], "`cargo xtask build` makes one"),
        (vec!["serve", "--tls-cert", &missing], "--tls-key"),
        (vec!["serve", "--tls-cert", &missing, "--tls-key", &missing], "cannot be read"),
        (vec!["serve", "--lan", "--behind-proxy"], "cannot be used with"),
        (vec!["serve", "--listen", "everywhere"], "--listen"),
        (vec!["serve", "--listen", "192.0.2.1", "--port", "0"], "cannot listen on 192.0.2.1:0"),
        (vec!["serve", "--requests-per-second", "fast"], "--requests-per-second"),
    ];
    for (words, expected) in table {
        let said = place.bad(&words);
        assert!(said.contains(expected), "{words:?}: {said}");
    }
    assert_eq!(place.good(&["patient", "list"]), format!("{patient} A.B.\n"), "nothing was changed");
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
}

#[test]
fn a_wrong_infusion_or_card_is_answered_with_what_to_do() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let start = "2026-03-12T09:30:00+01:00";
    let nobody = "no such patient; `interlude-clinic patient list` names them";
    let table: Vec<(Vec<&str>, &str)> = vec![
        (vec!["infusion", "add", &patient], "--start <START>"),
        (vec!["infusion", "add", "nobody", "--start", start], nobody),
        (vec!["infusion", "add", &patient, "--start", "yesterday"], "2026-03-12T09:30:00+01:00"),
        (
            vec!["infusion", "add", &patient, "--start", start, "--dose", "much"],
            "--dose is a number in mg/kg",
        ),
        (vec!["infusion", "add", &patient, "--start", start, "--minutes", "-5"], "'-5' for '--minutes"),
        (vec!["infusion", "add", &patient, "--start", start, "--dose", "-1"], "--dose is a number in mg/kg"),
        (
            vec!["infusion", "add", &patient, "--start", start, "--outcome", "fine"],
            "--outcome is completed, stopped, not-done or planned",
        ),
        (vec!["infusion", "add", &patient, "--start", start, "--days", "5"], "--days is of a plan"),
        (
            vec!["infusion", "add", &patient, "--start", start, "--outcome", "planned", "--days", "31"],
            "at most 30",
        ),
        (vec!["infusion", "change", &patient, "nothing"], "`interlude-clinic infusion list` names them"),
        (vec!["infusion", "list", "nobody"], nobody),
        (vec!["card", "set"], "say --text, --phone or both"),
        (vec!["card", "set", "--rule", "headache", "--text", "x"], "--rule is one of chest-pain, breathing"),
        (vec!["card", "set", "--rule", "anxiety", "--text", "x"], "--rule is one of chest-pain, breathing"),
        (vec!["card", "set", "--language", "Spanish", "--text", "x"], "two small letters, such as es"),
        (vec!["card", "set", "--phone", "ask at the desk 1"], "a number that can be dialled"),
        (vec!["card", "set", "--text", " "], "--text is at most 300 characters"),
        (vec!["card", "clear", "--rule", "fainting"], "nothing is said there; `card list` shows what is"),
    ];
    for (words, expected) in table {
        let said = place.bad(&words);
        assert!(said.contains(expected), "{words:?}: {said}");
    }
    assert_eq!(place.good(&["card", "list"]), "", "nothing was changed");
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
}

/// An empty clinic made by the way would say that all is well.
#[test]
fn a_mistyped_folder_is_no_empty_clinic() {
    for words in [
        vec!["patient", "list"],
        vec!["invite", "somebody"],
        vec!["revoke", "somebody"],
        vec!["flags"],
        vec!["card", "list"],
        vec!["export", "somebody"],
        vec!["backup", "copy.sqlite"],
        vec!["verify-audit"],
    ] {
        let place = Place::new();
        let said = place.bad(&words);
        assert!(said.contains("there is no clinic in") && said.contains("--data"), "{words:?}: {said}");
        assert!(!place.data().exists(), "{words:?}");
    }
}

#[test]
fn a_data_folder_that_is_a_file_is_named() {
    let place = Place::new();
    std::fs::write(place.data(), "a file").unwrap();
    let said = place.bad(&["patient", "add", "A.B."]);
    assert!(said.contains(place.data().to_str().unwrap()), "{said}");
}

#[test]
fn a_second_server_is_told_of_the_first() {
    let place = Place::new();
    let server = crate::server::Server::start(&place);
    let said = place.bad(&["serve", "--port", "0"]);
    assert!(said.contains("a server is running from"), "{said}");
    let taken = server.at.port().to_string();
    let other = Place::new();
    let said = other.bad(&["serve", "--port", &taken]);
    assert!(said.contains("cannot listen on"), "{said}");
}

#[test]
fn help_and_version_are_no_failures() {
    let place = Place::new();
    assert!(place.good(&["--help"]).contains("verify-audit"));
    assert!(place.good(&["--version"]).contains(env!("CARGO_PKG_VERSION")));
    for command in
        ["serve", "patient", "infusion", "invite", "revoke", "flags", "card", "export", "backup", "restore"]
    {
        assert!(place.good(&[command, "--help"]).contains("Usage"), "{command}");
    }
}
