//! The app: in the browser on `#main`, elsewhere in a window of its own.

#[cfg(all(any(feature = "desktop", feature = "mobile"), not(target_family = "wasm")))]
fn main() {
    #[cfg(feature = "desktop")]
    use dioxus::desktop as shell;
    #[cfg(all(feature = "mobile", not(feature = "desktop")))]
    use dioxus::mobile as shell;

    let window = shell::WindowBuilder::new().with_title("Sada · صدى").with_inner_size(shell::LogicalSize::new(420.0, 860.0));
    dioxus::LaunchBuilder::new().with_cfg(shell::Config::new().with_menu(None).with_window(window)).launch(mobile::app::App);
}

#[cfg(all(feature = "web", target_family = "wasm"))]
fn main() {
    console_error_panic_hook::set_once();
    dioxus::launch(mobile::app::App);
}

#[cfg(not(any(
    all(feature = "web", target_family = "wasm"),
    all(any(feature = "desktop", feature = "mobile"), not(target_family = "wasm"))
)))]
fn main() {}
