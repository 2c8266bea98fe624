//! The window the app is shown in: a browser's, a webview of our own, or none for a test. The three answer alike. Knows nothing of
//! pages.

#[cfg_attr(target_family = "wasm", path = "window/web.rs")]
#[cfg_attr(all(not(target_family = "wasm"), any(feature = "desktop", feature = "mobile")), path = "window/native.rs")]
#[cfg_attr(all(not(target_family = "wasm"), not(any(feature = "desktop", feature = "mobile"))), path = "window/none.rs")]
mod shown;

pub(crate) use shown::{
    apply_update, camera, describe, drawn, file_bytes, focus_first_problem, is_led_to, leave, linked, on_back, on_update_ready,
    origin, pause_ms, print, prints, read_code, reads_codes, small_picture, update_waits,
};

#[cfg(all(not(target_family = "wasm"), any(feature = "desktop", feature = "mobile")))]
pub(crate) use shown::save_file;
#[cfg(all(not(target_family = "wasm"), any(feature = "desktop", feature = "mobile")))]
pub use shown::{document_head, tell_before_start};
