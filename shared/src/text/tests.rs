//! What the generated methods, numbers and dates must say.

use super::{Digits, Language, Texts};
use crate::model::dates::{Day, UnixSeconds};

const AR: Texts = Texts::new(Language::Ar);
const EN: Texts = Texts::new(Language::En);

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn arabic_counts_days_in_all_six_plurals() {
    let said: Vec<String> = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111].map(|n: i32| AR.date_days(n)).to_vec();
    let expected =
        ["0 يوم", "يوم واحد", "يومان", "3 أيام", "10 أيام", "11 يوماً", "99 يوماً", "100 يوم", "102 يوم", "103 أيام", "111 يوماً"];
    assert_eq!(said, expected);
    assert_eq!([0, 1, 2].map(|n: i32| EN.date_days(n)), ["0 days", "1 day", "2 days"]);
}

#[test]
fn days_are_written_with_levant_months_and_the_chosen_digits() {
    assert_eq!(AR.day(day(2026, 11, 4)), "4 تشرين الثاني 2026");
    assert_eq!(AR.with_digits(Digits::ArabicIndic).day(day(2026, 3, 12)), "١٢ آذار ٢٠٢٦");
    assert_eq!(EN.day(day(2026, 3, 12)), "12 March 2026");
    assert_eq!(AR.month("2026-01"), "كانون الثاني 2026");
    assert_eq!(EN.month("2026-13"), "2026-13");
    assert_eq!(EN.month(""), "");
}

#[test]
fn an_instant_is_shown_in_the_deployments_time_zone() {
    // 2026-11-24 22:30:00 UTC is half past one of the next day in Damascus.
    let at = UnixSeconds(1_795_559_400);
    assert_eq!(EN.moment(at, 180), "25 November 2026, 01:30");
    assert_eq!(AR.moment(at, 0), "24 تشرين الثاني 2026، 22:30");
    assert_eq!(EN.time(UnixSeconds(-60), 0), "23:59");
}

#[test]
fn spans_read_as_people_say_them() {
    let today = day(2026, 11, 24);
    assert_eq!(AR.days_ago(today, today), "اليوم");
    assert_eq!(AR.days_ago(day(2026, 11, 22), today), "قبل يومين");
    assert_eq!(AR.days_ago(day(2026, 11, 25), today), "غداً");
    assert_eq!(EN.days_ago(day(2026, 11, 29), today), "in 5 days");
    assert_eq!(EN.since(UnixSeconds(100), UnixSeconds(50)), "just now");
    assert_eq!(EN.since(UnixSeconds(0), UnixSeconds(7_300)), "2 hours ago");
    assert_eq!(AR.since(UnixSeconds(0), UnixSeconds(180)), "قبل 3 دقائق");
}

#[test]
fn numbers_are_grouped_and_negative_ones_keep_their_sign_on_the_left() {
    assert_eq!([0, 999, 1_000, 1_234_567].map(|n: i32| EN.number(n)), ["0", "999", "1,000", "1,234,567"]);
    assert_eq!(AR.with_digits(Digits::ArabicIndic).number(1_234), "١٬٢٣٤");
    assert_eq!(EN.number(-5), "-5");
    assert_eq!(AR.number(-5), "\u{200e}-5");
    assert_eq!(EN.number(i64::MIN), "-9,223,372,036,854,775,808");
}

#[test]
fn a_code_without_a_text_is_none() {
    assert_eq!(EN.coded("month", "2").as_deref(), Some("February"));
    assert_eq!(EN.coded("month", "13"), None);
    assert_eq!(EN.coded("", ""), None);
}

#[test]
fn what_is_put_into_a_sentence_keeps_its_direction_to_itself() {
    assert_eq!(AR.person_with_role("Salma", "موظف المساءلة"), "\u{2068}Salma\u{2069} – \u{2068}موظف المساءلة\u{2069}");
}

#[test]
fn a_reason_is_found_whatever_family_it_is_of() {
    for code in ["too_big", "upgrade", "moved", "already_closed", "storage_full"] {
        assert!(AR.reason(code).is_some() && EN.reason(code).is_some(), "{code}");
    }
    assert_eq!(EN.reason("no_such_code"), None);
}
