//! What is wrong with a snapshot before it is signed: things that name what does not exist, loops, missing codes, and codes that
//! stood in the snapshot before and are gone. Knows no storage; who may publish is `policy`'s.

use super::{
    Label, Place, Project, Settings,
    limits::LIMITS,
    say::{MAX_POINTS, MAX_SAID_CHARS, Point},
};
use crate::{
    closed_list,
    document::fields::{FIELDS, FieldKind},
    model::{
        codes::{CloseReason, Consent, EntryType, IdentityMode, Outcome, Phase, SubjectRole, Urgency},
        ids::Pcode,
    },
    phone,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind; its text is `settings-problem-<code>`.
    pub code: ProblemCode,
    /// Where: a code, an id, a number to call. Never a person's name.
    pub at: String,
}

closed_list!(
    /// Kinds of problem. Stable codes.
    ProblemCode {
        /// An id with letters or a length that ids can't have.
        MalformedId = "malformed_id",
        /// One id for two things.
        Duplicate = "duplicate",
        /// A label lacks Arabic or English.
        MissingLabel = "missing_label",
        /// A list the forms need is missing or empty.
        MissingList = "missing_list",
        /// A code the rules depend on is missing from its list.
        MissingCode = "missing_code",
        /// No such place, or a retired one.
        UnknownPlace = "unknown_place",
        /// No such project.
        UnknownProject = "unknown_project",
        /// No such category.
        UnknownCategory = "unknown_category",
        /// No such sector.
        UnknownSector = "unknown_sector",
        /// No such person, or their account is closed.
        UnknownUser = "unknown_user",
        /// A place lies in itself, or a person's line leads back to them.
        Loop = "loop",
        /// A place lies in one of the same or a finer level.
        WrongLevel = "wrong_level",
        /// An outline lies off the globe, or all of them together are too large for phones.
        BadShape = "bad_shape",
        /// A project ends before it starts.
        EndsBeforeStart = "ends_before_start",
        /// A category that must be sealed is not.
        NotSealed = "not_sealed",
        /// What is said of a project is longer, or more, than phones are to carry.
        TooMuchSaid = "too_much_said",
        /// A limit that makes the clocks meaningless.
        BadLimit = "bad_limit",
        /// The offset from UTC is beyond what exists.
        BadOffset = "bad_offset",
        /// Nobody can be called about a sensitive report.
        NoHotline = "no_hotline",
        /// A number to call is not in international form.
        BadPhone = "bad_phone",
        /// The key book has an entry that nobody vouches for, or is not the one before, gone on.
        BadKeyBook = "bad_key_book",
        /// A code stood in the snapshot before and is gone: retire it instead.
        Deleted = "deleted",
        /// The version does not follow the snapshot before.
        WrongVersion = "wrong_version",
    }
);

/// What is wrong with this snapshot by itself.
#[must_use]
pub fn check(settings: &Settings) -> Vec<Problem> {
    let mut found = Found::default();
    check_lists(settings, &mut found);
    check_categories(settings, &mut found);
    check_places(settings, &mut found);
    check_projects(settings, &mut found);
    check_people(settings, &mut found);
    check_rest(settings, &mut found);
    #[cfg(feature = "documents")]
    check_key_book(&[], settings, &mut found);
    found.0
}

/// What is wrong with `next` by itself and as the successor of `previous`.
#[must_use]
pub fn check_against(previous: &Settings, next: &Settings) -> Vec<Problem> {
    let mut found = Found(check(next));
    if next.version <= previous.version {
        found.add(ProblemCode::WrongVersion, next.version);
    }
    let codes = codes_of(next);
    for gone in codes_of(previous).difference(&codes) {
        found.add(ProblemCode::Deleted, gone);
    }
    #[cfg(feature = "documents")]
    if !previous.key_book.is_empty() {
        check_key_book(&previous.key_book, next, &mut found);
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, code: ProblemCode, at: impl std::fmt::Display) {
        self.0.push(Problem { code, at: at.to_string() });
    }

    /// Ids must be well formed and unique.
    fn ids<'a>(&mut self, what: &str, ids: impl Iterator<Item = (&'a str, bool)>) {
        let mut seen = BTreeSet::new();
        for (id, well_formed) in ids {
            if !well_formed {
                self.add(ProblemCode::MalformedId, format_args!("{what}{id}"));
            }
            if !seen.insert(id) {
                self.add(ProblemCode::Duplicate, format_args!("{what}{id}"));
            }
        }
    }

    fn label(&mut self, label: &Label, at: impl std::fmt::Display) {
        if label.en.trim().is_empty() || label.ar.trim().is_empty() {
            self.add(ProblemCode::MissingLabel, at);
        }
    }
}

/// Every code by kind: none of them may go.
fn codes_of(settings: &Settings) -> BTreeSet<String> {
    let lists = settings.lists.iter().flat_map(|(list, choices)| choices.iter().map(move |c| format!("{list}.{}", c.code)));
    let categories = settings.categories.iter().map(|c| c.code.to_string());
    let places = settings.places.iter().map(|p| p.code.to_string());
    let projects = settings.projects.iter().map(|p| p.code.to_string());
    let people = settings.people.iter().map(|p| p.id.to_string());
    let boxes = settings.boxes.iter().map(|b| format!("box.{}", b.code));
    let services = settings.services.iter().filter(|s| !s.code.0.is_empty()).map(|s| format!("service.{}", s.code));
    lists.chain(categories).chain(places).chain(projects).chain(people).chain(boxes).chain(services).collect()
}

fn check_lists(settings: &Settings, found: &mut Found) {
    for (list, choices) in &settings.lists {
        found.ids(&format!("{list}."), choices.iter().map(|c| (c.code.as_str(), c.code.is_well_formed())));
        choices.iter().for_each(|c| found.label(&c.label, format_args!("{list}.{}", c.code)));
    }
    let needed: BTreeSet<&str> =
        FIELDS.iter().filter_map(|f| if let FieldKind::Code(list) = f.kind { Some(list) } else { None }).collect();
    for list in
        needed.into_iter().chain(["contact", "hold", "satisfaction", "aud", "topic", "iec", "side", "plan_reason", "branch"])
    {
        if settings.lists.get(list).is_none_or(Vec::is_empty) {
            found.add(ProblemCode::MissingList, list);
        }
    }
    // Rules name these codes, so a list may add to them but not lack one.
    let ruled: [(&str, Vec<&str>); 8] = [
        ("entry_type", EntryType::ALL.iter().map(|c| c.id()).collect()),
        ("identity_mode", IdentityMode::ALL.iter().map(|c| c.id()).collect()),
        ("consent", Consent::ALL.iter().map(|c| c.id()).collect()),
        ("subject_role", SubjectRole::ALL.iter().map(|c| c.id()).collect()),
        ("urgency", Urgency::ALL.iter().map(|c| c.id()).collect()),
        ("close_reason", CloseReason::ALL.iter().map(|c| c.id()).collect()),
        ("outcome", Outcome::ALL.iter().map(|c| c.id()).collect()),
        ("phase", Phase::ALL.iter().map(|c| c.id()).collect()),
    ];
    for (list, codes) in ruled {
        for code in codes {
            if !settings.lists.get(list).is_some_and(|choices| choices.iter().any(|c| c.code.as_str() == code)) {
                found.add(ProblemCode::MissingCode, format_args!("{list}.{code}"));
            }
        }
    }
}

fn check_categories(settings: &Settings, found: &mut Found) {
    found.ids("", settings.categories.iter().map(|c| (c.code.as_str(), c.code.is_well_formed())));
    for category in &settings.categories {
        found.label(&category.label, &category.code);
        let code = category.code.as_str();
        let sensitive =
            category.level.is_sealed() || ["ser.", "cond."].iter().any(|b| code.starts_with(b)) || code == "prot.need";
        if sensitive && !category.sealed {
            found.add(ProblemCode::NotSealed, code);
        }
    }
}

/// Most points of all outlines together: what a phone takes in with the settings without noticing.
pub const MAX_SHAPE_POINTS: usize = 6_000;

fn check_places(settings: &Settings, found: &mut Found) {
    let on_globe = |&[lon, lat]: &[i32; 2]| (-1_800_000..=1_800_000).contains(&lon) && (-900_000..=900_000).contains(&lat);
    let points = |place: &Place| place.shape.iter().map(Vec::len).sum::<usize>();
    for place in settings.places.iter().filter(|place| !place.shape.iter().flatten().all(on_globe)) {
        found.add(ProblemCode::BadShape, &place.code);
    }
    if settings.places.iter().map(points).sum::<usize>() > MAX_SHAPE_POINTS {
        found.add(ProblemCode::BadShape, "");
    }
    found.ids("", settings.places.iter().map(|p| (p.code.as_str(), p.code.is_well_formed())));
    let places: BTreeMap<_, _> = settings.places.iter().map(|p| (&p.code, p)).collect();
    for place in &settings.places {
        found.label(&place.name, &place.code);
        match &place.parent {
            None if place.level == 1 => {}
            None => found.add(ProblemCode::UnknownPlace, &place.code),
            Some(parent) => match places.get(parent) {
                None => found.add(ProblemCode::UnknownPlace, format_args!("{}: {parent}", place.code)),
                // A finer level within a coarser one also rules out loops.
                Some(around) if around.level >= place.level => found.add(ProblemCode::WrongLevel, &place.code),
                Some(_) => {}
            },
        }
        if !(1..=5).contains(&place.level) {
            found.add(ProblemCode::WrongLevel, &place.code);
        }
    }
}

fn check_projects(settings: &Settings, found: &mut Found) {
    found.ids("", settings.projects.iter().map(|p| (p.code.as_str(), p.code.is_well_formed())));
    let places: BTreeSet<&Pcode> = settings.places.iter().filter(|p| !p.retired).map(|p| &p.code).collect();
    for project in settings.projects.iter().filter(|p| !p.retired) {
        found.label(&project.name, &project.code);
        if project.ends_on < project.starts_on {
            found.add(ProblemCode::EndsBeforeStart, &project.code);
        }
        if !settings.lists.get("sector").is_some_and(|l| l.iter().any(|c| c.code == project.sector)) {
            found.add(ProblemCode::UnknownSector, format_args!("{}: {}", project.code, project.sector));
        }
        for target in project.targets.iter().filter(|t| !places.contains(&t.place)) {
            found.add(ProblemCode::UnknownPlace, format_args!("{}: {}", project.code, target.place));
        }
        for (area, person) in &project.focal_points {
            if !area.is_empty() && !places.contains(&Pcode(area.clone())) {
                found.add(ProblemCode::UnknownPlace, format_args!("{}: {area}", project.code));
            }
            if settings.person(person).is_none_or(|p| p.inactive) {
                found.add(ProblemCode::UnknownUser, format_args!("{}: {person}", project.code));
            }
        }
        for person in project.team.iter().filter(|id| settings.person(id).is_none()) {
            found.add(ProblemCode::UnknownUser, format_args!("{}: {person}", project.code));
        }
        for category in project.favourites.iter().filter(|code| settings.category(code).is_none()) {
            found.add(ProblemCode::UnknownCategory, format_args!("{}: {category}", project.code));
        }
        check_says(settings, project, found);
    }
}

/// A line of the sheet may be empty, but not in one language only; a point is whole.
fn check_says(settings: &Settings, project: &Project, found: &mut Found) {
    let says = &project.says;
    let half = |label: &&Label| label.en.trim().is_empty() != label.ar.trim().is_empty();
    let lines = says.sheet.lines().map(|(_, label)| label);
    lines.iter().filter(|label| half(label)).for_each(|label| found.label(label, &project.code));
    let texts = |point: &'_ Point| [point.question.clone(), point.answer.clone()];
    says.points.iter().flat_map(texts).for_each(|label| found.label(&label, &project.code));
    let is_long = |label: &Label| [&label.en, &label.ar].iter().any(|text| text.chars().count() > MAX_SAID_CHARS);
    if says.points.len() > MAX_POINTS || lines.into_iter().any(is_long) || says.points.iter().flat_map(texts).any(|l| is_long(&l))
    {
        found.add(ProblemCode::TooMuchSaid, &project.code);
    }
    for category in says.points.iter().flat_map(|point| &point.categories).filter(|code| settings.category(code).is_none()) {
        found.add(ProblemCode::UnknownCategory, format_args!("{}: {category}", project.code));
    }
}

fn check_people(settings: &Settings, found: &mut Found) {
    found.ids("", settings.people.iter().map(|p| (p.id.as_str(), p.id.is_well_formed())));
    for person in settings.people.iter().filter(|p| !p.inactive) {
        if person.name.trim().is_empty() {
            found.add(ProblemCode::MissingLabel, &person.id);
        }
        for area in person.areas.iter().filter(|code| settings.place(code).is_none()) {
            found.add(ProblemCode::UnknownPlace, format_args!("{}: {area}", person.id));
        }
        for project in person.projects.iter().filter(|code| settings.project(code).is_none()) {
            found.add(ProblemCode::UnknownProject, format_args!("{}: {project}", person.id));
        }
        for other in person.line_manager.iter().chain(&person.deputy) {
            if settings.person(other).is_none() {
                found.add(ProblemCode::UnknownUser, format_args!("{}: {other}", person.id));
            }
        }
        let line = std::iter::successors(person.line_manager.as_ref(), |id| settings.person(id)?.line_manager.as_ref());
        // A line longer than there are people has met someone twice.
        if person.deputy.as_ref() == Some(&person.id) || line.take(settings.people.len() + 1).any(|id| *id == person.id) {
            found.add(ProblemCode::Loop, &person.id);
        }
    }
}

/// Every entry is vouched for, and the book goes on from `before`: devices would take no other.
#[cfg(feature = "documents")]
fn check_key_book(before: &[crate::seal::book::Entry], settings: &Settings, found: &mut Found) {
    let read = crate::seal::book::KeyBook::read(before).and_then(|book| book.follow(&settings.key_book));
    if read.is_err() {
        found.add(ProblemCode::BadKeyBook, "");
    }
}

fn check_rest(settings: &Settings, found: &mut Found) {
    found.label(&settings.organisation, "organisation");
    found.label(&settings.mechanism, "mechanism");
    let limits = &settings.limits;
    for limit in LIMITS.iter().filter(|limit| !(limit.least..=limit.most).contains(&(limit.get)(limits))) {
        found.add(ProblemCode::BadLimit, limit.name);
    }
    if limits.due_soon_days > limits.closure_days {
        found.add(ProblemCode::BadLimit, "due_soon_days");
    }
    // From UTC-12 to UTC+14, the zones there are.
    if !(-720..=840).contains(&settings.utc_offset_min) {
        found.add(ProblemCode::BadOffset, settings.utc_offset_min);
    }
    if settings.hotline.is_empty() {
        found.add(ProblemCode::NoHotline, "");
    }
    let hotline = settings.hotline.iter().map(|number| (&number.label, &number.phone));
    for (label, phone) in hotline.chain(settings.services.iter().map(|service| (&service.label, &service.phone))) {
        found.label(label, phone);
        if phone::international(phone).as_ref() != Some(phone) {
            found.add(ProblemCode::BadPhone, phone);
        }
    }
    found.ids("", settings.boxes.iter().map(|b| (b.code.as_str(), b.code.is_well_formed())));
    for complaint_box in &settings.boxes {
        found.label(&complaint_box.label, &complaint_box.code);
        if settings.place(&complaint_box.place).is_none_or(|place| place.level < 4) {
            found.add(ProblemCode::UnknownPlace, format_args!("{}: {}", complaint_box.code, complaint_box.place));
        }
        if complaint_box.project.as_ref().is_some_and(|code| settings.project(code).is_none()) {
            found.add(ProblemCode::UnknownProject, &complaint_box.code);
        }
    }
    // Snapshots of older versions have services without codes; the server gives each one at the next publication.
    let numbered = settings.services.iter().filter(|service| !service.code.0.is_empty());
    found.ids("service.", numbered.map(|service| (service.code.as_str(), service.code.is_well_formed())));
    for service in &settings.services {
        if settings.place(&service.adm3).is_none_or(|place| place.level != 3) {
            found.add(ProblemCode::UnknownPlace, format_args!("{}: {}", service.phone, service.adm3));
        }
    }
}

#[cfg(test)]
mod tests;
