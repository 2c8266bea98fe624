//! Every QR code that the app or the server draws, drawn and read again by a decoder that shares no code with it.

use crate::harness::{Deployment, PASSWORD, user};
use mobile::protocol::{Answer, PeopleAnswer, PeopleRequest, Request, keys::KeyAnswer, keys::KeyRequest};
use server::{card_page, kit_page, work::sign_in::SignInRules};
use shared::{
    entropy::Seeded,
    model::{
        role::Role,
        second_factor::{QrPicture, SecondFactorSetUp},
    },
    seal::{card::KeyCard, kit},
    sync::{server_pin::ServerPin, sign_in::SecondFactorRequest},
};
use std::collections::BTreeSet;

/// Pixels of a module: as a camera sees a small code.
const SCALE: usize = 4;

/// What a camera reads in a picture.
pub fn read(picture: &QrPicture) -> String {
    let dark: BTreeSet<(usize, usize)> = picture
        .path
        .split_terminator("h1v1h-1z")
        .map(|module| {
            let (x, y) = module.strip_prefix('M').and_then(|at| at.split_once(' ')).expect("one square after another");
            (x.parse().unwrap(), y.parse().unwrap())
        })
        .collect();
    let side = usize::from(picture.width) * SCALE;
    let shade = |x: usize, y: usize| if dark.contains(&(x / SCALE, y / SCALE)) { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, shade);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code is seen");
    grids[0].decode().unwrap().1
}

/// The picture in a page to print.
fn printed(page: &str) -> QrPicture {
    let between = |before: &str, after: &str| page.split_once(before).unwrap().1.split_once(after).unwrap().0.to_owned();
    QrPicture { width: between("viewBox=\"0 0 ", " ").parse().unwrap(), path: between("<path d=\"", "\"") }
}

/// Letters without what stands between them, as pictures hold them.
fn bare(letters: &str) -> String {
    letters.replace(' ', "").to_uppercase()
}

#[test]
fn an_authenticator_reads_the_address_that_stands_beside_the_picture() {
    let mut at = Deployment::new(false);
    at.with_rules(SignInRules { second_factor: true, ..SignInRules::SIMULATED });
    let request = SecondFactorRequest { login: Role::Ao.id().into(), password: PASSWORD.into() };
    let SecondFactorSetUp { uri, qr, .. } = at.server.set_up_second_factor(at.now, &mut at.chance, &request).unwrap();
    assert_eq!(read(&qr), uri);
}

#[test]
fn a_camera_that_reads_the_code_for_a_new_device_gets_the_servers_address_its_key_and_the_code() {
    let mut at = Deployment::new(false);
    let key = ServerPin::of_spki(b"key");
    at.server.announce_pins(at.now, vec![key.clone()]).unwrap();
    let mut desk = at.phone(Role::AmeMgr);
    let answer = desk.ask(&mut at, Request::People(PeopleRequest::Enrol { user: user(Role::Receiver) }));
    let Answer::People(PeopleAnswer::Enrolment(made)) = answer else { panic!("{answer:?}") };
    assert_eq!(read(&made.picture), format!("https://test.invalid/#pin={}&code={}", key.typed(), made.code));
}

#[test]
fn printed_kits_and_cards_read_the_same_by_camera_as_by_hand() {
    let (_, kits) = kit::make(2, 3, &mut Seeded::new(1)).unwrap();
    for made in &kits {
        let text = read(&printed(&kit_page::print(made, kits.len(), "سلمى", "0123 4567").unwrap()));
        assert_eq!(text, bare(&made.to_text()));
        assert_eq!(kit::Kit::from_text(&text).unwrap().to_text(), made.to_text());
    }
    let card = KeyCard::generate(&mut Seeded::new(2));
    let text = read(&printed(&card_page::print(&card, &"u8".into(), "ليلى").unwrap()));
    assert_eq!(text, bare(&card.to_text()));
    assert_eq!(KeyCard::from_text(&text).unwrap().seed(), card.seed());
}

#[test]
fn a_key_card_made_on_a_device_reads_the_same_by_camera_as_by_hand() {
    let mut at = Deployment::new(false);
    let mut phone = at.phone(Role::PseaFp);
    phone.ask(&mut at, Request::Keys(KeyRequest::Make));
    let answer = phone.ask(&mut at, Request::Keys(KeyRequest::ShowCard));
    let Answer::Keys(answer) = answer else { panic!("{answer:?}") };
    let KeyAnswer::Card(card) = *answer else { panic!("{answer:?}") };
    let text = read(&card.picture);
    assert_eq!(text, bare(&card.letters));
    assert!(KeyCard::from_text(&text).is_ok());
}
