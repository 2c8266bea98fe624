//! Sessions that a colleague joined without a network: what comes before the leader's registration waits for it, and nobody but the
//! leader begins a session whose id was derived from who leads it. Knows no storage.

use super::desk::SessionLife;
use shared::{
    document::{change::Change, fold::fold},
    joining::{self, Occasion},
    model::{
        event::{Event, Step},
        ids::Pcode,
        record::{DocKind, DocumentId},
    },
    rows,
};

/// Whether it is a colleague's first change of a session that they joined without a network.
pub(super) fn joins(kind: DocKind, change: &Change) -> bool {
    let joins = |text: &str| matches!(Event::from_text(text), Ok(Event { step: Step::SessionJoined { .. }, .. }));
    kind == DocKind::Session && fold(kind, [change]).events.values().any(|event| joins(&event.text))
}

/// Whether a session begins with this: its registration, and by its leader where the id was derived from who leads it.
pub(super) fn may_begin(id: DocumentId, life: &SessionLife) -> bool {
    let content = &life.content;
    let occasion = || {
        let (day, adm3) = (content.text("date")?.parse().ok()?, content.text("place.adm3").map(Pcode::from)?);
        Some(Occasion::new(&life.state.recorded_by, day, &adm3, rows::projects(content)))
    };
    let is_leaders = || occasion().is_some_and(|occasion| occasion.fits(id.record));
    life.state.registered && (!joining::is_derived(id.record) || is_leaders())
}
