//! Outlines of places: joined on P-codes, simple enough for phones, and there after the next sync.

use crate::harness::Deployment;
use mobile::protocol::{Answer, Request};
use server::work::boundaries::BoundaryError;
use shared::model::role::Role;

const FILE: &[u8] = br#"{"type":"FeatureCollection","features":[
  {"type":"Feature","properties":{"ADM3_EN":"A'zaz","ADM3_PCODE":"SY020400","ADM1_PCODE":"SY02"},
   "geometry":{"type":"MultiPolygon","coordinates":[[[[37.0,36.5],[37.1,36.50001],[37.2,36.5],[37.2,36.7],[37.0,36.7],[37.0,36.5]]]]}},
  {"type":"Feature","properties":{"adm4_pcode":"C1561","adm3_pcode":"SY020400"},"geometry":{"type":"Point","coordinates":[37.04,36.58,310.0]}},
  {"type":"Feature","properties":{"ADM3_PCODE":"SY999999"},"geometry":{"type":"Point","coordinates":[1.0,1.0]}},
  {"type":"Feature","properties":{"ADM3_PCODE":"SY020400"},"geometry":null}]}"#;

#[test]
fn outlines_are_joined_on_codes_made_simple_and_reach_devices() {
    let mut at = Deployment::new(false);
    let imported = at.server.import_boundaries(at.now, FILE).unwrap();
    assert_eq!((imported.places, imported.points, imported.unknown), (2, 6, vec!["SY999999".to_owned()]));
    let settings = &at.server.in_force().settings;
    assert_eq!(
        settings.place(&"SY020400".into()).unwrap().shape,
        [[[370_000, 365_000], [372_000, 365_000], [372_000, 367_000], [370_000, 367_000], [370_000, 365_000]]]
    );
    assert_eq!(settings.place(&"C1561".into()).unwrap().shape, [[[370_400, 365_800]]]);
    let mut phone = at.phone(Role::AmeMgr);
    phone.sync(&mut at);
    let Answer::Places(hits) = phone.ask(&mut at, Request::Places(vec!["SY020400".into(), "C1561".into()])) else { panic!() };
    assert_eq!(hits.iter().map(|hit| hit.place.shape.iter().map(Vec::len).sum::<usize>()).collect::<Vec<_>>(), [5, 1]);
    assert!(hits[1].around.iter().all(|place| place.shape.is_empty()), "what lies around is named, not drawn");

    for other in [&b"{\"features\":[]}"[..], br#"{"features":[{"properties":{"ADM3_PCODE":"XX"},"geometry":null}]}"#] {
        assert!(matches!(at.server.import_boundaries(at.now, other), Err(BoundaryError::NoPlace)));
    }
    assert!(matches!(at.server.import_boundaries(at.now, b"not json"), Err(BoundaryError::Layout(_))));
}
