//! What may happen to a request.

use interlude_fhir::exchange::Answer;
use interlude_fhir::outcome::Outcome;
use interlude_testkit::Chance;

/// One fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// None.
    None,
    /// The request is lost on its way.
    Lost,
    /// It is executed, and the reply is lost.
    ReplyLost,
    /// It is executed twice; the second reply arrives.
    Twice,
    /// The phone gives up, and it is executed some time later.
    Late,
    /// The reply ends in the middle.
    ReplyCut,
    /// Something in between is out of service.
    Unavailable,
    /// Too many requests, with a time to wait.
    SlowDown,
    /// The sign-in is said to be gone.
    SignIn,
    /// A network of a hotel answers with a page of its own.
    Captive,
    /// The whole is said to be too large.
    TooLarge,
}

/// How bad the network is, in faults of a hundred requests.
#[derive(Debug, Clone, Copy)]
pub struct Weather(pub u64);

impl Weather {
    /// Nothing comes through.
    pub const DEAD: Self = Self(u64::MAX);

    /// What happens to the next request.
    pub fn fault(self, chance: &mut Chance) -> Fault {
        if self.0 == u64::MAX {
            return Fault::Lost;
        }
        if !chance.one_in_hundred(self.0) {
            return Fault::None;
        }
        let all = [
            Fault::Lost,
            Fault::Lost,
            Fault::ReplyLost,
            Fault::ReplyLost,
            Fault::ReplyLost,
            Fault::Twice,
            Fault::Late,
            Fault::Late,
            Fault::ReplyCut,
            Fault::Unavailable,
            Fault::SlowDown,
            Fault::SignIn,
            Fault::Captive,
            Fault::TooLarge,
        ];
        chance.pick(&all).copied().unwrap_or(Fault::None)
    }
}

/// An answer that is not the server's: of something in between, which may speak FHIR.
pub fn strange(chance: &mut Chance) -> Answer {
    const STATUSES: [u16; 14] = [400, 403, 404, 404, 405, 409, 409, 410, 412, 412, 422, 422, 500, 502];
    const OTHERS: [&str; 7] = [
        "{}",
        "[]",
        "{\"status\":\"ok\"}",
        "{\"resourceType\":\"Patient\",\"id\":\"p\"}",
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"information\",\"code\":\"informational\"}]}",
        "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"searchset\"/></Bundle>",
        "OK",
    ];
    if chance.one_in_hundred(40) {
        let body = chance.pick(&OTHERS).copied().unwrap_or_default().to_owned();
        return Answer { status: 200, after_ms: None, body };
    }
    if chance.one_in_hundred(25) {
        let after_ms = i64::try_from(1000 * (1 + chance.below(120))).ok();
        return Answer { status: *chance.pick(&[429, 503]).unwrap_or(&503), after_ms, body: String::new() };
    }
    let body = match chance.below(3) {
        0 => String::new(),
        1 => "<html><h1>Not here</h1></html>".to_owned(),
        _ => Outcome::error("processing", "this gateway lets nothing through").to_json(),
    };
    Answer { status: chance.pick(&STATUSES).copied().unwrap_or(404), after_ms: None, body }
}
