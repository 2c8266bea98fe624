//! The storage contract in the browser's own file system: a test starts `/worker.js?contract` from a page that runs no app,
//! and gets one message, `{ sada: 'contract', detail: 'holds' }` or what is broken. Touches a directory of its own.

use crate::replica::storage::{
    Home, StoreError,
    contract::{Kind, run},
};
use crate::replica::surroundings::SystemChance;
use sqlite_wasm_rs::vfs::{VfsFilesManager, transfer::DbTransfer};
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfgBuilder, install};

const VFS: &str = "sada-contract";

/// Runs the contract plain and encrypted; says what came of it.
pub(super) async fn report() -> String {
    let config =
        OpfsSAHPoolCfgBuilder::new().vfs_name(VFS).directory(".sada-contract").initial_capacity(8).clear_on_init(true).build();
    let pool = match install::<sqlite_wasm_rs::WasmOsCallback>(&config, false).await {
        Ok(pool) => pool,
        Err(error) => return error.to_string(),
    };
    for kind in [Kind::Plain, Kind::Encrypted] {
        let (files, reader) = (pool.clone(), pool.clone());
        let home = Home::vfs(VFS, move |name| {
            for suffix in ["", "-journal"] {
                files.remove(&format!("{name}{suffix}")).map_err(|e| StoreError::Files(std::io::Error::other(e.to_string())))?;
            }
            Ok(())
        });
        let bytes = |name: &str| reader.export_db(name).ok();
        if let Err(error) = run(&home, kind, &bytes, &mut SystemChance) {
            return format!("{kind:?}: {error}");
        }
    }
    "holds".to_owned()
}
