//! A webview of our own, on phone and desktop. Speaks to `android/MainActivity.kt` by the events and the object named here.

use base64::prelude::{BASE64_STANDARD, Engine};
use dioxus::{
    document::eval,
    prelude::{FormEvent, spawn},
};
use serde_json::json;
use shared::{
    picture::{MAX_PICTURE_BYTES, TRIED_QUALITIES, TRIED_SIDES},
    text::{Language, Texts},
};

/// A press on a field for files opens the webview's own chooser. Dioxus would put a dialog of its own before it, which a phone does not
/// have. # Source: platform.md (file input, camera); Dioxus #3720
const OWN_CHOOSER: &str = "addEventListener('click', e => { if (e.target instanceof HTMLInputElement && e.target.type === 'file') e.stopPropagation(); }, true);";

/// What the browser's `index.html` has and a webview needs too: the size of a phone's screen, and the letters of both languages.
#[must_use]
pub fn document_head() -> String {
    let fonts: [(&str, &[u8]); 4] = [
        ("sada-arabic-400", include_bytes!("../../web/fonts/sada-arabic-400.woff2")),
        ("sada-arabic-700", include_bytes!("../../web/fonts/sada-arabic-700.woff2")),
        ("sada-latin-400", include_bytes!("../../web/fonts/sada-latin-400.woff2")),
        ("sada-latin-700", include_bytes!("../../web/fonts/sada-latin-700.woff2")),
    ];
    let styles = fonts.iter().fold(include_str!("../../web/fonts.css").to_owned(), |css, (name, bytes)| {
        css.replace(&format!("/fonts/{name}.woff2"), &format!("data:font/woff2;base64,{}", BASE64_STANDARD.encode(bytes)))
    });
    format!(
        r#"<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><meta name="color-scheme" content="light dark"><style>{styles}</style><script>{OWN_CHOOSER}</script>"#
    )
}

/// Says why there is no window, in both languages: nobody has chosen one yet.
pub fn tell_before_start(words: fn(Texts) -> String) {
    let both = Language::ALL.map(|language| words(Texts::new(language))).join("\n\n");
    #[cfg(not(target_os = "android"))]
    rfd::MessageDialog::new().set_level(rfd::MessageLevel::Warning).set_title("Sada · صدى").set_description(&both).show();
    // Where no dialog can be shown, whoever started the app from a terminal reads it there.
    eprintln!("{both}");
}

/// Sets language, direction, theme and look of the document.
pub(crate) fn describe(language: &str, direction: &str, theme: &str, look: &str) {
    let said = json!({ "lang": language, "dir": direction, "data-theme": theme, "data-look": look });
    eval(&format!("for (const [name, value] of Object.entries({said})) document.documentElement.setAttribute(name, value);"));
}

/// The app is replaced whole, by whoever installed it.
pub(crate) const fn update_waits() -> bool {
    false
}

pub(crate) fn on_update_ready(_then: impl FnMut() + 'static) {}

pub(crate) const fn apply_update() {}

/// Waits. Only for pauses that a person's own doing sets off, never to poll.
pub(crate) async fn pause_ms(ms: i32) {
    tokio::time::sleep(std::time::Duration::from_millis(ms.max(0).unsigned_abs().into())).await;
}

/// The webview draws in a process of its own: nothing here holds it up.
pub(crate) fn drawn() -> std::future::Ready<()> {
    std::future::ready(())
}

/// Once the page is drawn again, puts the focus on the first field that needs another look.
pub(crate) async fn focus_first_problem() {
    pause_ms(50).await;
    eval("document.querySelector('main .field-problem')?.closest('.field')?.querySelector('input, select, textarea')?.focus();");
}

/// Whether this window prints: a phone's does not.
pub(crate) const fn prints() -> bool {
    cfg!(not(target_os = "android"))
}

/// Prints what the style sheet leaves of the page.
pub(crate) fn print() {
    eval("window.print();");
}

/// What stands in the file that was chosen in a field, by its id. The webview holds it; the event names it only.
pub(crate) async fn file_bytes(field: &str, _event: FormEvent) -> Option<Vec<u8>> {
    of_chosen(field, "return base64(file);").await
}

/// A photo is chosen from the files: a webview has no camera of its own.
pub(crate) const fn camera() -> Option<&'static str> {
    None
}

/// Draws a chosen picture anew, upright, as a JPEG of at most [`MAX_PICTURE_BYTES`]: nothing but what is seen goes on, not where or when
/// it was taken. None if it is no picture or can't be made small enough.
pub(crate) async fn small_picture(field: &str, _event: FormEvent) -> Option<Vec<u8>> {
    let (sides, qualities) = (json!(TRIED_SIDES), json!(TRIED_QUALITIES));
    of_chosen(field, &format!("return small(file, {sides}, {qualities}, {MAX_PICTURE_BYTES});")).await
}

async fn of_chosen(field: &str, question: &str) -> Option<Vec<u8>> {
    let script = format!("const field = {};\n{}\n{question}", json!(field), include_str!("chosen.js"));
    let base64: String = eval(&script).join().await.ok()?;
    BASE64_STANDARD.decode(base64).ok()
}

/// Codes are typed here: the webviews of desktops find none in pictures.
pub(crate) const fn reads_codes() -> bool {
    false
}

pub(crate) fn read_code(_field: &str, _event: FormEvent) -> std::future::Ready<Option<String>> {
    std::future::ready(None)
}

/// No address leads into this window.
pub(crate) const fn is_led_to() -> bool {
    false
}

pub(crate) const fn linked(_mark: &str) -> Option<String> {
    None
}

/// The person types the server's address.
pub(crate) const fn origin() -> Option<String> {
    None
}

/// Calls `then` when the person goes back: the phone's own back, or Alt and the arrow that points back.
pub(crate) fn on_back(mut then: impl FnMut() + 'static) {
    let mut heard = eval(
        "window.addEventListener('sada-back', () => dioxus.send(true));
        window.addEventListener('keydown', e => {
            const back = document.documentElement.dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
            if (e.altKey && e.key === back) { e.preventDefault(); dioxus.send(true); }
        });",
    );
    spawn(async move {
        while heard.recv::<bool>().await.is_ok() {
            then();
        }
    });
}

/// Asks where to keep a file, and puts it there. None: the person changed their mind, or the phone's chooser has taken over.
pub(crate) async fn save_file(name: &str, base64: &str) -> Option<bool> {
    #[cfg(not(target_os = "android"))]
    {
        let bytes = BASE64_STANDARD.decode(base64).ok()?;
        let chosen = rfd::AsyncFileDialog::new().set_file_name(name).save_file().await?;
        Some(chosen.write(&bytes).await.is_ok())
    }
    #[cfg(target_os = "android")]
    {
        eval(&format!("window.SadaShell?.save({}, {});", json!(name), json!(base64)));
        std::future::ready(None).await
    }
}

/// Back on the first page: a phone's app steps behind the others, as people expect there.
pub(crate) fn leave() {
    eval("window.SadaShell?.leave();");
}
