//! Where a project works: the places against which gaps in awareness are called.

use crate::{
    components::{FlagBox, Glyph, Icon, NumberField, PlaceFinder, names},
    hooks::{use_app, use_settings, use_texts},
    protocol::PlaceHit,
};
use dioxus::prelude::*;
use shared::{
    model::{codes::Phase, ids::Pcode},
    settings::{Project, Target},
};

/// Most people of one sex expected in one place.
const MOST: i64 = 10_000_000;

/// Targets with their phases and caseload; a place is added by searching it.
#[component]
pub(super) fn Targets(project: Signal<Project>) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut project = project;
    let targets = project.read().targets.clone();
    use_hook(|| {
        let codes: Vec<Pcode> = project.peek().targets.iter().map(|target| target.place.clone()).collect();
        spawn(app.learn_places(codes));
    });
    let add = move |hit: Option<PlaceHit>| {
        let Some(hit) = hit else { return };
        let mut project = project.write();
        if !project.targets.iter().any(|target| target.place == hit.place.code) {
            project.targets.push(Target { place: hit.place.code, phases: Phase::ALL.to_vec(), caseload: [0, 0] });
        }
    };
    rsx! {
        section { class: "card",
            h2 { {t.project_targets_title()} }
            p { class: "field-hint", {t.project_targets_hint()} }
            for target in targets {
                TargetRow { key: "{target.place}", target: target.clone(),
                    on_change: { let place = target.place.clone(); move |new: Option<Target>| {
                        let mut project = project.write();
                        match new {
                            Some(new) => if let Some(known) = project.targets.iter_mut().find(|k| k.place == place) { *known = new; },
                            None => project.targets.retain(|known| known.place != place),
                        }
                    } } }
            }
            PlaceFinder { id: "target", label: t.project_target_add(), levels: vec![4, 5], chosen: None, on_choose: add }
        }
    }
}

#[component]
fn TargetRow(target: Target, on_change: EventHandler<Option<Target>>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let name = names::place(t, app, &target.place);
    let people = |sex: usize| -> Option<i64> { Some(i64::from(target.caseload[sex])).filter(|n| *n > 0) };
    rsx! {
        div { class: "target-row", "data-testid": "target-{target.place}",
            div { class: "row-between",
                strong { bdi { "{name}" } }
                button { class: "icon-button", r#type: "button", title: t.action_remove(), "aria-label": t.project_remove(&name), "data-testid": "remove-{target.place}", onclick: move |_| on_change.call(None), Icon { glyph: Glyph::Close } }
            }
            div { class: "choices",
                for phase in Phase::ALL.iter().copied() {
                    FlagBox { key: "{phase.id()}", id: "{target.place}.{phase.id()}", label: names::choice(t, &settings, "phase", phase.id()), value: target.phases.contains(&phase),
                        on_change: { let target = target.clone(); move |on: bool| {
                            let mut new = target.clone();
                            new.phases.retain(|p| *p != phase);
                            if on { new.phases.push(phase); }
                            new.phases.sort_unstable();
                            on_change.call(Some(new));
                        } } }
                }
            }
            div { class: "filters",
                for (sex , label) in [t.project_caseload_f(), t.project_caseload_m()].into_iter().enumerate() {
                    NumberField { key: "{sex}", id: "{target.place}.caseload.{sex}", label, value: people(sex), max: MOST,
                        on_change: { let target = target.clone(); move |n: Option<i64>| {
                            let mut new = target.clone();
                            new.caseload[sex] = n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
                            on_change.call(Some(new));
                        } } }
                }
            }
        }
    }
}
