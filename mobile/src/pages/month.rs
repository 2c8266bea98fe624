//! Month's end: how many complaints were closed in time, by the rule headquarters counts by, and the complaints follow-up to
//! save. Everything comes from the server; nothing of it is kept on the device.

use crate::{
    components::{CaseLine, Glyph, Icon, Loaded, PageTitle, SaveFile, SelectField, names, take_focus_if},
    hooks::{Load, Table, use_allowed, use_asked, use_texts, use_today},
    pages::coverage::month_back,
    platform,
    protocol::{Answer, CompfuQuery, Failure, MadeFile, Request, SheetForm},
    routes::Route,
};
use dioxus::prelude::*;
use shared::{
    indicators::closure::{ClosureFigure, ClosurePage, Share},
    model::{
        dates::{Day, days_between, plus_days},
        row::CaseRow,
    },
    text::Texts,
};

/// Months on offer.
const MONTHS_BACK: u32 = 24;

/// Late cases shown at first: below them is the file, which whoever comes at month's end looks for.
const FIRST_LATE: usize = 5;

/// The figure, what is behind it, and the file.
#[component]
pub(crate) fn MonthPage() -> Element {
    let t = use_texts();
    let allowed = use_allowed();
    let asked = use_asked(
        Table::Server,
        || Request::Closure,
        |answer| if let Answer::Closure(page) = answer { Some(Load::Ready(*page)) } else { None },
    );
    rsx! {
        div { class: "page", "data-testid": "month",
            PageTitle { title: t.month_title(), p { class: "faint", {t.month_words()} } }
            Loaded {
                asked,
                empty: rsx! {},
                ready: move |page: ClosurePage| rsx! {
                    Figure { figure: page.figure.clone() }
                    Late { page }
                },
            }
            if allowed("compfu") {
                Compfu {}
            }
        }
    }
}

/// Per cent with one decimal.
fn percent(t: Texts, share: Share) -> String {
    share
        .per_mille()
        .map_or_else(|| t.month_none(), |tenths| t.month_percent(&format!("{}.{}", t.number(tenths / 10), t.number(tenths % 10))))
}

#[component]
fn Figure(figure: ClosureFigure) -> Element {
    let t = use_texts();
    let lines = [
        ("all", t.month_all(), figure.all),
        ("ordinary", t.month_ordinary(), Some(figure.ordinary)),
        ("sealed", t.month_sealed(), figure.sealed),
    ];
    rsx! {
        section { class: "card", "aria-labelledby": "figure-title",
            h2 { id: "figure-title", {t.month_figure(&t.number(figure.limit_days))} }
            p { class: "faint", "data-testid": "cohort", {t.month_cohort(&t.day(plus_days(figure.after, 1)), &t.day(figure.until))} }
            dl { class: "facts",
                for (name , words , share) in lines {
                    div { key: "{name}", "data-testid": "share-{name}",
                        dt { "{words}" }
                        dd {
                            match share {
                                Some(share) => rsx! {
                                    strong { {percent(t, share)} }
                                    " · "
                                    {t.month_share(&t.number(share.part), &t.number(share.whole))}
                                },
                                None => rsx! { {t.month_small()} },
                            }
                        }
                    }
                }
            }
            if figure.handed_over > 0 {
                p { {t.month_handed(&t.number(figure.handed_over))} }
            }
            if figure.not_yet_due > 0 {
                p { "data-testid": "not-yet", {t.month_not_yet(&t.number(figure.not_yet_due))} }
            }
            if figure.data_errors > 0 {
                p { class: "warn-text", {t.month_errors(&t.number(figure.data_errors))} }
            }
            p { class: "faint",
                {t.month_naive()}
                " "
                {percent(t, figure.of_closed)}
                " · "
                {t.month_share(&t.number(figure.of_closed.part), &t.number(figure.of_closed.whole))}
            }
            p { class: "faint row", Icon { glyph: Glyph::Clock } {t.month_at(&t.day(figure.at))} }
        }
    }
}

/// How late: after how many days it was closed, or how long it is open past the time promised, which a later day approved does not
/// move.
fn lateness(t: Texts, row: &CaseRow, figure: &ClosureFigure) -> String {
    match row.closed_on.filter(|day| *day <= figure.at) {
        Some(day) => t.month_closed_after(days_between(row.received_on, day)),
        None => t.month_open_past(days_between(plus_days(row.received_on, figure.limit_days.into()), figure.at)),
    }
}

#[component]
fn Late(page: ClosurePage) -> Element {
    let t = use_texts();
    let mut whole = use_signal(|| false);
    let listed = page.late.len();
    let shown = if whole() { listed } else { listed.min(FIRST_LATE) };
    // Whoever counts all may read few of them, or none.
    let all = page.figure.all.unwrap_or(page.figure.ordinary);
    let unread = (all.whole - all.part).saturating_sub(page.late_total);
    rsx! {
        section { class: "stack-s", "aria-labelledby": "late-title",
            h2 { id: "late-title", {t.month_late()} }
            if listed == 0 && unread == 0 {
                p { class: "card row", Icon { glyph: Glyph::Check } {t.month_late_none()} }
            }
            if listed > 0 {
                ul { class: "card card-flush list",
                    for (index , row) in page.late.into_iter().take(shown).enumerate() {
                        // The first that "more" brings takes the focus from it.
                        li { key: "{row.record}", tabindex: "-1", onmounted: move |event| take_focus_if(index == FIRST_LATE, event),
                            Link { class: "item", to: Route::CasePage { record: row.record.to_string() }, "data-testid": "late-{row.ref_no}",
                                p { class: "warn-text", "data-testid": "lateness", {lateness(t, &row, &page.figure)} }
                                CaseLine { row, with_sync: false }
                            }
                        }
                    }
                }
                if shown < listed {
                    button { class: "button", r#type: "button", "data-testid": "late-all", onclick: move |_| whole.set(true), {t.list_more(listed - shown)} }
                } else if let Some(more) = usize::try_from(page.late_total).ok().and_then(|total| total.checked_sub(listed)).filter(|more| *more > 0) {
                    p { class: "faint", {t.month_late_more(&t.number(more))} }
                }
            }
            if unread > 0 {
                p { class: "card", "data-testid": "late-unread", {t.month_late_unread(&t.number(unread))} }
            }
        }
    }
}

/// The month before that of `today` first: it is the one that is due.
fn months(t: Texts, today: Day) -> Vec<(String, String)> {
    let mut months: Vec<String> = (0..MONTHS_BACK).map(|n| month_back(today, n)).collect();
    months.swap(0, 1);
    months.into_iter().map(|month| (month.clone(), t.month(&month))).collect()
}

#[component]
fn Compfu() -> Element {
    let t = use_texts();
    let today = use_today();
    let months = months(t, today);
    let mut month = use_signal(|| months.first().map(|(month, _)| month.clone()).unwrap_or_default());
    let mut made = use_signal(|| None::<Result<MadeFile, Failure>>);
    let mut busy = use_signal(|| false);
    let make = move |form: SheetForm| async move {
        busy.set(true);
        made.set(None);
        let query = CompfuQuery { month: month(), language: t.language(), form };
        match platform::call(Request::Compfu(query)).await {
            Answer::File(file) => made.set(Some(Ok(file))),
            Answer::Failed(failure) => made.set(Some(Err(failure))),
            _ => {}
        }
        busy.set(false);
    };
    rsx! {
        section { class: "card stack-s", "aria-labelledby": "compfu-title",
            h2 { id: "compfu-title", {t.month_compfu()} }
            p { class: "soft", {t.month_compfu_words()} }
            SelectField { id: "month", label: t.month_which(), value: month(), options: months, on_change: move |v| { month.set(v); made.set(None); } }
            div { class: "row",
                for (form , words) in [(SheetForm::Xlsx, t.month_xlsx()), (SheetForm::Csv, t.month_csv())] {
                    button { key: "{form.id()}", class: "button", r#type: "button", disabled: busy(), "data-testid": "make-{form.id()}", onclick: move |_| make(form), Icon { glyph: Glyph::List } "{words}" }
                }
            }
            div { role: "status",
                match made() {
                    Some(Ok(file)) => rsx! {
                        p { bdi { {t.month_made(&file.name)} } }
                        SaveFile { name: file.name, base64: file.base64, words: t.month_save() }
                    },
                    Some(Err(failure)) => rsx! { p { class: "danger-text", "data-testid": "failed", "data-code": names::failure_id(failure.code), {names::failure(t, failure.code)} } },
                    None => rsx! {},
                }
            }
        }
    }
}
