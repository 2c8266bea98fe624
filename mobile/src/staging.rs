//! Renders pages in tests the way a person would find them: a scripted replica answers, effects and questions run until quiet.
#![allow(clippy::unwrap_used, clippy::type_complexity, reason = "helpers of tests")]

use crate::{
    app::App,
    platform,
    protocol::{
        Answer, CaseDetail, Conflict, Draft, DraftKind, PlaceHit, Preferences, Provenance, ReplicaStatus, Request, Stage,
        StepStanding, TimelineEntry, TimelineStep,
    },
};
use dioxus::{core::NoOpMutations, history::MemoryHistory, prelude::*};
use futures_util::FutureExt;
use shared::{
    document::content::{Fact, Facts, Standing},
    model::{
        codes::{CaseFlag, CloseReason, EntryType, IdentityMode, Level, Outcome, Phase, Status, SubjectRole, SyncState, Urgency},
        dates::{Day, UnixSeconds},
        event::{Event, Registered, Step},
        ids::{ChangeHash, DeviceId, EventId, Pcode, RecordId},
        order::Order,
        record::{DocKind, DocumentId},
        role::Role,
        row::{CaseRow, SessionRow},
        ruling::{Refusal, RouteReason, Ruling, Verdict},
    },
    settings::{
        CallNumber, Label, Person, Project, Settings, Target,
        say::{Point, Says, Sheet},
    },
};
use std::rc::Rc;

/// 24 November 2026, noon in Damascus.
pub(crate) const NOW: UnixSeconds = UnixSeconds(1_795_510_800);

/// What a test decides; the rest answers as an empty, open store of an officer.
pub(crate) struct Stand {
    /// Where the replica stands.
    pub(crate) stage: Stage,
    /// Who is signed in.
    pub(crate) user: &'static str,
    /// Language, theme, digits.
    pub(crate) preferences: Preferences,
    /// Asked first.
    pub(crate) answers: Box<dyn Fn(&Request) -> Option<Answer>>,
    /// Changes to where the replica stands.
    pub(crate) status: fn(&mut ReplicaStatus),
}

impl Default for Stand {
    fn default() -> Self {
        Self { stage: Stage::Open, user: "u1", preferences: Preferences::default(), answers: Box::new(|_| None), status: |_| {} }
    }
}

impl Stand {
    /// In English.
    pub(crate) fn english() -> Self {
        Self { preferences: Preferences { language: "en".into(), ..Preferences::default() }, ..Self::default() }
    }

    /// With answers of the test's own.
    pub(crate) fn answering(self, answers: impl Fn(&Request) -> Option<Answer> + 'static) -> Self {
        Self { answers: Box::new(answers), ..self }
    }

    /// The page at `path`, once nothing more happens by itself.
    pub(crate) fn show(self, path: &str) -> String {
        let mut status = ReplicaStatus {
            stage: self.stage,
            user: (self.stage == Stage::Open).then(|| self.user.into()),
            device: None,
            login: Some("salma".into()),
            persisted: Some(true),
            token_expired: false,
            waiting: 0,
            last_contact: Some(NOW.plus(-7_200)),
            now: NOW,
            today: NOW.day(180),
            clock_ahead_s: Some(0),
            book_swapped: false,
            key_missing: false,
            resealing: 0,
            shut: None,
            little_space: false,
            forgets_in_days: None,
            fingerprint: None,
            users: Vec::new(),
            passphrase_gone: false,
        };
        (self.status)(&mut status);
        let (answers, preferences) = (self.answers, self.preferences);
        platform::answer_with(move |request| answers(&request).unwrap_or_else(|| usual(&request, &status, &preferences)));
        let mut dom = VirtualDom::new_with_props(At, AtProps { path: path.to_owned() });
        dom.rebuild_in_place();
        // Long enough for any page to settle; short enough to notice one that never does.
        for _ in 0..200 {
            if dom.wait_for_work().now_or_never().is_none() {
                break;
            }
            dom.render_immediate(&mut NoOpMutations);
        }
        dioxus_ssr::render(&dom)
    }
}

impl Stand {
    /// The form of the complaint `draft` holds.
    pub(crate) fn show_draft(self, draft: Draft) -> String {
        let path = format!("/capture/{}", draft.record);
        self.answering(move |request| matches!(request, Request::Drafts).then(|| Answer::Drafts(vec![draft.clone()]))).show(&path)
    }
}

/// A complaint's draft at a step, with the place filled in and `more`.
pub(crate) fn draft(step: u8, more: &[(&str, &str)]) -> Draft {
    let filled = [
        ("consent.record", "yes"),
        ("reg.received_on", "2026-11-24"),
        ("place.adm3", "SY020400"),
        ("place.adm4", "C1561"),
        ("project", "P01"),
        ("intake.channel", "field_visit"),
    ];
    let facts = filled.iter().chain(more).map(|(key, value)| ((*key).to_owned(), Fact::from(*value))).collect();
    Draft { record: record(1), kind: DraftKind::Complaint, facts, counts: Default::default(), step, saved_at: NOW }
}

#[component]
fn At(path: String) -> Element {
    use_hook(|| dioxus::history::provide_history_context(Rc::new(MemoryHistory::with_initial_path(path.clone()))));
    rsx! { App {} }
}

fn usual(request: &Request, status: &ReplicaStatus, preferences: &Preferences) -> Answer {
    match request {
        Request::Status => Answer::Status(status.clone()),
        Request::Preferences => Answer::Preferences(preferences.clone()),
        Request::Settings => Answer::Settings(Box::new(settings())),
        Request::Drafts => Answer::Drafts(Vec::new()),
        Request::Batch(_) => Answer::Batch(None),
        Request::Cases(_) => Answer::Cases(Default::default()),
        Request::Sessions(_) | Request::Plans { .. } => Answer::Sessions { rows: Vec::new(), total: 0 },
        Request::OwnSent => Answer::OwnSent(Vec::new()),
        Request::Coverage(_) => Answer::Coverage(Default::default()),
        Request::Waiting => Answer::Waiting(Default::default()),
        Request::Quarantine => Answer::Quarantine(Vec::new()),
        Request::Places(codes) => Answer::Places(codes.iter().filter_map(place).collect()),
        Request::FindPlaces { .. } => Answer::Places(Vec::new()),
        _ => Answer::Done,
    }
}

/// A place of the default settings with those around it.
pub(crate) fn place(code: &Pcode) -> Option<PlaceHit> {
    let all = shared::settings::default::default().unwrap();
    let place = all.place(code)?.clone();
    let mut around = Vec::new();
    let mut next = place.parent.clone();
    while let Some(parent) = next.and_then(|code| all.place(&code).cloned()) {
        next = parent.parent.clone();
        around.push(parent);
    }
    Some(PlaceHit { place, around })
}

/// The default lists with an organisation's own people, projects and number to call.
pub(crate) fn settings() -> Settings {
    let mut settings = shared::settings::default::default().unwrap();
    settings.organisation = Label { en: "Hand in Hand".into(), ar: "يداً بيد".into() };
    settings.hotline = vec![CallNumber {
        label: Label { en: "Specialised focal point".into(), ar: "المسؤولة المختصة".into() },
        phone: "+905321112233".into(),
    }];
    let person = |id: &str, name: &str, role| Person::new(id.into(), name, role);
    settings.people = vec![
        person("u1", "سلمى الحسن", Role::Ao),
        person("u2", "أحمد العلي", Role::Receiver),
        person("u3", "ليلى قاسم", Role::AmeMgr),
        person("u4", "Omar Haddad", Role::PmFocal),
        person("u5", "يوسف", Role::Admin),
    ]
    .into();
    let project = |code: &str, en: &str, ar: &str| Project {
        code: code.into(),
        name: Label { en: en.into(), ar: ar.into() },
        donor: "ECHO".into(),
        partner: String::new(),
        sector: "fsl".into(),
        starts_on: day(2026, 4, 1),
        ends_on: day(2027, 3, 31),
        targets: vec![Target { place: "C1561".into(), phases: vec![Phase::Before, Phase::During], caseload: [420, 380] }],
        favourites: ["qual.delay", "req.inclusion", "targ.exclusion", "info.schedule"].map(Into::into).to_vec(),
        focal_points: [("SY020400".to_owned(), "u4".into())].into(),
        team: vec!["u4".into()],
        says: Default::default(),
        retired: false,
    };
    settings.projects = vec![
        project("P01", "Food baskets A'zaz", "سلال غذائية في اعزاز"),
        project("P02", "Water and sanitation in camps", "مياه وإصحاح في المخيمات"),
    ]
    .into();
    let label = |en: &str, ar: &str| Label { en: en.into(), ar: ar.into() };
    let point = |category: &str, question: Label, answer: Label| Point { categories: vec![category.into()], question, answer };
    settings.projects[0].says = Says {
        sheet: Sheet { gives: label("A food basket each month", "سلة غذائية كل شهر"), ..Sheet::default() },
        points: vec![
            point(
                "info.schedule",
                label("When is the next distribution?", "متى التوزيع القادم؟"),
                label("On the first Sunday of each month.", "أول يوم أحد من كل شهر."),
            ),
            point("info.crm", label("How do I complain?", "كيف أقدّم شكوى؟"), label("Call the hotline.", "اتصل بالخط الساخن.")),
        ],
        reviewed_on: Some(day(2026, 11, 2)),
    };
    settings.places.clear();
    settings
}

/// A day.
pub(crate) fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap()
}

/// A record id from one byte.
pub(crate) const fn record(n: u8) -> RecordId {
    RecordId([n; 16])
}

/// An ordinary open case.
pub(crate) fn case_row(n: u8) -> CaseRow {
    CaseRow {
        record: record(n),
        ref_no: format!("4821736{n:02}"),
        status: Status::Assigned,
        level: Level::new(2).unwrap(),
        urgency: Urgency::Action,
        entry_type: Some(EntryType::Complaint),
        category: Some("qual.delay".into()),
        adm3: "SY020400".into(),
        adm4: Some("C1561".into()),
        unlisted: None,
        project: Some("P01".into()),
        channel: Some("field_visit".into()),
        identity_mode: Some(IdentityMode::Identified),
        sex: Some("f".into()),
        age_band: Some("a18_59".into()),
        subject_role: Some(SubjectRole::None),
        excerpt: "لم تصل السلة الغذائية منذ شهرين، وكل مرة يقولون الأسبوع القادم. عندي خمسة أطفال.".into(),
        assignee: Some("u4".into()),
        recorded_by: "u2".into(),
        received_on: day(2026, 11, 12),
        due_on: Some(day(2026, 11, 27)),
        extended_to: None,
        acknowledged_on: None,
        on_spot: None,
        responded_on: None,
        closed_on: None,
        close_reason: None,
        reopened: 0,
        unsynced_days: 4,
        awaiting_ruling: 0,
        conflict: false,
        duplicate_of: None,
        sync: SyncState::OnServer,
        last_step_at: NOW,
    }
}

/// A session held yesterday.
pub(crate) fn session_row(n: u8) -> SessionRow {
    SessionRow {
        record: record(n),
        date: day(2026, 11, 23),
        phase: Phase::During,
        projects: vec!["P01".into()],
        adm3: "SY020400".into(),
        adm4: Some("C1561".into()),
        unlisted: None,
        venue: "خيمة المجتمع".into(),
        method: Some("group".into()),
        counts: [6, 4, 18, 9, 3, 1, 0],
        total: 41,
        approximate: false,
        planned: false,
        called_off: None,
        postponed: false,
        facilitators: Vec::new(),
        void: false,
        recorded_by: "u2".into(),
        conflict: false,
        sync: SyncState::OnPhone,
    }
}

/// One case with a conflict, a long story and steps that wait, were refused, or came late.
pub(crate) fn case_detail(n: u8) -> CaseDetail {
    let by = |user: &str, received: Option<i64>| Provenance {
        user: Some(user.into()),
        device: Some(DeviceId([7; 10])),
        received_at: received.map(|ago| NOW.plus(-ago)),
        order: None,
    };
    let event =
        |id: u8, user: &str, ago: i64, step: Step, standing: StepStanding, sent: bool, unsynced_days: i64| TimelineEntry {
            what: TimelineStep::Event(
                EventId([id; 8]),
                Event { by: user.into(), at: NOW.plus(-ago - unsynced_days * 86_400), after: Vec::new(), set: 1, step },
            ),
            by: by(user, sent.then_some(ago)),
            standing,
            unsynced_days,
        };
    let routed = Ruling {
        at: NOW.plus(-8 * 86_400),
        on: None,
        verdict: Verdict::Routed { to: "u4".into(), why: RouteReason::ProjectFocal },
    };
    let row = CaseRow { awaiting_ruling: 1, conflict: true, ..case_row(n) };
    let registered = Step::Registered(Registered {
        received_on: row.received_on,
        day_exact: true,
        level: row.level,
        urgency: row.urgency,
        entry_type: row.entry_type,
        category: row.category.clone(),
        subject_role: row.subject_role,
        voice_escalated_at: None,
        recipients: Vec::new(),
        adm3: row.adm3.clone(),
        project: row.project.clone(),
    });
    let close = |reason| Step::Closed {
        on: day(2026, 11, 23),
        reason,
        outcome: Outcome::Upheld,
        note: "وُعدت بالاستلام يوم الأحد".into(),
        satisfaction: "s4".into(),
        actions_done: false,
    };
    let standing = |value: &str, n: u8| Standing { fact: value.into(), change: ChangeHash([n; 32]) };
    let facts = |pairs: &[(&str, &str)]| -> Facts { pairs.iter().map(|(k, v)| ((*k).to_owned(), Fact::from(*v))).collect() };
    CaseDetail {
        facts: facts(&[
            ("ref_no", &row.ref_no),
            ("intake.channel", "field_visit"),
            ("intake.identity_mode", "identified"),
            ("intake.words", &row.excerpt),
            ("place.adm3", "SY020400"),
            ("place.adm4", "C1561"),
            ("who.sex", "f"),
            ("who.age_band", "a18_59"),
            ("who.displacement", "idp_camp"),
            ("consent.share", "yes"),
            ("project", "P01"),
        ]),
        conflicts: vec![Conflict {
            document: DocumentId::first(row.record, DocKind::Case),
            key: "place.adm4".into(),
            values: vec![(standing("C1561", 1), by("u2", Some(90_000))), (standing("C1566", 2), by("u1", None))],
        }],
        contact: Some(facts(&[("name", "أم محمود"), ("phone.raw", "0944 123 456"), ("phone.owner", "relative")])),
        subject: None,
        flags: vec![CaseFlag::ConcurrentLevels],
        hold_days: 2,
        timeline: vec![
            event(1, "u2", 8 * 86_400, registered, StepStanding::Counts, true, 4),
            TimelineEntry {
                what: TimelineStep::Ruling(Order { epoch: 1, n: 2 }, routed.clone()),
                by: Provenance { user: None, device: None, received_at: Some(routed.at), order: None },
                standing: StepStanding::Counts,
                unsynced_days: 0,
            },
            event(2, "u1", 7 * 86_400, Step::Seen {}, StepStanding::Counts, true, 0),
            event(
                3,
                "u1",
                6 * 86_400,
                Step::ContactAttempt {
                    mode: "call".into(),
                    result: "no_answer".into(),
                    on: day(2026, 11, 18),
                    time: "صباحاً".into(),
                },
                StepStanding::Counts,
                true,
                0,
            ),
            event(4, "u1", 90_000, close(CloseReason::Responded), StepStanding::Refused(Refusal::NoResponse), true, 0),
            event(5, "u1", 3_600, close(CloseReason::Unreachable), StepStanding::Awaits, false, 0),
        ],
        routed: Some(routed),
        may: ["acknowledged", "classified", "assigned", "followup", "contact_attempt", "responded", "merged"]
            .map(str::to_owned)
            .to_vec(),
        may_put: ["place.adm4", "who.sex", "place.landmark", "name"].map(str::to_owned).to_vec(),
        assignees: vec!["u4".into(), "u1".into()],
        duplicates: vec![case_row(n + 1)],
        sealed: None,
        row,
    }
}

/// A row at another place of its way to the server.
pub(crate) fn with_sync(row: CaseRow, sync: SyncState) -> CaseRow {
    CaseRow { sync, ..row }
}
