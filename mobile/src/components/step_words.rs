//! What an event or a ruling says, as labels and words for the timeline.

use super::names;
use crate::hooks::AppState;
use shared::{
    document::content::{Fact, Facts},
    model::{
        event::{SealedDeed, Step},
        ruling::Verdict,
    },
    settings::Settings,
    text::Texts,
};

/// Labels and words, empty ones left out.
type Lines = Vec<(String, String)>;

/// The code of a verdict, as in its JSON.
pub(crate) const fn verdict_id(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted {} => "accepted",
        Verdict::Refused { .. } => "refused",
        Verdict::NotCounted {} => "not_counted",
        Verdict::Routed { .. } => "routed",
        Verdict::Placed { .. } => "placed",
        Verdict::Escalated { .. } => "escalated",
        Verdict::ReceivedOn { .. } => "received_on",
        Verdict::RefNoReissued { .. } => "ref_no_reissued",
        Verdict::MergedFrom { .. } => "merged_from",
        Verdict::Recipients { .. } => "recipients",
        Verdict::Raised(_) => "raised",
    }
}

/// What the server decided, as a sentence.
pub(crate) fn ruling(t: Texts, app: AppState, settings: &Settings, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Accepted {} => t.verdict_accepted(),
        Verdict::Refused { why } => t.verdict_refused(&names::coded(t, "refusal", &names::serde_id(why))),
        Verdict::NotCounted {} => t.verdict_not_counted(),
        Verdict::Routed { to, why } => {
            t.verdict_routed(&names::person(t, settings, to), &names::coded(t, "route", &names::serde_id(why)))
        }
        Verdict::Placed { adm3, .. } => t.verdict_placed(&names::place(t, app, adm3)),
        Verdict::Escalated { to, day } => {
            let whom = t.verdict_escalated(&names::person(t, settings, to));
            if *day >= 0 { format!("{whom} – {}", t.verdict_escalated_late(*day)) } else { whom }
        }
        Verdict::ReceivedOn { day, why } => {
            t.verdict_received_on(&t.day(*day), &names::coded(t, "received-on", &names::serde_id(why)))
        }
        Verdict::RefNoReissued { ref_no } => t.verdict_ref_no_reissued(&names::ref_no(t, ref_no)),
        Verdict::MergedFrom { ref_no, .. } => t.verdict_merged_from(&names::ref_no(t, ref_no)),
        Verdict::Recipients { users } => {
            let people: Vec<String> = users.iter().map(|user| names::person(t, settings, user)).collect();
            t.verdict_recipients(&names::joined(t, people))
        }
        Verdict::Raised(raised) => {
            t.verdict_raised(&names::person(t, settings, &raised.by), &t.day(raised.registered.received_on))
        }
    }
}

/// What a person's step says, beyond the heading.
pub(crate) fn event(t: Texts, settings: &Settings, step: &Step) -> Lines {
    let choice = |list: &str, code: &str| names::choice(t, settings, list, code);
    let yes_no = |yes| names::yes_no(t, yes);
    let lines = match step {
        Step::Registered(r) => vec![
            (t.field_received_on(), t.day(r.received_on)),
            (t.field_category(), r.category.as_ref().map_or_else(String::new, |c| names::category(t, settings, c))),
            (t.field_level(), t.number(r.level.number())),
        ],
        Step::Seen {}
        | Step::DropUndone { .. }
        | Step::BoxOpened {}
        | Step::CloseSeconded { .. }
        | Step::ExtensionApproved { .. }
        | Step::AnswerApproved { .. } => Vec::new(),
        Step::Acknowledged { mode, receipt_given } => {
            vec![(t.field_mode(), choice("mode", mode.as_str())), (t.field_receipt_given(), yes_no(*receipt_given))]
        }
        Step::Classified { entry_type, category, level, urgency, reason } => vec![
            (t.field_entry_type(), choice("entry_type", entry_type.id())),
            (t.field_category(), names::category(t, settings, category)),
            (t.field_level(), t.number(level.number())),
            (t.field_urgency(), choice("urgency", urgency.id())),
            (t.field_reason(), reason.clone()),
        ],
        Step::Assigned { to, share_identity, reason } => vec![
            (t.line_to(), names::person(t, settings, to)),
            (t.field_share_identity(), yes_no(*share_identity)),
            (t.field_reason(), reason.clone()),
        ],
        Step::Started { note } | Step::Resumed { note } | Step::Correction { note } => vec![(t.field_note(), note.clone())],
        Step::Held { reason, next_on, note } => vec![
            (t.field_reason(), choice("hold", reason.as_str())),
            (t.field_next_on(), t.day(*next_on)),
            (t.field_note(), note.clone()),
        ],
        Step::ExtensionAsked { reason, until, interim } => {
            vec![(t.field_until(), t.day(*until)), (t.field_reason(), reason.clone()), (t.field_interim(), interim.clone())]
        }
        Step::AnswerProposed { talking_points, findings, actions } => vec![
            (t.field_talking_points(), talking_points.clone()),
            (t.field_findings(), findings.clone()),
            (t.field_actions(), actions.clone()),
        ],
        Step::Followup { with, mode, note, next_on } => vec![
            (t.field_with(), with.clone()),
            (t.field_mode(), choice("mode", mode.as_str())),
            (t.field_note(), note.clone()),
            (t.field_next_on(), next_on.map_or_else(String::new, |day| t.day(day))),
        ],
        Step::ContactAttempt { mode, result, on, time } => vec![
            (t.field_on(), t.day(*on)),
            (t.field_time(), time.clone()),
            (t.field_mode(), choice("mode", mode.as_str())),
            (t.field_result(), choice("contact", result.as_str())),
        ],
        Step::Responded { on, mode, summary, reached, understood, accepts, of: _ } => vec![
            (t.field_on(), t.day(*on)),
            (t.field_mode(), choice("mode", mode.as_str())),
            (t.field_summary(), summary.clone()),
            (t.field_reached(), yes_no(*reached)),
            (t.field_understood(), understood.map_or_else(String::new, yes_no)),
            (t.field_accepts(), accepts.map_or_else(String::new, yes_no)),
        ],
        Step::AnsweredOnSpot { mode, told, agreed, satisfaction } => vec![
            (t.field_mode(), choice("mode", mode.as_str())),
            (t.field_told(), told.clone()),
            (t.field_agreed(), names::yes_no_or_not_asked(t, *agreed)),
            (t.field_satisfaction(), choice("satisfaction", satisfaction.as_str())),
        ],
        Step::Closed { on, reason, outcome, note, satisfaction, actions_done } => vec![
            (t.field_on(), t.day(*on)),
            (t.field_close_reason(), choice("close_reason", reason.id())),
            (t.field_outcome(), choice("outcome", outcome.id())),
            (t.field_note(), note.clone()),
            (t.field_satisfaction(), choice("satisfaction", satisfaction.as_str())),
            (t.field_actions_done(), yes_no(*actions_done)),
        ],
        Step::Referred { to, consent, ground, shared } => vec![
            (t.field_refer_to(), to.clone()),
            (t.field_consent(), choice("consent", consent.id())),
            (t.field_ground(), ground.clone()),
            (t.field_shared(), shared.clone()),
        ],
        Step::ReferralReceived { on, note, person_told } => {
            vec![(t.field_on(), t.day(*on)), (t.field_note(), note.clone()), (t.field_person_told(), yes_no(*person_told))]
        }
        Step::Merged { into_ref, reason, .. } => {
            vec![(t.field_merge_into(), names::ref_no(t, into_ref)), (t.field_reason(), reason.clone())]
        }
        Step::Reopened { reason, requested_by } => {
            vec![(t.field_requested_by(), requested_by.clone()), (t.field_reason(), reason.clone())]
        }
        Step::Voided { reason } => vec![(t.field_reason(), reason.clone())],
        Step::SessionRegistered { planned } => {
            vec![(t.session_kind(), if *planned { t.session_planned() } else { t.session_now() })]
        }
        Step::Corrected { key, delta, reason } => {
            vec![(names::count_key(t, *key), t.number(*delta)), (t.field_reason(), reason.clone())]
        }
        Step::Estimated { side, counts, with_disability } => {
            let mut lines = vec![(t.estimate_side(), choice("side", side.as_str()))];
            lines.extend(counts.iter().map(|(key, n)| (names::count_key(t, *key), t.number(*n))));
            lines.push((t.estimate_disability(), with_disability.map_or_else(String::new, |n| t.number(n))));
            lines
        }
        Step::PlanChanged { to, reason, note } => {
            let day = to.map_or_else(|| t.plan_called_off(), |day| t.day(day));
            vec![
                (t.plan_new_day(), day),
                (t.field_reason(), names::choice(t, settings, "plan_reason", reason.as_str())),
                (t.field_note(), note.clone()),
            ]
        }
        Step::EstimateDropped { reason, .. } => vec![(t.field_reason(), reason.clone())],
        Step::SessionJoined { lead } => vec![(t.join_lead(), names::person(t, settings, lead))],
        Step::CountDropped { of, counts, reason } => {
            let counted = counts.iter().map(|(key, n)| (names::count_key(t, *key), t.number(*n)));
            let whose = (t.together_counted_by(), names::person(t, settings, of));
            std::iter::once(whose).chain(counted).chain([(t.field_reason(), reason.clone())]).collect()
        }
        Step::MaterialsHanded { counts } => counts.iter().map(|(kind, n)| (choice("iec", kind.as_str()), t.number(*n))).collect(),
        Step::SealedStep { on, deed } => {
            let mut lines = vec![(t.field_on(), t.day(*on))];
            match deed {
                SealedDeed::Relevelled { level, .. } => lines.push((t.field_level(), t.number(level.number()))),
                SealedDeed::Closed { reason } => lines.push((t.field_close_reason(), choice("close_reason", reason.id()))),
                _ => {}
            }
            lines
        }
    };
    lines.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// The words of a step on a sealed case.
pub(crate) fn told(t: Texts, settings: &Settings, words: &Facts) -> Lines {
    let line = |(key, fact): (&String, &Fact)| {
        let text = fact.as_text().unwrap_or_default();
        let words = if key == "mode" { names::choice(t, settings, "mode", text) } else { text.to_owned() };
        (t.coded("field", key).unwrap_or_else(|| key.clone()), words)
    };
    words.iter().map(line).filter(|(_, words)| !words.is_empty()).collect()
}
