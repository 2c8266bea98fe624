//! The app: in the browser on `#main` and, with the database, in the page's worker; elsewhere in a window of its own.

#[cfg(all(any(feature = "desktop", feature = "mobile"), not(target_family = "wasm")))]
fn main() {
    #[cfg(feature = "desktop")]
    use dioxus::desktop as shell;
    #[cfg(all(feature = "mobile", not(feature = "desktop")))]
    use dioxus::mobile as shell;

    let held = match mobile::platform::data_directory::hold() {
        Ok(Some(held)) => held,
        Ok(None) => return mobile::tell_before_start(|t| t.desktop_open_already()),
        Err(_) => return mobile::tell_before_start(|t| t.desktop_no_place()),
    };
    let window = shell::WindowBuilder::new()
        .with_title("Sada · صدى")
        .with_inner_size(shell::LogicalSize::new(1180.0, 860.0))
        .with_min_inner_size(shell::LogicalSize::new(340.0, 560.0));
    let config = shell::Config::new().with_menu(None).with_window(window).with_custom_head(mobile::document_head());
    dioxus::LaunchBuilder::new().with_cfg(config).launch(mobile::app::App);
    drop(held);
}

#[cfg(all(feature = "web", target_family = "wasm"))]
fn main() {
    // The same module runs in both places; a worker has no window.
    if web_sys::window().is_some() {
        dioxus::launch(mobile::app::App);
    } else {
        mobile::platform::worker::start();
    }
}

#[cfg(not(any(
    all(feature = "web", target_family = "wasm"),
    all(any(feature = "desktop", feature = "mobile"), not(target_family = "wasm"))
)))]
fn main() {}
