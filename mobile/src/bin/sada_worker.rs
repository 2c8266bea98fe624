//! The web app's worker: database and sync. Elsewhere the replica is a thread of the app, and this binary does nothing.

fn main() {
    #[cfg(target_family = "wasm")]
    mobile::platform::worker::start();
}
