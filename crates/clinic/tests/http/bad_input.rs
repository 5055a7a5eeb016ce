//! Bad input gets the right answer and changes nothing.

use axum::body::Body;
use axum::http::StatusCode;
use interlude_fhir::wire::write_entry;

use crate::support::{Answer, Clinic, bundle, check_in};

type Headers<'h> = &'h [(&'h str, &'h str)];

async fn put(clinic: &Clinic, body: impl Into<Body>, headers: &[(&str, &str)]) -> Answer {
    let bearer = clinic.bearer();
    let mut all = vec![("authorization", bearer.as_str())];
    if !headers.iter().any(|(name, _)| *name == "content-type") {
        all.push(("content-type", "application/fhir+json"));
    }
    all.extend_from_slice(headers);
    clinic.send("PUT", &format!("/fhir/QuestionnaireResponse/{}", check_in(1, 4).id), &all, body).await
}

#[tokio::test]
async fn the_table() {
    let clinic = Clinic::new().await;
    let good = write_entry(&check_in(1, 4), clinic.patient.as_str());
    let other = write_entry(&check_in(2, 4), clinic.patient.as_str());
    let foreign = write_entry(&check_in(1, 4), "somebody-else");
    let deep = good.replacen('{', &format!("{{\"x\":{}{},", "[".repeat(200), "]".repeat(200)), 1);
    let twice = good.replacen('{', "{\"subject\":{\"reference\":\"Patient/somebody-else\"},", 1);
    let mut broken = good.clone().into_bytes();
    broken.insert(good.find("pain-worst").unwrap(), 0xff);
    let table: Vec<(&str, Vec<u8>, u16)> = vec![
        ("empty", Vec::new(), 400),
        ("no JSON", b"<xml/>".to_vec(), 400),
        ("cut off", good.as_bytes()[..good.len() - 1].to_vec(), 400),
        ("two values", format!("{good}{good}").into_bytes(), 400),
        ("an array", b"[]".to_vec(), 422),
        ("another resource type", b"{\"resourceType\":\"Patient\",\"id\":\"x\"}".to_vec(), 422),
        ("a type of its own", good.replace("QuestionnaireResponse\"", "Consent\"").into_bytes(), 422),
        ("a number for a string", good.replacen("\"completed\"", "7", 1).into_bytes(), 422),
        ("no time", good.replacen("\"authored\"", "\"x-authored\"", 1).into_bytes(), 422),
        ("an impossible day", good.replacen("\"2026-01-02\"", "\"2026-02-30\"", 1).into_bytes(), 422),
        ("an unknown field", good.replacen('{', "{\"x-unknown\":1,", 1).into_bytes(), 422),
        (
            "an unknown field deep in it",
            good.replacen("\"linkId\"", "\"colour\":1,\"linkId\"", 1).into_bytes(),
            422,
        ),
        ("another id", other.into_bytes(), 400),
        ("another patient", foreign.into_bytes(), 404),
        ("nested too deep", deep.into_bytes(), 400),
        ("a name twice", twice.into_bytes(), 400),
        ("no UTF-8", broken, 400),
        ("too large", vec![b' '; (4 << 20) + 1], 413),
    ];
    for (what, body, status) in table {
        let answer = put(&clinic, body, &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text);
        assert_eq!(answer.json()["resourceType"], "OperationOutcome", "{what}");
        assert!(!answer.text.contains("pain-worst"), "{what}: content in {}", answer.text);
    }
    let headers: [(&str, Headers<'_>, u16); 5] = [
        ("plain text", &[("content-type", "text/plain")], 415),
        ("another packing", &[("content-encoding", "br")], 415),
        ("packed badly", &[("content-encoding", "gzip")], 400),
        ("both conditions", &[("if-match", "W/\"x\""), ("if-none-match", "*")], 400),
        ("no such version", &[("if-match", "W/\"EP0CH000-9\"")], 412),
    ];
    for (what, headers, status) in headers {
        let answer = put(&clinic, good.clone(), headers).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text);
        assert_eq!(answer.json()["resourceType"], "OperationOutcome", "{what}");
    }
    let claimed = put(&clinic, "{}", &[("content-length", "104857600")]).await;
    assert_eq!(claimed.status, StatusCode::PAYLOAD_TOO_LARGE);
    nothing_changed(&clinic).await;
}

async fn nothing_changed(clinic: &Clinic) {
    assert_eq!(clinic.app.store.changes(&clinic.patient).await.unwrap(), 0);
    let (links, _) = clinic.app.store.chain(&clinic.patient).await.unwrap();
    assert_eq!(links.iter().map(|link| link.action.as_str()).collect::<Vec<_>>(), ["added", "paired"]);
}

#[tokio::test]
async fn a_bomb_is_not_unpacked() {
    use std::io::Write as _;
    let clinic = Clinic::new().await;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..100 {
        packer.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = packer.finish().unwrap();
    assert!(bomb.len() < 200_000);
    assert_eq!(
        put(&clinic, bomb, &[("content-encoding", "gzip")]).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn strangers_learn_nothing() {
    let clinic = Clinic::new().await;
    let entry = check_in(1, 4);
    clinic.put(&entry, &write_entry(&entry, clinic.patient.as_str()), &[]).await;
    let place = format!("/fhir/QuestionnaireResponse/{}", entry.id);

    let other = clinic.app.add_patient("C.D.").await.unwrap();
    let token = clinic.app.issue_token(&other, "0000").await.unwrap();
    let neighbour = Clinic {
        token,
        patient: other,
        router: clinic.router.clone(),
        clock: clinic.clock.clone(),
        app: clinic.app.clone(),
    };
    for path in [
        place.clone(),
        format!("{place}/_history"),
        format!("{place}/_history/EP0CH000-1"),
        format!("/fhir/Patient/{}", clinic.patient),
        format!("/fhir/QuestionnaireResponse?subject=Patient/{}", clinic.patient),
        format!("/fhir/Observation?patient={}", clinic.patient),
        format!("/fhir/Patient?_id={}", clinic.patient),
    ] {
        let answer = neighbour.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!answer.text.contains(clinic.patient.as_str()), "{}", answer.text);
    }
    let theirs = write_entry(&entry, neighbour.patient.as_str());
    let stolen = neighbour.put(&entry, &theirs, &[]).await;
    assert_eq!(stolen.status, StatusCode::NOT_FOUND);
    let stolen = neighbour.batch("batch", &[(entry.id, &theirs, "")]).await;
    assert_eq!(stolen.statuses(), ["404 Not Found"]);

    for header in
        ["", "Bearer ", "Bearer x", "Basic eDp5", "Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
    {
        let answer = clinic.send("GET", &place, &[("authorization", header)], Body::empty()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{header}");
        assert_eq!(answer.json()["issue"][0]["code"], "login");
    }
    let hash = interlude_clinic::app::token_hash(&clinic.token);
    assert!(clinic.app.revoke(hash).await.unwrap());
    assert_eq!(clinic.get(&place).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn addresses_that_lead_nowhere() {
    let clinic = Clinic::new().await;
    for path in [
        "/fhir/Nothing",
        "/fhir/QuestionnaireResponse/not-a-uuid",
        "/fhir/Observation/x",
        "/fhir/Questionnaire/x",
        "/fhir/%ff",
    ] {
        let answer = clinic.get(path).await;
        assert!(matches!(answer.status.as_u16(), 400 | 404), "{path}: {}", answer.status);
        assert_eq!(answer.json()["resourceType"], "OperationOutcome", "{path}");
    }
    let bearer = clinic.bearer();
    let gone = clinic.send("DELETE", "/fhir/Patient/x", &[("authorization", &bearer)], Body::empty()).await;
    assert_eq!(gone.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(gone.json()["resourceType"], "OperationOutcome");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let empty = clinic.send("POST", "/fhir", &headers, bundle("collection", &[])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}
