//! The proof that nothing was changed, and that it notices what was.

use sqlx::{AssertSqlSafe, Connection as _};

use crate::entries::check_in;
use crate::place::Place;
use crate::server::Server;

/// Somebody with the file in their hands.
fn tamper(place: &Place, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite://{}", place.store().display());
        let mut file = sqlx::SqliteConnection::connect(&url).await.unwrap();
        let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut file).await.unwrap();
        assert!(done.rows_affected() > 0, "{sql}");
        file.close().await.unwrap();
    });
}

/// Two entries, one of them corrected; the patient, and the chain's head in the last receipt.
fn filled(place: &Place) -> (String, String) {
    let patient = place.patient("A.B.");
    let server = Server::start(place);
    let phone = server.paired(&place.code(&patient));
    let mut last = String::new();
    for (n, pain) in [(1, 4), (2, 5), (1, 6)] {
        let (path, text) = check_in(n, &patient, pain);
        last = phone.put(&path, &text).text;
    }
    let head = last.split("\"head\",\"valueString\":\"").nth(1).unwrap().get(..32).unwrap();
    (patient, head.to_owned())
}

#[test]
fn a_store_as_it_was_written_is_whole() {
    let place = Place::new();
    let (_, head) = filled(&place);
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
    assert_eq!(place.good(&["verify-audit", "--head", &head]), "every chain is whole\n");
    let unknown = place.bad(&["verify-audit", "--head", "00112233445566778899aabbccddeeff"]);
    assert!(unknown.contains("no chain holds the head 00112233445566778899aabbccddeeff"), "{unknown}");
}

#[test]
fn every_kind_of_tampering_is_found() {
    let free = "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_cut;";
    let cut = format!(
        "{free} DELETE FROM audit WHERE seq > 4;
         UPDATE patient SET seq = 4, head = (SELECT hash FROM audit WHERE seq = 4)"
    );
    for (what, sql, found) in [
        (
            "an answer",
            "UPDATE version SET text = replace(text, '\"valueInteger\":5', '\"valueInteger\":2') WHERE n = 2"
                .to_owned(),
            "version 2 is not what was stored",
        ),
        (
            "an old answer",
            "UPDATE version SET text = replace(text, '4', '3') WHERE n = 1".to_owned(),
            "version 1 is not what was stored",
        ),
        (
            "who did it",
            format!("{free} UPDATE audit SET actor = 'clinic' WHERE seq = 3"),
            "link 3 does not follow",
        ),
        ("when", format!("{free} UPDATE audit SET at_ms = at_ms - 1 WHERE seq = 4"), "link 4 does not follow"),
        ("a link less", format!("{free} DELETE FROM audit WHERE seq = 3"), "link 3 is missing"),
        ("the last link", format!("{free} DELETE FROM audit WHERE seq = 5"), "it breaks off after link 4"),
        ("the head", "UPDATE patient SET head = zeroblob(32)".to_owned(), "the chain's end is missing"),
        ("a version taken out", "DELETE FROM score; DELETE FROM version WHERE n = 2".to_owned(), "version 2 is missing"),
        (
            "a version put in",
            "INSERT INTO version SELECT 99, epoch, patient, kind, randomblob(16), randomblob(16), 1, stored_ms, \
             when_ms, questionnaire, head, text FROM version WHERE n = 2"
                .to_owned(),
            "version 99 is in no link",
        ),
        (
            "a correction hidden",
            "UPDATE version SET latest = (n = 1) WHERE n IN (1, 3)".to_owned(),
            "version 3 is the newest and is not shown",
        ),
        (
            "the time it was about",
            "UPDATE version SET when_ms = when_ms - 86400000 WHERE n = 2".to_owned(),
            "version 2 is not where its text belongs",
        ),
    ] {
        let place = Place::new();
        let (patient, _) = filled(&place);
        tamper(&place, &sql);
        let said = place.bad(&["verify-audit"]);
        assert!(said.contains(&format!("{patient}: ")) && said.contains(found), "{what}: {said}");
        assert!(said.contains("`restore` brings back a copy made before"), "{what}: {said}");
    }
    // Cut off together with its head, a chain is whole in itself: only a receipt knows better.
    let place = Place::new();
    let (_, head) = filled(&place);
    tamper(&place, &cut);
    let said = place.bad(&["verify-audit", "--head", &head]);
    assert!(said.contains("something was cut off"), "{said}");
}

#[test]
fn the_chain_cannot_be_changed_by_mistake() {
    let place = Place::new();
    filled(&place);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite://{}", place.store().display());
        let mut file = sqlx::SqliteConnection::connect(&url).await.unwrap();
        for sql in ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"] {
            let refused = sqlx::raw_sql(sql).execute(&mut file).await.unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{refused}");
        }
    });
}
