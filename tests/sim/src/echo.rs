//! A server that says back what it was sent.

use interlude_fhir::wire;

/// Puts the digests of what was sent in place of those in the answer, in order.
#[must_use]
pub fn echoing(sent: &str, answer: &str) -> String {
    let Ok(requests) = interlude_fhir::bundle::read_requests(sent) else { return answer.to_owned() };
    let resources = requests.requests.iter().flatten().filter_map(|request| request.resource.as_ref());
    let mut digests = resources.filter_map(|node| Some(wire::read(node.raw()).ok()?.digest.to_string()));
    let mut out = String::new();
    let mut rest = answer;
    while let Some(at) = rest.find("\"url\":\"digest\",\"valueString\":\"") {
        let start = at + "\"url\":\"digest\",\"valueString\":\"".len();
        let (before, after) = rest.split_at(start);
        out.push_str(before);
        let (own, after) = after.split_at(64.min(after.len()));
        out.push_str(digests.next().as_deref().unwrap_or(own));
        rest = after;
    }
    out + rest
}
