//! The proof that nothing was changed: every audit chain link by link, and every version against it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Result, bail};
use interlude_diary::ids::EntryId;
use interlude_fhir::wire;

use super::{folder, say, tell};
use crate::audit;
use crate::store::{Bounds, Kind, Link, NOW, PatientId, Query, Row, Sort, Store};

/// Versions that are read at once.
const AT_ONCE: usize = 100;
/// Lines said of what is wrong: a link put in moves all that come after it.
const SAID: usize = 100;

pub(super) async fn verify(data: &Path, heads: &[String]) -> Result<()> {
    for head in heads {
        if head.len() != 32 || !head.bytes().all(|b| b.is_ascii_hexdigit()) {
            bail!("--head is the head in a receipt: 32 hexadecimal digits");
        }
    }
    let store = folder::standing_store(data).await?;
    let mut wanted: Vec<String> = heads.iter().map(|head| head.to_ascii_lowercase()).collect();
    let mut wrong = Vec::new();
    for patient in store.everyone().await? {
        let found = check(&store, &patient, &mut wanted).await?;
        wrong.extend(found.into_iter().map(|what| format!("{patient}: {what}")));
    }
    wrong.extend(wanted.iter().map(|head| format!("no chain holds the head {head}: something was cut off")));
    for what in wrong.iter().take(SAID) {
        tell(format_args!("{what}"));
    }
    if wrong.len() > SAID {
        tell(format_args!("… and {} more", wrong.len() - SAID));
    }
    if !wrong.is_empty() {
        bail!("{} wrong: see above; `restore` brings back a copy made before", wrong.len());
    }
    say(format_args!("every chain is whole"));
    Ok(())
}

/// What is wrong with one chain, and with the versions it vouches for. Heads that it holds are taken
/// off `wanted`.
async fn check(store: &dyn Store, patient: &PatientId, wanted: &mut Vec<String>) -> Result<Vec<String>> {
    let (links, head) = store.chain(patient).await?;
    let mut walk = audit::Walk::default();
    let mut wrong = Vec::new();
    for link in &links {
        let said = audit::Link {
            seq: link.seq,
            at_ms: link.at_ms,
            actor: &link.actor,
            action: &link.action,
            n: link.n,
            digest: &link.digest,
        };
        wrong.extend(walk.step(&said, &link.hash).err().map(|what| what.to_string()));
        let here = walk.head();
        wanted.retain(|head| *head != here);
    }
    wrong.extend(walk.end(&head).err().map(|what| what.to_string()));
    // Of an erased diary the chain is all there is.
    if store.patient(patient).await?.is_some() {
        versions(store, patient, &links, &mut wrong).await?;
    } else if !store.numbers(patient).await?.is_empty() {
        wrong.push("the diary is erased, and versions of it are there".to_owned());
    }
    Ok(wrong)
}

/// Every version against the link that tells of it.
async fn versions(
    store: &dyn Store,
    patient: &PatientId,
    links: &[Link],
    wrong: &mut Vec<String>,
) -> Result<()> {
    let told: BTreeMap<i64, &Link> =
        links.iter().filter(|link| link.n > 0).map(|link| (link.n, link)).collect();
    let kept = store.numbers(patient).await?;
    let untold = kept.iter().filter(|n| !told.contains_key(*n));
    wrong.extend(untold.map(|n| format!("version {n} is in no link")));
    let numbers: Vec<i64> = told.keys().copied().collect();
    let mut newest: BTreeMap<(Kind, EntryId), i64> = BTreeMap::new();
    for some in numbers.chunks(AT_ONCE) {
        let rows = store.versions(patient, some).await?;
        let mut rows: BTreeMap<i64, Row> = rows.into_iter().map(|row| (row.n, row)).collect();
        for n in some {
            let (Some(row), Some(link)) = (rows.remove(n), told.get(n)) else {
                wrong.push(format!("version {n} is missing"));
                continue;
            };
            if store.genuine(patient, *n, &link.digest).await? != Some(true) {
                wrong.push(format!("version {n} is not what was stored"));
            } else if !filed(&row, link) {
                wrong.push(format!("version {n} is not where its text belongs"));
            }
            newest.insert((row.kind, row.id), *n);
        }
    }
    let shown = shown(store, patient).await?;
    for ((kind, id), n) in newest {
        if shown.get(&(kind, id)) != Some(&n) {
            wrong.push(format!("version {n} is the newest and is not shown"));
        }
    }
    Ok(())
}

/// Whether what is kept beside a text agrees with it and with its link. A text is what was stored and
/// was read then; one that this program cannot read any more is no sign of tampering.
fn filed(row: &Row, link: &Link) -> bool {
    let same = wire::read(&row.text).ok().is_none_or(|received| {
        received.kind == row.kind.name()
            && received.entry.id == row.id
            && received.entry.authored.unix_ms() == row.when_ms
    });
    same && link.hash.starts_with(&row.head) && row.stored_ms >= link.at_ms
}

/// The version that is shown of everything.
async fn shown(store: &dyn Store, patient: &PatientId) -> Result<BTreeMap<(Kind, EntryId), i64>> {
    let mut shown = BTreeMap::new();
    for kind in Kind::ALL {
        let mut query = Query {
            patient: patient.clone(),
            kind,
            ids: None,
            questionnaires: None,
            when: Bounds::ALL,
            stored: Bounds::ALL,
            sort: Sort { by_when: false, descending: false },
            as_of: NOW,
            after: None,
            limit: AT_ONCE,
        };
        loop {
            let rows = store.search(&query).await?;
            let Some(last) = rows.last() else { break };
            query.after = Some((last.stored_ms, last.n));
            shown.extend(rows.iter().map(|row| ((row.kind, row.id), row.n)));
        }
    }
    Ok(shown)
}
