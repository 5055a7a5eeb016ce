//! Pushes, their answers, pages, and the server's side.

use interlude_diary::entry::{Body, Entry, Receipt, VersionId};
use interlude_diary::ids::EntryId;
use interlude_diary::questionnaire::{Response, Value};
use interlude_diary::sync::{Create, Fate, Incoming, Scored, Server};
use interlude_fhir::bundle::{
    Arrived, BundleKind, observations_bundle, push_bundle, push_bundle_as, read_full, read_list,
    read_observations_reply, read_push_reply, read_requests, wants_splitting,
};
use interlude_fhir::digest::digest;
use interlude_fhir::observation::derive;
use interlude_fhir::outcome::Outcome;
use interlude_fhir::wire::{WireError, derived_id, epoch_member, with_meta, write_entry};

use crate::sample::{PATIENT, answered, consent, corrected, entry, now, outgoing, receipt, revision};
use crate::schema::valid;

const fn foreign(create: Create) -> Server {
    Server::Foreign { create }
}

const LATER: Fate = Fate::TryLater { after_ms: None };

fn reply(entries: &[&str]) -> String {
    format!("{{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[{}]}}", entries.join(","))
}

fn settled(version: &str) -> Fate {
    let version = VersionId(version.to_owned());
    let (epoch, head) = (String::new(), String::new());
    Fate::Settled(Receipt { revision: revision(2), version, digest: None, stored: now(), epoch, head })
}

#[test]
fn a_push_says_on_what_each_row_builds() {
    let rows = [
        outgoing(entry(), None),
        outgoing(corrected(), Some(receipt(&entry()))),
        outgoing(corrected(), None),
        outgoing(consent(true), None),
    ];
    let text = push_bundle(&rows, PATIENT);
    let sent = read_requests(&text).unwrap();
    assert_eq!(sent.kind, BundleKind::Batch);
    let said: Vec<_> = sent
        .requests
        .iter()
        .map(|request| {
            let request = request.as_ref().unwrap();
            (
                request.method.as_ref(),
                request.url.clone(),
                request.if_match.clone(),
                request.if_none_match.clone(),
            )
        })
        .collect();
    let id = "01900000-0000-7000-8000-000000000001";
    let response = format!("QuestionnaireResponse/{id}");
    assert_eq!(said[0], ("PUT", response.clone().into(), None, Some("*".into())));
    assert_eq!(said[1], ("PUT", response.clone().into(), Some("W/\"AB12CD34-7\"".into()), None));
    assert_eq!(said[2], ("PUT", response.into(), None, Some("*".into())));
    assert_eq!(said[3].1, format!("Consent/{id}"));
    // The resource is cut out of the Bundle as it stands there.
    let first = sent.requests[0].as_ref().unwrap().resource.as_ref().unwrap();
    assert_eq!(first.raw(), write_entry(&entry(), PATIENT));
    assert_eq!(read_requests(&push_bundle(&[], PATIENT)).unwrap().requests, []);
}

#[test]
fn each_entry_has_its_own_fate() {
    let issue = "{\"resourceType\":\"OperationOutcome\",\"issue\":[\
        {\"severity\":\"error\",\"code\":\"invalid\",\"details\":{\"text\":\"no such form\"}},\
        {\"severity\":\"error\",\"code\":\"value\",\"diagnostics\":\" at item 3 \"}]}";
    let own = receipt(&entry());
    let stored = Outcome::stored(&own).to_json();
    let entries = [
        format!("{{\"response\":{{\"status\":\"201 Created\",\"outcome\":{stored}}}}}"),
        "{\"response\":{\"status\":\"200\",\"etag\":\"W/\\\"7\\\"\",\"lastModified\":\"2026-03-12T06:42:09.001Z\"}}".to_owned(),
        "{\"response\":{\"status\":\"200\",\"location\":\"QuestionnaireResponse/x/_history/uuid\"}}".to_owned(),
        "{\"response\":{\"status\":\"200\"},\"resource\":{\"meta\":{\"versionId\":\"b\"}}}".to_owned(),
        "{\"response\":{\"status\":\"429 Too Many Requests\"}}".to_owned(),
        "{\"response\":{\"status\":\"401\"}}".to_owned(),
        "{\"response\":{\"status\":\"409\"}}".to_owned(),
        format!("{{\"response\":{{\"status\":\"422\",\"outcome\":{issue}}}}}"),
        "{\"response\":{\"status\":\"404 Not Found\"}}".to_owned(),
        "{\"response\":{\"status\":\"ok\"}}".to_owned(),
        "{\"response\":{\"status\":200}}".to_owned(),
        "{}".to_owned(),
        "7".to_owned(),
    ];
    let text = reply(&entries.iter().map(String::as_str).collect::<Vec<_>>());
    let fates = read_push_reply(200, &text, &[revision(2); 13], now());
    let refused = |status, reason: &str| Fate::Refused { status, reason: reason.to_owned() };
    let expected = [
        Fate::Settled(own),
        settled("7"),
        settled("uuid"),
        settled("b"),
        LATER,
        Fate::SignIn,
        Fate::Conflict { current: None },
        refused(422, "no such form; at item 3"),
        refused(404, ""),
        LATER,
        LATER,
        LATER,
        LATER,
    ];
    assert_eq!(fates, expected);
}

#[test]
fn a_receipt_for_another_revision_is_passed_on_as_it_is() {
    let other = receipt(&corrected());
    let text = reply(&[&format!(
        "{{\"response\":{{\"status\":\"200\",\"outcome\":{}}}}}",
        Outcome::stored(&other).to_json()
    )]);
    // It is for the cycle to see that this is about something else than was sent.
    assert_eq!(read_push_reply(200, &text, &[revision(2)], now()), [Fate::Settled(other)]);
    // Half a receipt is none.
    let own = Outcome::stored(&receipt(&entry())).to_json().replace("\"epoch\"", "\"apoch\"");
    let text = reply(&[&format!("{{\"response\":{{\"status\":\"200\",\"outcome\":{own}}}}}")]);
    assert_eq!(read_push_reply(200, &text, &[revision(2)], now()), [settled("")]);
}

#[test]
fn a_conflict_brings_what_is_in_the_way() {
    let there = receipt(&corrected());
    let held = with_meta(&write_entry(&corrected(), PATIENT), &there.version, now(), Some(&there)).unwrap();
    let text =
        reply(&[&format!("{{\"resource\":{held},\"response\":{{\"status\":\"412 Precondition Failed\"}}}}")]);
    let fates = read_push_reply(200, &text, &[revision(2)], now());
    let there = Incoming {
        resource: corrected().id.to_string(),
        entry: Box::new(corrected()),
        text: held,
        receipt: there,
        digest: None,
        beneath: Vec::new(),
    };
    assert_eq!(fates, [Fate::Conflict { current: Some(Box::new(there)) }]);
}

#[test]
fn what_makes_no_sense_is_tried_later() {
    let two = [revision(2), revision(3)];
    let short = reply(&["{\"response\":{\"status\":\"201\"}}"]);
    let outcome = Outcome::error("invalid", "bad bundle").to_json();
    for (status, text) in [
        (200, "<html>Welcome to Airport Wi-Fi</html>"),
        (200, ""),
        (200, "{}"),
        (200, "[1]"),
        (200, short.as_str()),
        (200, outcome.as_str()),
        (302, ""),
        (404, "<html>not here</html>"),
        (400, outcome.as_str()),
        (413, ""),
        (500, outcome.as_str()),
        (503, ""),
        (0, ""),
    ] {
        assert_eq!(read_push_reply(status, text, &two, now()), [LATER, LATER], "{status} {text}");
    }
    assert_eq!(read_push_reply(401, "", &two, now()), [Fate::SignIn, Fate::SignIn]);
    assert!(wants_splitting(400) && wants_splitting(413) && wants_splitting(422));
    assert!(!wants_splitting(200) && !wants_splitting(401) && !wants_splitting(503));
}

#[test]
fn said_of_one_entry_alone_it_is_about_that_entry() {
    let outcome = Outcome::error("invalid", "bad bundle").to_json();
    let one = [revision(2)];
    let refused = Fate::Refused { status: 422, reason: "bad bundle".to_owned() };
    assert_eq!(read_push_reply(422, &outcome, &one, now()), [refused]);
    assert_eq!(read_push_reply(412, &outcome, &one, now()), [Fate::Conflict { current: None }]);
    assert_eq!(read_push_reply(404, "<html>", &one, now()), [LATER]);
}

#[test]
fn reasons_are_cut() {
    let outcome = Outcome::error("invalid", &"ñ".repeat(2000)).to_json();
    let fates = read_push_reply(422, &outcome, &[revision(2)], now());
    assert_eq!(fates, [Fate::Refused { status: 422, reason: "ñ".repeat(500) }]);
}

#[test]
fn a_list_is_read() {
    let own = receipt(&entry());
    let bare = format!("{{\"resourceType\":\"QuestionnaireResponse\",\"id\":\"{}\"}}", entry().id);
    let first = with_meta(&bare, &own.version, now(), Some(&own)).unwrap();
    let text = format!(
        "{{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"meta\":{{\"lastUpdated\":\"2026-03-12T06:42:09.001Z\"}},\
         \"link\":[{{\"relation\":\"self\",\"url\":\"a\"}},{{\"relation\":\"next\",\"url\":\"https://x/fhir?_c=1%7C2&b\"}}],\
         \"entry\":[{{\"resource\":{first},\"search\":{{\"mode\":\"match\"}}}},\
         {{\"resource\":{{\"resourceType\":\"OperationOutcome\",\"id\":\"w\"}},\"search\":{{\"mode\":\"outcome\"}}}},\
         {{\"resource\":{{\"resourceType\":\"Consent\",\"id\":\"not-a-uuid\",\"meta\":{{\"versionId\":\"2\"}}}}}},{{}},7]}}"
    );
    let list = read_list(&text).unwrap();
    assert_eq!(list.next.as_deref(), Some("https://x/fhir?_c=1%7C2&b"));
    assert_eq!(list.at, Some(now()));
    assert_eq!(list.rows.len(), 2);
    assert_eq!((list.rows[0].id, list.rows[0].receipt.clone()), (entry().id, Some(own)));
    assert_eq!(list.rows[1].id, EntryId::new(derived_id(&["resource", "Consent", "not-a-uuid"])));
    assert_eq!(list.rows[1].receipt, None);
    assert_eq!((list.rows[1].resource_id.as_str(), list.rows[1].version.0.as_str()), ("not-a-uuid", "2"));
    assert_eq!(list.epoch, None);
    let said = format!("{{{},", epoch_member("K7Q2M9AB"));
    let list = read_list(&text.replacen("\"meta\":{", &format!("\"meta\":{said}"), 1)).unwrap();
    assert_eq!((list.epoch.as_deref(), list.at, list.rows.len()), (Some("K7Q2M9AB"), Some(now()), 2));
    assert_eq!(read_list("{\"resourceType\":\"Patient\"}"), Err(WireError::OtherResource));
}

#[test]
fn whole_resources_come_with_their_text_and_a_receipt() {
    let theirs =
        write_entry(&entry(), PATIENT).replace("{\"resourceType\"", "{ \"unknown\":[6.50], \"resourceType\"");
    let meta = ",\"meta\":{\"versionId\":\"4\",\"lastUpdated\":\"2026-03-12T06:42:09.001Z\"},\"status\"";
    let theirs = theirs.replacen(",\"status\"", meta, 1);
    let text = format!(
        "{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{theirs}}},{{\"resource\":{{\"resourceType\":\"Patient\",\"id\":\"p\"}}}}]}}"
    );
    let full = read_full(&text).unwrap();
    let version = VersionId("4".to_owned());
    let made = Receipt {
        revision: revision(2),
        version,
        digest: Some(digest(&entry())),
        stored: now(),
        epoch: String::new(),
        head: String::new(),
    };
    let (text, digest) = (theirs.clone(), digest(&entry()));
    let resource = entry().id.to_string();
    let beneath = Vec::new();
    assert_eq!(full.entries, [Arrived { entry: entry(), resource, text, receipt: made, digest, beneath }]);
    assert_eq!(full.unreadable, ["Patient/p"]);
    assert_eq!(read_full(&theirs).unwrap().entries, full.entries);
    assert!(read_full("{\"resourceType\":\"Patient\"}").is_err());
}

#[test]
fn a_bundle_to_a_server_is_taken_apart() {
    let text = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[\
        {\"resource\": {\"a\" : 1.50} ,\"request\":{\"method\":\"POST\",\"url\":\"X\",\"ifNoneExist\":\"identifier=a\\u007cb\"}},\
        {\"request\":{\"method\":\"GET\",\"url\":\"Y\"}},{\"request\":{\"method\":1,\"url\":\"Y\"}},{}]}";
    let bundle = read_requests(text).unwrap();
    assert_eq!(bundle.kind, BundleKind::Transaction);
    let first = bundle.requests[0].as_ref().unwrap();
    assert_eq!(first.resource.as_ref().unwrap().raw(), "{\"a\" : 1.50}");
    assert_eq!(first.if_none_exist.as_deref(), Some("identifier=a|b"));
    assert!(bundle.requests[1].as_ref().unwrap().resource.is_none());
    assert_eq!(bundle.requests[2], Err(WireError::Part("entry.request.method")));
    assert_eq!(bundle.requests[3], Err(WireError::Part("entry.request")));
    assert_eq!(
        read_requests("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"),
        Err(WireError::Part("Bundle.type"))
    );
    assert_eq!(
        read_requests("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":{}}"),
        Err(WireError::Part("Bundle.entry"))
    );
}

/// Method, URL, ifMatch, ifNoneMatch, ifNoneExist.
type Said = (String, String, Option<String>, Option<String>, Option<String>);

fn requests(text: &str) -> Vec<Said> {
    let own = |text: Option<std::borrow::Cow<'_, str>>| text.map(std::borrow::Cow::into_owned);
    let all = read_requests(text).unwrap().requests.into_iter().map(Result::unwrap);
    all.map(|r| {
        (
            r.method.into_owned(),
            r.url.into_owned(),
            own(r.if_match),
            own(r.if_none_match),
            own(r.if_none_exist),
        )
    })
    .collect()
}

#[test]
fn the_newest_says_what_it_was_made_on_top_of_where_only_it_is_sent() {
    let mut row = outgoing(corrected(), Some(receipt(&entry())));
    row.beneath = vec![revision(7), revision(8)];
    let text = push_bundle_as(std::slice::from_ref(&row), PATIENT, foreign(Create::Put), None);
    let requests = read_requests(&text).unwrap().requests;
    let sent = requests[0].as_ref().unwrap().resource.as_ref().unwrap();
    let full = read_full(sent.raw()).unwrap();
    assert_eq!(full.entries[0].beneath, row.beneath);
    assert_eq!((&full.entries[0].entry, full.entries[0].digest), (&corrected(), digest(&corrected())));
    valid(&text).unwrap();
    // Our clinic is sent all of them, and what cannot be read spares nothing from being sent.
    let text = push_bundle_as(&[row], PATIENT, Server::Clinic, None);
    assert_eq!(text, push_bundle(&[outgoing(corrected(), Some(receipt(&entry())))], PATIENT));
    let spoilt = sent.raw().replace(&revision(7).to_string(), "of old");
    assert_eq!(read_full(&spoilt).unwrap().entries[0].beneath, [revision(8)]);
}

#[test]
fn servers_that_make_their_own_ids() {
    let rows = [
        outgoing(entry(), None),
        outgoing(corrected(), Some(receipt(&entry()))),
        outgoing(corrected(), None),
    ];
    let by = "identifier=urn:ietf:rfc:3986%7Curn:uuid:01900000-0000-7000-8000-000000000001".to_owned();
    let to = format!("QuestionnaireResponse?{by}");
    let put = |base: Option<&str>| ("PUT".to_owned(), to.clone(), base.map(str::to_owned), None, None);
    let text = push_bundle_as(&rows, PATIENT, foreign(Create::PutByIdentifier), None);
    assert_eq!(requests(&text), [put(None), put(Some("W/\"AB12CD34-7\"")), put(None)]);
    assert!(!text.contains("\"id\":"), "{text}");
    valid(&text).unwrap();
    let text = push_bundle_as(&rows, PATIENT, foreign(Create::PostIfNoneExist), None);
    let post = ("POST".to_owned(), "QuestionnaireResponse".to_owned(), None, None, Some(by));
    assert_eq!(requests(&text), [post.clone(), put(Some("W/\"AB12CD34-7\"")), post]);
    valid(&text).unwrap();
    // What comes back under the server's own id is known by its identifier.
    let theirs = write_entry(&entry(), PATIENT).replacen(&entry().id.to_string(), "server-made.1", 1);
    let full = read_full(&theirs).unwrap();
    assert_eq!(full.entries[0].entry, entry());
    let page = format!("{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{theirs}}}]}}");
    let row = &read_list(&page).unwrap().rows[0];
    assert_eq!((row.id, row.resource_id.as_str()), (entry().id, "server-made.1"));
    // Listed whole, it proves itself.
    assert_eq!(row.receipt.as_ref().unwrap().digest, Some(digest(&entry())));
    // An identifier that is not ours to read does not rename a resource that has a UUID.
    let other = "{\"resourceType\":\"QuestionnaireResponse\",\"id\":\"01900000-0000-7000-8000-000000000009\",\
        \"status\":\"completed\",\"identifier\":{\"value\":\"urn:uuid:01900000-0000-7000-8000-000000000001\"}}";
    assert_eq!(
        read_full(other).unwrap().entries[0].entry.id.to_string(),
        "01900000-0000-7000-8000-000000000009"
    );
}

#[test]
fn observations_follow_their_response() {
    let peg = |values: &[i32]| {
        let items = values.iter().zip(1..).map(|(n, at)| answered(&format!("peg-{at}"), Value::Integer(*n)));
        let questionnaire = "https://interlude.health/fhir/Questionnaire/peg|1".to_owned();
        Response { questionnaire, items: items.collect() }
    };
    let with = |entry: Entry, values: &[i32]| Entry { body: Body::Response(peg(values)), ..entry };
    let first = with(entry(), &[5, 6, 7]);
    let made = derive(&first, None);
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!((made[0].status, made[0].score.value.normalised().as_str()), ("final", "6"));
    let scored = |entry: Entry| {
        [Scored { entry: Box::new(entry), others: Vec::new(), resource: "theirs-1".to_owned() }]
    };
    let text = observations_bundle(&scored(first.clone()), PATIENT, Create::Put).unwrap();
    let id = made[0].id.as_hyphenated().to_string();
    assert_eq!(requests(&text), [("PUT".to_owned(), format!("Observation/{id}"), None, None, None)]);
    valid(&text).unwrap();
    // Corrected: the same Observation, amended. No longer whole: entered in error. Taken back too.
    let second = derive(&with(corrected(), &[9, 9, 9]), Some(&peg(&[5, 6, 7])));
    assert_eq!((second.len(), second[0].id, second[0].status), (1, made[0].id, "amended"));
    let third = derive(&with(corrected(), &[9]), Some(&peg(&[5, 6, 7])));
    assert_eq!((third.len(), third[0].id, third[0].status), (1, made[0].id, "entered-in-error"));
    let gone = Entry { body: Body::Retracted(peg(&[5, 6, 7])), ..corrected() };
    assert_eq!(derive(&gone, None)[0].status, "entered-in-error");
    for none in [with(entry(), &[1]), consent(true)] {
        assert_eq!(observations_bundle(&scored(none), PATIENT, Create::Put), None);
    }
    // Where a server makes its own ids, ours is the identifier, and the response has its name there.
    let text = observations_bundle(&scored(first.clone()), PATIENT, Create::PutByIdentifier).unwrap();
    let by = format!("Observation?identifier=urn:ietf:rfc:3986%7Curn:uuid:{id}");
    assert_eq!(requests(&text), [("PUT".to_owned(), by, None, None, None)]);
    assert!(text.contains("QuestionnaireResponse/theirs-1") && !text.contains("\"id\":"), "{text}");
    valid(&text).unwrap();
    // Where only a POST creates, a correction sees to it that there is one, then updates it.
    let text = observations_bundle(&scored(first.clone()), PATIENT, Create::PostIfNoneExist).unwrap();
    let methods = |text: &str| -> Vec<String> { requests(text).into_iter().map(|one| one.0).collect() };
    assert_eq!(methods(&text), ["POST"]);
    let later = scored(with(corrected(), &[9, 9, 9]));
    let text = observations_bundle(&later, PATIENT, Create::PostIfNoneExist).unwrap();
    assert_eq!(methods(&text), ["POST", "PUT"]);
    valid(&text).unwrap();
    // An entry's fate is that of the worst of its Observations.
    let reply = |status: &str| {
        format!(
            "{{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\
             \"entry\":[{{\"response\":{{\"status\":\"{status}\"}}}}]}}"
        )
    };
    let fate = |status: &str| {
        read_observations_reply(200, &reply(status), &scored(first.clone()), Create::Put, now())
    };
    assert!(matches!(fate("201")[..], [Fate::Settled(_)]));
    assert!(matches!(fate("422")[..], [Fate::Refused { status: 422, .. }]));
    assert!(matches!(fate("503")[..], [Fate::TryLater { .. }]));
}
