//! The command line. Every command works on a data folder; most may run beside a server that
//! serves from it.

mod cards;
mod clocks;
mod copies;
mod demo;
mod export;
mod folder;
mod lan;
mod link;
mod people;
mod serve;
mod session;
mod verify;

use std::fmt;
use std::io::Write as _;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

/// The clinic's side of Interlude: takes diary entries, keeps them, proves it.
#[derive(Debug, Parser)]
#[command(name = "interlude-clinic", version)]
struct Line {
    /// Folder of the store, its keys and its copies.
    #[arg(long, global = true, default_value = "data", env = "INTERLUDE_DATA")]
    data: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the app, the FHIR service and pairing.
    Serve(Serve),
    /// Adds, lists and erases patients.
    #[command(subcommand)]
    Patient(Patient),
    /// Writes down and plans infusion sessions.
    #[command(subcommand)]
    Infusion(Infusion),
    /// Makes a pairing code for a patient: good once, for ten minutes.
    Invite {
        /// The patient's id.
        patient: String,
    },
    /// Ends a phone's access; lists the phones when none is named.
    Revoke {
        /// The patient's id.
        patient: String,
        /// The device's id, or `all`.
        device: Option<String>,
    },
    /// Lists answers that ask for a call, until they are acknowledged.
    Flags {
        /// Acknowledges the flag of this number.
        #[arg(long)]
        ack: Option<i64>,
        /// Lists those acknowledged too.
        #[arg(long)]
        all: bool,
    },
    /// The clinic's own words and numbers on the cards that phones show after a dangerous answer.
    #[command(subcommand)]
    Card(Card),
    /// Lists phones whose clocks were wrong when they sent something, and by how much.
    Clocks,
    /// Writes everything of one patient as a FHIR Bundle, every version.
    Export {
        /// The patient's id.
        patient: String,
        /// File to write; standard output when absent.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Copies the store, also while it is served from.
    Backup {
        /// File to write; must not exist.
        to: PathBuf,
    },
    /// Puts a copy in the store's place, as a new epoch. What was erased or revoked stays so.
    Restore {
        /// File made by `backup`.
        from: PathBuf,
    },
    /// Checks every audit chain, and every stored text against it.
    VerifyAudit {
        /// A head that a phone's receipt carries: it must be in a chain.
        #[arg(long)]
        head: Vec<String>,
    },
}

/// How to serve.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
struct Serve {
    /// Folder of the built app.
    #[arg(long)]
    app: Option<PathBuf>,
    /// Address to listen on.
    #[arg(long)]
    listen: Option<IpAddr>,
    /// Port to listen on.
    #[arg(long)]
    port: Option<u16>,
    /// Serves the local network over TLS with a certificate made here, and prints a QR code.
    #[arg(long)]
    lan: bool,
    /// Certificate chain (PEM).
    #[arg(long, requires = "tls_key", conflicts_with = "lan")]
    tls_cert: Option<PathBuf>,
    /// Its private key (PEM).
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Behind a proxy that ends TLS and sets X-Forwarded-For.
    #[arg(long, conflicts_with_all = ["lan", "tls_cert"])]
    behind_proxy: bool,
    /// Base URL of the FHIR service as phones reach it, when the Host header does not say.
    #[arg(long)]
    public_base: Option<String>,
    /// Base URL of another FHIR server that the app may speak to.
    #[arg(long)]
    fhir_base: Option<String>,
    /// The clinic's name.
    #[arg(long, default_value = "The clinic")]
    name: String,
    /// The clinic's telephone number.
    #[arg(long, default_value = "")]
    phone: String,
    /// Adds a patient with four months of entries, if the store is empty.
    #[arg(long)]
    demo: bool,
    /// Prints a link that pairs one phone, and a new one when it expires.
    #[arg(long)]
    print_link: bool,
    /// Whom the push services of browsers may write to about reminders: a mailto: or https: address.
    #[arg(long, default_value = "https://interlude.health")]
    push_contact: String,
    /// Another push service that phones may use, by its origin, such as `https://push.example`.
    #[arg(long)]
    push_service: Vec<String>,
    /// Requests a second that one phone may make.
    #[arg(long, default_value_t = 60.0)]
    requests_per_second: f64,
}

#[derive(Debug, Subcommand)]
enum Patient {
    /// Adds a patient.
    Add {
        /// Initials, as the patient will see them. Nothing else of the name is kept.
        initials: String,
    },
    /// Lists patients.
    List,
    /// Erases a patient's diary for good.
    Erase {
        /// The patient's id.
        patient: String,
        /// Says that it is meant.
        #[arg(long)]
        yes: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Infusion {
    /// Adds a session that was given, or sessions that are planned.
    Add {
        /// The patient's id.
        patient: String,
        /// When it began, or the first is to begin: 2026-03-12T09:30:00+01:00.
        #[arg(long)]
        start: String,
        /// completed, stopped, not-done or planned.
        #[arg(long, default_value = "completed")]
        outcome: String,
        /// Of a plan: so many days in a row.
        #[arg(long, default_value_t = 1)]
        days: u16,
        #[command(flatten)]
        how: How,
    },
    /// Changes a session: moves it, corrects it, gives a plan up. Phones have the change with the next sync;
    /// earlier versions stay.
    Change {
        /// The patient's id.
        patient: String,
        /// The session, as `infusion list` names it.
        session: String,
        /// When it began, or is to begin.
        #[arg(long)]
        start: Option<String>,
        /// completed, stopped, not-done, or mistaken: there was none. Of a plan: planned or cancelled.
        #[arg(long)]
        outcome: Option<String>,
        #[command(flatten)]
        how: How,
    },
    /// Lists a patient's sessions, given and planned.
    List {
        /// The patient's id.
        patient: String,
    },
}

/// How much and how long.
#[derive(Debug, Args)]
struct How {
    /// Minutes it took, or is to take.
    #[arg(long, allow_negative_numbers = true)]
    minutes: Option<u16>,
    /// Dose in mg/kg, as written.
    #[arg(long, allow_negative_numbers = true)]
    dose: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Card {
    /// Lists what is said.
    List,
    /// Says something, on every card or on that of one rule. Phones have it the next time they sync, and
    /// keep it for when they have no network.
    Set {
        #[command(flatten)]
        place: Place,
        /// The clinic's words: what to do, in a sentence or two.
        #[arg(long)]
        text: Option<String>,
        /// The number to call.
        #[arg(long)]
        phone: Option<String>,
    },
    /// Says nothing of its own there any more.
    Clear {
        #[command(flatten)]
        place: Place,
    },
}

/// Which cards.
#[derive(Debug, Args)]
struct Place {
    /// The rule, such as chest-pain; every card, and the page Help, when absent.
    #[arg(long)]
    rule: Option<String>,
    /// The language of the words, such as es; any when absent.
    #[arg(long)]
    language: Option<String>,
}

/// Runs the command that was typed.
pub async fn run() -> ExitCode {
    let line = Line::parse();
    match dispatch(line).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell(format_args!("interlude-clinic: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(line: Line) -> Result<()> {
    let data = line.data.as_path();
    match line.command {
        Command::Serve(serve) => serve::serve(data, serve).await,
        Command::Patient(Patient::Add { initials }) => people::add(data, &initials).await,
        Command::Patient(Patient::List) => people::list(data).await,
        Command::Patient(Patient::Erase { patient, yes }) => people::erase(data, &patient, yes).await,
        Command::Infusion(Infusion::Add { patient, start, outcome, days, how }) => {
            session::add(data, &patient, &start, &outcome, days, how).await
        }
        Command::Infusion(Infusion::Change { patient, session, start, outcome, how }) => {
            session::change(data, &patient, &session, start.as_deref(), outcome.as_deref(), how).await
        }
        Command::Infusion(Infusion::List { patient }) => session::list(data, &patient).await,
        Command::Invite { patient } => people::invite(data, &patient).await,
        Command::Revoke { patient, device } => people::revoke(data, &patient, device.as_deref()).await,
        Command::Flags { ack, all } => people::flags(data, ack, all).await,
        Command::Card(Card::List) => cards::list(data).await,
        Command::Card(Card::Set { place, text, phone }) => cards::set(data, place, text, phone).await,
        Command::Card(Card::Clear { place }) => cards::clear(data, place).await,
        Command::Clocks => clocks::list(data).await,
        Command::Export { patient, to } => export::export(data, &patient, to.as_deref()).await,
        Command::Backup { to } => copies::backup(data, &to).await,
        Command::Restore { from } => copies::restore(data, &from).await,
        Command::VerifyAudit { head } => verify::verify(data, &head).await,
    }
}

/// One line for whoever typed the command. A closed pipe is their business.
fn say(line: fmt::Arguments<'_>) {
    drop(writeln!(std::io::stdout().lock(), "{line}"));
}

/// One line about trouble.
fn tell(line: fmt::Arguments<'_>) {
    drop(writeln!(std::io::stderr().lock(), "{line}"));
}
