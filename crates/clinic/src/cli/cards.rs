//! What the clinic says on the cards of red flags.

use std::path::Path;

use anyhow::{Result, bail};
use interlude_diary::flags::{Level, MOST, Own, PHONE_CHARS, RULES, TEXT_CHARS};

use super::{Place, folder, say};

pub(super) async fn list(data: &Path) -> Result<()> {
    for card in folder::app(data).await?.store.cards().await? {
        let (rule, language) = (card.rule.as_deref(), card.language.as_deref());
        let phone = card.phone.as_ref().map_or(String::new(), |phone| format!(" phone {phone}"));
        let text = card.text.as_ref().map_or(String::new(), |text| format!(" text {text}"));
        say(format_args!(
            "{} {}{phone}{text}",
            rule.unwrap_or("every-card"),
            language.unwrap_or("any-language")
        ));
    }
    Ok(())
}

/// What is not named stays as it was.
pub(super) async fn set(data: &Path, at: Place, text: Option<String>, phone: Option<String>) -> Result<()> {
    let trimmed = |words: Option<String>| words.map(|words| words.trim().to_owned());
    let (text, phone) = (trimmed(text), trimmed(phone));
    if text.is_none() && phone.is_none() {
        bail!("say --text, --phone or both; `card clear` takes them away");
    }
    let asked = checked(at)?;
    let said = Own { text, phone, ..asked };
    let dialled = |phone: &String| phone.chars().all(|c| c.is_ascii_digit() || " +()-./*#".contains(c));
    if !said.is_sound() || said.phone.as_ref().is_some_and(|phone| !dialled(phone)) {
        bail!(
            "--text is at most {TEXT_CHARS} characters, --phone a number that can be dialled, of at most {PHONE_CHARS}"
        );
    }
    if said.text.as_ref().is_some_and(|text| text.chars().any(char::is_control)) {
        bail!("--text is one line");
    }
    let app = folder::app(data).await?;
    let all = app.store.cards().await?;
    let before = all.iter().find(|one| (&one.rule, &one.language) == (&said.rule, &said.language));
    if before.is_none() && all.len() >= MOST {
        bail!("there are {MOST} already; `card clear` takes one away");
    }
    let kept = |part: fn(&Own) -> &Option<String>| before.and_then(|before| part(before).clone());
    let card = Own {
        text: said.text.or_else(|| kept(|one| &one.text)),
        phone: said.phone.or_else(|| kept(|one| &one.phone)),
        rule: said.rule,
        language: said.language,
    };
    Ok(app.store.set_card(&card).await?)
}

pub(super) async fn clear(data: &Path, at: Place) -> Result<()> {
    let nothing = checked(at)?;
    let app = folder::app(data).await?;
    let there = |one: &Own| (&one.rule, &one.language) == (&nothing.rule, &nothing.language);
    if !app.store.cards().await?.iter().any(there) {
        bail!("nothing is said there; `card list` shows what is");
    }
    Ok(app.store.set_card(&nothing).await?)
}

/// The place, if there is such a card.
fn checked(Place { rule, language }: Place) -> Result<Own> {
    let calls: Vec<&str> =
        RULES.iter().filter(|rule| rule.level == Level::CallNow).map(|rule| rule.name).collect();
    if rule.as_ref().is_some_and(|rule| !calls.contains(&rule.as_str())) {
        bail!("--rule is one of {}", calls.join(", "));
    }
    let two_letters = |code: &String| code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase());
    if language.as_ref().is_some_and(|code| !two_letters(code)) {
        bail!("--language is two small letters, such as es");
    }
    Ok(Own { rule, language, ..Own::default() })
}
