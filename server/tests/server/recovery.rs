//! Recovery kits: made once, two of three open, one does not, others' don't.

use crate::harness::{Deployment, settings, user};
use server::work::{
    Server,
    audit::Finding,
    recovery::{Prepared, RecoveryError},
};
use shared::{
    entropy::Seeded,
    model::{ids::UserId, role::Role},
    seal::kit::{Kit, KitError},
};

fn keepers() -> Vec<UserId> {
    settings().people.iter().take(3).map(|person| person.id.clone()).collect()
}

fn begin(at: &Deployment, seed: u64) -> Result<Prepared, RecoveryError> {
    let prepared = at.server.prepare_recovery(&keepers(), 2, &[], &mut Seeded::new(seed))?;
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
    let deeds: Vec<(&str, &str)> = lines.iter().map(|line| (line.action.as_str(), line.detail.as_str())).collect();
    assert!(deeds.contains(&("recovery_begun", begun.book.fingerprint().as_str())), "{deeds:?}");
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
        at.server.prepare_recovery(&people, needed, &[], &mut Seeded::new(1)).err()
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
    let focal = [user(Role::PseaFp), user(Role::HqIu)];
    let begun = at.server.prepare_recovery(&keepers(), 2, &focal, &mut Seeded::new(1)).unwrap();
    at.server.begin_recovery(at.now, &begun).unwrap();
    let kits: Vec<Kit> = begun.kits.iter().map(|(_, kit)| kit.clone()).collect();
    let secret = shared::seal::kit::open(&kits[..2]).unwrap();
    let mut secrets: Vec<Vec<u8>> = vec![secret.to_bytes().to_vec(), secret.to_text().as_bytes().to_vec()];
    secrets.extend(kits.iter().map(|kit| kit.to_text().replace(' ', "").into_bytes()));
    for (_, card) in &begun.cards {
        secrets.push(card.seed().to_vec());
        secrets.push(card.secret().to_bytes().to_vec());
        secrets.push(card.to_text().replace(' ', "").into_bytes());
    }
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
    assert!(seen >= 4, "{seen} files");
    let opened = Server::open(&at.folder.0).unwrap().key_book().unwrap();
    assert_eq!(
        opened.recovery(),
        Some(secret.public()),
        "the public half is there, so it is the right secret that was looked for"
    );
    assert_eq!(opened.focal_keys().len(), 2);
}

#[test]
fn the_first_focal_points_keys_are_let_in_with_the_kits() {
    let at = Deployment::new(false);
    let focal = [user(Role::AmeMgr), user(Role::PseaFp), user(Role::HqIu)];
    let prepared = at.server.prepare_recovery(&keepers(), 2, &focal, &mut Seeded::new(1)).unwrap();
    assert!(at.server.in_force().settings.key_book.is_empty(), "nothing is kept before it is printed");
    at.server.begin_recovery(at.now, &prepared).unwrap();
    let book = at.server.key_book().unwrap();
    assert_eq!(at.server.in_force().settings.key_book, prepared.book.entries());
    for (user, card) in &prepared.cards {
        assert!(book.focal_keys().contains(&card.key_of(user)), "{user}");
    }
    assert_eq!(book.keys_for(&focal).unwrap().len(), 4, "three focal points and the recovery key");
    let by_a_receiver = Deployment::new(false).server.prepare_recovery(&keepers(), 2, &[user(Role::Ao)], &mut Seeded::new(1));
    assert!(matches!(by_a_receiver, Err(RecoveryError::NotFocal(_))));
}

/// A focal point who keeps a kit: their own kit does not vouch for their own key, the others' do.
#[test]
fn a_keeper_who_is_a_focal_point_is_let_in_by_the_others() {
    let at = Deployment::new(false);
    let keepers = [user(Role::Cd), user(Role::HqAme)];
    let prepared = at.server.prepare_recovery(&keepers, 2, &[user(Role::Cd), user(Role::HqIu)], &mut Seeded::new(1)).unwrap();
    assert_eq!(prepared.book.focal_keys().len(), 2);
    let alone = at.server.prepare_recovery(&keepers, 2, &[user(Role::Cd)], &mut Seeded::new(1));
    assert!(matches!(alone, Err(RecoveryError::Book(_))), "one kit that is not their own is too few");
}
