//! A chain of ten thousand links in a real file: whatever is done to a row of it, `verify-audit` names it.
//!
//! That this holds for every row, and not for these alone, is tested where the chain is walked
//! (`src/audit/walk.rs`).

use interlude_clinic::audit::{Head, Link, START, short};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

use crate::entries::check_in;
use crate::place::Place;
use crate::server::Server;

/// Links of the chain.
const LINKS: i64 = 10_000;
/// Rows that are tampered with, each in every way: both ends, and some between.
const ROWS: [i64; 6] = [1, 2, 4_999, 6_007, 9_999, 10_000];
/// What somebody with the file takes off first.
const FREE: &str = "DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_cut;";

/// Runs statements on the file, as somebody who has it.
fn on_the_file(place: &Place, sql: &str) {
    with_file(place, async |file| {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(file).await.unwrap();
    });
}

fn with_file<T>(place: &Place, work: impl AsyncFnOnce(&mut SqliteConnection) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite://{}", place.store().display());
        let mut file = SqliteConnection::connect(&url).await.unwrap();
        let done = work(&mut file).await;
        file.close().await.unwrap();
        done
    })
}

/// The file as it was, without what a log beside it would add.
fn put_back(place: &Place, whole: &[u8]) {
    for end in ["-wal", "-shm"] {
        // There is none where the last to close it wrote it back.
        drop(std::fs::remove_file(format!("{}{end}", place.store().display())));
    }
    std::fs::write(place.store(), whole).unwrap();
}

/// A clinic whose one diary has three entries and ten thousand links: what a phone did, and exports
/// after it, each linked as the clinic links them. Answers the patient.
fn filled(place: &Place) -> String {
    let patient = place.patient("A.B.");
    let server = Server::start(place);
    let phone = server.paired(&place.code(&patient));
    for (n, pain) in [(1, 4), (2, 5), (1, 6)] {
        let (path, text) = check_in(n, &patient, pain);
        assert!(matches!(phone.put(&path, &text).status, 200 | 201));
    }
    server.end();
    with_file(place, async |file| {
        let row = sqlx::query("SELECT seq, head FROM patient").fetch_one(&mut *file).await.unwrap();
        let (mut seq, head): (i64, Vec<u8>) = (row.get(0), row.get(1));
        let mut before = Head::try_from(head.as_slice()).unwrap();
        assert_ne!(before, START);
        let mut tx = file.begin().await.unwrap();
        while seq < LINKS {
            seq += 1;
            let at_ms = 1_773_302_400_000 + seq;
            let link = Link { seq, at_ms, actor: "clinic", action: "exported", n: 0, digest: &[] };
            before = link.after(&before);
            sqlx::query("INSERT INTO audit VALUES (1, ?, ?, 'clinic', 'exported', 0, x'', ?)")
                .bind(seq)
                .bind(at_ms)
                .bind(before.to_vec())
                .execute(&mut *tx)
                .await
                .unwrap();
        }
        let moved = sqlx::query("UPDATE patient SET seq = ?, head = ?").bind(seq).bind(before.to_vec());
        moved.execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    });
    patient
}

/// What is done to the row, the statements, and what is said of it.
fn tampering(row: i64) -> Vec<(&'static str, String, String)> {
    let (last, next) = (row == LINKS, row + 1);
    let end = |after: i64| format!("the chain's end is missing: it breaks off after link {after}");
    let mut all = vec![
        (
            "its time changed",
            format!("UPDATE audit SET at_ms = at_ms - 1 WHERE seq = {row}"),
            format!("link {row} does not follow"),
        ),
        (
            "its actor changed",
            format!("UPDATE audit SET actor = 'nobody' WHERE seq = {row}"),
            format!("link {row} does not follow"),
        ),
        (
            "its hash changed",
            format!("UPDATE audit SET hash = zeroblob(32) WHERE seq = {row}"),
            format!("link {row} does not follow"),
        ),
        (
            "taken out",
            format!("DELETE FROM audit WHERE seq = {row}"),
            if last { end(row - 1) } else { format!("link {row} is missing") },
        ),
        (
            "put in before it",
            format!(
                "UPDATE audit SET seq = -seq WHERE seq >= {row}; UPDATE audit SET seq = 1 - seq WHERE seq < 0;
                 INSERT INTO audit SELECT patient, {row}, at_ms, actor, action, n, digest, hash FROM audit
                 WHERE seq = {next}"
            ),
            format!("link {next} does not follow"),
        ),
        ("cut off with all that follows", format!("DELETE FROM audit WHERE seq >= {row}"), end(row - 1)),
    ];
    if !last {
        all.push((
            "moved behind the next",
            format!(
                "UPDATE audit SET seq = -1 WHERE seq = {row}; UPDATE audit SET seq = {row} WHERE seq = {next};
                 UPDATE audit SET seq = {next} WHERE seq = -1"
            ),
            format!("link {row} does not follow"),
        ));
    }
    all
}

#[test]
fn any_row_of_ten_thousand_that_is_tampered_with_is_named() {
    let place = Place::new();
    let patient = filled(&place);
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
    let whole = std::fs::read(place.store()).unwrap();
    let mut tried = 0;
    for row in ROWS {
        for (what, sql, said) in tampering(row) {
            on_the_file(&place, &format!("{FREE} {sql}"));
            let found = place.bad(&["verify-audit"]);
            assert!(found.contains(&format!("{patient}: {said}")), "{row}, {what}: {found}");
            put_back(&place, &whole);
            tried += 1;
        }
    }
    println!("{tried} ways of tampering with a chain of {LINKS}: all named");
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
}

/// Cut off together with its end, a chain is whole in itself; what the person holds says otherwise.
#[test]
fn what_is_cut_off_with_its_head_is_shown_by_a_receipt() {
    let place = Place::new();
    filled(&place);
    let head = |seq: i64| {
        with_file(&place, async |file| {
            let hash: Vec<u8> = sqlx::query_scalar("SELECT hash FROM audit WHERE seq = ?")
                .bind(seq)
                .fetch_one(file)
                .await
                .unwrap();
            short(&hash)
        })
    };
    let (kept, lost) = (head(6_000), head(LINKS));
    on_the_file(
        &place,
        &format!(
            "{FREE} DELETE FROM audit WHERE seq > 6000;
             UPDATE patient SET seq = 6000, head = (SELECT hash FROM audit WHERE seq = 6000)"
        ),
    );
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
    assert_eq!(place.good(&["verify-audit", "--head", &kept]), "every chain is whole\n");
    let found = place.bad(&["verify-audit", "--head", &kept, "--head", &lost]);
    assert!(found.contains(&format!("no chain holds the head {lost}")) && !found.contains(&kept), "{found}");
}

#[test]
fn a_long_chain_verifies_after_an_erasure_and_still_names_what_is_done_to_it() {
    let place = Place::new();
    let patient = filled(&place);
    place.good(&["patient", "erase", &patient, "--yes"]);
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
    let erased = LINKS + 1;
    for (sql, said) in [
        (
            format!("UPDATE audit SET action = 'stored' WHERE seq = {erased}"),
            format!("link {erased} does not"),
        ),
        ("DELETE FROM audit WHERE seq = 3".to_owned(), "link 3 is missing".to_owned()),
        (format!("DELETE FROM audit WHERE seq = {erased}"), format!("breaks off after link {LINKS}")),
    ] {
        let whole = std::fs::read(place.store()).unwrap();
        on_the_file(&place, &format!("{FREE} {sql}"));
        let found = place.bad(&["verify-audit"]);
        assert!(found.contains(&format!("{patient}: ")) && found.contains(&said), "{sql}: {found}");
        put_back(&place, &whole);
    }
}
