//! `sada-server`: reads the command line and hands over. Decides nothing.

mod recovery_tasks;

use clap::Parser;
use server::{
    audit::checkpoint,
    chance::{SystemChance, system_now},
    config::{
        AuditExport, AuditTask, AuditVerify, AuditWeekly, Boundaries, Command, Data, Import, Init, Serve, Task, UserAdd, UserTask,
    },
    secret::read_password,
    serve::{Transport, serve},
    tls, weekly_page,
    work::{Server, accounts::NewAccount, audit::Finding, boundaries::MAX_FILE_BYTES},
};
use shared::{
    model::{ids::UserId, role::Role},
    settings::Person,
    text::Texts,
};
use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> ExitCode {
    let level = tracing_subscriber::EnvFilter::try_from_env("SADA_LOG").unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().json().with_env_filter(level).with_writer(io::stderr).init();
    match run(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut text = error.to_string();
            let mut cause = error.source();
            while let Some(next) = cause {
                text = format!("{text}: {next}");
                cause = next.source();
            }
            tracing::error!(error = text, "failed");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome {
    match command.task {
        Task::Init(args) => init(&args),
        Task::Serve(args) => serve_deployment(args),
        #[cfg(feature = "demo")]
        Task::Demo(args) => demo(args),
        Task::User { task } => user(task),
        Task::Backup(args) => {
            Server::open(&args.data.data)?.backup(system_now(), &args.to)?;
            say(&format!("backed up to {}; keep {}/keys apart", args.to.display(), args.data.data.display()))
        }
        Task::Restore(args) => {
            let server = Server::restore(&args.data.data, &args.from, system_now())?;
            let deployment = server.storage().read(|tx| tx.deployment())?;
            say(&format!("restored; epoch {}", deployment.map_or(0, |deployment| deployment.epoch)))
        }
        Task::Import(args) => import(&args),
        Task::Boundaries(args) => boundaries(&args),
        Task::Recovery { task } => recovery_tasks::run(task),
        Task::Audit { task } => audit(task),
    }
}

fn import(args: &Import) -> Outcome {
    let file = std::fs::read(&args.file)?;
    let taken = Server::open(&args.data.data)?.import_as_operator(system_now(), &mut SystemChance, &file)?;
    say(&format!("{}: {} changes taken in, {} known already, {} kept aside", taken.user, taken.taken, taken.known, taken.aside))
}

fn boundaries(args: &Boundaries) -> Outcome {
    if std::fs::metadata(&args.file)?.len() > MAX_FILE_BYTES {
        return Err(format!("the file is larger than {} MB", MAX_FILE_BYTES >> 20).into());
    }
    let imported = Server::open(&args.data.data)?.import_boundaries(system_now(), &std::fs::read(&args.file)?)?;
    if !imported.unknown.is_empty() {
        say(&format!("not places of this deployment, left out: {} …", imported.unknown.join(", ")))?;
    }
    say(&format!(
        "{} places have an outline, {} points; devices receive them at their next sync",
        imported.places, imported.points
    ))
}

fn audit(task: AuditTask) -> Outcome {
    match task {
        AuditTask::Verify(AuditVerify { data, against }) => {
            let server = Server::open(&data.data)?;
            let mut checkpoints = checkpoint::read(&checkpoint::file(server.folder()))?;
            for file in &against {
                if !file.exists() {
                    return Err(format!("there is no file {}", file.display()).into());
                }
                checkpoints.extend(checkpoint::read(file)?);
            }
            match server.check_audit(&checkpoints)? {
                found @ Finding::Holds { .. } => say(&found.to_string()),
                found => Err(found.to_string().into()),
            }
        }
        AuditTask::Export(AuditExport { data, from }) => {
            Server::open(&data.data)?.export_audit(system_now(), from, &mut io::stdout().lock())?;
            Ok(())
        }
        AuditTask::Checkpoint(Data { data }) => match Server::open(&data)?.checkpoint_audit(system_now())? {
            Some(made) => say(&format!("line {} is signed in {}", made.line, checkpoint::file(&data).display())),
            None => say("nothing new to sign"),
        },
        AuditTask::Weekly(AuditWeekly { data, from, language }) => {
            let week = Server::open(&data.data)?.week(system_now(), from)?;
            say(&weekly_page::text(&week, Texts::new(language)))
        }
    }
}

fn say(text: &str) -> Outcome {
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}

fn init(args: &Init) -> Outcome {
    let data = &args.data.data;
    let password = read_password(args.password_file.as_deref(), &args.admin)?;
    let (now, mut chance) = (system_now(), SystemChance);
    let settings = shared::settings::default::default()?;
    let server = Server::init(data, args.encrypt, now, &mut chance, settings)?;
    let person = person("", &args.admin_name, Role::Admin);
    server.add_account(now, &mut chance, NewAccount { login: args.admin.clone(), password, person })?;
    if !args.host.is_empty() {
        tls::create_local_authority(data, &args.host, now)?;
        server.announce_pins(now, tls::pins(data, Some(&tls::leaf(data).0))?)?;
        say(&format!("certificate for phones: {0}/ca.pem; how to install it: {0}/install.html", tls::folder(data).display()))?;
    }
    say(&format!("deployment in {}; log-in of the first administrator: {}", data.display(), args.admin))?;
    say(&format!("a code for their first device: sada-server user enrol --data {} {}", data.display(), args.admin))
}

fn serve_deployment(args: Serve) -> Outcome {
    let data = args.data.data;
    let server = Server::open(&data)?;
    let transport = if let (Some(chain), Some(key)) = (args.cert, args.key) {
        Transport::Certificate { chain, key }
    } else if !args.acme.is_empty() {
        Transport::Acme { names: args.acme, contact: args.acme_contact }
    } else if tls::folder(&data).join("hosts").exists() && !args.listen.listen.ip().is_loopback() {
        tls::renew_leaf(&data, system_now())?;
        let (chain, key) = tls::leaf(&data);
        Transport::Certificate { chain, key }
    } else {
        Transport::Plain
    };
    block_on(serve(server, args.listen.listen, args.listen.web, transport))
}

#[cfg(feature = "demo")]
fn demo(args: server::config::Demo) -> Outcome {
    let mut told: Outcome = Ok(());
    let server = server::demo::open_or_make(&args.data, system_now(), &mut |line| {
        if told.is_ok() {
            told = say(line);
        }
    })?;
    told?;
    server::demo::add_places(&server, system_now(), args.places)?;
    block_on(serve(server, args.listen.listen, args.listen.web, Transport::Plain))
}

fn block_on(serving: impl Future<Output = Result<(), server::serve::ServeError>>) -> Outcome {
    // Two providers are compiled in; one must be chosen before the first TLS configuration.
    rustls::crypto::ring::default_provider().install_default().map_err(|_| "no TLS provider")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    Ok(runtime.block_on(serving)?)
}

fn user(task: UserTask) -> Outcome {
    let (now, mut chance) = (system_now(), SystemChance);
    match task {
        UserTask::Add(args) => add_user(args),
        UserTask::Password(args) => {
            let password = read_password(args.password_file.as_deref(), &args.login)?;
            Server::open(&args.data.data)?.reset_password(now, &mut chance, &args.login, &password)?;
            say("password set")
        }
        UserTask::ResetSecondFactor(args) => {
            Server::open(&args.data.data)?.reset_second_factor(now, &args.login)?;
            say("second factor forgotten")
        }
        UserTask::Enrol(args) => {
            let server = Server::open(&args.data.data)?;
            say(&server.operators_enrolment_code(now, &mut SystemChance, &args.login)?)?;
            let pins = server.in_force().settings.server_pins.clone();
            pins.first()
                .map_or(Ok(()), |pin| say(&format!("in an app on phone or computer, the address ends in /#pin={}", pin.typed())))
        }
        UserTask::Close(args) => {
            Server::open(&args.data.data)?.close_account(now, &args.login)?;
            say("account closed")
        }
    }
}

fn add_user(args: UserAdd) -> Outcome {
    let role = Role::from_id(&args.role).ok_or_else(|| {
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.id()).collect();
        format!("no such role; roles are {}", roles.join(", "))
    })?;
    let password = read_password(args.password_file.as_deref(), &args.login)?;
    let person = Person {
        areas: args.area.iter().map(|code| code.as_str().into()).collect(),
        projects: args.project.iter().map(|code| code.as_str().into()).collect(),
        line_manager: args.line_manager.map(UserId),
        partner: args.partner,
        ..person("", &args.name, role)
    };
    let account = NewAccount { login: args.login, password, person };
    let id = Server::open(&args.data.data)?.add_account(system_now(), &mut SystemChance, account)?;
    say(&format!("added as {id}"))
}

fn person(id: &str, name: &str, role: Role) -> Person {
    Person::new(id.into(), name, role)
}
