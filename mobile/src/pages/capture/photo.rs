//! Photos of the paper a complaint came on: taken only after the questions that could make it sensitive, kept inside the encrypted store,
//! never as a file.

use super::Capture;
use crate::{
    components::{Glyph, Icon, Picture, names},
    hooks::use_texts,
    platform,
    protocol::{Answer, FailureCode, PictureRequest, Request},
    window,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dioxus::prelude::*;
use shared::{
    document::content::Fact,
    picture::{PICTURE_KEYS, PictureQuery},
};

const FIELD: &str = "photo-file";
/// Channels by which paper comes.
const ON_PAPER: [&str; 2] = ["box", "letter"];

fn fact_key(key: &str) -> String {
    format!("contact.{key}")
}

/// Up to three photos: what was taken, and the way to the next.
#[component]
pub(super) fn PaperPhotos(capture: Capture) -> Element {
    let t = use_texts();
    let form = capture.form;
    let mut told = use_signal(|| None::<FailureCode>);
    let mut busy = use_signal(|| false);
    let (taken, free): (Vec<&'static str>, Vec<&'static str>) =
        PICTURE_KEYS.into_iter().partition(|key| !form.text(&fact_key(key)).is_empty());
    let take = move |(key, event): (&'static str, FormEvent)| async move {
        if event.files().is_empty() {
            return;
        }
        busy.set(true);
        told.set(kept(capture, key, event).await);
        busy.set(false);
    };
    rsx! {
        details { class: "card", open: !taken.is_empty() || ON_PAPER.contains(&form.text("intake.channel").as_str()), "data-testid": "photos",
            summary { "data-testid": "photos-open", {t.photo_title()} Icon { glyph: Glyph::ChevronDown } }
            div { class: "stack",
                p { class: "soft", {t.photo_words()} }
                for key in taken.clone() {
                    Taken { key: "{key}{form.text(&fact_key(key))}", capture, photo: key.to_owned() }
                }
                if let Some(key) = free.first().copied() {
                    div { class: "field",
                        label { r#for: FIELD, {t.photo_take()} }
                        input { id: FIELD, class: "input", r#type: "file", accept: "image/*", capture: window::camera(), disabled: busy(), "data-testid": "photo-file",
                            onchange: move |event| take((key, event)) }
                    }
                }
                div { role: "status",
                    if busy() { p { {t.photo_working()} } }
                    if let Some(code) = told() {
                        p { class: "danger-text", "data-testid": "photo-failed", if code == FailureCode::BadFile { {t.photo_unusable()} } else { {names::failure(t, code)} } }
                    }
                }
            }
        }
    }
}

/// One that was taken, with the way to take it away again: the next one takes its place.
#[component]
fn Taken(capture: Capture, photo: String) -> Element {
    let t = use_texts();
    let query = PictureQuery { record: capture.form.record(), key: photo.clone() };
    let remove = move |_| {
        let photo = photo.clone();
        async move {
            capture.put(&fact_key(&photo), None);
            platform::call(Request::Picture(PictureRequest::Drop { record: capture.form.record(), key: photo })).await;
        }
    };
    rsx! {
        Picture { query, who: String::new() }
        button { class: "button danger-text start", r#type: "button", "data-testid": "photo-remove", onclick: remove, Icon { glyph: Glyph::Trash } {t.photo_remove()} }
    }
}

/// Makes a picture small and plain and keeps it with the form; why not, if not.
async fn kept(capture: Capture, key: &str, event: FormEvent) -> Option<FailureCode> {
    let Some(small) = window::small_picture(FIELD, event).await else { return Some(FailureCode::BadFile) };
    let keep = PictureRequest::Keep { record: capture.form.record(), key: key.to_owned(), base64: STANDARD.encode(small) };
    match platform::call(Request::Picture(keep)).await {
        Answer::PictureKept(name) => {
            capture.put(&fact_key(key), Some(Fact::Text(name)));
            None
        }
        Answer::Failed(failure) => Some(failure.code),
        _ => Some(FailureCode::Internal),
    }
}

/// Where a form turned out to be sensitive: what was photographed is gone, and that is said.
#[component]
pub(super) fn Removed(capture: Capture) -> Element {
    let t = use_texts();
    let form = capture.form;
    let had = use_hook(|| {
        let is_photo = |key: &str| key.starts_with("contact.photo.");
        let had = form.ask(|facts| facts.keys().any(|key| is_photo(key)));
        if had {
            // The store let go of it when it heard that the form may be sensitive; memory does so too.
            spawn(async move { form.change(|facts| facts.retain(|key, _| !is_photo(key))) });
        }
        had
    });
    rsx! {
        if had {
            p { class: "card row", role: "status", "data-testid": "photo-gone", Icon { glyph: Glyph::Trash } {t.photo_gone()} }
        }
    }
}
