//! The demo's recovery kits and key cards: made from a fixed seed, so that they can be shown beside the log-ins each time. They
//! protect nothing: anyone can make them.

use super::SEED;
use crate::work::{
    Server,
    recovery::{Prepared, RecoveryError},
};
use shared::{
    entropy::Seeded,
    model::{dates::UnixSeconds, ids::UserId, role::Role},
    policy::{self, Action},
    settings::Person,
};

/// Three people who are sealed nothing keep the kits; two open.
const KEEPERS: [Role; 3] = [Role::AreaCoord, Role::HqAme, Role::Admin];
const NEEDED: u8 = 2;

/// Lets the demo's keys count, unless some do already, and says the cards of those that do.
pub(super) fn begin_or_show(server: &Server, now: UnixSeconds, say: &mut dyn FnMut(&str)) -> Result<(), RecoveryError> {
    let in_force = server.in_force();
    let settings = &in_force.settings;
    let ids = |fits: &dyn Fn(&Person) -> bool| -> Vec<UserId> {
        settings.people.iter().filter(|person| !person.inactive && fits(person)).map(|person| person.id.clone()).collect()
    };
    let keepers = ids(&|person| KEEPERS.contains(&person.role));
    let has_key = |person: &Person| {
        policy::actor(settings, &person.id).is_some_and(|actor| policy::may(&actor, Action::Use("key_ask"), None))
    };
    let prepared = Prepared::make(&keepers, NEEDED, &ids(&has_key), &mut Seeded::new(SEED).child("keys"))?;
    if settings.key_book.is_empty() {
        server.begin_recovery(now, &prepared)?;
    }
    let name = |user: &UserId| settings.person(user).map_or_else(|| user.to_string(), |person| person.name.clone());
    let book = server.key_book()?;
    for (user, card) in &prepared.cards {
        if book.focal_keys().contains(&card.key_of(user)) {
            say(&format!("demo only: key card {}   {}", card.to_text().as_str(), name(user)));
        }
    }
    for (user, kit) in &prepared.kits {
        if book.recovery().is_some_and(|recovery| kit.is_of(recovery)) {
            say(&format!("demo only: recovery kit {}   {}", kit.to_text().as_str(), name(user)));
        }
    }
    Ok(())
}
