//! The frame: a header in clear, then one AES-256-GCM message that vouches for the header too.

/// First bytes of every backup file. The first is no text, and the line ends show a transfer that
/// changed them.
const MAGIC: [u8; 8] = *b"\x89ILB\r\n\x1a\n";

/// The format written here.
const FORMAT: u16 = 1;

/// Argon2id, version 1.3, over the NFKC form of the secret.
const ARGON2ID: u8 = 1;

/// Bytes of the header: all of it is associated data of the message.
pub const HEADER: usize = 60;

/// Bytes of AES-GCM's tag: no message is shorter.
const TAG: usize = 16;

/// Largest file, in bytes: fifty years of a diary, and no more than a phone can hold in memory.
pub const LARGEST: usize = 64 << 20;

/// What opens the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// Words that the person chose.
    Passphrase,
    /// A code that was shown once.
    Recovery,
}

/// What stretching costs: Argon2id's parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// Whether a phone may be asked for it, and whether it is worth asking: a header altered on its
    /// way must neither exhaust the phone nor make guessing cheap.
    #[must_use]
    pub const fn sensible(&self) -> bool {
        self.memory_kib >= 8 << 10
            && self.memory_kib <= 256 << 10
            && self.passes >= 1
            && self.passes <= 16
            && self.lanes >= 1
            && self.lanes <= 4
    }
}

/// The header's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// What opens it.
    pub secret: Secret,
    /// What stretching costs.
    pub cost: Cost,
    /// Salt of the stretching.
    pub salt: [u8; 16],
    /// Nonce of the message.
    pub nonce: [u8; 12],
}

/// A file taken apart, not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed<'a> {
    /// The header's values.
    pub frame: Frame,
    /// The header as it stands: the message's associated data.
    pub header: &'a [u8],
    /// The message with its tag.
    pub message: &'a [u8],
}

/// Why bytes are no file that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotABackup {
    /// Something else, or damaged in its first bytes.
    #[error("not a backup file")]
    Other,
    /// A newer app made it.
    #[error("a backup file of format {found}, from a newer app")]
    Newer {
        /// Its format.
        found: u16,
    },
    /// It ends too early, or goes on too long.
    #[error("the backup file is {found} bytes long and should be {should}")]
    Length {
        /// Bytes there are.
        found: u64,
        /// Bytes there should be.
        should: u64,
    },
    /// Larger than [`LARGEST`].
    #[error("the backup file is too large")]
    TooLarge,
    /// It asks for more stretching than a phone may be asked for, or for too little.
    #[error("the backup file asks for stretching that is not done")]
    Cost,
}

impl Frame {
    /// The header of a file whose plain contents have so many bytes.
    #[must_use]
    pub fn header(&self, plain: usize) -> Vec<u8> {
        let secret = match self.secret {
            Secret::Passphrase => 1,
            Secret::Recovery => 2,
        };
        let message = plain.saturating_add(TAG) as u64;
        let mut bytes = Vec::with_capacity(HEADER);
        bytes.extend(MAGIC);
        bytes.extend(FORMAT.to_be_bytes());
        bytes.extend([ARGON2ID, secret]);
        for number in [self.cost.memory_kib, self.cost.passes, self.cost.lanes] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend(self.salt);
        bytes.extend(self.nonce);
        bytes.extend(message.to_be_bytes());
        bytes
    }
}

/// Cuts the next `N` bytes off.
fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// What a file's bytes are, before any secret is asked for.
///
/// # Errors
/// [`NotABackup`] says what to tell the person.
pub fn read_frame(bytes: &[u8]) -> Result<Sealed<'_>, NotABackup> {
    if !bytes.starts_with(&MAGIC) {
        // What is left of a file that was cut off within its first bytes is as good as none.
        return Err(NotABackup::Other);
    }
    if bytes.len() > LARGEST {
        return Err(NotABackup::TooLarge);
    }
    let found = bytes.len() as u64;
    let short = NotABackup::Length { found, should: HEADER as u64 };
    let mut rest = bytes.get(MAGIC.len()..).ok_or(short)?;
    let format = u16::from_be_bytes(take(&mut rest).ok_or(short)?);
    if format != FORMAT {
        return Err(if format > FORMAT { NotABackup::Newer { found: format } } else { NotABackup::Other });
    }
    let (header, message) = bytes.split_at_checked(HEADER).ok_or(short)?;
    let [stretching, secret] = take(&mut rest).ok_or(short)?;
    let mut number = || take(&mut rest).map(u32::from_be_bytes).ok_or(short);
    let cost = Cost { memory_kib: number()?, passes: number()?, lanes: number()? };
    let (salt, nonce) = (take(&mut rest).ok_or(short)?, take(&mut rest).ok_or(short)?);
    let should = u64::from_be_bytes(take(&mut rest).ok_or(short)?);
    let secret = match (stretching, secret) {
        (ARGON2ID, 1) => Secret::Passphrase,
        (ARGON2ID, 2) => Secret::Recovery,
        _ => return Err(NotABackup::Other),
    };
    if message.len() as u64 != should || message.len() < TAG {
        return Err(NotABackup::Length { found, should: should.saturating_add(HEADER as u64) });
    }
    if !cost.sensible() {
        return Err(NotABackup::Cost);
    }
    Ok(Sealed { frame: Frame { secret, cost, salt, nonce }, header, message })
}
