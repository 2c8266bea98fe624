//! Every event and ruling of a record in order: what, who, when, from which device, what became of it.

use super::{Glyph, Icon, names, step_words};
use crate::{
    hooks::{use_app, use_settings, use_texts},
    protocol::{StepStanding, TimelineEntry, TimelineStep},
};
use dioxus::prelude::*;
use shared::{
    document::content::Facts,
    model::{ids::EventId, ruling::Verdict},
};

/// The whole story, oldest first. `words` are those of steps on a sealed case, as far as they could be opened.
#[component]
pub(crate) fn Timeline(entries: Vec<TimelineEntry>, #[props(default)] words: Vec<(EventId, Facts)>) -> Element {
    let shown: Vec<TimelineEntry> = entries.into_iter().filter(is_told).collect();
    rsx! {
        ol { class: "timeline", "data-testid": "timeline",
            for (index , entry) in shown.into_iter().enumerate() {
                Line { key: "{index}", told: words_of(&entry, &words), entry }
            }
        }
    }
}

/// A plain "accepted" says nothing a person needs: the step it answers is shown as counting.
fn is_told(entry: &TimelineEntry) -> bool {
    !matches!(&entry.what, TimelineStep::Ruling(_, ruling)
        if matches!(ruling.verdict, Verdict::Accepted {} | Verdict::Refused { .. } | Verdict::NotCounted {} | Verdict::Placed { .. }))
}

/// What was told with a step on a sealed case.
fn words_of(entry: &TimelineEntry, words: &[(EventId, Facts)]) -> Facts {
    let TimelineStep::Event(id, _) = &entry.what else { return Facts::new() };
    words.iter().find(|(event, _)| event == id).map(|(_, words)| words.clone()).unwrap_or_default()
}

#[component]
fn Line(entry: TimelineEntry, told: Facts) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let (kind, title, details, said_at) = match &entry.what {
        TimelineStep::Event(_, event) => {
            let kind = event.step.right();
            (kind, names::coded(t, "step", kind), step_words::event(t, &settings, &event.step), event.at)
        }
        TimelineStep::Ruling(_, ruling) => (
            step_words::verdict_id(&ruling.verdict),
            step_words::ruling(t, app, &settings, &ruling.verdict),
            Vec::new(),
            ruling.at,
        ),
    };
    let details: Vec<(String, String)> = details.into_iter().chain(step_words::told(t, &settings, &told)).collect();
    let server = matches!(entry.what, TimelineStep::Ruling(..));
    let who = match (&entry.by.user, server) {
        (_, true) => t.timeline_server(),
        (Some(user), _) => names::person(t, &settings, user),
        (None, _) => t.someone(),
    };
    let when = t.moment(entry.by.received_at.unwrap_or(said_at), app.offset_min());
    let (dot, standing, glyph) = match entry.standing {
        StepStanding::Counts if server => ("timeline-dot timeline-dot-server", "counts", Glyph::Bolt),
        StepStanding::Counts => ("timeline-dot", "counts", Glyph::Check),
        StepStanding::Awaits => ("timeline-dot timeline-dot-awaits", "awaits", Glyph::Hourglass),
        StepStanding::Refused(_) => ("timeline-dot timeline-dot-refused", "refused", Glyph::Ban),
        StepStanding::NotCounted => ("timeline-dot timeline-dot-refused", "not_counted", Glyph::Ban),
    };
    let struck = matches!(entry.standing, StepStanding::Refused(_) | StepStanding::NotCounted);
    rsx! {
        li { "data-testid": "step-{kind}", "data-standing": standing,
            span { class: dot, Icon { glyph } }
            div { class: "stack-s",
                p { class: if struck { "strong struck" } else { "strong" }, "{title}" }
                p { class: "faint",
                    bdi { "{who}" }
                    " · {when}"
                    if entry.by.received_at.is_none() && !server {
                        " · " {t.not_yet_sent()}
                    }
                    if let Some(device) = entry.by.device {
                        " · "
                        bdi { class: "ltr", title: t.settings_device_id(), {device.to_string().chars().take(6).collect::<String>()} }
                    }
                }
                match entry.standing {
                    StepStanding::Awaits => rsx! { p { class: "warn-text", {t.standing_awaits()} } },
                    StepStanding::Refused(why) => rsx! { p { class: "danger-text", {names::coded(t, "refusal", &names::serde_id(&why))} } },
                    StepStanding::NotCounted => rsx! { p { class: "danger-text", {t.standing_not_counted()} } },
                    StepStanding::Counts => rsx! {},
                }
                if entry.unsynced_days > 0 {
                    p { class: "warn-text", {t.timeline_unsynced(entry.unsynced_days)} }
                }
                if !details.is_empty() {
                    dl { class: "facts",
                        for (label , words) in details {
                            div { key: "{label}", dt { "{label}" } dd { class: "pre", dir: "auto", "{words}" } }
                        }
                    }
                }
            }
        }
    }
}
