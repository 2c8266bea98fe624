//! Who may vouch for another person's device: someone else, whom no open case that this person reads excludes. The accused never lets
//! a device in for the readers of the case. Of a sealed case the server does not know whom it excludes.

use super::{desk, error::WorkError, settings::InForce};
use crate::storage::Tx;
use shared::{
    model::{ids::UserId, record::DocKind},
    policy::{self, Action, Actor},
    sync::scope::ScopeId,
};

/// Whether `actor` stands apart from what `reader` reads. Every case that names staff goes through the personal logs of its
/// readers, so these are all that need a look.
pub(super) fn stands_apart(tx: &Tx<'_>, in_force: &InForce, actor: &Actor, reader: &UserId) -> Result<bool, WorkError> {
    if actor.user == *reader {
        return Ok(false);
    }
    let Some(reading) = policy::actor(&in_force.settings, reader) else { return Ok(true) };
    let own = ScopeId::Personal(reader.clone());
    for scope in tx.followed_by(reader)?.into_iter().filter(|scope| scope.id == own) {
        for (document, _) in tx.documents_in(scope.number)? {
            if document.kind != DocKind::Case {
                continue;
            }
            let record = desk::load(tx, document.record)?;
            let Some(life) = record.case_life(&in_force.settings) else { continue };
            let stands = |actor: &Actor| life.standing.resource(&in_force.settings, actor, DocKind::Case, false);
            let (theirs, ours) = (stands(&reading), stands(actor));
            if theirs.open && ours.implicated && policy::may(&reading, Action::Read, Some(&theirs)) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}
