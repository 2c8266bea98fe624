//! Outlines of places from a GeoJSON file in the COD-AB layout, made simple enough to go to phones with the settings. Joined on
//! P-codes, never on names. Knows no map.
//!
//! # Source
//! domain.md §11 (COD-AB P-codes).

use super::{Server, error::WorkError};
use serde::Deserialize;
use shared::{
    model::{dates::UnixSeconds, ids::Pcode},
    settings::{Settings, check::MAX_SHAPE_POINTS},
    sync::sign_in::PublishSettings,
};
use std::collections::BTreeMap;

/// Largest file read, in bytes: every sub-district of a country in full detail is about 30 MB.
pub const MAX_FILE_BYTES: u64 = 128 << 20;
/// Ten-thousandths of a degree to one.
const UNITS: f64 = 10_000.0;
/// Ten degrees: what is still too much at that has too many single points.
const COARSEST: f64 = 100_000.0;

/// An outline: rings of points.
type Shape = Vec<Vec<[i32; 2]>>;

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Places that have an outline now.
    pub places: usize,
    /// Points of all of them.
    pub points: usize,
    /// Codes of the file that the settings don't know, the first few.
    pub unknown: Vec<String>,
}

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum BoundaryError {
    /// Not GeoJSON with polygons or points.
    #[error("not a GeoJSON file of places: expected a FeatureCollection whose features have ADM1_PCODE to ADM4_PCODE")]
    Layout(#[source] serde_json::Error),
    /// None of its codes is a place of this deployment.
    #[error("no P-code of the file is a place of this deployment")]
    NoPlace,
    /// Publishing failed.
    #[error("the settings could not be published")]
    Work(#[from] WorkError),
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: serde_json::Map<String, serde_json::Value>,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point(Position),
    Polygon(Vec<Vec<Position>>),
    MultiPolygon(Vec<Vec<Vec<Position>>>),
}

/// Longitude, latitude, and heights nobody asked for.
type Position = Vec<f64>;

impl Server {
    /// Gives places the outlines of `geojson` and publishes the settings. Places the file does not name keep theirs.
    ///
    /// # Errors
    /// [`BoundaryError`]; nothing is changed then.
    pub fn import_boundaries(&self, now: UnixSeconds, geojson: &[u8]) -> Result<Imported, BoundaryError> {
        let collection: Collection = serde_json::from_slice(geojson).map_err(BoundaryError::Layout)?;
        let mut settings = Settings::clone(&self.in_force().settings);
        let mut read: BTreeMap<Pcode, Shape> = BTreeMap::new();
        let mut unknown = Vec::new();
        for feature in collection.features {
            let Some((code, geometry)) = deepest_code(&feature.properties).zip(feature.geometry) else { continue };
            if settings.place(&code).is_some() {
                read.entry(code).or_default().extend(shape(geometry));
            } else if unknown.len() < 10 {
                unknown.push(code.to_string());
            }
        }
        if read.is_empty() {
            return Err(BoundaryError::NoPlace);
        }
        let others = settings.places.iter().filter(|place| !read.contains_key(&place.code));
        let kept: usize = others.map(|place| points(&place.shape)).sum();
        let simple = simplified(&read, MAX_SHAPE_POINTS.saturating_sub(kept));
        let imported = Imported { places: simple.len(), points: simple.values().map(points).sum(), unknown };
        let places: Vec<_> = settings
            .places
            .iter()
            .cloned()
            .map(|mut place| {
                if let Some(shape) = simple.get(&place.code) {
                    place.shape.clone_from(shape);
                }
                place
            })
            .collect();
        settings.places = places.into();
        self.publish_as_operator(now, PublishSettings { based_on: settings.version, settings })?;
        Ok(imported)
    }
}

/// The code of the finest level a feature names.
fn deepest_code(properties: &serde_json::Map<String, serde_json::Value>) -> Option<Pcode> {
    (1..=4).rev().find_map(|level| {
        let wanted = format!("adm{level}_pcode");
        let found = properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(&wanted));
        found.and_then(|(_, code)| code.as_str()).filter(|code| !code.is_empty()).map(Pcode::from)
    })
}

/// Outer rings only: a hole in a sub-district is not seen on a phone.
fn shape(geometry: Geometry) -> Shape {
    let outer = |rings: Vec<Vec<Position>>| rings.into_iter().next().unwrap_or_default();
    let rings = match geometry {
        Geometry::Point(position) => vec![vec![position]],
        Geometry::Polygon(rings) => vec![outer(rings)],
        Geometry::MultiPolygon(parts) => parts.into_iter().map(outer).collect(),
    };
    rings.into_iter().map(|ring| ring.iter().filter_map(point).collect()).filter(|ring: &Vec<_>| !ring.is_empty()).collect()
}

fn point(position: &Position) -> Option<[i32; 2]> {
    let unit = |degrees: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "within 180 degrees, so within 1,800,000")]
        (-180.0..=180.0).contains(&degrees).then(|| (degrees * UNITS).round() as i32)
    };
    let [lon, lat, ..] = position.as_slice() else { return None };
    Some([unit(*lon)?, unit(*lat).filter(|lat| lat.abs() <= 900_000)?])
}

fn points(shape: &Shape) -> usize {
    shape.iter().map(Vec::len).sum()
}

/// Outlines with fewer and fewer points until all of them fit into `most`; small islands go first where even that is too much.
fn simplified(shapes: &BTreeMap<Pcode, Shape>, most: usize) -> BTreeMap<Pcode, Shape> {
    let mut tolerance = 10.0;
    loop {
        let simple: BTreeMap<Pcode, Shape> = shapes
            .iter()
            .map(|(code, shape)| {
                let rings = shape.iter().map(|ring| simpler(ring, tolerance)).filter(|ring| ring.len() == 1 || ring.len() > 3);
                (code.clone(), rings.collect())
            })
            .filter(|(_, shape): &(_, Shape)| !shape.is_empty())
            .collect();
        if simple.values().map(points).sum::<usize>() <= most {
            return simple;
        }
        if tolerance > COARSEST {
            return simple.into_iter().take(most).collect();
        }
        tolerance *= 1.6;
    }
}

/// A ring without the points that lie within `tolerance` of the line between those that stay (Douglas-Peucker).
fn simpler(ring: &[[i32; 2]], tolerance: f64) -> Vec<[i32; 2]> {
    if ring.len() < 4 {
        return ring.to_vec();
    }
    let mut keep = vec![false; ring.len()];
    let last = ring.len() - 1;
    (keep[0], keep[last]) = (true, true);
    let mut spans = vec![(0, last)];
    while let Some((from, to)) = spans.pop() {
        let far = |&i: &usize| distance(ring[i], ring[from], ring[to]);
        let Some(farthest) = (from + 1..to).max_by(|a, b| far(a).total_cmp(&far(b))) else { continue };
        if far(&farthest) > tolerance {
            keep[farthest] = true;
            spans.extend([(from, farthest), (farthest, to)]);
        }
    }
    ring.iter().zip(keep).filter_map(|(point, keep)| keep.then_some(*point)).collect()
}

/// Distance of a point from the stretch between two others.
fn distance(point: [i32; 2], from: [i32; 2], to: [i32; 2]) -> f64 {
    let [px, py, ax, ay, bx, by] = [point[0], point[1], from[0], from[1], to[0], to[1]].map(f64::from);
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let at = if length == 0.0 { 0.0 } else { (((px - ax) * dx + (py - ay) * dy) / length).clamp(0.0, 1.0) };
    (px - ax - at * dx).hypot(py - ay - at * dy)
}

#[cfg(test)]
mod tests {
    use super::{distance, simpler, simplified};
    use std::collections::BTreeMap;

    #[test]
    fn a_ring_keeps_its_corners_and_loses_what_lies_between() {
        let ring = [[0, 0], [500, 3], [1000, 0], [1000, 1000], [498, 1001], [0, 1000], [0, 0]];
        assert_eq!(simpler(&ring, 10.0), [[0, 0], [1000, 0], [1000, 1000], [0, 1000], [0, 0]]);
        assert_eq!(simpler(&ring, 0.9), ring);
        assert!((distance([500, 30], [0, 0], [1000, 0]) - 30.0).abs() < 1e-9);
        assert!((distance([-40, 30], [0, 0], [0, 0]) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn outlines_get_coarser_until_they_fit() {
        let circle: Vec<[i32; 2]> = (0..=2_000)
            .map(|i| {
                let angle = f64::from(i) / 2_000.0 * std::f64::consts::TAU;
                #[expect(clippy::cast_possible_truncation, reason = "a small circle")]
                let at = |part: f64| (part * 5_000.0) as i32;
                [at(angle.cos()), at(angle.sin())]
            })
            .collect();
        let shapes = BTreeMap::from([("A".into(), vec![circle.clone()]), ("B".into(), vec![vec![[7, 7]]])]);
        let simple = simplified(&shapes, 60);
        assert!(simple.values().flatten().map(Vec::len).sum::<usize>() <= 60);
        assert!(simple[&"A".into()][0].len() > 8, "still round");
        assert_eq!(simple[&"B".into()], [[[7, 7]]], "a point stays");
    }
}
