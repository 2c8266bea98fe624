//! A map of the places: outlines where the operator imported them, otherwise one tile per place, grouped by sub-district. The same
//! signs as in the table beside it, which says in words what is drawn here.

use super::matrix::{Sign, mark_words};
use crate::{
    components::names,
    hooks::{use_app, use_texts},
};
use dioxus::prelude::*;
use shared::{
    indicators::coverage::{GoReason, PhaseMark, PlaceCoverage},
    model::ids::Pcode,
};
use std::collections::BTreeMap;

/// Pixels of the drawing's longer side.
const SIDE: f64 = 400.0;
/// Room around it, for signs at the edge and their names.
const EDGE: f64 = 24.0;

/// A sub-district as drawn.
#[derive(Clone, PartialEq)]
struct Outline {
    name: String,
    rings: Vec<Vec<[i32; 2]>>,
    /// Some place in it has a gap.
    gap: bool,
}

/// The map.
#[component]
pub(super) fn PlaceMap(places: Vec<PlaceCoverage>) -> Element {
    let t = use_texts();
    let app = use_app();
    let areas = by_area(&places);
    let known = app.places.read();
    let shape = |code: &Pcode| known.get(code).map(|hit| hit.place.shape.clone()).filter(|shape| !shape.is_empty());
    let outlines: Vec<Outline> = areas
        .iter()
        .filter_map(|(code, places)| {
            Some(Outline { name: names::place(t, app, code), rings: shape(code)?, gap: places.iter().any(is_gap) })
        })
        .collect();
    let points: Vec<(PlaceCoverage, [i32; 2])> = places
        .iter()
        .filter_map(|place| Some((place.clone(), centre(&shape(&place.place)?)?)))
        .filter(|(place, _)| place.place != place.adm3)
        .collect();
    let words: Vec<String> = areas
        .iter()
        .map(|(code, places)| {
            let gaps = places.iter().filter(|place| is_gap(place)).count();
            t.coverage_area(&names::place(t, app, code), &t.number(gaps), &t.number(places.len()))
        })
        .collect();
    rsx! {
        section { class: "stack-s", "aria-labelledby": "map-title",
            h2 { id: "map-title", {t.coverage_map()} }
            if outlines.is_empty() {
                for (area , places) in areas {
                    div { key: "{area}", class: "stack-s",
                        h3 { bdi { {names::place(t, app, &area)} } }
                        ul { class: "tile-map", "data-testid": "tiles-{area}",
                            for place in places {
                                li { key: "{place.place}", class: if place.reason == Some(GoReason::Silent) { "silent" } else { "" }, title: names::place(t, app, &place.place),
                                    Sign { mark: whole_mark(&place) }
                                    span { class: "tile-name", {names::place(t, app, &place.place)} }
                                    span { class: "unseen", {mark_words(t, whole_mark(&place))} }
                                }
                            }
                        }
                    }
                }
            } else {
                Drawing { outlines, points, said: names::joined(t, words.clone()) }
                ul { class: "faint",
                    for line in words {
                        li { key: "{line}", "{line}" }
                    }
                }
            }
        }
    }
}

/// Outlines with their names, hatched where a place lacks a session, and a sign at each place whose position is known.
#[component]
fn Drawing(outlines: Vec<Outline>, points: Vec<(PlaceCoverage, [i32; 2])>, said: String) -> Element {
    let t = use_texts();
    let app = use_app();
    let paper = Paper::around(outlines.iter().flat_map(|o| o.rings.iter().flatten()).chain(points.iter().map(|(_, at)| at)));
    rsx! {
        svg { class: "map", role: "img", "aria-label": said, "data-testid": "map", view_box: "0 0 {paper.width:.0} {paper.height:.0}",
            defs {
                pattern { id: "hatch", width: "8", height: "8", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)",
                    path { class: "map-hatch", d: "M0 0v8" }
                }
            }
            for Outline { name , rings , gap } in &outlines {
                path { key: "{name}", class: if *gap { "map-area map-gap" } else { "map-area" }, d: paper.path(rings), title { "{name}" } }
            }
            for (place , at) in points {
                Mark { key: "{place.place}", mark: whole_mark(&place), name: names::place(t, app, &place.place), x: paper.at(at).0, y: paper.at(at).1 }
            }
            // Last, so that no sign covers a name.
            for (name , (x , y)) in outlines.iter().filter_map(|o| Some((&o.name, paper.at(centre(&o.rings)?)))) {
                text { key: "name-{name}", class: "map-name", x: "{x:.0}", y: "{y:.0}", "text-anchor": "middle", "{name}" }
            }
        }
    }
}

#[component]
fn Mark(mark: PhaseMark, name: String, x: f64, y: f64) -> Element {
    rsx! {
        g { transform: "translate({x:.0} {y:.0})",
            title { "{name}" }
            if mark == PhaseMark::Gap {
                path { class: "map-mark map-mark-gap", d: "M-6 -6h12v12h-12zM-6 -6l12 12M6 -6l-12 12" }
            } else {
                circle { class: if mark == PhaseMark::Reached { "map-mark map-mark-full" } else { "map-mark" }, r: "6" }
            }
        }
    }
}

/// Places by the sub-district around them.
fn by_area(places: &[PlaceCoverage]) -> BTreeMap<Pcode, Vec<PlaceCoverage>> {
    let mut areas: BTreeMap<Pcode, Vec<PlaceCoverage>> = BTreeMap::new();
    for place in places {
        areas.entry(place.adm3.clone()).or_default().push(place.clone());
    }
    areas
}

fn is_gap(place: &PlaceCoverage) -> bool {
    whole_mark(place) == PhaseMark::Gap
}

/// A place as one sign: the most pressing of its phases.
fn whole_mark(place: &PlaceCoverage) -> PhaseMark {
    place.phases.iter().copied().max().unwrap_or(PhaseMark::NotOwed)
}

/// The middle of what an outline spans.
fn centre(rings: &[Vec<[i32; 2]>]) -> Option<[i32; 2]> {
    let side = |axis: usize| {
        let along = || rings.iter().flatten().map(|point| point[axis]);
        Some(i32::midpoint(along().min()?, along().max()?))
    };
    Some([side(0)?, side(1)?])
}

/// How longitude and latitude lie on the drawing: north up, and as wide as a degree is there.
#[derive(Clone, Copy)]
struct Paper {
    west: f64,
    north: f64,
    narrow: f64,
    scale: f64,
    width: f64,
    height: f64,
}

impl Paper {
    fn around<'a>(points: impl Iterator<Item = &'a [i32; 2]>) -> Self {
        let (mut west, mut east, mut south, mut north) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
        for &[lon, lat] in points {
            let (lon, lat) = (f64::from(lon), f64::from(lat));
            (west, east) = (west.min(lon), east.max(lon));
            (south, north) = (south.min(lat), north.max(lat));
        }
        let narrow = (f64::midpoint(south, north) * std::f64::consts::PI / 1_800_000.0).cos();
        let (wide, high) = ((east - west) * narrow, north - south);
        let scale = SIDE / wide.max(high).max(1.0);
        let (width, height) = (wide * scale + 2.0 * EDGE, high * scale + 2.0 * EDGE);
        Self { west, north, narrow, scale, width, height }
    }

    fn at(&self, [lon, lat]: [i32; 2]) -> (f64, f64) {
        let x = (f64::from(lon) - self.west) * self.narrow * self.scale + EDGE;
        let y = (self.north - f64::from(lat)) * self.scale + EDGE;
        (x, y)
    }

    fn path(&self, rings: &[Vec<[i32; 2]>]) -> String {
        let ring = |ring: &Vec<[i32; 2]>| {
            let steps: Vec<String> = ring.iter().map(|point| self.at(*point)).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
            format!("M{}Z", steps.join("L"))
        };
        rings.iter().map(ring).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{EDGE, Paper, SIDE, centre};

    #[test]
    fn north_is_up_east_is_right_and_a_degree_is_as_wide_as_it_is_there() {
        let square = [[370_000, 360_000], [380_000, 360_000], [380_000, 370_000], [370_000, 370_000]];
        let paper = Paper::around(square.iter());
        assert_eq!(paper.at([370_000, 370_000]), (EDGE, EDGE));
        let (x, y) = paper.at([380_000, 360_000]);
        assert!((y - EDGE - SIDE).abs() < 0.01, "as high as the drawing");
        assert!((x - EDGE) / SIDE > 0.79 && (x - EDGE) / SIDE < 0.82, "narrower, as the cosine of 36.5 degrees says: {x}");
        assert_eq!(centre(&[square.to_vec()]), Some([375_000, 365_000]));
        assert!(paper.path(&[square.to_vec()]).starts_with("M24.0 424.0L"));
    }
}
