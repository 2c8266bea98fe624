//! A made file, to be kept where the person says: the browser's downloads, a dialog of the desktop's, the phone's own chooser.

use dioxus::prelude::*;

/// A button that saves. In a browser it is a link, so that the browser's own ways of saving work.
#[cfg(not(all(not(target_family = "wasm"), any(feature = "desktop", feature = "mobile"))))]
#[component]
pub(crate) fn SaveFile(name: String, base64: String, words: String) -> Element {
    rsx! {
        a { class: "button button-main", "data-testid": "save-file", download: "{name}", href: "data:application/octet-stream;base64,{base64}", "{words}" }
    }
}

/// A button that asks where to, and says whether the file is there.
#[cfg(all(not(target_family = "wasm"), any(feature = "desktop", feature = "mobile")))]
#[component]
pub(crate) fn SaveFile(name: String, base64: String, words: String) -> Element {
    let t = crate::hooks::use_texts();
    let mut kept = use_signal(|| None::<bool>);
    let save = move |_| {
        let (name, base64) = (name.clone(), base64.clone());
        async move { kept.set(crate::window::save_file(&name, &base64).await) }
    };
    rsx! {
        button { class: "button button-main", r#type: "button", "data-testid": "save-file", onclick: save, "{words}" }
        match kept() {
            Some(true) => rsx! { p { class: "good-text", {t.shell_file_kept()} } },
            Some(false) => rsx! { p { class: "danger-text", {t.shell_file_not_kept()} } },
            None => rsx! {},
        }
    }
}
