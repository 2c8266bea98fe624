//! The command line. Secrets are never arguments: they come from files, standard input or a prompt.

pub mod recovery;

use clap::{Args, Parser, Subcommand};
use recovery::RecoveryTask;
use shared::{model::dates::Day, text::Language};
use std::{net::SocketAddr, path::PathBuf};

/// Sada's server: offline-first accountability, one binary.
#[derive(Debug, Parser)]
#[command(name = "sada-server", version, about)]
pub struct Command {
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Begins a deployment: keys, database, first administrator, and a local certificate authority with --host.
    Init(Init),
    /// Serves a deployment.
    Serve(Serve),
    /// Serves a deployment with demo data, made on the first start. Not for real complaints.
    #[cfg(feature = "demo")]
    Demo(Demo),
    /// Accounts.
    User {
        /// What to do.
        #[command(subcommand)]
        task: UserTask,
    },
    /// Copies the database while the server runs. Keys are not in it: keep `keys/` apart.
    Backup(Backup),
    /// Puts a backup in the place of the database and begins a new epoch. The server must be stopped.
    Restore(Restore),
    /// Takes in a sealed file of what a phone could not send, from a memory card or a colleague. A second time it changes nothing.
    Import(Import),
    /// Gives places their outlines, for the map of coverage: a GeoJSON file in the COD-AB layout, joined on P-codes.
    Boundaries(Boundaries),
    /// Keys of sealed reports: the managers' kits, the focal points' first cards, and what is done with them.
    Recovery {
        /// What to do.
        #[command(subcommand)]
        task: RecoveryTask,
    },
    /// The audit log.
    Audit {
        /// What to do.
        #[command(subcommand)]
        task: AuditTask,
    },
}

/// The data folder.
#[derive(Clone, Debug, Args)]
pub struct Data {
    /// Data folder: database, keys, certificates.
    #[arg(long, value_name = "DIR", default_value = "sada-data", env = "SADA_DATA")]
    pub data: PathBuf,
}

/// `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Encrypts the database with a key kept in the data folder's `keys/`.
    #[arg(long)]
    pub encrypt: bool,
    /// Names or addresses under which phones reach this server: makes a local certificate authority for them.
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Log-in name of the first administrator.
    #[arg(long, value_name = "LOGIN", default_value = "admin")]
    pub admin: String,
    /// Display name of the first administrator.
    #[arg(long, value_name = "NAME", default_value = "Admin")]
    pub admin_name: String,
    /// Password of the first administrator: a file, or `-` for standard input; asked for if left out.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// Where to listen and what to serve.
#[derive(Clone, Debug, Args)]
pub struct Listen {
    /// Address and port.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", env = "SADA_LISTEN")]
    pub listen: SocketAddr,
    /// Folder of the built web app.
    #[arg(long, value_name = "DIR", env = "SADA_WEB")]
    pub web: Option<PathBuf>,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Where and what.
    #[command(flatten)]
    pub listen: Listen,
    /// Own certificate chain, PEM.
    #[arg(long, value_name = "FILE", requires = "key", conflicts_with = "acme")]
    pub cert: Option<PathBuf>,
    /// Its private key, PEM.
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub key: Option<PathBuf>,
    /// Gets certificates for this name by ACME (Let's Encrypt); the port must be reachable as 443.
    #[arg(long, value_name = "NAME")]
    pub acme: Vec<String>,
    /// Mail address for the certificate authority.
    #[arg(long, value_name = "MAIL", requires = "acme")]
    pub acme_contact: Option<String>,
}

/// `demo`.
#[cfg(feature = "demo")]
#[derive(Debug, Args)]
pub struct Demo {
    /// Data folder.
    #[arg(long, value_name = "DIR", default_value = "sada-demo")]
    pub data: PathBuf,
    /// Adds so many invented places to the lists, to try searching among many.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    pub places: usize,
    /// Where and what.
    #[command(flatten)]
    pub listen: Listen,
}

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// The file, as the app saved it.
    pub file: PathBuf,
}

/// `boundaries`.
#[derive(Debug, Args)]
pub struct Boundaries {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// GeoJSON file whose features have ADM1_PCODE to ADM4_PCODE.
    pub file: PathBuf,
}

/// `user …`.
#[derive(Debug, Subcommand)]
pub enum UserTask {
    /// Adds a person and their account. A running server takes it in at once.
    Add(UserAdd),
    /// Gives an account a new password and ends its sessions.
    Password(UserPassword),
    /// Forgets an account's second factor and ends its sessions: the next log-in sets up a new one.
    ResetSecondFactor(UserLogin),
    /// Makes a code for one new device of an account, good once and for 15 minutes. Nobody else has to confirm that device.
    Enrol(UserLogin),
    /// Closes an account and revokes its devices.
    Close(UserLogin),
}

/// `user add`.
#[derive(Debug, Args)]
pub struct UserAdd {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Log-in name.
    pub login: String,
    /// Display name.
    #[arg(long)]
    pub name: String,
    /// Role id, as in `ao`, `ame_mgr`, `receiver`.
    #[arg(long)]
    pub role: String,
    /// P-code of an area covered; may be given several times; none means everywhere.
    #[arg(long, value_name = "PCODE")]
    pub area: Vec<String>,
    /// Code of a project covered; may be given several times; none means all.
    #[arg(long, value_name = "CODE")]
    pub project: Vec<String>,
    /// User id of the line manager.
    #[arg(long, value_name = "USER")]
    pub line_manager: Option<String>,
    /// Organisation, if not ours.
    #[arg(long, default_value = "")]
    pub partner: String,
    /// Password: a file, or `-` for standard input; asked for if left out.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// `user password`.
#[derive(Debug, Args)]
pub struct UserPassword {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Log-in name.
    pub login: String,
    /// Password: a file, or `-` for standard input; asked for if left out.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

/// `user close`, `user reset-second-factor`.
#[derive(Debug, Args)]
pub struct UserLogin {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Log-in name.
    pub login: String,
}

/// `audit …`.
#[derive(Debug, Subcommand)]
pub enum AuditTask {
    /// Checks the log's chain, and that it meets the signed checkpoints.
    Verify(AuditVerify),
    /// Writes the log as JSON, one line each, to standard output; notes that in the log.
    Export(AuditExport),
    /// Signs where the log stands now. A running server does so every day.
    Checkpoint(Data),
    /// Who looked at what in seven days: counts for each person, no content.
    Weekly(AuditWeekly),
}

/// `audit verify`.
#[derive(Debug, Args)]
pub struct AuditVerify {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Checkpoints that were copied away, to be met too: only those tell of a log that was cut or written anew together with its
    /// own checkpoints.
    #[arg(long, value_name = "FILE")]
    pub against: Vec<PathBuf>,
}

/// `audit export`.
#[derive(Debug, Args)]
pub struct AuditExport {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// First line wanted.
    #[arg(long, value_name = "LINE", default_value_t = 1)]
    pub from: u64,
}

/// `audit weekly`.
#[derive(Debug, Args)]
pub struct AuditWeekly {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// First of the seven days, as 2026-11-22; by default they end yesterday.
    #[arg(long, value_name = "DAY")]
    pub from: Option<Day>,
    /// Language: `ar` or `en`.
    #[arg(long, value_name = "LANGUAGE", default_value = "ar", value_parser = |tag: &str| Language::from_tag(tag).ok_or("ar or en"))]
    pub language: Language,
}

/// `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// File to write; must not exist.
    pub to: PathBuf,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    /// Data folder.
    #[command(flatten)]
    pub data: Data,
    /// Backup to read.
    pub from: PathBuf,
}
