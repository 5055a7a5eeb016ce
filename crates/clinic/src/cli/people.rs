//! Patients, invitations, phones and flags.

use std::path::Path;

use anyhow::{Result, bail};
use interlude_diary::calendar::Moment;

use super::{folder, say};
use crate::app::Config;
use crate::store::Device;

/// A pairing code as it is read aloud.
pub(super) fn spelled(code: &str) -> String {
    code.split_at_checked(4).map_or_else(|| code.to_owned(), |(a, b)| format!("{a}-{b}"))
}

pub(super) async fn add(data: &Path, initials: &str) -> Result<()> {
    let initials = initials.trim();
    if initials.is_empty() || initials.chars().count() > 12 {
        bail!("initials are 1 to 12 characters, such as A.B.");
    }
    let app = folder::open(data, Config::default()).await?;
    let id = app.add_patient(initials).await?;
    say(format_args!("{id} {initials}"));
    Ok(())
}

pub(super) async fn list(data: &Path) -> Result<()> {
    let app = folder::app(data).await?;
    for patient in app.store.patients().await? {
        say(format_args!("{} {}", patient.id, patient.initials));
    }
    Ok(())
}

pub(super) async fn erase(data: &Path, patient: &str, yes: bool) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    if !yes {
        bail!("this cannot be undone; say --yes when it is meant");
    }
    app.erase(&id, "clinic").await?;
    say(format_args!("{id} is erased; copies made by `backup` still hold it until they are deleted"));
    Ok(())
}

pub(super) async fn invite(data: &Path, patient: &str) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    let code = app.invite(&id).await?.to_string();
    say(format_args!("{} (once, within ten minutes)", spelled(&code)));
    Ok(())
}

pub(super) async fn revoke(data: &Path, patient: &str, device: Option<&str>) -> Result<()> {
    let app = folder::app(data).await?;
    let id = folder::patient(&app, patient).await?;
    let devices = app.store.devices(&id).await?;
    let alive = || devices.iter().filter(|device| device.revoked_ms.is_none());
    let Some(named) = device else {
        for Device { device, paired_ms, .. } in alive() {
            say(format_args!("{device} paired {}", Moment::new(*paired_ms, 0)));
        }
        return Ok(());
    };
    let mut ended = 0;
    for device in alive().filter(|device| named == "all" || device.device == named) {
        app.revoke(device.token).await?;
        ended += 1;
    }
    if ended == 0 {
        bail!("no such phone is paired; without a device, `revoke` lists those that are");
    }
    say(format_args!("{ended} ended"));
    Ok(())
}

pub(super) async fn flags(data: &Path, ack: Option<i64>, all: bool) -> Result<()> {
    let app = folder::app(data).await?;
    if let Some(number) = ack {
        if !app.store.acknowledge(number, "clinic", app.clock.now_ms()).await? {
            bail!("no open flag has this number; `interlude-clinic flags` lists them");
        }
        say(format_args!("{number} acknowledged"));
        return Ok(());
    }
    for flag in app.store.flags(all).await? {
        let at = Moment::new(flag.stored_ms, 0);
        let done =
            flag.acknowledged_ms.map_or(String::new(), |ms| format!(" acknowledged {}", Moment::new(ms, 0)));
        say(format_args!(
            "{} {at} {} {} {} QuestionnaireResponse/{}{done}",
            flag.number, flag.initials, flag.patient, flag.rule, flag.response
        ));
    }
    Ok(())
}
