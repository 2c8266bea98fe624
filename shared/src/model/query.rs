//! What a person asks of the lists of cases and sessions: the same question on a device and at the server. Knows no SQL.

use super::{
    codes::Status,
    dates::Day,
    ids::{Pcode, ProjectCode, UserId},
    row::CaseRow,
};
use crate::{closed_list, text::Language};
use serde::{Deserialize, Serialize};

/// Which cases to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseQuery {
    /// A ready-made view.
    pub view: CaseView,
    /// Folded search in number, words, place and category.
    pub text: String,
    /// Only these.
    pub status: Option<Status>,
    /// Only this level.
    pub level: Option<u8>,
    /// Only within this place.
    pub place: Option<Pcode>,
    /// Only this project.
    pub project: Option<ProjectCode>,
    /// Only those this person is responsible for.
    pub assignee: Option<UserId>,
    /// Order.
    pub sort: CaseSort,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to return, at most 200.
    pub limit: u32,
}

/// A ready-made list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaseView {
    /// Everything open: overdue, then due within 5 days, then unassigned, then the rest.
    #[default]
    Inbox,
    /// Past their day.
    Overdue,
    /// Due within 5 days.
    DueSoon,
    /// Nobody responsible.
    Unassigned,
    /// Mine.
    Mine,
    /// Recorded on this device or by this person.
    Recorded,
    /// With a conflict, a refusal or another need for attention.
    Attention,
    /// Answered on the spot, and an officer may take that for the answer.
    ToAccept,
    /// Closed.
    Closed,
    /// All.
    All,
}

/// Order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaseSort {
    /// What presses most first.
    #[default]
    Pressing,
    /// Newest received first.
    Newest,
    /// Oldest received first.
    Oldest,
    /// Highest level first.
    Level,
}

/// Which sessions to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionQuery {
    /// From this day.
    pub from: Option<Day>,
    /// To this day.
    pub to: Option<Day>,
    /// Only within this place.
    pub place: Option<Pcode>,
    /// Only this project.
    pub project: Option<ProjectCode>,
    /// Folded search in venue and place.
    pub text: String,
    /// Rows to skip.
    pub offset: u32,
    /// Rows to return, at most 200.
    pub limit: u32,
}

/// A page of cases.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CasePage {
    /// Rows.
    pub rows: Vec<CaseRow>,
    /// How many match in all; the server counts to [`MOST_COUNTED`] only.
    pub total: u32,
    /// For the tabs, under the same filters. None from the server: the tabs are about what the device holds.
    pub counts: Option<ViewCounts>,
}

/// A server that holds a million cases does not count further: who sees so many narrows the search.
pub const MOST_COUNTED: u32 = 1_000;

/// How many open cases press, by view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewCounts {
    /// Overdue.
    pub overdue: u32,
    /// Due soon.
    pub due_soon: u32,
    /// Unassigned.
    pub unassigned: u32,
    /// Needing attention.
    pub attention: u32,
    /// Answered on the spot, to be accepted.
    pub to_accept: u32,
}

/// Body of `POST /api/v1/compfu`: which complaints follow-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompfuQuery {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// Of the labels; headings are in both.
    pub language: Language,
    /// What the file looks like.
    pub form: SheetForm,
}

closed_list!(
    /// What a sheet looks like as a file. The code is the ending of its name.
    SheetForm {
        /// An Excel workbook.
        Xlsx = "xlsx",
        /// Comma-separated text.
        Csv = "csv",
    }
);
