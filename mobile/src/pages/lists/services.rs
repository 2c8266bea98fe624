//! Places of help by sub-district, each with the day somebody last called it. A service is retired, never deleted: who was told of it
//! may ask again.

use crate::{
    components::{FlagBox, Glyph, Icon, PlaceFinder, SelectField, TextField, names},
    hooks::{use_app, use_texts, use_today},
    protocol::PlaceHit,
};
use dioxus::prelude::*;
use shared::{
    model::ids::{Code, Pcode},
    settings::{Label, Service, ServiceKind, Settings},
};

/// One card a service, retired ones last.
#[component]
pub(super) fn Services(lists: Signal<Settings>) -> Element {
    let t = use_texts();
    let app = use_app();
    let today = use_today();
    let mut lists = lists;
    use_hook(|| {
        let places = lists.peek().services.iter().map(|service| service.adm3.clone()).collect();
        spawn(app.learn_places(places));
    });
    let days = lists.read().limits.service_check_days;
    let mut services: Vec<(usize, Service)> = lists.read().services.iter().cloned().enumerate().collect();
    services.sort_by_key(|(_, service)| service.retired);
    rsx! {
        section { class: "card", "data-testid": "services-kept",
            h2 { {t.lists_services()} }
            p { class: "field-hint", {t.lists_services_words(&t.number(days))} }
            if services.is_empty() {
                p { "data-testid": "no-services", {t.lists_services_none()} }
            }
            for (i , service) in services {
                One { key: "{i}", i, service, lists }
            }
            button { class: "button", r#type: "button", "data-testid": "add-service",
                onclick: move |_| lists.write().services.push(Service {
                    code: Code::default(),
                    adm3: Pcode::default(),
                    kind: ServiceKind::Medical,
                    label: Label::default(),
                    phone: String::new(),
                    checked_on: today,
                    retired: false,
                }),
                Icon { glyph: Glyph::Plus } {t.lists_service_add()}
            }
        }
    }
}

#[component]
fn One(i: usize, service: Service, lists: Signal<Settings>) -> Element {
    let t = use_texts();
    let app = use_app();
    let today = use_today();
    let mut lists = lists;
    let edit = move |change: &dyn Fn(&mut Service)| {
        if let Some(service) = lists.write().services.get_mut(i) {
            change(service);
        }
    };
    let unchecked = lists.read().is_unchecked(&service, today);
    let kinds =
        ServiceKind::ALL.iter().map(|kind| (kind.id().to_owned(), names::coded(t, "service", kind.id()))).collect::<Vec<_>>();
    let name = Some(t.label(&service.label).to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| t.lists_service_new());
    let place = Some(service.adm3.clone()).filter(|place| !place.0.is_empty());
    rsx! {
        details { class: "target-row", "data-testid": "service-{i}", open: service.label.ar.is_empty(),
            summary { class: "row-between",
                span { class: "strong", bdi { "{name}" } if let Some(place) = &place { " · " {names::place(t, app, place)} } }
                if service.retired {
                    span { class: "badge", {t.lists_retire()} }
                } else if unchecked {
                    span { class: "badge badge-warn", "data-testid": "unchecked-{i}", Icon { glyph: Glyph::Alert } {t.services_unchecked(&t.day(service.checked_on))} }
                } else {
                    span { class: "soft", {t.services_checked(&t.day(service.checked_on))} }
                }
            }
            PlaceFinder { id: "service.{i}.place", label: t.lists_service_place(), levels: vec![3], chosen: place,
                on_choose: { let mut edit = edit; move |hit: Option<PlaceHit>| edit(&|s| s.adm3 = hit.as_ref().map(|hit| hit.place.code.clone()).unwrap_or_default()) } }
            SelectField { id: "service.{i}.kind", label: t.lists_service_kind(), value: service.kind.id(), options: kinds,
                on_change: { let mut edit = edit; move |v: String| if let Some(kind) = ServiceKind::from_id(&v) { edit(&|s| s.kind = kind) } } }
            TextField { id: "service.{i}.ar", label: t.lists_name_ar(), value: service.label.ar.clone(), on_change: { let mut edit = edit; move |v: String| edit(&|s| s.label.ar.clone_from(&v)) } }
            TextField { id: "service.{i}.en", label: t.lists_name_en(), value: service.label.en.clone(), on_change: { let mut edit = edit; move |v: String| edit(&|s| s.label.en.clone_from(&v)) } }
            TextField { id: "service.{i}.phone", label: t.lists_phone(), value: service.phone.clone(), code: true, kind: "tel", on_change: { let mut edit = edit; move |v: String| edit(&|s| s.phone = phone(&v)) } }
            FlagBox { id: "service.{i}.retired", label: t.lists_retire(), value: service.retired, on_change: { let mut edit = edit; move |on: bool| edit(&|s| s.retired = on) } }
        }
        if !service.retired && service.checked_on != today {
            button { class: "button", r#type: "button", "data-testid": "checked-{i}", onclick: { let mut edit = edit; move |_| edit(&|s| s.checked_on = today) },
                Icon { glyph: Glyph::Check } {t.lists_checked_today()} " · " bdi { "{name}" }
            }
        }
    }
}

/// A number in international form as far as it can be read, in any digits; else as typed, to be told what is wrong.
pub(super) fn phone(typed: &str) -> String {
    shared::phone::international(typed).unwrap_or_else(|| typed.trim().to_owned())
}
