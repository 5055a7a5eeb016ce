//! What may happen to a request.

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
    /// What happens to the next request.
    pub fn fault(self, chance: &mut Chance) -> Fault {
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
