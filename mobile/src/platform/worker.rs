//! The worker's end on the web: opens the browser's private file system for SQLite and serves the page's questions.
//! `worker.js` holds the lock that keeps a second tab out; this code runs only under it.

mod contract;

use super::{
    envelope::{Asked, Told},
    http,
    runner::{Host, run},
};
use crate::replica::{Home, Replica, Surroundings, storage::StoreError};
use futures_channel::mpsc::{UnboundedSender, unbounded};
use futures_util::future::{FutureExt, LocalBoxFuture};
use sqlite_wasm_rs::vfs::VfsFilesManager;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfgBuilder, install};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

const VFS: &str = "sada-opfs";
/// Slots, store, marker and reserve, each with a journal, and room for stores of further users.
const POOL_FILES: usize = 14;

/// Starts serving. Returns at once; questions that come before the files are open wait.
pub fn start() {
    if scope().location().search() == "?contract" {
        wasm_bindgen_futures::spawn_local(async { say("contract", &contract::report().await) });
        return;
    }
    let (sender, receiver) = unbounded();
    listen(sender);
    wasm_bindgen_futures::spawn_local(async move {
        let Some((replica, client)) = open().await else {
            say("unsupported", "");
            return;
        };
        run(replica, receiver, Host { post: |told| post(&told), sleep, free_bytes, client }).await;
    });
}

fn scope() -> web_sys::DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(told: &Told) {
    let Ok(text) = serde_json::to_string(told) else { return };
    if scope().post_message(&JsValue::from_str(&text)).is_err() {
        web_sys::console::error_1(&"page unreachable".into());
    }
}

/// Says something of the worker itself, as `worker.js` does.
fn say(word: &str, detail: &str) {
    let message = js_sys::Object::new();
    let set = |key: &str, value: &str| js_sys::Reflect::set(&message, &key.into(), &value.into()).is_ok();
    if set("sada", word) && set("detail", detail) && scope().post_message(&message).is_err() {
        web_sys::console::error_1(&"page unreachable".into());
    }
}

fn listen(sender: UnboundedSender<Asked>) {
    let on_message = Closure::<dyn FnMut(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
        let asked = event.data().as_string().and_then(|text| serde_json::from_str::<Asked>(&text).ok());
        if asked.is_some_and(|asked| sender.unbounded_send(asked).is_err()) {
            web_sys::console::error_1(&"replica ended".into());
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

async fn open() -> Option<(Replica, http::Client)> {
    let config = OpfsSAHPoolCfgBuilder::new().vfs_name(VFS).directory(".sada").initial_capacity(POOL_FILES).build();
    let pool = install::<sqlite_wasm_rs::WasmOsCallback>(&config, false).await.ok()?;
    let home = Home::vfs(VFS, move |name| {
        for suffix in ["", "-journal"] {
            pool.remove(&format!("{name}{suffix}")).map_err(|e| StoreError::Files(std::io::Error::other(e.to_string())))?;
        }
        Ok(())
    });
    let replica = Replica::open(home, Surroundings::browser(scope().location().origin())).ok()?;
    Some((replica, http::client().ok()?))
}

fn sleep(ms: u32) -> LocalBoxFuture<'static, ()> {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let ms = i32::try_from(ms).unwrap_or(i32::MAX);
        if scope().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms).is_err() {
            web_sys::console::error_1(&"no timers".into());
        }
    });
    wasm_bindgen_futures::JsFuture::from(promise).map(|_| ()).boxed_local()
}

/// What the browser says is left for this origin.
fn free_bytes() -> LocalBoxFuture<'static, Option<u64>> {
    async {
        let promise = scope().navigator().storage().estimate().ok()?;
        let estimate: web_sys::StorageEstimate = wasm_bindgen_futures::JsFuture::from(promise).await.ok()?.unchecked_into();
        let number = |key: &str| js_sys::Reflect::get(&estimate, &key.into()).ok()?.as_f64();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^53 and not negative")]
        let left = (number("quota")? - number("usage")?).max(0.0) as u64;
        Some(left)
    }
    .boxed_local()
}
