//! The browser's window. Knows the events of `web/boot.js`.

use base64::{Engine, engine::general_purpose::STANDARD};
use dioxus::prelude::FormEvent;
use shared::picture::{MAX_PICTURE_BYTES, TRIED_QUALITIES, TRIED_SIDES};
use wasm_bindgen::{JsCast, prelude::Closure};

/// Sets language, direction, theme and look of the document.
pub(crate) fn describe(language: &str, direction: &str, theme: &str, look: &str) {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    let Some(root) = root else { return };
    for (name, value) in [("lang", language), ("dir", direction), ("data-theme", theme), ("data-look", look)] {
        if root.set_attribute(name, value).is_err() {
            web_sys::console::error_1(&"attribute refused".into());
        }
    }
}

/// Whether `boot.js` has said that a new version waits.
pub(crate) fn update_waits() -> bool {
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.document_element());
    root.is_some_and(|r| r.get_attribute("data-update").as_deref() == Some("ready"))
}

/// Calls `then` when a new version waits; the page's own bar then stays away.
pub(crate) fn on_update_ready(mut then: impl FnMut() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let heard = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.prevent_default();
        then();
    });
    if window.add_event_listener_with_callback("sada-update-ready", heard.as_ref().unchecked_ref()).is_ok() {
        // Lives as long as the page.
        heard.forget();
    }
}

/// Asks `boot.js` to apply it.
pub(crate) fn apply_update() {
    let event = web_sys::Event::new("sada-apply-update");
    if let (Some(window), Ok(event)) = (web_sys::window(), event)
        && window.dispatch_event(&event).is_err()
    {
        web_sys::console::error_1(&"update not applied".into());
    }
}

/// Waits. Only for pauses that a person's own doing sets off, never to poll.
pub(crate) async fn pause_ms(ms: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let set = web_sys::window().map(|w| w.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms));
        if !matches!(set, Some(Ok(_))) {
            web_sys::console::error_1(&"no timer".into());
        }
    });
    if wasm_bindgen_futures::JsFuture::from(promise).await.is_err() {
        web_sys::console::error_1(&"timer lost".into());
    }
}

/// Until what is in the page by now is drawn.
pub(crate) async fn drawn() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if web_sys::window().is_none_or(|w| w.request_animation_frame(&resolve).is_err()) {
            web_sys::console::error_1(&"no frame".into());
        }
    });
    // The frame is asked for before it is laid out and painted; a turn later it has been.
    if wasm_bindgen_futures::JsFuture::from(promise).await.is_ok() {
        pause_ms(0).await;
    }
}

/// Once the page is drawn again, puts the focus on the first field that needs another look.
pub(crate) async fn focus_first_problem() {
    pause_ms(0).await;
    let document = web_sys::window().and_then(|w| w.document());
    let problem = document.and_then(|d| d.query_selector("main .field-problem").ok().flatten());
    let field = problem.and_then(|p| p.closest(".field").ok().flatten());
    let input = field.and_then(|f| f.query_selector("input, select, textarea").ok().flatten());
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok())
        && input.focus().is_err()
    {
        web_sys::console::error_1(&"focus refused".into());
    }
}

/// Whether this window prints.
pub(crate) const fn prints() -> bool {
    true
}

/// Prints what the style sheet leaves of the page.
pub(crate) fn print() {
    if web_sys::window().is_none_or(|w| w.print().is_err()) {
        web_sys::console::error_1(&"not printed".into());
    }
}

/// What stands in the file that was chosen in a field, by its id and the event that says so.
pub(crate) async fn file_bytes(_field: &str, event: FormEvent) -> Option<Vec<u8>> {
    Some(event.files().into_iter().next()?.read_bytes().await.ok()?.to_vec())
}

/// The camera a field for photos asks for, rather than the files.
pub(crate) const fn camera() -> Option<&'static str> {
    Some("environment")
}

/// Draws a chosen picture anew, upright, as a JPEG of at most [`MAX_PICTURE_BYTES`]: nothing but what is seen goes on, not where or when
/// it was taken. None if it is no picture or can't be made small enough.
pub(crate) async fn small_picture(field: &str, event: FormEvent) -> Option<Vec<u8>> {
    let image = image(&file_bytes(field, event).await?).await?;
    let canvas: web_sys::HtmlCanvasElement = web_sys::window()?.document()?.create_element("canvas").ok()?.unchecked_into();
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    for side in TRIED_SIDES {
        let scale = (f64::from(side) / width.max(height)).min(1.0);
        // Whole numbers of at most 1,600: a canvas takes no others.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and the longest side")]
        let (across, down) = ((width * scale).round().max(1.0) as u32, (height * scale).round().max(1.0) as u32);
        canvas.set_width(across);
        canvas.set_height(down);
        let drawing: web_sys::CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
        drawing.draw_image_with_image_bitmap_and_dw_and_dh(&image, 0.0, 0.0, f64::from(across), f64::from(down)).ok()?;
        for quality in TRIED_QUALITIES {
            let url = canvas.to_data_url_with_type_and_encoder_options("image/jpeg", &quality.into()).ok()?;
            let small = STANDARD.decode(url.strip_prefix("data:image/jpeg;base64,")?).ok()?;
            if small.len() <= MAX_PICTURE_BYTES {
                return Some(small);
            }
        }
    }
    None
}

/// Whether this browser finds codes in pictures by itself. # Source: the Shape Detection API, in Chromium on Android
pub(crate) fn reads_codes() -> bool {
    detector().is_some()
}

fn detector() -> Option<js_sys::Function> {
    js_sys::Reflect::get(&js_sys::global(), &"BarcodeDetector".into()).ok()?.dyn_into().ok()
}

/// What a code in a chosen picture says; none if none is seen. A phone may say that it can and then not do it.
pub(crate) async fn read_code(field: &str, event: FormEvent) -> Option<String> {
    let image = image(&file_bytes(field, event).await?).await?;
    let reader = js_sys::Reflect::construct(&detector()?, &js_sys::Array::new()).ok()?;
    let detect: js_sys::Function = js_sys::Reflect::get(&reader, &"detect".into()).ok()?.dyn_into().ok()?;
    let pictures = js_sys::Array::new();
    pictures.push(&image);
    let found: js_sys::Promise = detect.apply(&reader, &pictures).ok()?.dyn_into().ok()?;
    let found: js_sys::Array = wasm_bindgen_futures::JsFuture::from(found).await.ok()?.dyn_into().ok()?;
    found.iter().find_map(|code| js_sys::Reflect::get(&code, &"rawValue".into()).ok()?.as_string())
}

async fn image(bytes: &[u8]) -> Option<web_sys::ImageBitmap> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = web_sys::Blob::new_with_u8_array_sequence(&parts).ok()?;
    let drawn = web_sys::window()?.create_image_bitmap_with_blob(&blob).ok()?;
    Some(wasm_bindgen_futures::JsFuture::from(drawn).await.ok()?.unchecked_into())
}

/// Whether an address, such as the one in a code, can lead into this window.
pub(crate) const fn is_led_to() -> bool {
    true
}

/// What a scanned picture that led here says after the `#`, if `mark` stands in it. It is taken out of the address, where it has
/// no business.
pub(crate) fn linked(mark: &str) -> Option<String> {
    let location = web_sys::window()?.location();
    let said = location.hash().ok().filter(|hash| hash.contains(mark))?;
    if location.set_hash("").is_err() {
        web_sys::console::error_1(&"address kept".into());
    }
    Some(said)
}

/// The page's origin.
pub(crate) fn origin() -> Option<String> {
    web_sys::window().and_then(|w| w.location().origin().ok())
}

/// Back is the browser's own.
pub(crate) fn on_back(_then: impl FnMut() + 'static) {}

/// The browser keeps its own tabs.
pub(crate) const fn leave() {}
