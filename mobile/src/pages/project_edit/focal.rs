//! Who follows up for the project, by sub-district; one without a sub-district is for all others.

use crate::{
    components::{Glyph, Icon, PlaceFinder, SelectField, names},
    hooks::{use_app, use_settings, use_texts},
    protocol::PlaceHit,
};
use dioxus::prelude::*;
use shared::{model::ids::Pcode, settings::Project};

/// Existing focal points, and one more.
#[component]
pub(super) fn FocalPoints(project: Signal<Project>) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let mut project = project;
    let mut place = use_signal(|| None::<Pcode>);
    let known = project.read().focal_points.clone();
    use_hook(|| {
        let codes: Vec<Pcode> = project.peek().focal_points.keys().filter(|k| !k.is_empty()).map(|k| k.as_str().into()).collect();
        spawn(app.learn_places(codes));
    });
    let people: Vec<(String, String)> = settings
        .people
        .iter()
        .filter(|p| !p.inactive)
        .map(|p| (p.id.to_string(), t.person_with_role(&p.name, &names::coded(t, "role", p.role.id()))))
        .collect();
    rsx! {
        section { class: "card",
            h2 { {t.project_focal()} }
            p { class: "field-hint", {t.project_focal_hint()} }
            for (area , user) in known {
                div { key: "{area}", class: "row-between", "data-testid": "focal-{area}",
                    span {
                        bdi { class: "strong", if area.is_empty() { {t.project_focal_others()} } else { {names::place(t, app, &area.as_str().into())} } }
                        " · "
                        bdi { {names::person(t, &settings, &user)} }
                    }
                    button { class: "icon-button", r#type: "button", title: t.action_remove(), "aria-label": t.project_remove(&names::person(t, &settings, &user)),
                        onclick: { let area = area.clone(); move |_| { project.write().focal_points.remove(&area); } }, Icon { glyph: Glyph::Close } }
                }
            }
            PlaceFinder { id: "focal-place", label: t.project_focal_place(), levels: vec![3], chosen: place(), on_choose: move |hit: Option<PlaceHit>| place.set(hit.map(|h| h.place.code)) }
            SelectField { id: "focal-person", label: t.project_focal_add(), none: t.choose_one(), value: "", options: people,
                on_change: move |user: String| if !user.is_empty() {
                    let area = place().map(|code| code.to_string()).unwrap_or_default();
                    project.write().focal_points.insert(area, user.as_str().into());
                    place.set(None);
                } }
        }
    }
}
