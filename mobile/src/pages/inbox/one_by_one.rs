//! What was chosen for many cases, done to each by itself: an intent and an event of its own, by what is open on it now. Knows no
//! markup and no rule: what may be done comes with the case.

use super::super::case::{
    action_fields::{ACCEPTING, Values, claim_of, first_values},
    action_step::step,
};
use crate::{
    components::names,
    platform,
    protocol::{Answer, CaseDetail, Failure, FailureCode, Request},
};
use shared::{
    intent::Intent,
    model::{
        codes::{CloseReason, Outcome as CameOf, Status},
        dates::Day,
        event::Step,
        ids::RecordId,
        record::DocKind,
    },
    settings::Settings,
    text::Texts,
};

/// Steps an answer takes at most: proposed, approved, given; and accepting one: classified, answered, closed.
const MOST_STEPS: usize = 3;
/// The answer is given to everybody at once, on a board or in a meeting: it ends approved, and the case closes so.
pub(super) const IN_PUBLIC: &str = "in_public";

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Category, or as recorded.
    Classify,
    /// One person for all.
    Assign,
    /// One answer for all.
    Answer,
    /// One reason for all.
    Close,
    /// What each was told on the spot is its answer, and it closes so.
    Accept,
}

impl Deed {
    /// In the order of a case's life, each with its key.
    pub(super) const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Classify, "classified", "C"),
        (Self::Assign, "assigned", "A"),
        (Self::Answer, "responded", "R"),
        (Self::Close, "closed", "L"),
        (Self::Accept, "answered_on_spot", "O"),
    ];

    /// Its step's kind, as texts and stories name it.
    pub(super) fn kind(self) -> &'static str {
        Self::ALL.into_iter().find(|(deed, ..)| *deed == self).map_or("", |(_, kind, _)| kind)
    }
}

/// What became of one case.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// On disk, and counts.
    Done,
    /// On disk; the server rules on it.
    Awaits,
    /// Not done, or not all of it: why, in words.
    Look(String),
}

/// Does it to one case.
pub(super) async fn one(t: Texts, settings: &Settings, record: RecordId, deed: Deed, typed: &Values, today: Day) -> Outcome {
    match deed {
        Deed::Answer => answer(t, record, typed, today).await,
        Deed::Accept => accept(t, record, today).await,
        deed => {
            let case = match read(t, record).await {
                Ok(case) => case,
                Err(outcome) => return outcome,
            };
            let mut values = first_values(deed.kind(), &case, today);
            values.extend(typed.iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.clone(), value.clone())));
            // Another category brings what follows from it; without one each case keeps its own.
            if let Some(category) = typed.get("category").and_then(|code| settings.category(&code.as_str().into())) {
                values.insert("level".into(), category.level.number().to_string());
                values.insert("urgency".into(), category.urgency.id().to_owned());
                values.insert("entry_type".into(), category.entry_type.id().to_owned());
            }
            take(t, &case, deed.kind(), &values).await
        }
    }
}

/// As far as it goes here: at level 1 it is told at once, at level 2 it is proposed, approved and told, at level 3 proposed.
async fn answer(t: Texts, record: RecordId, typed: &Values, today: Day) -> Outcome {
    let is_public = typed.get(IN_PUBLIC).is_some_and(|on| on == "yes");
    let text = typed.get("talking_points").cloned().unwrap_or_default();
    for _ in 0..MOST_STEPS {
        let case = match read(t, record).await {
            Ok(case) => case,
            Err(outcome) => return outcome,
        };
        let open = |kind: &str| case.may.iter().any(|may| may == kind);
        if is_public && case.row.status == Status::AnswerReady {
            return Outcome::Done;
        }
        let kind = match () {
            () if open("responded") && !is_public => "responded",
            () if open("answer_approved") => "answer_approved",
            () if open("answer_proposed") && case.row.status != Status::AnswerReady => "answer_proposed",
            () => return Outcome::Look(t.many_not_open(&names::coded(t, "status", case.row.status.id()))),
        };
        let mut values = first_values(kind, &case, today);
        values.extend([
            ("talking_points".to_owned(), text.clone()),
            ("summary".to_owned(), text.clone()),
            ("mode".to_owned(), typed.get("mode").cloned().unwrap_or_default()),
            ("reached".to_owned(), "yes".to_owned()),
        ]);
        match take(t, &case, kind, &values).await {
            Outcome::Done if kind == "responded" || (is_public && kind == "answer_approved") => return Outcome::Done,
            Outcome::Done if kind == "answer_proposed" && case.row.level.number() > 2 => {
                return Outcome::Look(t.many_needs_approval());
            }
            Outcome::Done => {}
            other => return other,
        }
    }
    Outcome::Look(t.many_needs_approval())
}

/// Classified as it was taken, answered by what was told on the spot, and closed: an event each. Who said that it was not enough is
/// answered properly instead.
pub(crate) async fn accept(t: Texts, record: RecordId, today: Day) -> Outcome {
    for _ in 0..MOST_STEPS {
        let case = match read(t, record).await {
            Ok(case) => case,
            Err(outcome) => return outcome,
        };
        let not_open = || Outcome::Look(t.many_not_open(&names::coded(t, "status", case.row.status.id())));
        let Some((_, Step::AnsweredOnSpot { mode, told, agreed, satisfaction })) = claim_of(&case) else {
            return Outcome::Look(t.many_not_told());
        };
        if *agreed == Some(false) {
            return Outcome::Look(t.many_not_enough());
        }
        let is_accepted = case.row.on_spot.is_some_and(|claim| claim.accepted);
        let (kind, said): (_, &[(&str, &str)]) = match case.row.status {
            Status::Registered => ("classified", &[]),
            Status::Responded if is_accepted => (
                "closed",
                &[
                    ("reason", CloseReason::Responded.id()),
                    ("outcome", CameOf::InfoGiven.id()),
                    ("satisfaction", satisfaction.as_str()),
                    ("actions_done", "yes"),
                ],
            ),
            _ if case.row.is_to_accept() => (
                "responded",
                &[
                    ("mode", mode.as_str()),
                    ("summary", told.as_str()),
                    ("reached", "yes"),
                    ("accepts", if *agreed == Some(true) { "yes" } else { "" }),
                    (ACCEPTING, "yes"),
                ],
            ),
            _ => return not_open(),
        };
        let mut values = first_values(kind, &case, today);
        values.extend(said.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
        match take(t, &case, kind, &values).await {
            Outcome::Done if kind != "closed" => {}
            other => return other,
        }
    }
    Outcome::Look(t.many_not_told())
}

async fn read(t: Texts, record: RecordId) -> Result<Box<CaseDetail>, Outcome> {
    match platform::call(Request::Case(record)).await {
        Answer::Case(case) => Ok(case),
        Answer::Failed(failure) => Err(Outcome::Look(words(t, &failure))),
        _ => Err(Outcome::Look(names::failure(t, FailureCode::Internal))),
    }
}

async fn take(t: Texts, case: &CaseDetail, kind: &str, values: &Values) -> Outcome {
    if !case.may.iter().any(|may| may == kind) {
        return Outcome::Look(t.many_not_open(&names::coded(t, "status", case.row.status.id())));
    }
    let step = match step(kind, values, case, None) {
        Ok(step) => step,
        Err(fields) => return Outcome::Look(problems(t, &fields)),
    };
    match platform::call(Request::Do(Intent::AddStep { record: case.row.record, doc: DocKind::Case, step })).await {
        Answer::Saved(saved) if saved.awaits_ruling => Outcome::Awaits,
        Answer::Saved(_) => Outcome::Done,
        Answer::Failed(failure) => Outcome::Look(words(t, &failure)),
        _ => Outcome::Look(names::failure(t, FailureCode::Internal)),
    }
}

fn words(t: Texts, failure: &Failure) -> String {
    if failure.fields.is_empty() { names::failure(t, failure.code) } else { problems(t, &failure.fields) }
}

fn problems(t: Texts, fields: &[(String, String)]) -> String {
    let one = |(field, code): &(String, String)| {
        let problem = t.coded("problem", code).unwrap_or_else(|| t.field_look_again());
        t.coded("field", field).map_or_else(|| problem.clone(), |label| format!("{label}: {problem}"))
    };
    fields.iter().map(one).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::{Deed, IN_PUBLIC, Outcome, Values, one};
    use crate::{
        platform,
        protocol::{Answer, Provenance, Request, Saved, StepStanding, TimelineEntry, TimelineStep},
        staging::{NOW, case_detail, day, record, settings},
    };
    use futures_util::FutureExt;
    use shared::{
        intent::Intent,
        model::{
            codes::{Level, Status},
            event::{Event, Step},
            ids::EventId,
            row::SpotAnswer,
        },
        text::{Language, Texts},
    };
    use std::{cell::RefCell, rc::Rc};

    /// Steps taken on a case of `level` where `may` says what is open after how many; and what became of it.
    fn run(level: u8, deed: Deed, typed: &[(&str, &str)], may: fn(usize) -> &'static [&'static str]) -> (Vec<Step>, Outcome) {
        let taken = Rc::new(RefCell::new(Vec::<Step>::new()));
        let script = Rc::clone(&taken);
        platform::answer_with(move |request| match request {
            Request::Case(_) => {
                let taken = script.borrow();
                let mut case = case_detail(1);
                case.row.level = Level::new(level).unwrap();
                case.row.status = if taken.iter().any(|s| matches!(s, Step::AnswerApproved { .. })) {
                    Status::AnswerReady
                } else {
                    Status::Triaged
                };
                case.may = may(taken.len()).iter().map(|kind| (*kind).to_owned()).collect();
                case.timeline = taken
                    .iter()
                    .map(|step| TimelineEntry {
                        what: TimelineStep::Event(
                            EventId([9; 8]),
                            Event { by: "u1".into(), at: NOW, after: Vec::new(), set: 1, step: step.clone() },
                        ),
                        by: Provenance { user: None, device: None, received_at: None, order: None },
                        standing: StepStanding::Counts,
                        unsynced_days: 0,
                    })
                    .collect();
                Answer::Case(Box::new(case))
            }
            Request::Do(Intent::AddStep { record, step, .. }) => {
                let awaits_ruling = matches!(step, Step::Closed { .. } | Step::Assigned { .. });
                script.borrow_mut().push(step.clone());
                Answer::Saved(Saved { record, ref_no: None, ref_pin: None, event: None, awaits_ruling })
            }
            other => panic!("{other:?}"),
        });
        let typed: Values = typed.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let settings = settings();
        let ended = one(Texts::new(Language::En), &settings, record(1), deed, &typed, day(2026, 11, 24)).now_or_never().unwrap();
        (taken.take(), ended)
    }

    /// What was told on the spot accepted, step by step, and what became of it.
    fn accepting(agreed: Option<bool>) -> (Vec<Step>, Outcome) {
        let taken = Rc::new(RefCell::new(Vec::<Step>::new()));
        let script = Rc::clone(&taken);
        let told =
            Step::AnsweredOnSpot { mode: "verbal".into(), told: "يوم الأحد".into(), agreed, satisfaction: "s4".into() };
        platform::answer_with(move |request| match request {
            Request::Case(_) => {
                let done = script.borrow().len();
                let mut case = case_detail(1);
                case.row.level = Level::LOWEST;
                case.row.status = [Status::Registered, Status::Assigned, Status::Responded][done];
                case.row.responded_on = (done == 2).then(|| day(2026, 11, 20));
                let not_enough = agreed == Some(false);
                case.row.on_spot = Some(SpotAnswer { on: day(2026, 11, 20), accepted: done == 2, waits: done < 2, not_enough });
                case.may = ["classified", "responded", "closed"].map(str::to_owned).to_vec();
                case.timeline = vec![TimelineEntry {
                    what: TimelineStep::Event(
                        EventId([7; 8]),
                        Event { by: "u2".into(), at: NOW, after: Vec::new(), set: 1, step: told.clone() },
                    ),
                    by: Provenance { user: None, device: None, received_at: None, order: None },
                    standing: StepStanding::Counts,
                    unsynced_days: 0,
                }];
                Answer::Case(Box::new(case))
            }
            Request::Do(Intent::AddStep { record, step, .. }) => {
                let awaits_ruling = matches!(step, Step::Closed { .. });
                script.borrow_mut().push(step.clone());
                Answer::Saved(Saved { record, ref_no: None, ref_pin: None, event: None, awaits_ruling })
            }
            other => panic!("{other:?}"),
        });
        let settings = settings();
        let ended =
            one(Texts::new(Language::En), &settings, record(1), Deed::Accept, &Values::new(), day(2026, 11, 24)).now_or_never();
        (taken.take(), ended.unwrap())
    }

    #[test]
    fn an_answer_on_the_spot_is_accepted_by_three_steps_of_its_own_unless_it_was_not_enough() {
        for agreed in [None, Some(true)] {
            let (steps, ended) = accepting(agreed);
            assert_eq!((kinds(&steps), ended), (vec!["classified", "responded", "closed"], Outcome::Awaits));
            assert!(
                matches!(&steps[1], Step::Responded { of: Some(EventId([7, ..])), summary, accepts, .. }
                    if summary == "يوم الأحد" && *accepts == agreed),
                "{steps:?}"
            );
            assert!(matches!(&steps[2], Step::Closed { satisfaction, .. } if satisfaction.as_str() == "s4"), "{steps:?}");
        }
        let (steps, ended) = accepting(Some(false));
        assert!(steps.is_empty() && matches!(ended, Outcome::Look(_)), "{ended:?}");
        let (steps, ended) = run(1, Deed::Accept, &[], |_| &["responded", "closed"]);
        assert!(steps.is_empty() && matches!(ended, Outcome::Look(_)), "nothing was told: {ended:?}");
    }

    fn kinds(steps: &[Step]) -> Vec<&'static str> {
        steps.iter().map(Step::kind).collect()
    }

    const SAID: [(&str, &str); 2] = [("talking_points", "التوزيع يوم الأحد"), ("mode", "verbal")];

    #[test]
    fn an_answer_goes_as_far_as_the_level_lets_it_and_says_where_it_stops() {
        let (steps, ended) = run(1, Deed::Answer, &SAID, |_| &["answer_proposed", "responded"]);
        assert_eq!((kinds(&steps), ended), (vec!["responded"], Outcome::Done));
        let way = |n: usize| -> &'static [&'static str] { [&["answer_proposed"][..], &["answer_approved"], &["responded"]][n] };
        let (steps, ended) = run(2, Deed::Answer, &SAID, way);
        assert_eq!((kinds(&steps), ended), (vec!["answer_proposed", "answer_approved", "responded"], Outcome::Done));
        assert!(matches!(&steps[2], Step::Responded { summary, reached: true, .. } if summary == SAID[0].1), "{steps:?}");
        let (steps, ended) = run(3, Deed::Answer, &SAID, |n| if n == 0 { &["answer_proposed"] } else { &[] });
        assert_eq!(kinds(&steps), ["answer_proposed"]);
        assert!(matches!(ended, Outcome::Look(_)), "{ended:?}");
    }

    #[test]
    fn an_answer_in_public_ends_approved_and_tells_nobody_apart() {
        let way = |n: usize| -> &'static [&'static str] {
            [&["answer_proposed", "responded"][..], &["answer_approved"], &["responded"]][n]
        };
        let typed = [SAID[0], (IN_PUBLIC, "yes")];
        let (steps, ended) = run(2, Deed::Answer, &typed, way);
        assert_eq!((kinds(&steps), ended), (vec!["answer_proposed", "answer_approved"], Outcome::Done));
        assert_eq!(run(1, Deed::Answer, &typed, way).1, Outcome::Done);
    }

    #[test]
    fn what_is_not_open_on_a_case_is_not_done_and_says_so() {
        for deed in [Deed::Classify, Deed::Assign, Deed::Answer, Deed::Close] {
            let (steps, ended) = run(2, deed, &SAID, |_| &["seen"]);
            assert!(steps.is_empty() && matches!(ended, Outcome::Look(_)), "{deed:?}: {ended:?}");
        }
        let (steps, ended) = run(2, Deed::Close, &[("reason", "responded")], |_| &["closed"]);
        assert!(steps.is_empty() && matches!(ended, Outcome::Look(_)), "a close that lacks its outcome: {ended:?}");
    }

    #[test]
    fn each_case_keeps_its_own_category_unless_another_is_chosen_with_what_follows_from_it() {
        let (steps, ended) = run(2, Deed::Classify, &[("category", ""), ("reason", "")], |_| &["classified"]);
        assert_eq!(ended, Outcome::Done);
        assert!(
            matches!(&steps[0], Step::Classified { category, level, .. } if category.as_str() == "qual.delay" && level.number() == 2)
        );
        let (steps, _) =
            run(2, Deed::Classify, &[("category", "info.schedule"), ("reason", "سؤال فقط")], |_| &["classified"]);
        assert!(
            matches!(&steps[0], Step::Classified { category, level, .. } if category.as_str() == "info.schedule" && level.number() == 1)
        );
        let typed = [
            ("reason", "responded"),
            ("outcome", "upheld"),
            ("on", "2026-11-24"),
            ("satisfaction", "s_na"),
            ("actions_done", "yes"),
        ];
        assert_eq!(run(2, Deed::Close, &typed, |_| &["closed"]).1, Outcome::Awaits);
    }
}
