//! The complaint boxes of a project: code, where each hangs, and whether it still does.

use crate::{
    components::{FlagBox, Glyph, Icon, PlaceFinder, TextField, names},
    hooks::{use_app, use_settings, use_texts, use_today},
    protocol::PlaceHit,
};
use dioxus::prelude::*;
use shared::{
    model::ids::{Pcode, ProjectCode},
    settings::{ComplaintBox, Label},
};

/// Boxes of `project` among all of them; a new one is added with code, label and place.
#[component]
pub(super) fn Boxes(project: ProjectCode, boxes: Signal<Vec<ComplaintBox>>) -> Element {
    let t = use_texts();
    let app = use_app();
    let limits = use_settings().limits;
    let today = use_today();
    let mut boxes = boxes;
    let mut code = use_signal(String::new);
    let mut label = use_signal(String::new);
    let mut place = use_signal(|| None::<Pcode>);
    let own: Vec<ComplaintBox> = boxes.read().iter().filter(|b| b.project.as_ref() == Some(&project)).cloned().collect();
    use_hook(|| {
        let codes: Vec<Pcode> = boxes.peek().iter().map(|b| b.place.clone()).collect();
        spawn(app.learn_places(codes));
    });
    let taken = boxes.read().iter().any(|b| b.code.as_str() == code().trim());
    let is_code = shared::model::ids::Code::from(code().trim()).is_well_formed();
    let ready = is_code && !taken && !label().trim().is_empty() && place().is_some();
    let add = move |_| {
        let Some(at) = place() else { return };
        let words = label().trim().to_owned();
        boxes.write().push(ComplaintBox {
            code: code().trim().into(),
            label: Label { en: words.clone(), ar: words },
            place: at,
            project: Some(project.clone()),
            since: today,
            retired: false,
        });
        code.set(String::new());
        label.set(String::new());
        place.set(None);
    };
    rsx! {
        section { class: "card",
            h2 { {t.project_boxes()} }
            p { class: "field-hint", {t.project_boxes_hint(&t.number(limits.box_closed_days))} }
            for found in own {
                div { key: "{found.code}", class: "row-between", "data-testid": "project-box-{found.code}",
                    span { bdi { class: "ltr", "{found.code}" } " · " {t.label(&found.label).to_owned()} " · " bdi { {names::place(t, app, &found.place)} } }
                    FlagBox { id: "box-retired.{found.code}", label: t.project_retire(), value: found.retired,
                        on_change: { let code = found.code.clone(); move |on: bool| if let Some(known) = boxes.write().iter_mut().find(|known| known.code == code) { known.retired = on; } } }
                }
            }
            TextField { id: "box-code", label: t.project_box_code(), value: code(), code: true, on_change: move |v| code.set(v) }
            TextField { id: "box-label", label: t.project_box_label(), value: label(), on_change: move |v| label.set(v) }
            PlaceFinder { id: "box-place", label: t.field_place(), levels: vec![4, 5], chosen: place(), on_choose: move |hit: Option<PlaceHit>| place.set(hit.map(|hit| hit.place.code)) }
            button { class: "button", r#type: "button", disabled: !ready, "data-testid": "add-box", onclick: add, Icon { glyph: Glyph::Plus } {t.project_box_add()} }
        }
    }
}
