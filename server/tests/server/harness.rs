//! A real deployment in a folder that goes away, and real replicas as phones, joined by function calls instead of sockets.

use mobile::{
    protocol::{Answer, CaseDetail, Failure, Request, Saved, SignInProof},
    replica::{
        Handled, Home, Replica, Surroundings,
        link::{LinkError, Outgoing},
        surroundings::KdfCost,
    },
};
use server::http::endpoints::ENDPOINTS;
use server::work::{Server, accounts::NewAccount, error::WorkError, sign_in::SignInRules};
use shared::{
    document::content::Facts,
    entropy::Seeded,
    intent::Intent,
    model::{
        codes::{EntryType, Level, Urgency},
        dates::UnixSeconds,
        event::Step,
        ids::{RecordId, UserId},
        record::DocKind,
        role::Role,
    },
    settings::{ComplaintBox, Label, Person, Project, Settings},
};
use std::{
    cell::Cell,
    path::{Path, PathBuf},
    rc::Rc,
    sync::atomic::{AtomicU32, Ordering},
};

/// A weekday in the morning, Damascus time.
pub const START: UnixSeconds = UnixSeconds(1_795_500_000);
pub const PASSWORD: &str = "a long enough password";
pub const PASSPHRASE: &str = "a passphrase of its own";
pub const DAY: i64 = 86_400;

/// A folder that goes away.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("sada-server-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A deployment with one person per role; `u1` is the first role of `Role::ALL`, and so on.
pub struct Deployment {
    pub folder: Folder,
    pub server: Server,
    pub now: UnixSeconds,
    pub chance: Seeded,
    /// Bodies of calls and answers, if someone listens.
    pub heard: Option<Vec<Vec<u8>>>,
}

pub fn user(role: Role) -> UserId {
    let place = Role::ALL.iter().position(|r| *r == role).unwrap();
    format!("u{}", place + 1).as_str().into()
}

pub fn settings() -> Settings {
    let mut settings = shared::settings::default::default().unwrap();
    settings.hotline =
        serde_json::from_value(serde_json::json!([{"en": "Focal", "ar": "منسق", "phone": "+963900000001"}])).unwrap();
    let line = |role: Role| match role {
        Role::AmeMgr | Role::AreaCoord => Some(user(Role::Cd)),
        Role::Cd => None,
        _ => Some(user(Role::AmeMgr)),
    };
    settings.people = Role::ALL
        .iter()
        .map(|role| Person {
            id: user(*role),
            name: role.id().to_owned(),
            role: *role,
            areas: Vec::new(),
            projects: Vec::new(),
            line_manager: line(*role),
            deputy: None,
            absent: false,
            partner: String::new(),
            inactive: false,
        })
        .collect();
    settings.projects = ["P01", "P02"].map(|code| project(&settings, code)).to_vec().into();
    settings
}

fn project(settings: &Settings, code: &str) -> Project {
    Project {
        code: code.into(),
        name: Label { en: code.to_owned(), ar: code.to_owned() },
        donor: String::new(),
        partner: String::new(),
        sector: settings.lists["sector"][0].code.clone(),
        starts_on: START.day(180) - chrono::Days::new(300),
        ends_on: START.day(180) + chrono::Days::new(300),
        targets: Vec::new(),
        favourites: Vec::new(),
        focal_points: [(String::new(), user(Role::PmFocal))].into(),
        team: vec![user(Role::PmFocal)],
        says: Default::default(),
        retired: false,
    }
}

impl Deployment {
    pub fn new(encrypted: bool) -> Self {
        Self::with(encrypted, settings())
    }

    pub fn with(encrypted: bool, settings: Settings) -> Self {
        let folder = Folder::new();
        let mut chance = Seeded::new(11);
        let server =
            Server::init(&folder.0, encrypted, START, &mut chance, settings).unwrap().with_sign_in_rules(SignInRules::SIMULATED);
        let mut this = Self { folder, server, now: START, chance, heard: None };
        for person in this.server.in_force().settings.people.clone() {
            let login = person.role.id().to_owned();
            let account = NewAccount { login, password: PASSWORD.to_owned().into(), person };
            this.server.add_account(START, &mut this.chance, account).unwrap();
        }
        this
    }

    /// The same files, opened again.
    pub fn reopen(&mut self) {
        let path = self.folder.0.clone();
        // The old one must let go of the files first.
        self.server = {
            let elsewhere = Folder::new();
            let mut chance = Seeded::new(1);
            let stand_in = Server::init(&elsewhere.0, false, START, &mut chance, settings()).unwrap();
            drop(std::mem::replace(&mut self.server, stand_in));
            Server::open(&path).unwrap().with_sign_in_rules(SignInRules::SIMULATED)
        };
    }

    /// Other rules for signing in.
    pub fn with_rules(&mut self, rules: SignInRules) {
        self.server = self.server.clone().with_sign_in_rules(rules);
    }

    pub fn phone(&mut self, role: Role) -> Phone {
        Phone::sign_in(self, role)
    }
}

/// One person's phone: the app's own replica.
pub struct Phone {
    pub replica: Replica,
    clock: Rc<Cell<UnixSeconds>>,
    pub folder: Folder,
}

impl Phone {
    /// A phone on which nobody has signed in.
    pub fn fresh(at: &mut Deployment) -> Self {
        let folder = Folder::new();
        let clock = Rc::new(Cell::new(at.now));
        let replica = open_replica(at, &clock, &folder);
        Self { replica, clock, folder }
    }

    fn sign_in(at: &mut Deployment, role: Role) -> Self {
        let mut phone = Self::fresh(at);
        let request = Request::SignIn {
            server: "https://test.invalid".into(),
            login: role.id().into(),
            proof: SignInProof::password(PASSWORD),
            passphrase: PASSPHRASE.into(),
            pin: "4711".into(),
        };
        match phone.ask(at, request) {
            Answer::Failed(failure) => panic!("sign-in failed: {failure:?}"),
            _ => phone,
        }
    }

    /// Ends the app and starts it again over the same files.
    pub fn restart(&mut self, at: &mut Deployment) {
        self.replica = open_replica(at, &self.clock, &self.folder);
    }

    pub fn ask(&mut self, at: &mut Deployment, request: Request) -> Answer {
        self.clock.set(at.now);
        match self.replica.handle(request) {
            Handled::Answer(answer) => answer,
            Handled::Call(outgoing, job) => {
                let result = call(at, &outgoing);
                self.replica.finish(job, result)
            }
        }
    }

    pub fn act(&mut self, at: &mut Deployment, intent: Intent) -> Result<Saved, Failure> {
        match self.ask(at, Request::Do(intent)) {
            Answer::Saved(saved) => Ok(saved),
            Answer::Failed(failure) => Err(failure),
            other => panic!("{other:?}"),
        }
    }

    /// Sends and fetches until there is nothing more; answers how many calls it took.
    pub fn sync(&mut self, at: &mut Deployment) -> usize {
        self.clock.set(at.now);
        self.replica.handle(Request::SyncNow);
        for calls in 0..200 {
            let Some(outgoing) = self.replica.sync_begin() else { return calls };
            let result = call(at, &outgoing);
            self.replica.sync_finish(result);
        }
        panic!("a sync that never ends");
    }

    /// Every page of its store, decrypted: what someone with phone and passphrase would find.
    pub fn pages(&self, at: &Deployment) -> Vec<u8> {
        self.replica.flush().unwrap();
        crate::cipher_pages::plain(&self.folder.0, PASSPHRASE, at.now)
    }

    /// Looks at the clock, as a driver does every second.
    pub fn tick(&mut self, at: &Deployment) {
        self.clock.set(at.now);
        self.replica.tick();
    }

    /// The next call, not made.
    pub fn next_call(&mut self, at: &Deployment) -> Option<Outgoing> {
        self.clock.set(at.now);
        self.replica.handle(Request::SyncNow);
        self.replica.sync_begin()
    }

    pub fn case(&mut self, at: &mut Deployment, record: RecordId) -> Option<Box<CaseDetail>> {
        match self.ask(at, Request::Case(record)) {
            Answer::Case(detail) => Some(detail),
            _ => None,
        }
    }

    pub fn step(&mut self, at: &mut Deployment, record: RecordId, step: Step) -> Result<Saved, Failure> {
        self.act(at, Intent::AddStep { record, doc: DocKind::Case, step })
    }

    /// A complaint of level 2 about a late kit, with a phone number.
    pub fn complain(&mut self, at: &mut Deployment) -> Saved {
        let facts = complaint(at);
        self.record(at, facts)
    }

    pub fn record(&mut self, at: &mut Deployment, facts: Facts) -> Saved {
        let record = RecordId::random(&mut at.chance);
        self.act(at, Intent::RecordComplaint { record, facts }).unwrap()
    }
}

fn open_replica(at: &mut Deployment, clock: &Rc<Cell<UnixSeconds>>, folder: &Folder) -> Replica {
    let hands = Rc::clone(clock);
    let entropy = Box::new(Seeded::stretched(&mut at.chance));
    let around = Surroundings { clock: Box::new(move || hands.get()), entropy, kdf: KdfCost::SIMULATED, origin: None };
    Replica::open(Home::directory(&folder.0), around).unwrap()
}

/// What `http` does, without sockets.
pub fn call(at: &mut Deployment, outgoing: &Outgoing) -> Result<Vec<u8>, LinkError> {
    let answer = answer(at, outgoing);
    if let Some(heard) = &mut at.heard {
        heard.push(outgoing.body.clone());
        heard.extend(answer.as_ref().ok().cloned());
    }
    answer
}

fn answer(at: &mut Deployment, outgoing: &Outgoing) -> Result<Vec<u8>, LinkError> {
    fn json<T: serde::Serialize>(answer: Result<T, WorkError>) -> Result<Vec<u8>, LinkError> {
        answer.map(|value| serde_json::to_vec(&value).unwrap()).map_err(|error| LinkError::Refused(error.told().code))
    }
    let told = |error: WorkError| LinkError::Refused(error.told().code);
    let endpoint = ENDPOINTS.iter().find(|endpoint| endpoint.path == outgoing.path).unwrap();
    assert!(outgoing.body.len() <= endpoint.body_bytes, "{}: {} bytes", outgoing.path, outgoing.body.len());
    let (server, now, chance) = (&at.server, at.now, &mut at.chance);
    let caller = || server.authenticate(now, outgoing.token.as_deref().unwrap_or_default()).map_err(told);
    let body = &outgoing.body;
    match outgoing.path {
        "/api/v1/weekly" => {
            let query: shared::model::week::WeekQuery = serde_json::from_slice(body).unwrap();
            json(server.week_for(now, &caller()?, query.from))
        }
        "/api/v1/users" => json(server.add_account_by(now, chance, &caller()?, serde_json::from_slice(body).unwrap())),
        "/api/v1/users/reset" => json(server.reset_account_by(now, chance, &caller()?, &serde_json::from_slice(body).unwrap())),
        "/api/v1/people" => json(server.people(now, &caller()?)),
        "/api/v1/devices/revoke" => json(server.revoke_by(now, &caller()?, &serde_json::from_slice(body).unwrap())),
        "/api/v1/devices/reopen" => json(server.reopen_by(now, chance, &caller()?, &serde_json::from_slice(body).unwrap())),
        "/api/v1/devices/enrol" => {
            let caller = caller()?;
            json(server.enrolment_code_by(now, chance, &caller, &serde_json::from_slice(body).unwrap()))
        }
        "/api/v1/devices/confirm" => json(server.confirm_device(now, &caller()?, &serde_json::from_slice(body).unwrap())),
        "/api/v1/devices/opening" => json(server.open_device(now, chance, &serde_json::from_slice(body).unwrap())),
        "/api/v1/devices/open" => json(server.approve_opening(now, &caller()?, &serde_json::from_slice(body).unwrap())),
        "/api/v1/devices/numbers" => json(server.arrived_numbers(now, &caller()?, &serde_json::from_slice(body).unwrap())),
        "/api/v1/sign-in" => {
            let request = serde_json::from_slice(&outgoing.body).unwrap();
            Ok(serde_json::to_vec(&server.sign_in(now, chance, &request).map_err(told)?).unwrap())
        }
        "/api/v1/sync" => {
            let session = server.authenticate(now, outgoing.token.as_deref().unwrap_or_default()).map_err(told)?;
            server.sync(now, chance, &session, &outgoing.body).map_err(told)
        }
        "/api/v1/settings" => {
            let session = server.authenticate(now, outgoing.token.as_deref().unwrap_or_default()).map_err(told)?;
            let request = serde_json::from_slice(&outgoing.body).unwrap();
            Ok(shared::sync::messages::encode(&server.publish_settings(now, &session, request).map_err(told)?))
        }
        "/api/v1/keys/ask" => {
            let session = server.authenticate(now, outgoing.token.as_deref().unwrap_or_default()).map_err(told)?;
            let ask = serde_json::from_slice(&outgoing.body).unwrap();
            server.ask_for_key(now, &session, ask).map_err(told).map(|()| Vec::new())
        }
        "/api/v1/keys/waiting" => {
            let session = server.authenticate(now, outgoing.token.as_deref().unwrap_or_default()).map_err(told)?;
            Ok(serde_json::to_vec(&server.waiting_keys(&session).map_err(told)?).unwrap())
        }
        "/api/v1/keys/book" => {
            let session = server.authenticate(now, outgoing.token.as_deref().unwrap_or_default()).map_err(told)?;
            let published = serde_json::from_slice(&outgoing.body).unwrap();
            Ok(shared::sync::messages::encode(&server.publish_book(now, &session, &published).map_err(told)?))
        }
        "/api/v1/import" => {
            let caller = caller()?;
            json(server.import(now, chance, &caller, body))
        }
        "/api/v1/cases" => {
            let session = server.authenticate(now, outgoing.token.as_deref().unwrap_or_default()).map_err(told)?;
            let query = serde_json::from_slice(&outgoing.body).unwrap();
            Ok(serde_json::to_vec(&server.cases(now, &session, &query).map_err(told)?).unwrap())
        }
        "/api/v1/picture" => server.picture(now, &caller()?, &serde_json::from_slice(body).unwrap()).map_err(told),
        "/api/v1/picture/send" => {
            server.take_piece(now, &caller()?, body).map(|verdict| shared::sync::messages::encode(&verdict)).map_err(told)
        }
        "/api/v1/look-up" => json(server.look_up(now, &caller()?, &serde_json::from_slice(body).unwrap())),
        "/api/v1/case" => {
            let session = server.authenticate(now, outgoing.token.as_deref().unwrap_or_default()).map_err(told)?;
            let one: serde_json::Value = serde_json::from_slice(&outgoing.body).unwrap();
            let record = serde_json::from_value(one["record"].clone()).unwrap();
            Ok(serde_json::to_vec(&server.case(now, &session, record).map_err(told)?).unwrap())
        }
        other => panic!("{other}"),
    }
}

pub fn complaint(at: &Deployment) -> Facts {
    let today = at.now.day(180).to_string();
    let text = |key: &str, value: &str| (key.to_owned(), value.into());
    [
        text("intake.channel", "hotline"),
        text("intake.identity_mode", "identified"),
        text("consent.record", "yes"),
        text("consent.share", "yes"),
        text("consent.refer", "yes"),
        text("consent.contact", "yes"),
        text("consent.mode", "verbal"),
        text("who.sex", "f"),
        text("who.age_band", "a18_59"),
        text("place.adm3", "SY020400"),
        text("project", "P01"),
        text("intake.words", "السلة تأخرت أسبوعين ولم يخبرنا أحد"),
        text("reg.received_on", &today),
        text("reg.category", "qual.delay"),
        text("reg.subject_role", "none"),
        text("contact.name", "فاطمة"),
        text("contact.phone.raw", "0944123456"),
        ("contact.phone.safe_to_call".to_owned(), true.into()),
    ]
    .into()
}

/// The bytes of a folder's database files, to look for what must not be in them.
pub fn database_bytes(folder: &Path) -> Vec<u8> {
    ["sada.db", "sada.db-wal"].iter().flat_map(|name| std::fs::read(folder.join(name)).unwrap_or_default()).collect()
}

/// The step that raises a case to the highest level, as someone proposes it who heard what it is about.
pub fn raised_to(category: &str) -> Step {
    Step::Classified {
        entry_type: EntryType::Complaint,
        category: category.into(),
        level: Level::new(5).unwrap(),
        urgency: Urgency::Immediate,
        reason: "ذكرت طلباً مقابل السلة".into(),
    }
}

/// A complaint box that hangs since the first day.
pub fn gate_box() -> ComplaintBox {
    ComplaintBox {
        code: "B1".into(),
        label: Label { en: "Camp gate".into(), ar: "باب المخيم".into() },
        place: "C1561".into(),
        project: Some("P01".into()),
        since: START.day(180),
        retired: false,
    }
}
