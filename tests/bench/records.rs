//! Synthetic cases of the size of real ones: about 2 KB as plain JSON, with 400 characters of Arabic from a vocabulary of
//! 20,000 words (45 % of them from the field's own). From a fixed seed; holds no person's words.

use shared::{
    document::content::{Edit, Fact, Facts},
    entropy::{Entropy, Seeded},
    model::{
        codes::{EntryType, Level, SubjectRole, Urgency},
        dates::{Day, UnixSeconds, plus_days},
        event::{Event, Registered, Step},
        ids::{EventId, RecordId, UserId},
    },
    settings::Settings,
};

/// One case: both documents' edits, and the same content as plain JSON for the baselines.
pub(crate) struct Case {
    pub(crate) record: RecordId,
    pub(crate) author: usize,
    pub(crate) case: Vec<Edit>,
    pub(crate) contact: Vec<Edit>,
    pub(crate) json: String,
    /// The form as a page would hand it in.
    pub(crate) form: Facts,
}

const FIELD_WORDS: &str = "السلة الغذائية التوزيع المستفيدين قائمة الأسماء المخيم النازحين بطاقة تأخير موعد لم نستلم الخيمة مياه \
    الصهريج المدرسة المركز الصحي دواء حليب أطفال معايير الاختيار لجنة مدير المخيم شكوى طلب مساعدة نقدية حوالة مكتب الصرف \
    ازدحام كبار السن ذوي الإعاقة صيانة السقف الشتاء مازوت بطانيات حصص ناقصة جودة الطحين تسجيل العائلة رقم الهاتف زيارة الفريق";
const SYLLABLES: [&str; 28] = [
    "با", "تو", "سل", "مر", "كن", "دي", "حا", "قل", "فر", "نو", "عب", "شم", "صد", "طي", "هج", "لو", "زر", "غي", "خط", "ذك", "ضر",
    "ظل", "أم", "إي", "يا", "ست", "جم", "وق",
];

fn words(entropy: &mut Seeded, characters: usize) -> String {
    let field: Vec<&str> = FIELD_WORDS.split_whitespace().collect();
    let mut text = String::new();
    while text.chars().count() < characters {
        if !text.is_empty() {
            text.push(' ');
        }
        if entropy.below(100) < 45 {
            text.push_str(field[pick(entropy, field.len())]);
        } else {
            // Zipf-like: a square makes early words of the 20,000 frequent.
            let rank = entropy.below(141) * entropy.below(141);
            let mut word = Seeded::new(rank).child("word");
            for _ in 0..2 + word.below(2) {
                text.push_str(SYLLABLES[pick(&mut word, SYLLABLES.len())]);
            }
        }
    }
    text
}

fn pick(entropy: &mut Seeded, bound: usize) -> usize {
    usize::try_from(entropy.below(bound as u64)).unwrap_or(0)
}

fn choose(entropy: &mut Seeded, from: &[&str]) -> Fact {
    Fact::from(from[pick(entropy, from.len())])
}

fn edits(facts: &Facts) -> Vec<Edit> {
    facts.iter().map(|(key, fact)| Edit::Put { key: key.clone(), fact: fact.clone() }).collect()
}

fn case_facts(entropy: &mut Seeded, (adm3, adm4): (&str, &str), project: &str) -> Facts {
    let mut facts = Facts::new();
    let mut put = |key: &str, fact: Fact| facts.insert(key.to_owned(), fact);
    put("ref_no", Fact::from(format!("{:09}", entropy.below(1_000_000_000))));
    put("intake.channel", choose(entropy, &["hotline", "whatsapp", "desk", "field_visit", "box", "committee"]));
    put("intake.language", Fact::from("ar"));
    put("intake.words", Fact::from(words(entropy, 400)));
    put("consent.record", Fact::from("yes"));
    let shares = entropy.below(2) == 0;
    put("consent.share", Fact::from(if shares { "yes" } else { "no" }));
    // Whoever does not share who they are is not "identified".
    put("intake.identity_mode", choose(entropy, if shares { &["identified", "confidential"] } else { &["confidential"] }));
    put("consent.refer", choose(entropy, &["yes", "no"]));
    put("consent.contact", Fact::from("yes"));
    put("consent.mode", Fact::from("verbal"));
    put("who.sex", choose(entropy, &["f", "m"]));
    put("who.age_band", choose(entropy, &["a13_17", "a18_59", "a18_59", "a60"]));
    put("who.disability", choose(entropy, &["no", "yes", "not_asked"]));
    put("who.displacement", choose(entropy, &["host", "idp_camp", "idp_out", "returnee"]));
    put("who.profile", choose(entropy, &["benef", "nonbenef", "applicant"]));
    put("place.adm3", Fact::from(adm3));
    put("place.adm4", Fact::from(adm4));
    put("place.site", Fact::from(words(entropy, 15)));
    put("project", Fact::from(project));
    put("sector", choose(entropy, &["snfi", "fsl", "wash", "health"]));
    put("receipt_given", Fact::from(entropy.below(2) == 0));
    facts
}

fn contact_facts(entropy: &mut Seeded) -> Facts {
    let digits = entropy.below(100_000_000);
    let mut facts = Facts::new();
    let mut put = |key: &str, fact: Fact| facts.insert(key.to_owned(), fact);
    put("name", Fact::from(words(entropy, 18)));
    put("phone.raw", Fact::from(format!("09{digits:08}")));
    put("phone.e164", Fact::from(format!("+9639{digits:08}")));
    put("phone.owner", choose(entropy, &["self", "relative", "neighbour"]));
    put("phone.safe_to_call", Fact::from(true));
    put("resp.channel", choose(entropy, &["call", "whatsapp", "in_person"]));
    facts
}

/// The user who writes the records of `author`.
pub(crate) fn user(author: usize) -> UserId {
    UserId(format!("u{author}"))
}

/// Days over which cases are received, unless said otherwise.
pub(crate) const DAYS: u64 = 240;

/// `count` cases by 40 authors, received over the `days` before 27 October 2026. Each is made when it is asked for.
pub(crate) fn cases(settings: &Settings, count: usize, days: u64) -> impl Iterator<Item = Case> {
    let root = Seeded::new(2026).child("bench records");
    let communities: Vec<_> = settings
        .places
        .iter()
        .filter(|p| p.level == 4)
        .filter_map(|p| Some((p.parent.as_ref()?.as_str(), p.code.as_str())))
        .collect();
    (0..count).map(move |i| case(&mut root.child(&i.to_string()), i % 40, &communities, days))
}

fn case(entropy: &mut Seeded, author: usize, communities: &[(&str, &str)], days: u64) -> Case {
    let place = communities[pick(entropy, communities.len())];
    let project = format!("P{:02}", 1 + entropy.below(4));
    let facts = case_facts(entropy, place, &project);
    let contact = contact_facts(entropy);
    let before = i64::try_from(days - entropy.below(days)).unwrap_or(0);
    let day = plus_days(Day::from_ymd_opt(2026, 10, 27).unwrap_or_default(), -before);
    let at = UnixSeconds(1_772_000_000 + i64::try_from(entropy.below(20_000_000)).unwrap_or(0));
    let category = ["info.criteria", "req.inclusion", "qual.delay", "targ.exclusion", "qual.cash"][pick(entropy, 5)];
    let step = Step::Registered(Registered {
        received_on: day,
        day_exact: true,
        level: Level::new(1 + u8::try_from(entropy.below(3)).unwrap_or(0)).unwrap_or_else(|| unreachable!()),
        urgency: Urgency::Action,
        entry_type: Some(EntryType::Complaint),
        category: Some(category.into()),
        subject_role: Some(SubjectRole::None),
        voice_escalated_at: None,
        recipients: vec![],
        adm3: place.0.into(),
        project: Some(project.as_str().into()),
    });
    let text = Event { by: user(author), at, after: vec![], set: 1, step }.to_text();
    let form = form(&facts, &contact, day, category);
    let json = serde_json::json!({ "case": facts, "contact": contact, "events": [text] }).to_string();
    let mut case = edits(&facts);
    case.push(Edit::Event { id: EventId::random(entropy), text });
    Case { record: RecordId::random(entropy), author, case, contact: edits(&contact), json, form }
}

fn form(facts: &Facts, contact: &Facts, day: Day, category: &str) -> Facts {
    let mut form: Facts =
        facts.iter().filter(|(key, _)| *key != "ref_no").map(|(key, fact)| (key.clone(), fact.clone())).collect();
    form.extend(
        contact.iter().filter(|(key, _)| *key != "phone.e164").map(|(key, fact)| (format!("contact.{key}"), fact.clone())),
    );
    let own =
        [("reg.received_on", day.to_string()), ("reg.category", category.to_owned()), ("reg.subject_role", "none".to_owned())];
    form.extend(own.map(|(key, value)| (key.to_owned(), Fact::Text(value))));
    form.insert("reg.old_day_confirmed".into(), Fact::Flag(true));
    form
}

/// The text of a follow-up step with a note of about 80 characters.
pub(crate) fn followup(entropy: &mut Seeded, author: usize, after: EventId) -> (EventId, String) {
    let at = UnixSeconds(1_793_000_000 + i64::try_from(entropy.below(500_000)).unwrap_or(0));
    let length = 40 + pick(entropy, 80);
    let step = Step::Followup { with: String::new(), mode: "call".into(), note: words(entropy, length), next_on: None };
    let event = Event { by: user(author), at, after: vec![shared::model::order::StepRef::Event(after)], set: 1, step };
    (EventId::random(entropy), event.to_text())
}
