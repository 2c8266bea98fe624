//! Recovery kits: made once, two of three open, one does not, others' don't.

use crate::harness::{Deployment, settings};
use server::work::{
    Server,
    audit::Finding,
    recovery::{Prepared, RecoveryError},
};
use shared::{
    entropy::Seeded,
    model::ids::UserId,
    seal::kit::{Kit, KitError},
};

fn keepers() -> Vec<UserId> {
    settings().people.iter().take(3).map(|person| person.id.clone()).collect()
}

fn begin(at: &Deployment, seed: u64) -> Result<Prepared, RecoveryError> {
    let prepared = at.server.prepare_recovery(&keepers(), 2, &mut Seeded::new(seed))?;
    at.server.begin_recovery(at.now, &prepared)?;
    Ok(prepared)
}

fn drill(at: &Deployment, kits: &[&Kit]) -> Result<Vec<u8>, RecoveryError> {
    let kits: Vec<Kit> = kits.iter().map(|kit| (*kit).clone()).collect();
    at.server.drill_recovery(at.now, &kits, &mut Seeded::new(77))
}

#[test]
fn two_of_three_kits_open_and_one_does_not() {
    let at = Deployment::new(false);
    assert!(matches!(at.server.key_book(), Err(RecoveryError::NotBegun)));
    let begun = begin(&at, 1).unwrap();
    let kits: Vec<&Kit> = begun.kits.iter().map(|(_, kit)| kit).collect();
    for (pair, numbers) in [([0, 1], [1, 2]), ([1, 2], [2, 3]), ([2, 0], [3, 1])] {
        assert_eq!(drill(&at, &pair.map(|i| kits[i])).unwrap(), numbers);
    }
    assert_eq!(drill(&at, &kits).unwrap(), [1, 2, 3]);
    assert!(matches!(drill(&at, &[kits[0]]), Err(RecoveryError::Kit(KitError::TooFew(2)))));
    assert!(matches!(drill(&at, &[kits[0], kits[0]]), Err(RecoveryError::Kit(KitError::Repeated))));
    let lines = at.server.last_audit_lines(10).unwrap();
    let deeds: Vec<(&str, &str)> = lines.iter().map(|line| (line.action.as_str(), line.detail.as_str())).take(5).collect();
    assert_eq!(deeds[4], ("recovery_begun", begun.book.fingerprint().as_str()));
    assert_eq!(deeds[0], ("recovery_drilled", "1+2+3"));
    assert!(matches!(at.server.check_audit(&[]).unwrap(), Finding::Holds { .. }));
}

#[test]
fn kits_are_made_once_and_those_of_another_deployment_do_not_count() {
    let (at, other) = (Deployment::new(false), Deployment::new(false));
    let ours = begin(&at, 1).unwrap();
    assert!(matches!(begin(&at, 2), Err(RecoveryError::Begun)));
    let theirs = begin(&other, 2).unwrap();
    let mixed = drill(&at, &[&ours.kits[0].1, &theirs.kits[1].1]);
    assert!(matches!(mixed, Err(RecoveryError::Foreign(2))));
    assert_ne!(ours.book.fingerprint(), theirs.book.fingerprint());
    assert_eq!(at.server.key_book().unwrap(), ours.book);
}

#[test]
fn whoever_is_not_there_keeps_no_kit_and_senseless_numbers_make_none() {
    let at = Deployment::new(false);
    let begin = |people: &[&str], needed| {
        let people: Vec<UserId> = people.iter().map(|id| UserId::from(*id)).collect();
        at.server.prepare_recovery(&people, needed, &mut Seeded::new(1)).err()
    };
    assert!(matches!(begin(&["u1", "u2", "nobody"], 2), Some(RecoveryError::Unknown(id)) if id.as_str() == "nobody"));
    assert!(matches!(begin(&["u1", "u2", "u3"], 1), Some(RecoveryError::Kit(KitError::Numbers))));
    assert!(matches!(begin(&["u1"], 2), Some(RecoveryError::Kit(KitError::Numbers))));
    assert!(matches!(begin(&["u1", "u1", "u2"], 2), Some(RecoveryError::Book(_))));
    assert!(matches!(at.server.key_book(), Err(RecoveryError::NotBegun)), "nothing is kept of what failed");
}

/// The key itself and the kits' parts are nowhere on the server's disk.
#[test]
fn the_server_keeps_nothing_that_opens() {
    let at = Deployment::new(false);
    let begun = begin(&at, 1).unwrap();
    let kits: Vec<Kit> = begun.kits.iter().map(|(_, kit)| kit.clone()).collect();
    let secret = shared::seal::kit::open(&kits[..2]).unwrap();
    let mut secrets: Vec<Vec<u8>> = vec![secret.to_bytes().to_vec(), secret.to_text().as_bytes().to_vec()];
    secrets.extend(kits.iter().map(|kit| kit.to_text().replace(' ', "").into_bytes()));
    drill(&at, &[&kits[0], &kits[1]]).unwrap();
    let mut folders = vec![at.folder.0.clone()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            seen += 1;
            for secret in &secrets {
                assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_slice()), "{}", path.display());
            }
        }
    }
    assert!(seen >= 5, "{seen} files");
    let book = std::fs::read_to_string(at.folder.0.join("key-book.json")).unwrap();
    assert!(book.contains(&secret.public().to_string()), "the public half is there, so the search is not blind");
    drop(Server::open(&at.folder.0));
}
