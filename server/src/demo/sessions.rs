//! Invents awareness sessions: where, for whom, about what, how many came, and what was heard.

use super::{complaints::Sheet, content::Aim, content::Content, content::Undertaking, dice::Dice};
use shared::{
    document::content::{Fact, Facts},
    model::{
        codes::{CountKey, Phase},
        dates::{Day, days_between},
        ids::UserId,
    },
    settings::Settings,
    text::Language,
};
use std::collections::BTreeMap;

/// A session to be recorded.
pub(super) struct Meeting {
    pub(super) facts: Facts,
    pub(super) counts: BTreeMap<CountKey, i64>,
    /// Someone else counts the other side.
    pub(super) second: Option<(UserId, BTreeMap<CountKey, i64>)>,
    /// A count was wrong by so many.
    pub(super) correction: Option<(CountKey, i64)>,
    /// Nobody could count: an estimate.
    pub(super) estimate: Option<u32>,
}

/// A session on `day`; none while no project is running or its places have been left out.
pub(super) fn meeting(dice: &mut Dice, content: &Content, settings: &Settings, day: Day, by: &UserId) -> Option<Meeting> {
    let (undertaking, aim, phase) = occasion(dice, content, settings, day)?;
    let mut sheet = Sheet::default();
    place_and_time(&mut sheet, dice, content, settings, (undertaking, aim), day);
    sheet.text("phase", phase.id());
    let method = dice
        .weighted(&[("group", 46), ("door", 20), ("dist", 16), ("fgd", 9), ("training", 3), ("loud", 3), ("board", 3)], "group");
    sheet.text("method", method);
    topics(&mut sheet, dice, method);
    let uncounted = matches!(method, "loud" | "board");
    sheet.text("count_quality", if uncounted { "approx" } else { "exact" });
    let second = (!uncounted && dice.chance(22)).then(|| UserId::from(if by.as_str() == "u3" { "u2" } else { "u3" }));
    sheet.flag(&format!("facilitator.{by}"), true);
    if let Some(other) = &second {
        sheet.flag(&format!("facilitator.{other}"), true);
    }
    heard(&mut sheet, dice, content, by);
    let mut counts = if uncounted { BTreeMap::new() } else { turnout(dice, method) };
    let second = second.map(|other| {
        // The other one counts the women's side.
        let women = [CountKey::FUnder18, CountKey::F18To59, CountKey::F60];
        (other, women.iter().filter_map(|key| Some((*key, counts.remove(key)?))).collect())
    });
    let correction =
        (second.is_none() && dice.chance(7)).then_some((CountKey::M18To59, -1)).filter(|(key, _)| counts.get(key) > Some(&1));
    let estimate = uncounted.then(|| u32::try_from(dice.between(4, 14) * 10).unwrap_or(40));
    Some(Meeting { facts: sheet.0, counts, second, correction, estimate })
}

/// A session that is planned for a day to come.
pub(super) fn planned(dice: &mut Dice, content: &Content, settings: &Settings, today: Day, day: Day) -> Option<Meeting> {
    let (undertaking, aim, phase) = occasion(dice, content, settings, today)?;
    let mut sheet = Sheet::default();
    place_and_time(&mut sheet, dice, content, settings, (undertaking, aim), day);
    sheet.text("phase", phase.id());
    sheet.flag("planned", true);
    Some(Meeting { facts: sheet.0, counts: BTreeMap::new(), second: None, correction: None, estimate: None })
}

/// Project, place and phase. One target in six never gets its session in a phase, so that coverage has gaps to show.
fn occasion<'a>(
    dice: &mut Dice,
    content: &'a Content,
    settings: &Settings,
    day: Day,
) -> Option<(&'a Undertaking, &'a Aim, Phase)> {
    let running: Vec<&Undertaking> =
        content.undertakings.iter().filter(|u| settings.project(&u.code).is_some_and(|p| p.starts_on <= day)).collect();
    let undertaking = *dice.pick(&running)?;
    let since = settings.project(&undertaking.code).map_or(0, |p| days_between(p.starts_on, day));
    let phase = if since < 40 { Phase::Before } else { Phase::During };
    let is_left_out = |aim: &Aim| dice.child(&format!("gap {} {} {}", undertaking.code, aim.place, phase.id())).chance(17);
    let aims: Vec<&Aim> = undertaking.targets.iter().filter(|aim| !is_left_out(aim)).collect();
    Some((undertaking, *dice.pick(&aims)?, phase))
}

fn place_and_time(
    sheet: &mut Sheet,
    dice: &mut Dice,
    content: &Content,
    settings: &Settings,
    (undertaking, aim): (&Undertaking, &Aim),
    day: Day,
) {
    sheet.text("date", &day.to_string());
    sheet.text("start_time", dice.weighted(&[("09:30", 20), ("10:00", 35), ("11:00", 30), ("13:00", 15)], "10:00"));
    sheet.0.insert("duration_min".into(), Fact::Number(dice.between(3, 9) * 10));
    let adm3 = settings.ancestor(&aim.place, 3).map_or_else(String::new, |p| p.code.0.clone());
    sheet.text("place.adm3", &adm3);
    sheet.text("place.adm4", &aim.place.0);
    sheet.text("place.venue", &content.written(dice, "venue", Language::Ar));
    sheet.flag(&format!("project.{}", undertaking.code), true);
}

fn topics(sheet: &mut Sheet, dice: &mut Dice, method: &str) {
    let audience = if method == "training" {
        dice.weighted(&[("staff", 50), ("partner", 25), ("contractor", 25)], "staff")
    } else {
        dice.weighted(&[("benef", 58), ("women", 18), ("nonbenef", 12), ("stake", 7), ("pwd", 3), ("children", 2)], "benef")
    };
    sheet.flag(&format!("aud.{audience}"), true);
    let always: &[&str] = if method == "training" { &["do_dont", "conduct"] } else { &["right", "channels"] };
    for topic in always {
        sheet.flag(&format!("topic.{topic}"), true);
    }
    for topic in ["conf", "time", "conduct", "criteria"] {
        if dice.chance(45) {
            sheet.flag(&format!("topic.{topic}"), true);
        }
    }
    for (iec, percent) in [("card", 55), ("poster", 25), ("pict", 30), ("leaflet", 15)] {
        if dice.chance(percent) {
            sheet.0.insert(format!("iec.{iec}"), Fact::Number(dice.between(2, 60)));
        }
    }
}

fn heard(sheet: &mut Sheet, dice: &mut Dice, content: &Content, by: &UserId) {
    let language = if dice.chance(12) { Language::En } else { Language::Ar };
    if dice.chance(45) {
        sheet.text(&format!("questions_heard.{by}"), &content.written(dice, "question", language));
    }
    if dice.chance(30) {
        sheet.text(&format!("feedback_heard.{by}"), &content.written(dice, "feedback", language));
    }
    if dice.chance(35) {
        let asked = dice.between(4, 10);
        sheet.0.insert("understood.asked".into(), Fact::Number(asked));
        sheet.0.insert("understood.right".into(), Fact::Number(asked - dice.between(0, 3)));
    }
}

fn turnout(dice: &mut Dice, method: &str) -> BTreeMap<CountKey, i64> {
    let (low, high) = match method {
        "dist" => (8, 30),
        "fgd" => (2, 5),
        "training" => (2, 8),
        _ => (4, 16),
    };
    let shares = [
        (CountKey::FUnder18, 1, 4),
        (CountKey::MUnder18, 1, 4),
        (CountKey::F18To59, 1, 1),
        (CountKey::M18To59, 3, 4),
        (CountKey::F60, 1, 5),
        (CountKey::M60, 1, 6),
        (CountKey::Unknown, 1, 12),
    ];
    let count = |(key, part, of)| (key, dice.between(low, high) * part / of);
    shares.map(count).into_iter().filter(|(_, count)| *count > 0).collect()
}
