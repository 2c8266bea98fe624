//! Coverage and duplicates: figures that people act on, so each rule has its case.

use crate::fixture::{ADM3, OTHER_ADM3, PLACE, day, settings};
use shared::{
    duplicates::{Candidate, fold_words, suggest},
    indicators::coverage::{
        CaseTally, Coverage, CoverageFilter, CoverageRow, GoReason, Month, PhaseMark, Tallies, coverage, merge, tally_cases,
        tally_sessions,
    },
    model::{
        codes::{Level, Phase, Status, SyncState, Urgency},
        dates::UnixSeconds,
        ids::RecordId,
        record::Class,
        row::{CaseRow, SessionRow},
    },
    settings::{Label, Place, Settings},
};

fn session(date: &str, place: Option<&str>, projects: &[&str], phase: Phase, women: i64) -> SessionRow {
    SessionRow {
        record: RecordId([3; 16]),
        date: day(date),
        phase,
        projects: projects.iter().map(|p| (*p).into()).collect(),
        adm3: ADM3.into(),
        adm4: place.map(Into::into),
        unlisted: None,
        venue: String::new(),
        method: None,
        counts: [0, 0, women, 0, 0, 0, 1],
        total: women + 1,
        approximate: false,
        planned: false,
        called_off: None,
        postponed: false,
        facilitators: Vec::new(),
        void: false,
        recorded_by: "receiver".into(),
        conflict: false,
        sync: SyncState::OnServer,
    }
}

pub(crate) fn case(received_on: &str, project: Option<&str>, status: Status) -> CaseRow {
    CaseRow {
        record: RecordId([4; 16]),
        ref_no: String::new(),
        status,
        level: Level::LOWEST,
        urgency: Urgency::Action,
        entry_type: None,
        category: None,
        adm3: ADM3.into(),
        adm4: None,
        unlisted: None,
        project: project.map(Into::into),
        channel: None,
        identity_mode: None,
        sex: None,
        age_band: None,
        subject_role: None,
        excerpt: String::new(),
        assignee: None,
        recorded_by: "receiver".into(),
        received_on: day(received_on),
        due_on: Some(day(received_on)),
        extended_to: None,
        acknowledged_on: None,
        on_spot: None,
        responded_on: None,
        closed_on: None,
        close_reason: None,
        reopened: 0,
        unsynced_days: 0,
        awaiting_ruling: 0,
        conflict: false,
        duplicate_of: None,
        sync: SyncState::OnServer,
        last_step_at: UnixSeconds(0),
    }
}

fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

fn filter(from: &str, to: &str) -> CoverageFilter {
    CoverageFilter { from: month(from), to: month(to), project: None, place: None }
}

fn tallies(sessions: &[SessionRow], cases: &[(CaseRow, Class)]) -> Tallies {
    Tallies { sessions: tally_sessions(sessions), cases: tally_cases(cases.iter().map(|(row, class)| (row, *class))) }
}

fn rows(tallies: &Tallies, filter: &CoverageFilter, settings: &Settings) -> Vec<CoverageRow> {
    coverage(tallies, filter, settings, day("2026-04-10"))
}

/// Place, project, phase, sessions, women, gap, target.
fn brief(rows: &[CoverageRow]) -> Vec<(String, String, &'static str, u32, i64, bool, bool)> {
    rows.iter()
        .map(|row| {
            (row.place.to_string(), row.project.to_string(), row.phase.id(), row.sessions, row.counts[2], row.gap, row.target)
        })
        .collect()
}

fn line(
    place: &str,
    project: &str,
    phase: &'static str,
    sessions: u32,
    women: i64,
    gap: bool,
    target: bool,
) -> (String, String, &'static str, u32, i64, bool, bool) {
    (place.into(), project.into(), phase, sessions, women, gap, target)
}

#[test]
fn months_are_read_written_and_taken_from_days() {
    assert_eq!(Month::of(day("2026-03-31")), Month { year: 2026, month: 3 });
    assert_eq!(month("2026-12").to_string(), "2026-12");
    for bad in ["2026-13", "2026-00", "2026-1", "26-01", "2026", "2026-01-01", ""] {
        assert_eq!(Month::parse(bad), None, "{bad}");
    }
}

#[test]
fn sessions_are_tallied_by_place_project_month_and_phase() {
    let mut planned = session("2026-03-05", Some(PLACE), &["P01"], Phase::Before, 50);
    planned.planned = true;
    let mut void = planned.clone();
    (void.planned, void.void) = (false, true);
    let tallies = tally_sessions(&[
        session("2026-03-20", Some(PLACE), &["P01"], Phase::Before, 10),
        session("2026-03-04", Some(PLACE), &["P01", "P02"], Phase::Before, 5),
        session("2026-04-01", Some(PLACE), &["P01"], Phase::Before, 7),
        session("2026-03-04", None, &["P01"], Phase::After, 1),
        planned,
        void,
    ]);
    let brief: Vec<_> = tallies
        .iter()
        .map(|t| {
            (
                t.place.to_string(),
                t.project.to_string(),
                t.month.to_string(),
                t.phase.as_str(),
                t.sessions,
                t.last_on.as_str(),
                t.counts[2],
            )
        })
        .collect();
    let expected = [
        (PLACE, "P01", "2026-03", "before", 2, "2026-03-20", 15),
        (PLACE, "P01", "2026-04", "before", 1, "2026-04-01", 7),
        (PLACE, "P02", "2026-03", "before", 1, "2026-03-04", 5),
        (ADM3, "P01", "2026-03", "after", 1, "2026-03-04", 1),
    ];
    let expected = expected.map(|(a, b, c, d, e, f, g)| (a.to_owned(), b.to_owned(), c.to_owned(), d, e, f, g));
    assert_eq!(brief, expected);
    assert_eq!(tallies[0].counts[6], 2);
}

#[test]
fn coverage_shows_gaps_first_and_sums_whole_months() {
    let sessions = [
        session("2026-02-28", Some(PLACE), &["P01"], Phase::Before, 100),
        session("2026-03-01", Some(PLACE), &["P01"], Phase::Before, 10),
        session("2026-04-09", Some(PLACE), &["P01"], Phase::Before, 5),
        session("2026-05-01", Some(PLACE), &["P01"], Phase::Before, 200),
        session("2026-03-02", Some("C1566"), &["P01"], Phase::After, 3),
    ];
    let tallies = tallies(&sessions, &[]);
    let settings = settings();
    let found = rows(&tallies, &filter("2026-03", "2026-04"), &settings);
    assert_eq!(
        brief(&found),
        [
            line(PLACE, "P01", "during", 0, 0, true, true),
            line(PLACE, "P02", "before", 0, 0, true, true),
            line(PLACE, "P02", "during", 0, 0, true, true),
            line(PLACE, "P01", "before", 2, 15, false, true),
            line("C1566", "P01", "after", 1, 3, false, false),
        ]
    );
    // The last session of any time, even one beyond the period.
    assert_eq!((found[3].last_on, found[3].days_since), (Some(day("2026-05-01")), Some(0)));
    assert_eq!((found[4].last_on, found[4].days_since), (Some(day("2026-03-02")), Some(39)));
    assert_eq!((found[0].last_on, found[0].days_since), (None, None));
    let earlier = rows(&tallies, &filter("2026-01", "2026-01"), &settings);
    assert!(earlier.iter().all(|row| row.gap), "nothing in January");
    assert_eq!(earlier.iter().find(|row| row.phase == Phase::Before).unwrap().last_on, Some(day("2026-05-01")));
}

#[test]
fn before_and_after_are_owed_once_and_while_a_project_runs_in_every_period() {
    let mut settings = settings();
    settings.projects.truncate(1);
    settings.projects[0].targets[0].phases = Phase::ALL.to_vec();
    let held: Vec<_> = Phase::ALL.iter().map(|phase| session("2026-02-20", Some(PLACE), &["P01"], *phase, 5)).collect();
    let gaps = |from: &str, to: &str| {
        let found = rows(&tallies(&held, &[]), &filter(from, to), &settings);
        found.iter().filter(|row| row.gap).map(|row| row.phase).collect::<Vec<_>>()
    };
    assert_eq!(gaps("2026-01", "2026-03"), []);
    assert_eq!(gaps("2026-03", "2026-04"), [Phase::During], "nobody goes there again to tell what is to come");
    assert_eq!(gaps("2026-01", "2026-01"), Phase::ALL, "not held yet");
}

#[test]
fn each_place_stands_once_and_the_silent_one_presses_most() {
    let settings = settings();
    let shown = |sessions: &[SessionRow], cases: &[(CaseRow, Class)], today: &str| {
        let (tallies, filter) = (tallies(sessions, cases), filter("2026-03", "2026-04"));
        Coverage::new(&tallies, &filter, &settings, day(today), None, 0).places
    };
    let nothing = shown(&[], &[], "2026-04-10");
    assert_eq!(nothing.len(), 1, "one target place, two projects");
    let place = &nothing[0];
    assert_eq!((place.place.as_str(), place.adm3.as_str(), place.reason), (PLACE, ADM3, Some(GoReason::Silent)));
    assert_eq!(place.phases, [PhaseMark::Gap, PhaseMark::Gap, PhaseMark::NotOwed]);
    assert_eq!(place.gaps.len(), 4);
    let complaint = [(case("2026-03-05", None, Status::Assigned), Class::Case)];
    assert_eq!(shown(&[], &complaint, "2026-04-10")[0].reason, Some(GoReason::Never), "somebody there speaks up");
    let held = [
        session("2026-03-09", Some(PLACE), &["P01", "P02"], Phase::Before, 5),
        session("2026-04-09", Some(PLACE), &["P01"], Phase::During, 5),
        session("2026-04-09", Some("C1566"), &["P01"], Phase::After, 5),
    ];
    let found = shown(&held, &[], "2026-04-30");
    assert_eq!((found[0].place.as_str(), found[0].reason), (PLACE, Some(GoReason::Gap)));
    assert_eq!(found[0].phases, [PhaseMark::Reached, PhaseMark::Gap, PhaseMark::NotOwed], "P02 lacks one during");
    assert_eq!((found[0].sessions, found[0].days_since), ([2, 1, 0], Some(21)));
    assert_eq!((found[1].phases[2], found[1].reason), (PhaseMark::Held, None), "nobody owes one there");
    assert_eq!(shown(&held, &complaint, "2026-07-09")[0].reason, Some(GoReason::Gap), "91 days");
    assert_eq!(shown(&held, &[], "2026-07-08")[0].reason, Some(GoReason::Gap), "90 days are not yet a silence");
    assert_eq!(shown(&held, &[], "2026-07-09")[0].reason, Some(GoReason::Silent));
}

#[test]
fn filters_narrow_by_project_and_place() {
    let tallies = tallies(&[session("2026-03-01", None, &["P01"], Phase::Before, 10)], &[]);
    let settings = settings();
    let only = |project: Option<&str>, place: Option<&str>| {
        let filter =
            CoverageFilter { project: project.map(Into::into), place: place.map(Into::into), ..filter("2026-03", "2026-03") };
        brief(&rows(&tallies, &filter, &settings))
            .into_iter()
            .map(|row| format!("{} {} {}", row.0, row.1, row.2))
            .collect::<Vec<_>>()
    };
    assert_eq!(only(Some("P02"), None), ["C1561 P02 before", "C1561 P02 during"]);
    assert_eq!(only(Some("P01"), Some(ADM3)), ["C1561 P01 before", "C1561 P01 during", "SY020400 P01 before"]);
    assert!(only(None, Some(OTHER_ADM3)).is_empty());
    assert_eq!(only(Some("P01"), Some(PLACE)), ["C1561 P01 before", "C1561 P01 during"]);
}

#[test]
fn only_projects_that_run_in_the_period_owe_sessions() {
    let mut settings = settings();
    settings.projects.remove(1);
    let gaps = |settings: &Settings, from: &str, to: &str| rows(&Tallies::default(), &filter(from, to), settings).len();
    settings.projects[0].starts_on = day("2026-02-28");
    settings.projects[0].ends_on = day("2026-04-01");
    assert_eq!(gaps(&settings, "2026-01", "2026-01"), 0);
    assert_eq!(gaps(&settings, "2026-01", "2026-02"), 2, "began on the last day of the period");
    assert_eq!(gaps(&settings, "2026-04", "2026-06"), 2, "ended on its first day");
    assert_eq!(gaps(&settings, "2026-05", "2026-06"), 0);
    settings.projects[0].starts_on = day("2026-01-01");
    assert_eq!(gaps(&settings, "2025-12", "2025-12"), 0, "over the turn of the year");
    assert_eq!(gaps(&settings, "2025-12", "2026-01"), 2);
    settings.projects[0].retired = true;
    assert_eq!(gaps(&settings, "2026-03", "2026-03"), 0);
}

#[test]
fn a_session_at_a_camp_covers_the_community_it_lies_in() {
    let mut settings = settings();
    let camp = Place { code: "CAMP1".into(), level: 5, parent: Some(PLACE.into()), name: Label::default(), ..Place::default() };
    settings.places.push(camp);
    let tallies = tallies(&[session("2026-03-01", Some("CAMP1"), &["P01"], Phase::Before, 10)], &[]);
    let found = rows(&tallies, &filter("2026-03", "2026-03"), &settings);
    let target = found
        .iter()
        .find(|row| row.place.as_str() == PLACE && row.project.as_str() == "P01" && row.phase == Phase::Before)
        .unwrap();
    assert!(!target.gap && target.sessions == 0 && target.last_on == Some(day("2026-03-01")));
}

#[test]
fn complaints_are_the_sub_districts_and_small_sensitive_cells_are_suppressed() {
    let open = |project| (case("2026-03-05", project, Status::Assigned), Class::Case);
    let sealed = || (case("2026-03-05", Some("P01"), Status::Sealed), Class::SealedHeader);
    let shown = |cases: &[(CaseRow, Class)]| {
        let found = rows(&tallies(&[], cases), &filter("2026-03", "2026-03"), &settings());
        found.into_iter().find(|row| row.project.as_str() == "P01").unwrap().complaints
    };
    assert_eq!(shown(&[]), Some(0));
    let mut cases = vec![open(Some("P01")), open(Some("P01")), open(Some("P02")), open(None)];
    cases.push((case("2026-02-28", Some("P01"), Status::Closed), Class::Case));
    cases.push((case("2026-03-05", Some("P01"), Status::Void), Class::Case));
    cases.push((case("2026-03-05", Some("P01"), Status::Merged), Class::Case));
    assert_eq!(shown(&cases), Some(2));
    cases.extend([sealed(), sealed()]);
    assert_eq!(shown(&cases), None, "two sensitive ones could be told apart");
    cases.push(sealed());
    assert_eq!(shown(&cases), Some(5));
    let one = tally_cases([(&case("2026-03-05", None, Status::Assigned), Class::Case)]);
    assert_eq!((one[0].project.as_str(), one[0].cases, one[0].class.as_str()), ("", Some(1), "case"));
}

#[test]
fn a_replicas_newer_records_add_to_the_servers_tallies() {
    let base = tallies(&[session("2026-03-01", Some(PLACE), &["P01"], Phase::Before, 10)], &[]);
    let newer = session("2026-03-09", Some(PLACE), &["P01"], Phase::Before, 5);
    let merged = merge(base, tallies(&[newer], &[]));
    assert_eq!(merged.sessions.len(), 1);
    let sum = &merged.sessions[0];
    assert_eq!((sum.sessions, sum.counts[2], sum.last_on.as_str()), (2, 15, "2026-03-09"));
    let cell =
        |cases| CaseTally { adm3: ADM3.into(), project: "P01".into(), month: month("2026-03"), class: "case".into(), cases };
    let sum = |a, b| {
        merge(Tallies { cases: vec![cell(a)], ..Tallies::default() }, Tallies { cases: vec![cell(b)], ..Tallies::default() })
            .cases
    };
    assert_eq!(sum(Some(2), Some(3)), [cell(Some(5))]);
    assert_eq!(sum(None, Some(3)), [cell(None)], "a suppressed cell stays suppressed");
}

fn candidate(id: u8, words: &str) -> Candidate {
    Candidate {
        record: RecordId([id; 16]),
        level: Level::new(2).unwrap(),
        received_on: day("2026-03-10"),
        adm3: ADM3.into(),
        category: Some("qual.delay".into()),
        project: Some("P01".into()),
        phone: None,
        benef_id: None,
        words: fold_words(words),
    }
}

const WORDS: &str = "تأخرت السلة الغذائية عن خيمتي شهراً كاملاً";

#[test]
fn words_fold_so_that_spelling_and_punctuation_do_not_matter() {
    assert_eq!(fold_words("تأخّرت السلّة، الغذائيّة!"), fold_words("تاخرت السله الغذائية"));
    assert_eq!(fold_words(" A'zaz -- ٣ "), "azaz 3");
}

#[test]
fn the_same_words_of_the_same_matter_are_suggested() {
    let case = candidate(1, WORDS);
    let same = candidate(2, "تاخرت السله الغذائيه عن خيمتي شهرا");
    let other = candidate(3, "الطابور طويل جداً في نقطة التوزيع");
    assert_eq!(suggest(&case, &[other.clone(), same.clone()], 14), Some(same.record));
    assert_eq!(suggest(&case, &[other.clone(), case.clone()], 14), None, "not itself, not another matter");
    for spoil in [
        (|c| c.adm3 = OTHER_ADM3.into()) as fn(&mut Candidate),
        |c| c.category = Some("qual.item".into()),
        |c| c.project = None,
        |c| c.level = Level::new(4).unwrap(),
        |c| c.received_on = day("2026-03-25"),
        |c| c.received_on = day("2026-02-23"),
        |c| c.words = fold_words("في عن من"),
    ] {
        let mut spoiled = same.clone();
        spoil(&mut spoiled);
        assert_eq!(suggest(&case, &[spoiled], 14), None);
    }
    let mut edge = same.clone();
    edge.received_on = day("2026-03-24");
    assert_eq!(suggest(&case, &[edge], 14), Some(same.record), "day 14 is within");
    let sealed = Candidate { level: Level::new(5).unwrap(), ..case };
    assert_eq!(suggest(&sealed, &[same], 14), None, "sealed text is never compared");
}

#[test]
fn half_of_the_words_in_common_is_enough_and_less_is_not() {
    let case = candidate(1, "alpha beta gamma delta");
    assert!(suggest(&case, &[candidate(2, "alpha beta")], 14).is_some());
    assert!(suggest(&case, &[candidate(2, "alpha epsilon")], 14).is_none());
    assert!(suggest(&candidate(1, ""), &[candidate(2, "")], 14).is_none(), "no words are no likeness");
}

#[test]
fn the_same_person_is_suggested_whatever_the_words_and_comes_first() {
    let mut case = candidate(1, WORDS);
    (case.phone, case.benef_id) = (Some("+963933123456".into()), Some("77".into()));
    let similar = candidate(2, WORDS);
    let mut phone = candidate(3, "شيء آخر");
    (phone.phone, phone.adm3) = (case.phone.clone(), OTHER_ADM3.into());
    assert_eq!(suggest(&case, &[similar.clone(), phone.clone()], 14), Some(phone.record));
    let mut card = candidate(4, "");
    card.benef_id = Some("77".into());
    assert_eq!(suggest(&case, &[card.clone()], 14), Some(card.record));
    // Empty is not equal.
    let mut blank = candidate(5, "شيء آخر");
    blank.phone = Some(String::new());
    let mut also = candidate(6, "مختلف");
    also.phone = Some(String::new());
    assert_eq!(suggest(&blank, &[also], 14), None);
    // Of equally likely ones the earlier, then by id.
    let mut early = similar.clone();
    (early.record, early.received_on) = (RecordId([9; 16]), day("2026-03-01"));
    assert_eq!(suggest(&candidate(1, WORDS), &[similar.clone(), early.clone()], 14), Some(early.record));
    let twin = Candidate { record: RecordId([8; 16]), ..similar.clone() };
    assert_eq!(suggest(&candidate(1, WORDS), &[twin, similar.clone()], 14), Some(similar.record));
}
