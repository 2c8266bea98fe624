//! Where survivors and people who were hurt find help, folded away: the sub-district's services with the day somebody last called
//! them, and why the first 72 hours matter. From the settings, so it works without network. Keeps nothing and calls nobody by itself.

use super::{Glyph, Icon, names};
use crate::hooks::{use_app, use_settings, use_texts, use_today};
use dioxus::prelude::*;
use shared::{model::ids::Pcode, settings::Service};

/// One tap opens it. `adm3` may be empty: then all are listed.
#[component]
pub(crate) fn Services(adm3: String) -> Element {
    let t = use_texts();
    let app = use_app();
    let settings = use_settings();
    let today = use_today();
    let near: Vec<Service> = settings.services_of(&Pcode::from(adm3.as_str())).into_iter().cloned().collect();
    let is_near = !near.is_empty();
    let listed = if is_near { near } else { settings.services_told().cloned().collect() };
    use_future(move || async move {
        let settings = app.settings.peek().clone();
        let codes = settings.iter().flat_map(|settings| settings.services.iter().map(|service| service.adm3.clone()));
        app.learn_places(codes.collect()).await;
    });
    rsx! {
        details { class: "card", "data-testid": "services",
            summary { Icon { glyph: Glyph::Info } {t.services_title()} Icon { glyph: Glyph::ChevronDown } }
            p { class: "strong", {t.services_72()} }
            p { class: "soft", {t.services_free_choice()} }
            if listed.is_empty() {
                p { "data-testid": "no-services", {t.services_none()} }
            } else if !is_near {
                p { class: "soft", {t.services_none_near()} }
            }
            ul { class: "stack-s plain",
                for service in listed {
                    li { key: "{service.phone}", class: "stack-s", "data-testid": "service-{service.kind.id()}",
                        span { class: "strong", {names::coded(t, "service", service.kind.id())} ": " {t.label(&service.label).to_owned()} }
                        if !is_near {
                            span { class: "soft", {names::place(t, app, &service.adm3)} }
                        }
                        a { class: "button", href: "tel:{service.phone}", Icon { glyph: Glyph::Phone } span { class: "ltr", "{service.phone}" } }
                        if settings.is_unchecked(&service, today) {
                            span { class: "badge badge-warn", "data-testid": "unchecked", Icon { glyph: Glyph::Alert } {t.services_unchecked(&t.day(service.checked_on))} }
                        } else {
                            span { class: "soft", {t.services_checked(&t.day(service.checked_on))} }
                        }
                    }
                }
            }
        }
    }
}
