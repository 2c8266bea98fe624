//! `sada-server recovery …`. Kits and cards are never arguments: they come from files or a prompt.

use super::Data;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `recovery …`.
#[derive(Debug, Subcommand)]
pub enum RecoveryTask {
    /// Makes the kits and the first focal points' cards, to be printed, handed out and deleted. Once: do it with everyone present
    /// who gets one.
    Init(RecoveryInit),
    /// Tries kits: enough of them must open, and one fewer must not. Do it every year.
    Drill(RecoveryDrill),
    /// Opens what is sealed of one case, when its focal points' keys are lost. Written down in the audit log.
    Open(RecoveryOpen),
    /// Lets the key count that a focal point's device asked for.
    Vouch(RecoveryVouch),
    /// Lets a focal point's key count no longer: lost, seen by others, or its owner left.
    Withdraw(RecoveryWithdraw),
}

/// `recovery init`.
#[derive(Debug, Args)]
pub struct RecoveryInit {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Log-in name or user id of a recovery manager; given once for each, or parted by commas.
    #[arg(long, value_name = "LOGIN", required = true, value_delimiter = ',')]
    pub keeper: Vec<String>,
    /// How many kits open together.
    #[arg(long, value_name = "COUNT", default_value_t = 2)]
    pub needed: u8,
    /// Log-in name or user id of a first focal point, whose card is made too; given once for each, or parted by commas.
    #[arg(long, value_name = "LOGIN", value_delimiter = ',')]
    pub focal: Vec<String>,
    /// New folder for the pages to print, best on a stick that is destroyed afterwards.
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

/// `recovery drill`.
#[derive(Debug, Args)]
pub struct RecoveryDrill {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// A kit's page or its letters in a file; without any, kits are asked for.
    #[arg(long, value_name = "FILE")]
    pub kit: Vec<PathBuf>,
}

/// `recovery open`.
#[derive(Debug, Args)]
pub struct RecoveryOpen {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Receipt number of the case.
    pub ref_no: String,
    /// A kit's page or its letters in a file; without any, kits are asked for.
    #[arg(long, value_name = "FILE")]
    pub kit: Vec<PathBuf>,
    /// New file for what was told, as JSON; standard output if left out.
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// Who signs for an entry of the key book: as many kits as open together, or one kit and one focal point's card.
#[derive(Debug, Args)]
pub struct Vouchers {
    /// A kit's page or its letters in a file; without any, kits are asked for.
    #[arg(long, value_name = "FILE")]
    pub kit: Vec<PathBuf>,
    /// A focal point's card, as page or letters in a file: one kit is enough then.
    #[arg(long, value_name = "FILE")]
    pub card: Option<PathBuf>,
}

/// `recovery vouch`.
#[derive(Debug, Args)]
pub struct RecoveryVouch {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Log-in name or user id of the focal point.
    pub login: String,
    /// The fingerprint their device shows, as they read it out.
    #[arg(long, value_name = "HEX")]
    pub fingerprint: String,
    /// Who signs.
    #[command(flatten)]
    pub vouchers: Vouchers,
}

/// `recovery withdraw`.
#[derive(Debug, Args)]
pub struct RecoveryWithdraw {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Log-in name or user id of the focal point.
    pub login: String,
    /// Who signs.
    #[command(flatten)]
    pub vouchers: Vouchers,
}
