//! Places to map: names from the field that no list has yet. Each is said to be a listed place, or becomes a new site; then every
//! record that this person may correct is corrected, one by one.

use crate::{
    components::{EmptyState, Glyph, Icon, Loaded, PageTitle, PlaceFinder, TextField, names},
    hooks::{Load, Table, use_app, use_asked, use_texts},
    platform,
    protocol::{Answer, PlaceHit, PlaceToMap, Request},
};
use dioxus::prelude::*;
use shared::{
    intent::Intent,
    model::ids::Pcode,
    settings::{
        Label,
        sites::{NewSite, UNLISTED},
    },
    text::Texts,
};

/// The list; nothing where every name is mapped.
#[component]
pub(crate) fn SitesPage() -> Element {
    let t = use_texts();
    let asked = use_asked(
        Table::Cases,
        || Request::PlacesToMap,
        |answer| {
            let Answer::PlacesToMap(places) = answer else { return None };
            Some(if places.is_empty() { Load::Empty } else { Load::Ready(places) })
        },
    );
    rsx! {
        div { class: "page", "data-testid": "sites",
            PageTitle { title: t.sites_title(), p { class: "faint", {t.sites_explained()} } }
            Loaded {
                asked,
                empty: rsx! { EmptyState { glyph: Glyph::Check, title: t.sites_none(), words: t.sites_none_words() } },
                ready: move |places: Vec<PlaceToMap>| rsx! {
                    for place in places {
                        One { key: "{place.unlisted.parent}-{place.unlisted.name}", place }
                    }
                },
            }
        }
    }
}

#[component]
fn One(place: PlaceToMap) -> Element {
    let t = use_texts();
    let app = use_app();
    let unlisted = place.unlisted.clone();
    let mut other = use_signal(|| false);
    let mut adding = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut failed = use_signal(|| None::<String>);
    use_effect(use_reactive!(|place| {
        let codes = place.likely.iter().map(|(code, _)| code.clone()).chain([place.unlisted.parent.clone()]).collect();
        spawn(app.learn_places(codes));
    }));
    let map = use_callback({
        let place = place.clone();
        move |to: (Pcode, Pcode)| {
            let place = place.clone();
            spawn(async move {
                busy.set(true);
                failed.set(map_all(t, &place, &to).await.err());
                busy.set(false);
                if failed.peek().is_none() {
                    app.say(t.sites_mapped(place.documents.len()));
                }
            });
        }
    });
    rsx! {
        section { class: "card stack", "data-testid": "to-map", "aria-label": "{unlisted.name}",
            h2 { bdi { "{unlisted.name}" } }
            p { class: "soft", {t.sites_where(&names::place(t, app, &unlisted.parent), place.documents.len())} }
            if let Some(words) = failed() {
                p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "{words}" }
            }
            if busy() {
                p { role: "status", Icon { glyph: Glyph::Sync } {t.sites_busy()} }
            } else if adding() {
                Adding { place: place.clone(), on_done: move |to: Option<(Pcode, Pcode)>| {
                    adding.set(false);
                    if let Some(to) = to { map.call(to); }
                } }
            } else {
                if let Some(likely) = place.likely.clone() {
                    button { class: "button button-main", r#type: "button", "data-testid": "is-likely", onclick: { let to = likely.clone(); move |_| map.call(to.clone()) },
                        Icon { glyph: Glyph::Check } {t.sites_is(&names::place(t, app, &likely.0))}
                    }
                }
                if other() {
                    PlaceFinder { id: "listed", label: t.sites_which(), chosen: None, levels: vec![4, 5], on_choose: move |hit: Option<PlaceHit>| {
                        let adm3 = hit.as_ref().and_then(|hit| hit.around.iter().find(|place| place.level == 3).map(|place| place.code.clone()));
                        if let (Some(hit), Some(adm3)) = (hit, adm3) { map.call((hit.place.code, adm3)); }
                    } }
                }
                div { class: "actions",
                    button { class: "button", r#type: "button", "data-testid": "is-listed", "aria-expanded": other(), onclick: move |_| other.toggle(), Icon { glyph: Glyph::Pin } {t.sites_is_listed()} }
                    button { class: "button", r#type: "button", "data-testid": "new-site", onclick: move |_| adding.set(true), Icon { glyph: Glyph::Plus } {t.sites_new()} }
                }
            }
        }
    }
}

/// Names and community of a new site. Done when the server has published it: where it lies, or none if it was left.
#[component]
fn Adding(place: PlaceToMap, on_done: EventHandler<Option<(Pcode, Pcode)>>) -> Element {
    let t = use_texts();
    let app = use_app();
    let mut name = use_signal({
        let written = place.unlisted.name.clone();
        move || Label { ar: written.clone(), en: written }
    });
    let known = app.places.read();
    let is_community = known.get(&place.unlisted.parent).is_some_and(|hit| hit.place.level == 4);
    let mut parent = use_signal({
        let parent = place.unlisted.parent.clone();
        move || is_community.then_some(parent)
    });
    let mut busy = use_signal(|| false);
    let mut failed = use_signal(|| None::<String>);
    let within = place.unlisted.parent.clone();
    let add = {
        let written = place.unlisted.clone();
        move |_| {
            let written = written.clone();
            async move {
                let Some(community) = parent() else { return };
                busy.set(true);
                let site = NewSite { parent: community, name: name() };
                match platform::call(Request::AddSite(site)).await {
                    Answer::Failed(failure) => failed.set(Some(names::failure(t, failure.code))),
                    _ => on_done.call(likely_now(&written).await),
                }
                busy.set(false);
            }
        }
    };
    let lacks = parent().is_none() || name.read().ar.trim().is_empty() || name.read().en.trim().is_empty();
    rsx! {
        TextField { id: "site.ar", label: t.lists_name_ar(), value: name.read().ar.clone(), on_change: move |v: String| name.write().ar = v }
        TextField { id: "site.en", label: t.lists_name_en(), value: name.read().en.clone(), on_change: move |v: String| name.write().en = v }
        PlaceFinder { id: "site.parent", label: t.sites_community(), within: within, levels: vec![4], chosen: parent(),
            on_choose: move |hit: Option<PlaceHit>| parent.set(hit.map(|hit| hit.place.code)) }
        p { class: "field-hint", {t.sites_everybody()} }
        if let Some(words) = failed() {
            p { class: "card card-danger danger-text", role: "alert", "data-testid": "failed", "{words}" }
        }
        div { class: "actions",
            button { class: "button", r#type: "button", onclick: move |_| on_done.call(None), {t.action_cancel()} }
            button { class: "button button-main", r#type: "button", disabled: busy() || lacks, "data-testid": "add-site", onclick: add, Icon { glyph: Glyph::Check } {t.sites_add()} }
        }
    }
}

/// The place that bears this name by now: the one that was just published.
async fn likely_now(written: &shared::settings::sites::Unlisted) -> Option<(Pcode, Pcode)> {
    let Answer::PlacesToMap(places) = platform::call(Request::PlacesToMap).await else { return None };
    places.into_iter().find(|place| place.unlisted.key() == written.key())?.likely
}

/// Corrects each record, one after the other.
///
/// # Errors
/// What was not saved, in words; those before it stand.
async fn map_all(t: Texts, place: &PlaceToMap, (code, adm3): &(Pcode, Pcode)) -> Result<(), String> {
    for document in &place.documents {
        let facts = [
            ("place.adm3".to_owned(), Some(adm3.to_string().into())),
            ("place.adm4".to_owned(), Some(code.to_string().into())),
            (UNLISTED.to_owned(), None),
        ];
        match platform::call(Request::Do(Intent::SetFacts { document: *document, facts: facts.into() })).await {
            Answer::Saved(_) => {}
            Answer::Failed(failure) => return Err(names::failure(t, failure.code)),
            _ => return Err(names::failure(t, crate::protocol::FailureCode::Internal)),
        }
    }
    Ok(())
}

/// How many names wait, for whoever maps them: nothing otherwise.
#[component]
pub(crate) fn ToMapTile() -> Element {
    let t = use_texts();
    let asked = use_asked(
        Table::Cases,
        || Request::PlacesToMap,
        |answer| if let Answer::PlacesToMap(places) = answer { Some(Load::Ready(places.len())) } else { None },
    );
    let waiting = if let Load::Ready(waiting) = asked.load { waiting } else { 0 };
    if waiting == 0 {
        return rsx! {};
    }
    rsx! {
        Link { class: "tile", to: crate::routes::Route::SitesPage {}, "data-testid": "desk-sites",
            span { class: "tile-number", {t.number(waiting)} }
            span { {t.sites_title()} }
        }
    }
}
