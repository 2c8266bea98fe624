//! What is sealed at the gate: written once, addressed first, bounded, and by nobody changed or removed.

use crate::{
    attacks::Scene,
    people::{Phone, ask, ask_allowing, event, event_id, put, registered_header, sealed_header, started},
};
use automerge::{
    ScalarValue,
    legacy::{Key, ObjectId, Op, OpId, OpType},
};
use shared::{
    document::{
        content::Edit,
        fields::{BODY_INTAKE, MAX_ENVELOPE_CHARS, SEALED_TO},
        fold::Document,
    },
    gate::{Code, Denial, Park, Verdict},
    model::{
        codes::{CloseReason, Level},
        event::{SealedDeed, Step},
        order::Order,
        record::{Class, DocKind},
        role::Role,
    },
    policy::{self, Action, Actor, Resource},
};

fn sealed() -> Phone {
    let mut author = Phone::new(1, DocKind::Sealed);
    author.write(&[put(SEALED_TO, "0a".repeat(16)), put(BODY_INTAKE, "YWdl")]);
    author
}

fn op(key: &str, action: OpType, pred: Vec<OpId>) -> Op {
    Op { action, obj: ObjectId::Root, key: Key::from(key), pred: pred.into(), insert: false }
}

fn code(answer: Result<(), Denial>) -> Code {
    answer.unwrap_err().code
}

#[test]
fn an_envelope_is_never_written_over_or_removed() {
    let scene = Scene::of(sealed());
    let stands = scene.written(BODY_INTAKE);
    let text = || OpType::Put(ScalarValue::from("b3RoZXI"));
    let ask = |ops: Vec<Op>| scene.ask(scene.next(ops));
    assert_eq!(code(ask(vec![op(BODY_INTAKE, text(), vec![stands.clone()])])), Code::SealedEdited);
    assert_eq!(code(ask(vec![op(BODY_INTAKE, OpType::Delete, vec![stands])])), Code::SealedEdited);
    assert_eq!(code(ask(vec![op(SEALED_TO, OpType::Delete, vec![scene.written(SEALED_TO)])])), Code::SealedEdited);
    assert_eq!(code(ask(vec![op(BODY_INTAKE, text(), vec![])])), Code::SealedEdited, "as if nothing stood there");
    let twice = vec![op("body.aa", text(), vec![]), op("body.aa", text(), vec![])];
    assert_eq!(code(ask(twice)), Code::SealedEdited);
    assert_eq!(ask(vec![op("body.aa", text(), vec![]), op("body.late.aa", text(), vec![])]), Ok(()));
}

#[test]
fn two_who_seal_the_same_apart_both_pass_and_both_stand() {
    let mut server = Document::new(DocKind::Sealed);
    for n in [1, 2] {
        let mut phone = Phone::new(n, DocKind::Sealed);
        let change = phone.write(&[put(SEALED_TO, "aa"), put(BODY_INTAKE, if n == 1 { "YWdl" } else { "YmVs" })]).unwrap();
        assert_eq!(ask(&server, &change, phone.device, &phone.user), Ok(()));
        server.apply(&change);
    }
    assert_eq!(server.content().facts[BODY_INTAKE].len(), 2);
    // Who has both adds to them and writes over neither, also by our own hand.
    let mut third = Phone::new(3, DocKind::Sealed);
    third.document = server.clone();
    assert_eq!(third.write(&[put(BODY_INTAKE, "Y2Vs"), put(SEALED_TO, "bb")]), None);
    let more = third.write(&[put("body.0011", "Y2Vs"), put(SEALED_TO, "bb")]).unwrap();
    assert_eq!((more.operations(), ask(&server, &more, third.device, &third.user)), (1, Ok(())));
}

#[test]
fn a_sealed_document_says_first_to_whom_and_holds_envelopes_of_bounded_length_only() {
    let first = |edits: &[Edit]| {
        let mut phone = Phone::new(1, DocKind::Sealed);
        let change = phone.write(edits).unwrap();
        ask(&Document::new(DocKind::Sealed), &change, phone.device, &phone.user)
    };
    assert_eq!(code(first(&[put(BODY_INTAKE, "YWdl")])), Code::NotAddressed);
    assert_eq!(first(&[put(SEALED_TO, "aa"), put(BODY_INTAKE, "A".repeat(MAX_ENVELOPE_CHARS))]), Ok(()));
    let scene = Scene::of(sealed());
    let put_raw = |key: &str, value: ScalarValue| scene.ask(scene.next(vec![op(key, OpType::Put(value), vec![])]));
    for value in [
        ScalarValue::from("A".repeat(MAX_ENVELOPE_CHARS + 4).as_str()),
        ScalarValue::from("في المستودع"),
        ScalarValue::from("plain words"),
        ScalarValue::from(""),
        ScalarValue::Boolean(true),
        ScalarValue::Bytes(vec![1, 2, 3]),
        ScalarValue::counter(1),
    ] {
        assert_eq!(code(put_raw("body.aa", value)), Code::Value);
    }
    let later = Denial { verdict: Verdict::Park(Park::Upgrade), check: 9, code: Code::LaterKey, path: "name".into() };
    assert_eq!(put_raw("name", ScalarValue::from("YWdl")), Err(later));
    assert_eq!(code(put_raw("body.نعم", ScalarValue::from("YWdl"))), Code::Key);
}

fn resource(doc: DocKind, class: Class, level: u8) -> Resource {
    Resource {
        doc,
        class,
        level: Level::new(level),
        in_scope: true,
        author: false,
        unsent: false,
        assigned: true,
        implicated: false,
        share_identity: false,
        open: true,
    }
}

fn actor(phone: &Phone, role: Role) -> Actor {
    Actor { user: phone.user.clone(), role, areas: vec![], projects: vec![] }
}

#[test]
fn nobody_but_the_server_rules_and_no_step_stands_among_envelopes() {
    let author = sealed();
    let mut reader = Phone::new(8, DocKind::Sealed);
    reader.take_all(&author.changes);
    let actor = actor(&reader, Role::PseaFp);
    let may = |action: Action<'_>| policy::may(&actor, action, Some(&resource(DocKind::Sealed, Class::Sealed, 5)));
    let asked = |phone: &Phone, edits: &[Edit]| {
        let change = phone.document.write(phone.actor(), edits).unwrap().unwrap();
        ask_allowing(&author.document, &change, phone.device, &phone.user, &may)
    };
    assert_eq!(asked(&reader, &[put("body.0011223344556677", "YWdl")]), Ok(()));
    assert_eq!(code(asked(&reader, &[event(&reader, 3, started("words"))])), Code::NotAllowed);
    let ruling = Edit::Ruling { order: Order { epoch: 1, n: 1 }, text: "{}".into() };
    assert!(reader.document.write(reader.actor(), &[ruling]).is_err());
}

#[test]
fn a_clear_header_takes_plain_steps_of_those_who_hold_it_and_no_words() {
    let header = sealed_header();
    let mut reader = Phone::new(8, DocKind::Case);
    reader.take_all(&header.changes);
    let ask_as = |role, level, edit: Edit| {
        let actor = actor(&reader, role);
        let may = |action: Action<'_>| policy::may(&actor, action, Some(&resource(DocKind::Case, Class::SealedHeader, level)));
        let change = reader.document.write(reader.actor(), &[edit]).unwrap().unwrap();
        ask_allowing(&header.document, &change, reader.device, &reader.user, &may)
    };
    let on = "2026-11-24".parse().unwrap();
    let step = |deed| event(&reader, 5, Step::SealedStep { on, deed });
    assert_eq!(ask_as(Role::PseaFp, 5, step(SealedDeed::HandedOver {})), Ok(()));
    assert_eq!(ask_as(Role::PseaFp, 5, step(SealedDeed::Closed { reason: CloseReason::IuHandover })), Ok(()));
    assert_eq!(code(ask_as(Role::Cd, 5, step(SealedDeed::Closed { reason: CloseReason::IuHandover }))), Code::NotAllowed);
    assert_eq!(code(ask_as(Role::Ao, 4, step(SealedDeed::Followup {}))), Code::NotAllowed);
    assert_eq!(code(ask_as(Role::PseaFp, 5, event(&reader, 5, started("ما قالته")))), Code::NotAllowed);
    assert_eq!(code(ask_as(Role::PseaFp, 5, put("place.adm3", "SY020402"))), Code::NotAllowed);
    let relevel = |level, count: usize| {
        let recipients = vec!["u9".into(); count];
        step(SealedDeed::Relevelled { level: Level::new(level).unwrap(), recipients })
    };
    assert_eq!(ask_as(Role::PseaFp, 5, relevel(4, 2)), Ok(()));
    assert_eq!(code(ask_as(Role::PseaFp, 5, relevel(3, 2))), Code::EventMalformed, "a sealed case is not unsealed by a step");
    assert_eq!(code(ask_as(Role::PseaFp, 5, relevel(4, 33))), Code::EventMalformed);
    // A deed of a later version waits, and words hidden beside a known one do not pass.
    let raw = |text: String| ask_as(Role::PseaFp, 5, Edit::Event { id: event_id(5), text });
    let plain = crate::people::text(&reader.user, Step::SealedStep { on, deed: SealedDeed::Followup {} });
    assert_eq!(code(raw(plain.replace("followup", "from_2031"))), Code::LaterEvent);
    assert_eq!(code(raw(plain.replace("\"followup\"", "\"followup\",\"note\":\"ما قالته\""))), Code::LaterEvent);
    // Even whoever registers it tells nothing more in the clear.
    let author = Phone::new(1, DocKind::Case);
    let edits = [event(&author, 1, registered_header()), event(&author, 2, started("ما قالته"))];
    let change = author.document.write(author.actor(), &edits).unwrap().unwrap();
    assert_eq!(code(ask(&Document::new(DocKind::Case), &change, author.device, &author.user)), Code::SealedHeader);
    let told =
        [event(&author, 1, registered_header()), event(&author, 2, Step::SealedStep { on, deed: SealedDeed::Acknowledged {} })];
    let change = author.document.write(author.actor(), &told).unwrap().unwrap();
    assert_eq!(ask(&Document::new(DocKind::Case), &change, author.device, &author.user), Ok(()));
}
