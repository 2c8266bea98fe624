//! The audit log against whoever has the database in hand.

use crate::harness::{DAY, Deployment, Folder};
use server::{
    audit::checkpoint::{self, Checkpoint},
    work::audit::Finding,
};
use shared::{
    model::{dates::UnixSeconds, role::Role},
    sync::signing::ServerKey,
};

/// A deployment with some days of deeds and a checkpoint on each.
fn days(count: i64) -> Deployment {
    let mut at = Deployment::new(false);
    for day in 1..=count {
        let mut phone = at.phone(if day % 2 == 0 { Role::Ao } else { Role::Receiver });
        phone.sync(&mut at);
        at.now = UnixSeconds(at.now.0 + DAY);
        at.server.checkpoint_audit(at.now).unwrap().unwrap();
    }
    at
}

fn checkpoints(at: &Deployment) -> Vec<Checkpoint> {
    checkpoint::read(&checkpoint::file(&at.folder.0)).unwrap()
}

/// What someone with the file and without the server can do to it.
fn tamper(at: &Deployment, sql: &str) {
    let path = at.folder.0.join("sada.db");
    let conn = rusqlite::Connection::open(path).unwrap();
    // The log's own triggers are no lock to someone who has the file.
    for name in conn
        .prepare("select name from sqlite_schema where type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get::<_, String>(0))
        .unwrap()
        .collect::<Result<Vec<_>, _>>()
        .unwrap()
    {
        conn.execute_batch(&format!("drop trigger {name}")).unwrap();
    }
    assert!(conn.execute(sql, []).unwrap() > 0, "{sql}");
}

#[test]
fn a_whole_log_holds_and_nothing_new_makes_no_checkpoint() {
    let at = days(4);
    let kept = checkpoints(&at);
    assert_eq!(kept.len(), 4);
    assert_eq!(at.server.checkpoint_audit(at.now).unwrap(), None);
    let lines = kept[3].line;
    assert!(kept.windows(2).all(|two| two[0].line < two[1].line));
    assert_eq!(at.server.check_audit(&kept).unwrap(), Finding::Holds { lines, checkpoints: 4 });
    assert_eq!(at.server.check_audit(&[]).unwrap(), Finding::Holds { lines, checkpoints: 0 });
}

#[test]
fn a_changed_and_a_missing_line_show_by_the_chain_alone() {
    for sql in ["update audit set user_id = 'u9' where seq = 3", "delete from audit where seq = 2"] {
        let at = days(2);
        tamper(&at, sql);
        assert_eq!(at.server.check_audit(&[]).unwrap(), Finding::Broken(3), "{sql}");
    }
}

#[test]
fn a_log_cut_short_or_written_anew_shows_by_a_checkpoint_only() {
    let mut at = days(3);
    let kept = checkpoints(&at);
    tamper(&at, &format!("delete from audit where seq > {}", kept[0].line));
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }), "a chain can't tell where it should end");
    assert_eq!(at.server.check_audit(&kept).unwrap(), Finding::Cut(kept[1].line));
    // Written anew from there on by someone who knows the chain: other deeds, whole in themselves.
    for role in [Role::AmeMgr, Role::Cd, Role::PmFocal] {
        at.phone(role).sync(&mut at);
    }
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
    assert_eq!(at.server.check_audit(&kept).unwrap(), Finding::Rewritten(kept[1].line));
}

#[test]
fn a_checkpoint_of_another_server_and_one_changed_by_hand_are_told() {
    let at = days(1);
    let ours = checkpoints(&at).remove(0);
    let theirs = Checkpoint::sign(ours.line, ours.at, ours.hash, &ServerKey::from_secret(&[9; 32]));
    assert_eq!(at.server.check_audit(&[theirs]).unwrap(), Finding::Forged(ours.line));
    let mut changed = checkpoints(&at);
    changed[0].line += 1;
    assert_eq!(at.server.check_audit(&changed).unwrap(), Finding::Forged(changed[0].line));
}

#[test]
fn a_restore_begins_a_new_file_of_checkpoints_and_keeps_the_old_one() {
    let at = days(2);
    let elsewhere = Folder::new();
    let backup = elsewhere.0.join("backup.db");
    at.server.backup(at.now, &backup).unwrap();
    at.server.checkpoint_audit(at.now).unwrap().unwrap();
    let folder = at.folder;
    drop(at.server);
    let later = UnixSeconds(at.now.0 + DAY);
    let restored = server::work::Server::restore(&folder.0, &backup, later).unwrap();
    assert!(checkpoint::read(&checkpoint::file(&folder.0)).unwrap().is_empty());
    let aside = folder.0.join(format!("audit-checkpoints-before-restore-{}.txt", later.0));
    assert_eq!(checkpoint::read(&aside).unwrap().len(), 3);
    restored.checkpoint_audit(later).unwrap().unwrap();
    let kept = checkpoint::read(&checkpoint::file(&folder.0)).unwrap();
    assert!(matches!(restored.check_audit(&kept).unwrap(), Finding::Holds { checkpoints: 1, .. }));
}

#[test]
fn an_export_holds_every_line_and_is_itself_noted() {
    let at = days(2);
    let mut out = Vec::new();
    let count = at.server.export_audit(at.now, 1, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert_eq!(text.lines().count() as u64, count);
    assert!(text.lines().last().unwrap().contains("\"action\":\"audit_exported\""));
    assert!(text.lines().next().unwrap().starts_with("{\"line\":1,"));
    let mut tail = Vec::new();
    assert_eq!(at.server.export_audit(at.now, count, &mut tail).unwrap(), 2);
}
