//! The row of a box opening.

use super::{RowContext, Sources, shown_state};
use crate::{
    box_opening::Papers,
    document::content::Content,
    lifecycle::SessionState,
    model::{
        ids::{Code, Pcode, RecordId},
        row::BoxRow,
    },
};

/// The row of an opening. None without a box, a day and a sub-district.
#[must_use]
pub fn box_row(
    record: RecordId,
    content: &Content,
    state: &SessionState,
    sources: &Sources<'_>,
    context: &RowContext<'_>,
) -> Option<BoxRow> {
    let conflict = content.conflicts().next().is_some();
    let papers = Papers::of(content);
    Some(BoxRow {
        record,
        code: content.text("box").map(Code::from)?,
        date: content.text("date")?.parse().ok()?,
        adm3: content.text("place.adm3").map(Pcode::from)?,
        papers: papers.counted,
        entered: papers.entered.len(),
        sealed: papers.sealed.len(),
        left: papers.left(),
        beyond: papers.beyond(),
        void: state.void,
        conflict,
        sync: shown_state(conflict || context.set_aside, false, sources, context),
    })
}
