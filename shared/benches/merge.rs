//! Writing, checking and folding a document of 1 and of 100 changes, each beside the same through an Automerge document.
//! `cargo bench -p shared --features documents --bench merge`

#![expect(clippy::unwrap_used, reason = "a bench")]

use automerge::{AutoCommit, ROOT, ReadDoc, transaction::Transactable};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use shared::{
    document::{actor::ActorId, change::Change, content::Edit, fold::Document, genesis::genesis},
    gate::{Ingress, check, parse_ingress},
    model::{
        codes::{EntryType, Level, SubjectRole, Urgency},
        dates::UnixSeconds,
        event::{Event, Registered, Step},
        ids::{DeviceId, EventId, UserId},
        record::DocKind,
    },
};
use std::hint::black_box;

const DEVICE: DeviceId = DeviceId([1; 10]);

fn actor() -> ActorId {
    ActorId::device(DEVICE, 1)
}

fn event(id: u64, step: Step) -> Edit {
    let event = Event { by: "u1".into(), at: UnixSeconds(1_795_500_000), after: vec![], set: 1, step };
    Edit::Event { id: EventId(id.to_be_bytes()), text: event.to_text() }
}

fn followup(id: u64) -> Edit {
    let note = "اتصلت بالمشروع وقالوا إن التوزيع القادم يوم الأحد، وأخبرت السيدة بذلك".to_owned();
    event(id, Step::Followup { with: "المشروع".into(), mode: "mode.phone".into(), note, next_on: None })
}

/// A whole complaint as the form writes it, about 2 KB.
fn complaint() -> Vec<Edit> {
    let registered = Step::Registered(Registered {
        received_on: "2026-11-20".parse().unwrap(),
        day_exact: true,
        level: Level::new(2).unwrap(),
        urgency: Urgency::Action,
        entry_type: Some(EntryType::Complaint),
        category: Some("food.late".into()),
        subject_role: Some(SubjectRole::None),
        voice_escalated_at: None,
        recipients: vec![],
        adm3: "SY020400".into(),
        project: Some("P01".into()),
    });
    let words = "لم نستلم السلة الغذائية منذ شهرين مع أن اسمنا في القائمة. ".repeat(12);
    let texts = [
        ("ref_no", "123456789"),
        ("intake.channel", "hotline"),
        ("intake.identity_mode", "identified"),
        ("intake.received_by", "u1"),
        ("intake.language", "ar"),
        ("intake.words", &words),
        ("intake.desired_outcome", "أن تصل السلة"),
        ("consent.record", "yes"),
        ("consent.share", "yes"),
        ("consent.refer", "no"),
        ("consent.contact", "yes"),
        ("consent.mode", "verbal"),
        ("who.sex", "f"),
        ("who.age_band", "a18_59"),
        ("who.disability", "none"),
        ("who.displacement", "idp_camp"),
        ("who.profile", "benef"),
        ("place.adm3", "SY020400"),
        ("place.adm4", "C1561"),
        ("place.site", "مخيم السلامة"),
        ("project", "P01"),
        ("sector", "fsl"),
    ];
    let puts = texts.iter().map(|(key, value)| Edit::Put { key: (*key).into(), fact: (*value).into() });
    std::iter::once(event(1, registered)).chain(puts).collect()
}

/// A case of `count` changes: the complaint and follow-ups.
fn case(count: usize) -> Vec<Change> {
    let mut document = Document::new(DocKind::Case);
    let mut changes = Vec::new();
    for id in (2..).take(count) {
        let edits = if changes.is_empty() { complaint() } else { vec![followup(id)] };
        let change = document.write(actor(), &edits).unwrap().unwrap();
        document.apply(&change);
        changes.push(change);
    }
    changes
}

fn raw(changes: &[Change]) -> Vec<Vec<u8>> {
    changes.iter().map(|change| change.raw().to_vec()).collect()
}

fn load(raw: &[Vec<u8>]) -> Document {
    let changes: Vec<_> = raw.iter().map(|raw| Change::from_raw(raw).unwrap()).collect();
    Document::load(DocKind::Case, &changes)
}

fn load_automerge(raw: &[Vec<u8>]) -> AutoCommit {
    let mut document = AutoCommit::new();
    let changes = raw.iter().map(|raw| automerge::Change::from_bytes(raw.clone()).unwrap());
    document.apply_changes(std::iter::once(genesis(DocKind::Case).as_automerge().clone()).chain(changes)).unwrap();
    document
}

fn writing(c: &mut Criterion) {
    let mut group = c.benchmark_group("write");
    let empty = Document::new(DocKind::Case);
    let edits = complaint();
    group.bench_function("complaint", |b| b.iter(|| empty.write(actor(), black_box(&edits)).unwrap()));
    for count in [1, 100] {
        let stored = raw(&case(count));
        let step = [followup(9_999)];
        group.bench_function(BenchmarkId::new("step, from raw changes", count), |b| {
            b.iter(|| load(black_box(&stored)).write(actor(), &step).unwrap());
        });
        let document = load(&stored);
        group.bench_function(BenchmarkId::new("step, document at hand", count), |b| {
            b.iter(|| document.write(actor(), black_box(&step)).unwrap());
        });
        let Edit::Event { text, .. } = &step[0] else { unreachable!() };
        group.bench_function(BenchmarkId::new("step, Automerge from raw changes", count), |b| {
            b.iter(|| {
                let mut document = load_automerge(black_box(&stored));
                let events = document.get(ROOT, "events").unwrap().unwrap().1;
                document.put(events, "000000000000270f", text.as_str()).unwrap();
                document.commit()
            });
        });
    }
    group.finish();
}

fn checking(c: &mut Criterion) {
    let mut group = c.benchmark_group("gate");
    let user = UserId::from("u1");
    let ingress = Ingress { device: DEVICE, user: &user, may: &|_| true };
    let first = case(1)[0].raw().to_vec();
    let empty = Document::new(DocKind::Case);
    group.bench_function("complaint", |b| {
        b.iter(|| check(&empty, &parse_ingress(DocKind::Case, black_box(&first)).unwrap(), &ingress))
    });
    for count in [1, 100] {
        let changes = case(count + 1);
        let document = Document::load(DocKind::Case, &changes[..count]);
        let step = changes[count].raw();
        group.bench_function(BenchmarkId::new("step", count), |b| {
            b.iter(|| check(&document, &parse_ingress(DocKind::Case, black_box(step)).unwrap(), &ingress));
        });
    }
    group.finish();
}

fn folding(c: &mut Criterion) {
    let mut group = c.benchmark_group("fold");
    for count in [1, 100] {
        let stored = raw(&case(count));
        group.bench_function(BenchmarkId::new("content from raw changes", count), |b| {
            b.iter(|| load(black_box(&stored)).content());
        });
        group.bench_function(BenchmarkId::new("Automerge from raw changes, hydrate", count), |b| {
            b.iter_batched(|| (), |()| load_automerge(black_box(&stored)).hydrate(&ROOT, None).unwrap(), BatchSize::SmallInput);
        });
    }
    group.finish();
}

criterion_group!(benches, writing, checking, folding);
criterion_main!(benches);
