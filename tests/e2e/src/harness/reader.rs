//! The clinic's FHIR service, read by somebody other than the phone.

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::World;

/// A second device of one patient.
pub struct Reader {
    base: String,
    token: String,
    http: reqwest::Client,
    patient: String,
}

impl Reader {
    /// Pairs a device of its own, straight to the clinic's port.
    ///
    /// # Errors
    /// When the clinic refuses.
    pub async fn of(world: &World, patient: &str) -> Result<Self> {
        let http = reqwest::Client::new();
        let root = format!("http://127.0.0.1:{}", world.clinic.port());
        let code = world.code(patient).await?;
        let asked = json!({ "code": code, "device": "6f0d9c3e-4a4b-4c55-9a64-1f6c1d1f2a3b" });
        let answer = http.post(format!("{root}/pair")).json(&asked).send().await?.error_for_status()?;
        let token = answer.json::<Value>().await?.get("token").and_then(Value::as_str).map(str::to_owned);
        let (base, patient) = (format!("{root}/fhir"), patient.to_owned());
        Ok(Self { base, token: token.context("no token")?, http, patient })
    }

    /// Status and body of a read.
    ///
    /// # Errors
    /// When the clinic does not answer.
    pub async fn get(&self, path: &str) -> Result<(u16, Value)> {
        let answer = self.http.get(format!("{}/{path}", self.base)).bearer_auth(&self.token).send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }

    /// All resources of a type that the clinic holds of this patient.
    ///
    /// # Errors
    /// When the clinic refuses.
    pub async fn all(&self, resource: &str) -> Result<Vec<Value>> {
        let path = format!("{resource}?subject=Patient/{}&_count=1000", self.patient);
        let (status, bundle) = self.get(&path).await?;
        ensure!(status == 200, "{resource}: {status} {bundle}");
        let rows = bundle.get("entry").and_then(Value::as_array).cloned().unwrap_or_default();
        Ok(rows.into_iter().filter_map(|mut row| row.get_mut("resource").map(Value::take)).collect())
    }

    /// Versions of one resource.
    ///
    /// # Errors
    /// When the clinic refuses.
    pub async fn versions(&self, resource: &Value) -> Result<Vec<Value>> {
        let word = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (status, bundle) = self.get(&format!("{}/{}/_history", word("resourceType"), word("id"))).await?;
        ensure!(status == 200, "_history: {status} {bundle}");
        Ok(bundle.get("entry").and_then(Value::as_array).cloned().unwrap_or_default())
    }

    /// Stores responses in one batch, as a phone does.
    ///
    /// # Errors
    /// When the clinic refuses one of them.
    pub async fn put(&self, responses: &[Value]) -> Result<()> {
        let rows: Vec<Value> = responses
            .iter()
            .map(|one| {
                let id = one.get("id").and_then(Value::as_str).unwrap_or_default();
                let request = json!({ "method": "PUT", "url": format!("QuestionnaireResponse/{id}"), "ifNoneMatch": "*" });
                json!({ "resource": one, "request": request })
            })
            .collect();
        let bundle = json!({ "resourceType": "Bundle", "type": "batch", "entry": rows });
        let sent = self.http.post(&self.base).bearer_auth(&self.token);
        let answer =
            sent.header("content-type", "application/fhir+json").body(bundle.to_string()).send().await?;
        let (status, body) = (answer.status().as_u16(), answer.json::<Value>().await?);
        let fates = body.get("entry").and_then(Value::as_array).cloned().unwrap_or_default();
        let taken = fates.iter().filter(|fate| fate.to_string().contains("\"status\":\"20"));
        ensure!(status == 200 && taken.count() == responses.len(), "{status} {body}");
        Ok(())
    }
}
