//! Every root key of every document: its type, bounds and choice list. The gate, the forms and the rows read this one table.
//! Who may write a key is `policy`'s, not this table's.
//!
//! # Source
//! domain.md §4, §7; design.md §3 (where a fact lives), §4.

use super::content::Fact;
use crate::{
    model::{
        dates::Day as CivilDay,
        ids::{Code as CodeId, Pcode, ProjectCode},
        record::DocKind,
    },
    picture::PictureName,
    settings::sites::{MAX_NAME_CHARS, UNLISTED},
};
use chrono::Datelike;

/// What may stand under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Free text of at most so many characters.
    Text(usize),
    /// A code of the named list of the settings.
    Code(&'static str),
    /// Yes or no.
    Flag,
    /// A whole number from 0 to this.
    Number(i64),
    /// A civil day, `YYYY-MM-DD`.
    Day,
    /// A time of day, `HH:MM`.
    Time,
    /// A P-code or site code.
    Place,
    /// A project code.
    Project,
    /// A user id, or a role with an organisation for people without an account.
    User,
    /// 8 digits and a check digit.
    RefNo,
    /// A picture, by the hash of its bytes: [`PictureName`].
    Picture,
    /// An envelope of [`crate::seal`], in base64 without padding.
    Envelope,
}

/// Most that is added to a counter at once, and the largest count anyone may claim. A form says so before it is too much.
pub const MAX_COUNT: i64 = 1_000_000;
/// Longest `User` value, in characters: a user id, or a role with an organisation.
pub const MAX_USER_CHARS: usize = 120;
/// Longest `Envelope` value, in characters: the largest envelope in base64.
pub const MAX_ENVELOPE_CHARS: usize = 360_390;

impl FieldKind {
    /// Whether a value has the type, form and bounds of this kind. Whether a code is in its list is the form's question:
    /// lists grow, and a record is judged by the settings it was made under.
    #[must_use]
    pub fn fits(&self, fact: &Fact) -> bool {
        match (self, fact) {
            (Self::Flag, Fact::Flag(_)) => true,
            (Self::Number(most), Fact::Number(number)) => (0..=*most).contains(number),
            (Self::Text(most), Fact::Text(text)) => is_short(text, *most),
            (Self::User, Fact::Text(text)) => !text.is_empty() && is_short(text, MAX_USER_CHARS),
            (Self::Code(_), Fact::Text(text)) => CodeId::from(text.as_str()).is_well_formed(),
            (Self::Place, Fact::Text(text)) => Pcode::from(text.as_str()).is_well_formed(),
            (Self::Project, Fact::Text(text)) => ProjectCode::from(text.as_str()).is_well_formed(),
            (Self::Day, Fact::Text(text)) => {
                text.parse::<CivilDay>().is_ok_and(|day| is_plain_day(day) && day.to_string() == *text)
            }
            (Self::Time, Fact::Text(text)) => is_time(text),
            (Self::Envelope, Fact::Text(text)) => is_base64(text) && text.len() <= MAX_ENVELOPE_CHARS,
            (Self::Picture, Fact::Text(text)) => PictureName::parse(text).is_some(),
            (Self::RefNo, Fact::Text(text)) => text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        }
    }
}

/// Whether a text has at most `most` characters.
#[must_use]
pub fn is_short(text: &str, most: usize) -> bool {
    text.len() <= most || text.chars().count() <= most
}

/// Whether a day lies in 1900-2199, which every calendar widget and database column can hold. A form asks for less.
#[must_use]
pub fn is_plain_day(day: CivilDay) -> bool {
    (1900..2200).contains(&day.year())
}

fn is_base64(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    !text.is_empty() && text.len() % 4 != 1 && text.bytes().all(is_digit)
}

fn is_time(text: &str) -> bool {
    matches!(text.as_bytes(), [h1, h2, b':', m1, m2]
        if matches!((h1, h2), (b'0' | b'1', b'0'..=b'9') | (b'2', b'0'..=b'3')) && matches!((m1, m2), (b'0'..=b'5', b'0'..=b'9')))
}

/// One root key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The document it stands in.
    pub doc: DocKind,
    /// The key. One that ends in `.*` stands for a set of choices: one key per code (`topic.right`).
    pub key: &'static str,
    /// What may stand there.
    pub kind: FieldKind,
}

const fn field(doc: DocKind, key: &'static str, kind: FieldKind) -> Field {
    Field { doc, key, kind }
}

use DocKind::{BoxOpening, Case, Contact, Sealed, Session, Subject};
use FieldKind::{Code, Day, Envelope, Flag, Number, Picture, Place, Project, RefNo, Text, Time, User};

/// Where a case says at which session it was heard, as the record's hex.
pub const CASE_SESSION: &str = "intake.session";

/// The table. Keys are added, never retyped or reused.
pub const FIELDS: &[Field] = &[
    field(Case, "ref_no", RefNo),
    field(Case, "intake.channel", Code("channel")),
    field(Case, "intake.identity_mode", Code("identity_mode")),
    field(Case, "intake.received_by", User),
    field(Case, "intake.language", Code("language")),
    field(Case, "intake.literacy_need", Flag),
    field(Case, "intake.incident_on", Text(120)),
    field(Case, "intake.paper_form_no", Text(40)),
    field(Case, "intake.prior_ref", RefNo),
    field(Case, "intake.words", Text(crate::model::event::MAX_WORDS_CHARS)),
    field(Case, "intake.desired_outcome", Text(4_000)),
    field(Case, "intake.dropped_call", Flag),
    field(Case, "intake.box_opening", Text(32)),
    field(Case, "intake.slip", Number(1_000_000)),
    field(Case, CASE_SESSION, Text(32)),
    field(Case, "consent.record", Code("consent")),
    field(Case, "consent.share", Code("consent")),
    field(Case, "consent.refer", Code("consent")),
    field(Case, "consent.contact", Code("consent")),
    field(Case, "consent.mode", Code("mode")),
    field(Case, "who.sex", Code("sex")),
    field(Case, "who.age_band", Code("age_band")),
    field(Case, "who.disability", Code("disability")),
    field(Case, "who.displacement", Code("displacement")),
    field(Case, "who.profile", Code("profile")),
    field(Case, "who.wg.*", Number(4)),
    field(Case, "group.size", Number(1_000_000)),
    field(Case, "group.f", Number(1_000_000)),
    field(Case, "group.m", Number(1_000_000)),
    field(Case, "group.rep_consent", Flag),
    field(Case, "place.adm3", Place),
    field(Case, "place.adm4", Place),
    field(Case, UNLISTED, Text(MAX_NAME_CHARS)),
    field(Case, "place.site", Text(120)),
    field(Case, "place.landmark", Text(200)),
    field(Case, "project", Project),
    field(Case, "partner", Text(80)),
    field(Case, "sector", Code("sector")),
    field(Case, "receipt_given", Flag),
    field(Case, "lessons_flag", Flag),
    field(Contact, "name", Text(120)),
    field(Contact, "phone.raw", Text(40)),
    field(Contact, "phone.e164", Text(20)),
    field(Contact, "phone.owner", Code("owner")),
    field(Contact, "phone.safe_to_call", Flag),
    field(Contact, "phone.safe_hours", Text(120)),
    field(Contact, "phone.may_leave_message", Flag),
    field(Contact, "benef_id", Text(40)),
    field(Contact, "resp.channel", Code("resp_channel")),
    field(Contact, "resp.place", Text(200)),
    field(Contact, "resp.time", Text(120)),
    field(Contact, "resp.with", Code("meet_with")),
    field(Contact, "concerned.name", Text(120)),
    field(Contact, "concerned.consent", Code("consent")),
    field(Contact, "photo.1", Picture),
    field(Contact, "photo.2", Picture),
    field(Contact, "photo.3", Picture),
    field(Subject, "person", Text(200)),
    field(Subject, "unit", Text(120)),
    field(Session, "date", Day),
    field(Session, "start_time", Time),
    field(Session, "duration_min", Number(1_440)),
    field(Session, "phase", Code("phase")),
    field(Session, "place.adm3", Place),
    field(Session, "place.adm4", Place),
    field(Session, UNLISTED, Text(MAX_NAME_CHARS)),
    field(Session, "place.venue", Text(120)),
    field(Session, "method", Code("meth")),
    field(Session, "count_quality", Code("count")),
    field(Session, "project.*", Flag),
    field(Session, "aud.*", Flag),
    field(Session, "topic.*", Flag),
    field(Session, "iec.*", Number(1_000_000)),
    field(Session, "facilitator.*", Flag),
    // `side.<user>`: whom each of several facilitators counts.
    field(Session, "side.*", Code("side")),
    field(Session, "co_facilitator", Flag),
    // By user: two who write at once both stand. The bare keys are of sessions from before, and of apps from before.
    field(Session, "questions_heard.*", Text(4_000)),
    field(Session, "feedback_heard.*", Text(4_000)),
    field(Session, "questions_heard", Text(4_000)),
    field(Session, "feedback_heard", Text(4_000)),
    field(Session, "understood.asked", Number(10_000)),
    field(Session, "understood.right", Number(10_000)),
    field(Session, "shared_with_project_on", Day),
    field(BoxOpening, "box", Text(32)),
    field(BoxOpening, "date", Day),
    field(BoxOpening, "last_opened_on", Day),
    field(BoxOpening, "place.adm3", Place),
    field(BoxOpening, "place.adm4", Place),
    field(BoxOpening, "project.*", Flag),
    field(BoxOpening, "opener.*", Flag),
    field(BoxOpening, "other_opener", Text(120)),
    field(BoxOpening, "papers", Number(crate::box_opening::MOST_PAPERS)),
    field(BoxOpening, "slip_from", Number(1_000_000)),
    // One key per slip: entered as a case, or in the signed envelope.
    field(BoxOpening, "entered.*", Flag),
    field(BoxOpening, "envelope.*", Flag),
    field(BoxOpening, "note", Text(1_000)),
    field(Sealed, SEALED_TO, Text(64)),
    field(Sealed, BODY_INTAKE, Envelope),
    // `body.<event id>`: the words of a step.
    field(Sealed, "body.*", Envelope),
    // What stood in a case when it was raised, in as many parts as it takes.
    field(Sealed, "body.raised.*", Envelope),
    // Changes of what was sealed or raised meanwhile, each under the beginning of its hash.
    field(Sealed, "body.late.*", Envelope),
];

/// What each person at a session writes for themselves: stems of keys that end in a user id, and keys of older sessions.
pub const EACH_THEIR_OWN: [&str; 2] = ["questions_heard", "feedback_heard"];

/// The root key that says to whose keys a sealed document was sealed, as [`crate::sealed::address`] tells it.
pub const SEALED_TO: &str = "to";
/// What the root keys of envelopes begin with.
pub const BODY: &str = "body.";
/// The envelope of what was told at intake.
pub const BODY_INTAKE: &str = "body.intake";

/// Root keys the clear header of a sealed case may hold, and no others. # Source: design.md §7
pub const SEALED_HEADER_KEYS: &[&str] = &["ref_no", "place.adm3", "project"];

/// Root keys of a case whose person did not agree to its being recorded: it is counted, and nothing else. # Source: domain.md §10.4
pub const TALLY_KEYS: &[&str] = &["intake.channel", "consent.record", "place.adm3"];

/// The field that `key` of a `doc` document belongs to. For a set, the part after the dot must be a plain code.
#[must_use]
pub fn find(doc: DocKind, key: &str) -> Option<&'static Field> {
    FIELDS.iter().filter(|f| f.doc == doc).find(|f| match f.key.strip_suffix('*') {
        None => f.key == key,
        Some(stem) => key.strip_prefix(stem).is_some_and(|code| {
            (1..=32).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, FieldKind, SEALED_HEADER_KEYS, TALLY_KEYS, find};
    use crate::{document::content::Fact, model::record::DocKind};

    #[test]
    fn keys_are_unique_within_their_document_and_found() {
        for (i, f) in FIELDS.iter().enumerate() {
            assert!(!FIELDS[..i].iter().any(|g| g.doc == f.doc && g.key == f.key), "{} twice", f.key);
            assert_eq!(find(f.doc, &f.key.replace('*', "x")).map(|g| g.key), Some(f.key));
        }
        assert!(SEALED_HEADER_KEYS.iter().chain(TALLY_KEYS).all(|key| find(DocKind::Case, key).is_some()));
    }

    #[test]
    fn values_fit_by_type_form_and_bounds() {
        let fits = |kind: FieldKind, fact: Fact| kind.fits(&fact);
        assert!(fits(FieldKind::Day, "2026-02-28".into()));
        for day in ["2026-02-30", "2026-2-28", "+2026-02-28", "1899-12-31", "2200-01-01", "28.2.2026", ""] {
            assert!(!fits(FieldKind::Day, day.into()), "{day}");
        }
        assert!(fits(FieldKind::Time, "23:59".into()));
        for time in ["24:00", "9:30", "09:60", "09:3a", "09:300"] {
            assert!(!fits(FieldKind::Time, time.into()), "{time}");
        }
        assert!(fits(FieldKind::Text(4), "صوتي".into()) && !fits(FieldKind::Text(4), "صوتنا".into()));
        assert!(fits(FieldKind::Number(4), 0.into()) && fits(FieldKind::Number(4), 4.into()));
        assert!(!fits(FieldKind::Number(4), 5.into()) && !fits(FieldKind::Number(4), (-1).into()));
        assert!(fits(FieldKind::RefNo, "123456789".into()));
        assert!(!fits(FieldKind::RefNo, "12345678".into()) && !fits(FieldKind::RefNo, "١٢٣٤٥٦٧٨٩".into()));
        assert!(fits(FieldKind::Code("x"), "info.crm".into()) && !fits(FieldKind::Code("x"), "two words".into()));
        assert!(fits(FieldKind::User, "ممثل شريك / المنظمة".into()) && !fits(FieldKind::User, "".into()));
        assert!(fits(FieldKind::Envelope, "YWdl".into()) && fits(FieldKind::Envelope, "YWdlLW".into()));
        for envelope in ["", "YWdlL", "YWdl=", "ي", "a b"] {
            assert!(!fits(FieldKind::Envelope, envelope.into()), "{envelope}");
        }
        assert!(fits(FieldKind::Place, "SY020400".into()) && fits(FieldKind::Project, "P01".into()));
        for (kind, fact) in [
            (FieldKind::Flag, Fact::from("true")),
            (FieldKind::Number(1), true.into()),
            (FieldKind::Text(9), 1.into()),
            (FieldKind::Place, "".into()),
        ] {
            assert!(!kind.fits(&fact));
        }
    }

    #[test]
    fn a_key_of_another_document_or_a_nested_code_is_not_found() {
        for key in ["body.intake", "body.00112233445566aa", "body.raised.0", "body.late.00112233445566aa", "to"] {
            assert!(find(DocKind::Sealed, key).is_some() && find(DocKind::Case, key).is_none(), "{key}");
        }
        for key in ["body", "body.", "body.a.b", "body.raised.", "to.x", "name"] {
            assert!(find(DocKind::Sealed, key).is_none(), "{key}");
        }
        assert!(find(DocKind::Case, "name").is_none());
        assert!(find(DocKind::Session, "topic.").is_none());
        assert!(find(DocKind::Session, "topic.a.b").is_none());
        assert!(find(DocKind::Session, "topic").is_none());
    }
}
