//! Seven pads to tap. Every tap is on disk as a draft; after a pause, or on leaving, the taps become one increment that merges
//! with those of other phones.

use crate::{
    components::{Glyph, Icon, names},
    hooks::{empty_draft, use_app, use_draft, use_texts},
    platform,
    protocol::{Answer, DraftKind, Request},
    window,
};
use dioxus::prelude::*;
use shared::{
    intent::Intent,
    model::{codes::CountKey, ids::RecordId},
};
use std::collections::BTreeMap;

/// A pause of this long turns taps into an increment. # Source: design.md §4
const PAUSE_MS: i32 = 10_000;
/// Added by the second button of a pad.
const TEN: i64 = 10;

/// Taps that are being written: shown until the row holds them.
type Counts = BTreeMap<CountKey, i64>;

/// Counting. `counts` are those of the row, by `CountKey::ALL`.
#[component]
pub(super) fn Pads(record: RecordId, counts: [i64; 7]) -> Element {
    let found = use_resource(move || async move {
        match platform::call(Request::Drafts).await {
            Answer::Drafts(drafts) => drafts.into_iter().find(|d| d.record == record && d.kind == DraftKind::Counting),
            _ => None,
        }
    });
    let first = found.read().clone();
    rsx! {
        if let Some(draft) = first {
            Counting { record, counts, first: draft.unwrap_or_else(|| empty_draft(record, DraftKind::Counting)) }
        } else {
            Totals { counts }
        }
    }
}

#[component]
fn Counting(record: RecordId, counts: [i64; 7], first: crate::protocol::Draft) -> Element {
    let t = use_texts();
    let app = use_app();
    let form = use_draft(move || first, |facts| facts);
    let mut written = use_signal(Counts::new);
    let mut taps = use_signal(|| 0u32);

    // The row holds what was written: stop adding it on top.
    use_effect(use_reactive!(|counts| {
        let _: [i64; 7] = counts;
        written.set(Counts::new());
    }));
    let write = move || async move {
        let batch = form.take_counts();
        if batch.is_empty() {
            return;
        }
        written.set(batch.clone());
        if let Answer::Failed(failure) =
            platform::call(Request::Do(Intent::CountParticipants { record, counts: batch.clone() })).await
        {
            written.set(Counts::new());
            form.give_back(&batch);
            app.say(names::failure(t, failure.code));
        }
    };
    use_hook(|| {
        // Taps left over from a closed app.
        spawn(write());
    });
    use_drop(move || {
        let batch = form.take_counts();
        if !batch.is_empty() {
            dioxus::core::spawn_forever(async move {
                // If this fails, the taps are still on disk as a draft and counted on the next visit.
                platform::call(Request::Do(Intent::CountParticipants { record, counts: batch })).await;
            });
        }
    });
    let tap = move |key: CountKey, by: i64| {
        form.add(key, by);
        taps += 1;
        let mine = taps();
        spawn(async move {
            window::pause_ms(PAUSE_MS).await;
            if taps() == mine {
                write().await;
            }
        });
    };
    let fresh = form.counts();
    let shown = shown(&counts, &fresh, &written.read());
    rsx! {
        section { class: "stack", "aria-label": t.session_counting(),
            Total { total: shown.iter().sum() }
            div { class: "pads",
                for (index , key) in CountKey::ALL.iter().copied().enumerate() {
                    Pad { key: "{key.id()}", count: shown[index], fresh: fresh.get(&key).copied().unwrap_or(0), count_key: key, on_tap: { let mut tap = tap; move |by| tap(key, by) } }
                }
            }
            p { class: "faint", role: "status", "data-testid": "unwritten",
                if fresh.values().any(|n| *n != 0) { {t.session_taps_kept(fresh.values().sum::<i64>())} } else { {t.session_taps_written()} }
            }
        }
    }
}

fn shown(row: &[i64; 7], fresh: &Counts, written: &Counts) -> [i64; 7] {
    let mut all = *row;
    for (index, key) in CountKey::ALL.iter().enumerate() {
        for extra in [fresh, written] {
            all[index] = all[index].saturating_add(extra.get(key).copied().unwrap_or(0));
        }
    }
    all
}

#[component]
fn Pad(count_key: CountKey, count: i64, fresh: i64, on_tap: EventHandler<i64>) -> Element {
    let t = use_texts();
    let id = count_key.id();
    let words = names::count_key(t, count_key);
    let class = match count_key {
        CountKey::FUnder18 | CountKey::F18To59 | CountKey::F60 => "pad pad-f",
        CountKey::MUnder18 | CountKey::M18To59 | CountKey::M60 => "pad pad-m",
        CountKey::Unknown => "pad pad-whole",
    };
    rsx! {
        div { class, role: "group", "aria-label": "{words}",
            button { class: "pad-add", r#type: "button", "data-testid": "tap-{id}", onclick: move |_| on_tap.call(1),
                span { class: "pad-number", "data-testid": "count-{id}", "data-count": count.to_string(), {t.number(count)} }
                span { class: "pad-label", "{words}" }
                span { class: "unseen", {t.session_add_one(&words, &t.number(count))} }
            }
            div { class: "pad-more",
                button { r#type: "button", "data-testid": "untap-{id}", disabled: fresh <= 0, "aria-label": t.session_take_one(&words), onclick: move |_| on_tap.call(-1), Icon { glyph: Glyph::Minus } }
                button { r#type: "button", "data-testid": "ten-{id}", onclick: move |_| on_tap.call(TEN), bdi { class: "num ltr", "+" {t.number(TEN)} } span { class: "unseen", {t.session_add_ten(&words)} } }
            }
        }
    }
}

/// Attendances so far; never "people".
#[component]
fn Total(total: i64) -> Element {
    let t = use_texts();
    rsx! {
        p { class: "total", role: "status", "aria-live": "off",
            span { {t.session_total()} }
            strong { "data-testid": "total", "data-count": total.to_string(), {t.number(total)} }
        }
    }
}

/// Counts that can't be changed here.
#[component]
pub(super) fn Totals(counts: [i64; 7]) -> Element {
    let t = use_texts();
    rsx! {
        section { class: "stack",
            Total { total: counts.iter().sum::<i64>() }
            dl { class: "facts card",
                for (key , count) in CountKey::ALL.iter().zip(counts) {
                    div { key: "{key.id()}", dt { {names::count_key(t, *key)} } dd { "data-testid": "count-{key.id()}", "data-count": count.to_string(), {t.number(count)} } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::shown;
    use shared::model::codes::CountKey;
    use std::collections::BTreeMap;

    #[test]
    fn a_tap_is_shown_from_the_finger_to_the_row() {
        let one = BTreeMap::from([(CountKey::F60, 1)]);
        let none = BTreeMap::new();
        assert_eq!(shown(&[0, 0, 0, 0, 4, 0, 0], &one, &none)[4], 5, "tapped");
        assert_eq!(shown(&[0, 0, 0, 0, 4, 0, 0], &none, &one)[4], 5, "being written");
        assert_eq!(shown(&[0, 0, 0, 0, 5, 0, 0], &none, &none)[4], 5, "in the row");
    }
}
