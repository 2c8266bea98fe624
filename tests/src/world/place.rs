//! The server of the world: its folder, its settings and people, restarts, and the few calls that HTTP would wrap.

use super::Tally;
use mobile::replica::link::{LinkError, Outgoing};
use server::work::{Server, accounts::NewAccount, error::WorkError, sign_in::SignInRules};
use shared::{
    entropy::Seeded,
    model::{dates::UnixSeconds, ids::UserId, role::Role},
    seal::card::KeyCard,
    settings::{ComplaintBox, Label, Person, Project, Settings, Target, default},
    sync::sign_in::{PublishSettings, SignInRequest},
};
use std::path::{Path, PathBuf};

/// Everyone's password; nobody attacks it here.
pub(super) const PASSWORD: &str = "a long password";

/// Who has a key of their own for sealed reports.
const FOCAL: [&str; 3] = ["mgr", "fp", "iu"];

/// The server's machine.
pub(super) struct Site {
    folder: PathBuf,
    /// None only while it restarts.
    server: Option<Server>,
    chance: Seeded,
    /// Key cards of those sealed reports go to; none in a deployment without recovery managers.
    pub(super) cards: Vec<(UserId, KeyCard)>,
}

/// A fresh folder, in memory where the system has such a place: the world tests order and loss, not the disk's speed.
pub(super) fn folder(seed: u64) -> PathBuf {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = base.join(format!("sada-world-{}-{seed}", std::process::id()));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("an old run's folder goes");
    }
    std::fs::create_dir_all(&folder).expect("a folder for the world");
    folder
}

impl Site {
    /// Sets the deployment up with the people of the world. Every other seed's database is encrypted.
    pub(super) fn found(folder: &Path, chance: &Seeded, now: UnixSeconds) -> Self {
        let folder = folder.join("server");
        std::fs::create_dir_all(&folder).expect("the server's folder");
        let mut chance = chance.child("server");
        let encrypted = shared::entropy::Entropy::below(&mut chance, 2) == 0;
        let server = Server::init(&folder, encrypted, now, &mut chance, settings()).expect("the server begins");
        let mut site =
            Self { folder, server: Some(server.with_sign_in_rules(SignInRules::SIMULATED)), chance, cards: Vec::new() };
        for person in people() {
            let account = NewAccount { login: person.id.0.clone(), password: PASSWORD.to_owned().into(), person };
            let server = site.server.as_ref().expect("the server is up");
            server.add_account(now, &mut site.chance, account).expect("an account");
        }
        // One deployment in four has no keys: of a sensitive report only a clear header is kept there.
        if shared::entropy::Entropy::below(&mut site.chance, 4) > 0 {
            site.begin_recovery(now);
        }
        site
    }

    /// Kits for people who are sealed nothing, keys for those who are, but the director.
    fn begin_recovery(&mut self, now: UnixSeconds) {
        let (keepers, focal) = (["hq", "adm", "ao1"].map(UserId::from), FOCAL.map(UserId::from));
        let server = self.server.as_ref().expect("the server is up");
        let prepared = server.prepare_recovery(&keepers, 2, &focal, &mut self.chance).expect("kits and cards");
        server.begin_recovery(now, &prepared).expect("recovery begins");
        self.cards = prepared.cards;
    }

    /// The server at work.
    pub(super) fn server(&self) -> &Server {
        self.server.as_ref().expect("the server is up")
    }

    /// Stops the server and starts it again over its files.
    pub(super) fn restart(&mut self) {
        self.server = None;
        let server = Server::open(&self.folder).expect("the server opens its own files");
        self.server = Some(server.with_sign_in_rules(SignInRules::SIMULATED));
    }

    /// Copies the database as it stands, in place of an older copy.
    pub(super) fn back_up(&mut self, now: UnixSeconds) {
        let copy = self.backup();
        if copy.exists() {
            std::fs::remove_file(&copy).expect("the older copy goes");
        }
        self.server().backup(now, &copy).expect("a backup");
    }

    /// Puts the copy in the place of the database: whatever came since is gone here. False if there is no copy.
    pub(super) fn restore(&mut self, now: UnixSeconds) -> bool {
        if !self.backup().exists() {
            return false;
        }
        self.server = None;
        let server = Server::restore(&self.folder, &self.backup(), now).expect("the backup is put back");
        self.server = Some(server.with_sign_in_rules(SignInRules::SIMULATED));
        true
    }

    fn backup(&self) -> PathBuf {
        self.folder.with_extension("backup")
    }

    /// The second officer covers another sub-district from now on, or again the first.
    pub(super) fn move_officer(&mut self, now: UnixSeconds) {
        let mut settings = self.server().in_force().settings.clone();
        let officer = settings.people.iter_mut().find(|person| person.id.as_str() == "ao2").expect("the second officer");
        let next = if officer.areas == ["SY020400".into()] { "SY020401" } else { "SY020400" };
        officer.areas = vec![next.into()];
        let based_on = settings.version;
        self.server().publish_as_operator(now, PublishSettings { based_on, settings }).expect("settings are published");
    }

    /// What the server does by itself now and then.
    pub(super) fn sweep(&mut self, now: UnixSeconds) {
        self.server().sweep(now).expect("the sweep goes well");
    }

    /// Answers a call, as HTTP would.
    pub(super) fn call(&mut self, now: UnixSeconds, outgoing: &Outgoing) -> Result<Vec<u8>, LinkError> {
        self.work(now, outgoing).map_err(|error| {
            let body = serde_json::to_vec(&error.told()).expect("a refusal is JSON");
            if let WorkError::Refused(_) | WorkError::RefusedFor { .. } = error {
                LinkError::of_answer(400, &body).expect("a refusal")
            } else {
                LinkError::of_answer(500, &body).expect("a refusal")
            }
        })
    }

    /// As [`Self::call`], with the power cut after so many statements of write transactions. The server is up again after.
    pub(super) fn call_and_cut_power(
        &mut self,
        now: UnixSeconds,
        outgoing: &Outgoing,
        statements: u32,
        tally: &mut Tally,
    ) -> Result<Vec<u8>, LinkError> {
        self.server().storage().cut_power_after(statements);
        let result = self.work(now, outgoing);
        if matches!(&result, Err(WorkError::Storage(server::storage::StorageError::Stopped))) {
            tally.restarts_mid_transaction += 1;
        }
        self.restart();
        result.map_err(|_| LinkError::Offline)
    }

    fn work(&mut self, now: UnixSeconds, outgoing: &Outgoing) -> Result<Vec<u8>, WorkError> {
        let server = self.server.as_ref().expect("the server is up");
        let token = outgoing.token.as_deref().unwrap_or_default();
        match outgoing.path {
            "/api/v1/sign-in" => {
                let request: SignInRequest = serde_json::from_slice(&outgoing.body).expect("a sign-in");
                Ok(serde_json::to_vec(&server.sign_in(now, &mut self.chance, &request)?).expect("an answer is JSON"))
            }
            "/api/v1/sync" => {
                let session = server.authenticate(now, token)?;
                server.sync(now, &mut self.chance, &session, &outgoing.body)
            }
            "/api/v1/settings" => {
                let session = server.authenticate(now, token)?;
                let request: PublishSettings = serde_json::from_slice(&outgoing.body).expect("settings");
                Ok(shared::sync::messages::encode(&server.publish_settings(now, &session, request)?))
            }
            other => panic!("a replica calls {other}"),
        }
    }
}

/// The people of the world; their ids are their log-ins.
fn people() -> Vec<Person> {
    let person = |(login, role, areas, projects): (&str, Role, &[&str], &[&str])| Person {
        id: login.into(),
        name: login.to_uppercase(),
        role,
        areas: areas.iter().map(|&area| area.into()).collect(),
        projects: projects.iter().map(|&project| project.into()).collect(),
        line_manager: (login != "mgr" && login != "cd").then(|| "mgr".into()),
        deputy: None,
        absent: false,
        partner: String::new(),
        inactive: false,
    };
    let people: [(&str, Role, &[&str], &[&str]); 12] = [
        ("ao1", Role::Ao, &[], &[]),
        ("ao2", Role::Ao, &["SY020400"], &[]),
        ("mgr", Role::AmeMgr, &[], &[]),
        ("rec1", Role::Receiver, &[], &[]),
        ("rec2", Role::Receiver, &[], &[]),
        ("pm", Role::PmFocal, &[], &["P01"]),
        ("cd", Role::Cd, &[], &[]),
        ("fp", Role::PseaFp, &[], &[]),
        ("iu", Role::HqIu, &[], &[]),
        ("hq", Role::HqAme, &[], &[]),
        ("adm", Role::Admin, &[], &[]),
        ("evil", Role::AoAssistant, &["SY020400"], &[]),
    ];
    people.into_iter().map(person).collect()
}

/// Two projects over the default lists and places.
fn settings() -> Settings {
    let mut settings = default::default().expect("the default settings");
    let project = |code: &str, places: &[&str]| Project {
        code: code.into(),
        name: Label { en: format!("Project {code}"), ar: format!("مشروع {code}") },
        donor: String::new(),
        partner: String::new(),
        sector: "wash".into(),
        starts_on: "2026-01-01".parse().expect("a day"),
        ends_on: "2027-12-31".parse().expect("a day"),
        targets: places.iter().map(|&place| Target { place: place.into(), phases: vec![], caseload: [0, 0] }).collect(),
        favourites: vec![],
        focal_points: [(String::new(), "pm".into())].into(),
        team: vec!["pm".into()],
        says: Default::default(),
        retired: false,
    };
    settings.boxes = super::visits::BOXES
        .map(|(code, place)| ComplaintBox {
            code: code.into(),
            label: Label { en: format!("Box {code}"), ar: format!("صندوق {code}") },
            place: place.into(),
            project: None,
            since: "2026-10-01".parse().expect("a day"),
            retired: false,
        })
        .into();
    settings.people = people().into();
    settings.projects =
        vec![project("P01", &["C1556"]), Project { focal_points: [].into(), team: vec![], ..project("P02", &["C1557"]) }].into();
    settings
}
