//! What a case, a step and a small edit cost on the wire. Prints the figures; asserts design.md §9 with receipts apart.
//! The text is made: 45 % of the words from a list of the field's, the rest spread over 20,000 words as a language spreads them.
#![cfg(feature = "documents")]
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "helpers of tests; figures are printed for people")]

use shared::{
    document::{
        actor::ActorId,
        content::{Edit, Fact},
        fold::Document,
    },
    entropy::{Entropy, Seeded},
    model::{
        codes::{CountKey, EntryType, Level, SubjectRole, Urgency},
        dates::{Day, UnixSeconds},
        event::{Event, Registered, Step},
        ids::{DeviceId, EventId, RecordId},
        order::StepRef,
        record::{DocKind, DocumentId},
    },
    sync::frames::{
        Writing,
        up::{self, UpItem},
    },
};

const FIELD_WORDS: &str = "الشكوى توزيع السلة الغذائية المخيم العائلة لم نستلم البطاقة الموظف التسجيل الخيمة المياه الصهريج الخبز الفرن المدرسة \
    الأطفال النازحين اسمي القائمة المستفيدين الموعد تأخر الدور الازدحام كبار السن ذوي الإعاقة المشروع المنسق طلب معلومات عن معايير الاختيار رفض \
    جودة الأعمال الصرف الصحي الطريق الشتاء وقود التدفئة البطانيات النقد الحوالة المكتب الاتصال الرقم الرد خلال أيام";

struct Words {
    chance: Seeded,
    rest: Vec<String>,
}

impl Words {
    fn new(seed: u64) -> Self {
        let mut chance = Seeded::new(seed);
        let letters: Vec<char> = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي".chars().collect();
        let word = |chance: &mut Seeded| -> String {
            (0..3 + chance.below(5)).map(|_| letters[usize::try_from(chance.below(28)).unwrap()]).collect()
        };
        let rest = (0..20_000).map(|_| word(&mut chance)).collect();
        Self { chance, rest }
    }

    fn text(&mut self, chars: usize) -> String {
        let field: Vec<&str> = FIELD_WORDS.split_whitespace().collect();
        let mut out = String::new();
        while out.chars().count() < chars {
            if self.chance.below(100) < 45 {
                out.push_str(field[usize::try_from(self.chance.below(field.len() as u64)).unwrap()]);
            } else {
                // Zipf: the rank is spread evenly over its logarithm.
                let exponent = self.chance.below(1_000_000);
                #[expect(
                    clippy::cast_precision_loss,
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a rank below 20,000"
                )]
                let rank = 20_000_f64.powf(exponent as f64 / 1e6) as usize - 1;
                out.push_str(&self.rest[rank]);
            }
            out.push(' ');
        }
        out.trim_end().to_owned()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.chance.below(from.len() as u64)).unwrap()]
    }
}

fn put(key: &str, fact: impl Into<Fact>) -> Edit {
    Edit::Put { key: key.into(), fact: fact.into() }
}

fn event(words: &mut Words, after: Vec<StepRef>, step: Step) -> (EventId, Edit) {
    let id = EventId::random(&mut words.chance);
    let at = UnixSeconds(1_793_752_981 + i64::try_from(words.chance.below(1_000_000)).unwrap());
    let text = Event { by: words.pick(&["u7", "u12", "u19"]).into(), at, after, set: 3, step }.to_text();
    (id, Edit::Event { id, text })
}

/// Facts and events of one complaint: about 2 KB of JSON with the text.
fn complaint(words: &mut Words) -> (Vec<Edit>, Vec<Edit>, EventId) {
    let number = format!("{:09}", words.chance.below(1_000_000_000));
    let adm3 = words.pick(&["SY020400", "SY020401", "SY020402", "SY020403"]);
    let community = format!("C{}", 1_500 + words.chance.below(60));
    let project = words.pick(&["P01", "P02", "P03", "P04"]);
    let mut edits = vec![
        put("ref_no", number),
        put("intake.channel", words.pick(&["hotline", "desk", "box", "visit"])),
        put("intake.identity_mode", words.pick(&["identified", "confidential"])),
        put("intake.language", words.pick(&["ar", "ku", "tr"])),
        put("intake.words", words.text(402)),
        put("consent.record", "yes"),
        put("consent.share", words.pick(&["yes", "no"])),
        put("consent.refer", "yes"),
        put("consent.contact", "yes"),
        put("consent.mode", "oral"),
        put("who.sex", words.pick(&["f", "m"])),
        put("who.age_band", words.pick(&["18_59", "60p", "u18"])),
        put("who.disability", words.pick(&["no", "yes"])),
        put("who.displacement", words.pick(&["idp", "host", "returnee"])),
        put("place.adm3", adm3),
        put("place.adm4", community),
        put("place.site", words.text(14)),
        put("project", project),
        put("sector", words.pick(&["fsl", "wash", "shelter"])),
        put("receipt_given", true),
    ];
    let registered = Registered {
        received_on: "2026-11-01".parse::<Day>().unwrap(),
        day_exact: true,
        level: Level::new(2).unwrap(),
        urgency: Urgency::Action,
        entry_type: Some(EntryType::Complaint),
        category: Some(words.pick(&["dist.late", "sel.excluded", "qual.poor", "info.criteria"]).into()),
        subject_role: Some(SubjectRole::None),
        voice_escalated_at: None,
        recipients: vec![],
        adm3: adm3.into(),
        project: Some(project.into()),
    };
    let (first, registered) = event(words, vec![], Step::Registered(registered));
    edits.push(registered);
    let told = Step::Acknowledged { mode: "person".into(), receipt_given: true };
    edits.push(event(words, vec![StepRef::Event(first)], told).1);
    let phone = 930_000_000 + words.chance.below(9_999_999);
    let contact = vec![
        put("name", words.text(16)),
        put("phone.raw", format!("0{phone}")),
        put("phone.e164", format!("+963{phone}")),
        put("phone.owner", "self"),
        put("phone.safe_to_call", true),
        put("resp.channel", words.pick(&["call", "visit"])),
    ];
    (edits, contact, first)
}

fn write(document: &mut Document, actor: ActorId, edits: &[Edit]) -> Vec<u8> {
    let change = document.write(actor, edits).unwrap().unwrap();
    document.apply(&change);
    change.raw().to_vec()
}

/// With `SADA_DUMP=folder`, bodies of frames to train the dictionary on, of another seed than what is measured.
fn dump(per_frame: usize, frame: &[u8]) {
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let Some(folder) = std::env::var_os("SADA_DUMP").filter(|_| per_frame <= 40) else { return };
    let number = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    std::fs::write(std::path::Path::new(&folder).join(format!("{number:05}")), up::body(frame).unwrap()).unwrap();
}

type Item = (DocumentId, Vec<u8>);

/// Bytes of the frames for `items`, so many to a frame.
fn framed(items: &[Item], per_frame: usize, level: i32) -> usize {
    let frame = |part: &[Item]| {
        let items: Vec<UpItem<'_>> =
            part.iter().map(|(document, change)| UpItem { document: *document, change, receipt: None }).collect();
        let frame = up::write(&items, Writing { level, full_deps: false }).unwrap();
        dump(per_frame, &frame);
        frame.len()
    };
    items.chunks(per_frame).map(frame).sum()
}

#[test]
fn cases_steps_and_small_edits_keep_to_their_bytes() {
    let mut words = Words::new(if std::env::var_os("SADA_DUMP").is_some() { 2 } else { 1 });
    let (mut created, mut steps, mut edits, mut counts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut json = 0;
    for _ in 0..500 {
        let record = RecordId::random(&mut words.chance);
        let actor = ActorId::device(DeviceId([u8::try_from(words.chance.below(40)).unwrap(); 10]), 1);
        let officer = ActorId::device(DeviceId([77; 10]), 1);
        let (facts, contact, first) = complaint(&mut words);
        json += serde_json::to_vec(&(&facts, &contact)).unwrap().len();
        let (case, who) = (DocumentId::first(record, DocKind::Case), DocumentId::first(record, DocKind::Contact));
        let mut document = Document::new(DocKind::Case);
        created.push((case, write(&mut document, actor, &facts)));
        created.push((who, write(&mut Document::new(DocKind::Contact), actor, &contact)));
        let chars = 40 + usize::try_from(words.chance.below(80)).unwrap();
        let note = words.text(chars);
        let step = Step::Followup { with: "project".into(), mode: "call".into(), note, next_on: None };
        let (_, step) = event(&mut words, vec![StepRef::Event(first)], step);
        steps.push((case, write(&mut document, officer, &[step])));
        edits.push((case, write(&mut document, officer, &[put("sector", words.pick(&["prot", "edu"]))])));
        let session = DocumentId::first(record, DocKind::Session);
        let mut document = Document::new(DocKind::Session);
        let by = |words: &mut Words| 1 + i64::try_from(words.chance.below(30)).unwrap();
        let taps = [(CountKey::F18To59, by(&mut words)), (CountKey::FUnder18, by(&mut words))]
            .map(|(key, by)| Edit::Increment { key, by });
        counts.push((session, write(&mut document, actor, &taps)));
    }
    let per = |items: &[Item], frame: usize, level: i32, of: usize| framed(items, frame, level) as f64 / of as f64;
    println!(
        "new case, both documents ({} B of JSON): raw {}, frames of 2,000 / 250 / 20 / 1 cases, zstd 9:",
        json / 500,
        created.iter().map(|c| c.1.len()).sum::<usize>() / 500
    );
    let case = [4_000, 500, 40, 2].map(|frame| per(&created, frame, 9, 500));
    let step = [500, 20, 1].map(|frame| per(&steps, frame, 9, 500));
    let edit = [500, 20, 1].map(|frame| per(&edits, frame, 9, 500));
    let count = [500, 20, 1].map(|frame| per(&counts, frame, 9, 500));
    println!("  {case:.0?} B up");
    println!("appended step (note of 40-120 characters), frames of 500 / 20 / 1: {step:.0?} B");
    println!("small edit, frames of 500 / 20 / 1: {edit:.0?} B;  two counts: {count:.0?} B");
    // design.md §9, with room for text that compresses worse.
    assert!(case[1] <= 450.0 && case[3] <= 600.0 && step[1] <= 120.0 && edit[1] <= 45.0 && count[1] <= 45.0);
}
