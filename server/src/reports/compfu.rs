//! The complaints follow-up (COMPFU) as a sheet: one line a case of levels 1-3, without names, words or phone numbers. Knows
//! neither who reads it nor storage.
//!
//! # Source
//! domain.md §11 (COMPFU export: columns, both headings, HXL), §4 (HXL tags), §10.2 rule 6.

use super::{Cell, Sheet};
use shared::{
    document::content::Content,
    lifecycle::CaseState,
    model::{
        codes::{CloseReason, Status},
        dates::{Day, days_between},
        event::{Event, Step},
        ids::Pcode,
        row::CaseRow,
    },
    settings::{Place, Settings},
    text::{Language, Texts},
};

/// One case.
pub struct Line<'a> {
    /// Its row.
    pub row: &'a CaseRow,
    /// Its case document.
    pub content: &'a Content,
    /// Where it stands.
    pub state: &'a CaseState,
    /// The day the sheet is made.
    pub at: Day,
}

/// A column: its message, its HXL tag, and what stands in it. A coded one has its label beside it.
struct Column {
    name: &'static str,
    hxl: &'static str,
    value: Value,
}

enum Value {
    Plain(fn(&Line<'_>, &Settings) -> Cell),
    /// A code, and the list that has its label.
    Coded(&'static str, fn(&Line<'_>) -> Option<String>),
    /// A code with a message `<prefix>-<code>`.
    Named(&'static str, fn(&Line<'_>, &Settings) -> Option<String>),
    /// A place of this level.
    Place(u8),
}
use Value::{Coded, Named, Plain};

const fn column(name: &'static str, hxl: &'static str, value: Value) -> Column {
    Column { name, hxl, value }
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

fn day(day: Option<Day>) -> Cell {
    day.map_or(Cell::Empty, |day| Cell::Text(day.to_string()))
}

fn days_to(line: &Line<'_>, day: Option<Day>) -> Cell {
    day.map_or(Cell::Empty, |day| Cell::Number(days_between(line.row.received_on, day)))
}

fn fact(line: &Line<'_>, key: &str) -> Option<String> {
    line.content.text(key).map(str::to_owned)
}

/// In this order for good: headquarters puts months under each other.
const COLUMNS: &[Column] = &[
    column("ref-no", "#meta+id+ref", Plain(|l, _| text(&l.row.ref_no))),
    column("received-on", "#date+reported", Plain(|l, _| day(Some(l.row.received_on)))),
    column("month", "#date+month", Plain(|l, _| text(&l.row.received_on.format("%Y-%m").to_string()))),
    column("channel", "#modality+feedback+code", Coded("channel", |l| l.row.channel.as_ref().map(|c| c.0.clone()))),
    column("entry-type", "#indicator+type", Coded("entry_type", |l| l.row.entry_type.map(|c| c.id().to_owned()))),
    column("sex", "#respondee+sex", Coded("sex", |l| fact(l, "who.sex"))),
    column("age-band", "#respondee+age", Coded("age_band", |l| fact(l, "who.age_band"))),
    column("disability", "#respondee+disability", Coded("disability", |l| fact(l, "who.disability"))),
    column("displacement", "#respondee+displacement", Coded("displacement", |l| fact(l, "who.displacement"))),
    column("profile", "#respondee+type", Coded("profile", |l| fact(l, "who.profile"))),
    column("adm1", "#adm1+code", Value::Place(1)),
    column("adm2", "#adm2+code", Value::Place(2)),
    column("adm3", "#adm3+code", Value::Place(3)),
    column("adm4", "#loc+code", Value::Place(4)),
    column("project", "#activity+project+code", Plain(|l, _| text(l.row.project.as_ref().map_or("", |code| code.as_str())))),
    column("donor", "#org+funder", Plain(|l, s| text(project(l, s).map_or("", |project| &project.donor)))),
    column("partner", "#org+impl", Plain(|l, s| text(&partner(l, s)))),
    column("sector", "#sector+code", Coded("sector", |l| fact(l, "sector"))),
    column("category", "#indicator+category+code", Coded("branch", |l| branch(l).map(str::to_owned))),
    column("subcategory", "#indicator+subcategory+code", Coded("category", |l| l.row.category.as_ref().map(|c| c.0.clone()))),
    column("level", "#severity+code", Plain(|l, _| Cell::Number(l.row.level.number().into()))),
    column("urgency", "#severity+urgency+code", Coded("urgency", |l| Some(l.row.urgency.id().to_owned()))),
    column("status", "#status+code", Named("status", |l, _| Some(l.row.status.id().to_owned()))),
    column("ack-on", "#date+acknowledged", Plain(|l, _| day(l.row.acknowledged_on))),
    column("assigned-role", "#contact+role+code", Named("role", assigned_role)),
    column("due-on", "#date+due", Plain(|l, _| day(l.row.due_on))),
    column("responded-on", "#date+responded", Plain(|l, _| day(l.row.responded_on))),
    column("closed-on", "#date+end", Plain(|l, _| day(l.row.closed_on))),
    column("days-to-response", "#indicator+days+response", Plain(|l, _| days_to(l, l.row.responded_on))),
    column("days-to-close", "#indicator+days+close", Plain(|l, _| days_to(l, l.row.closed_on))),
    column("in-time", "#indicator+in_time", Plain(in_time)),
    column("outcome", "#status+outcome+code", Coded("outcome", |l| l.state.outcome.map(|c| c.id().to_owned()))),
    column(
        "close-reason",
        "#status+reason+code",
        Coded("close_reason", |l| l.row.close_reason.map(|c| CloseReason::id(c).to_owned())),
    ),
    column(
        "satisfaction",
        "#indicator+satisfaction+code",
        Coded("satisfaction", |l| l.state.satisfaction.as_ref().map(|c| c.0.clone())),
    ),
    column("reopen-count", "#indicator+reopened+num", Plain(|l, _| Cell::Number(l.row.reopened.into()))),
    column("referral-to", "#org+referral+name", Plain(|l, _| referral_to(l))),
];

fn project<'s>(line: &Line<'_>, settings: &'s Settings) -> Option<&'s shared::settings::Project> {
    settings.project(line.row.project.as_ref()?)
}

/// As the case says, or as its project does.
fn partner(line: &Line<'_>, settings: &Settings) -> String {
    fact(line, "partner").or_else(|| project(line, settings).map(|project| project.partner.clone())).unwrap_or_default()
}

/// `qual` of `qual.item`.
fn branch<'a>(line: &'a Line<'_>) -> Option<&'a str> {
    line.row.category.as_ref()?.as_str().split('.').next()
}

/// Roles, never people: the sheet leaves the house.
fn assigned_role(line: &Line<'_>, settings: &Settings) -> Option<String> {
    settings.person(line.row.assignee.as_ref()?).map(|person| person.role.id().to_owned())
}

/// One still open past its day is late already: left empty, it would drop out of the share that headquarters makes of this column.
fn in_time(line: &Line<'_>, _: &Settings) -> Cell {
    let is_counted = !matches!(line.row.status, Status::Merged | Status::Void);
    let Some(due_on) = line.row.due_on.filter(|_| is_counted) else { return Cell::Empty };
    match line.row.closed_on {
        Some(closed_on) => text(if closed_on <= due_on { "yes" } else { "no" }),
        None if due_on < line.at => text("no"),
        None => Cell::Empty,
    }
}

/// The body that the standing referral names.
fn referral_to(line: &Line<'_>) -> Cell {
    let Some(referral) = &line.state.referral else { return Cell::Empty };
    let event = line.content.events.get(&referral.event);
    match event.and_then(|event| serde_json::from_str::<Event>(&event.text).ok()).map(|event| event.step) {
        Some(Step::Referred { to, .. }) => text(&to),
        _ => Cell::Empty,
    }
}

fn label(list: &str, code: &str, settings: &Settings, texts: Texts) -> String {
    let found = if list == "category" {
        settings.category(&code.into()).map(|category| &category.label)
    } else {
        settings
            .lists
            .get(list)
            .and_then(|list| list.iter().find(|choice| choice.code.as_str() == code))
            .map(|choice| &choice.label)
    };
    found.map(|label| texts.label(label).to_owned()).unwrap_or_default()
}

fn place<'s>(line: &Line<'_>, level: u8, settings: &'s Settings) -> Option<&'s Place> {
    let own: &Pcode = line.row.adm4.as_ref().unwrap_or(&line.row.adm3);
    settings.ancestor(own, level)
}

/// The row of one case, as long as the headings; labels in the language of `texts`.
#[must_use]
pub fn cells(line: &Line<'_>, settings: &Settings, texts: Texts) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(COLUMNS.len() * 2);
    for column in COLUMNS {
        match &column.value {
            Plain(of) => cells.push(of(line, settings)),
            Coded(list, of) => {
                let code = of(line).unwrap_or_default();
                cells.extend([text(&code), text(&label(list, &code, settings, texts))]);
            }
            Named(prefix, of) => {
                let code = of(line, settings).unwrap_or_default();
                cells.extend([text(&code), text(&texts.coded(prefix, &code).unwrap_or_default())]);
            }
            Value::Place(level) => {
                let place = place(line, *level, settings);
                cells.push(text(place.map_or("", |place| place.code.as_str())));
                cells.push(text(place.map_or("", |place| texts.label(&place.name))));
            }
        }
    }
    cells
}

/// The sheet of one month, `YYYY-MM`, without its rows; headings in both languages.
#[must_use]
pub fn headed(month: &str) -> Sheet {
    let headings = |language: Language| -> Vec<String> {
        let texts = Texts::new(language);
        let heading = |column: &Column| {
            let name = texts.coded("compfu", column.name).unwrap_or_default();
            let beside = match column.value {
                Plain(_) => None,
                Value::Place(_) => Some(texts.compfu_name(&name)),
                Coded(..) | Named(..) => Some(texts.compfu_label(&name)),
            };
            // Marks of direction are for screens; in a cell another program reads them as letters.
            let beside = beside.map(|words| words.replace(['\u{2068}', '\u{2069}'], ""));
            std::iter::once(name).chain(beside).collect::<Vec<_>>()
        };
        COLUMNS.iter().flat_map(heading).collect()
    };
    let mut hxl = Vec::new();
    for column in COLUMNS {
        hxl.push(column.hxl);
        if !matches!(column.value, Plain(_)) {
            hxl.push("#meta+label");
        }
    }
    Sheet {
        name: format!("COMPFU {month}"),
        english: headings(Language::En),
        arabic: headings(Language::Ar),
        hxl,
        rows: Vec::new(),
    }
}

/// Names of the columns, for their texts.
#[must_use]
pub fn names() -> Vec<&'static str> {
    COLUMNS.iter().map(|column| column.name).collect()
}
