//! Any text as what people type, scan or read out: key cards, kits, receipt numbers, telephone numbers, ids, days.
#![no_main]

use libfuzzer_sys::fuzz_target;
use shared::{
    arabic,
    indicators::coverage::Month,
    model::{
        dates::Day,
        ids::{EventId, RecordId},
        order::Order,
        record::DocumentId,
    },
    phone::{self, Phone},
    receipt_no::ReceiptNo,
    seal::{card::KeyCard, kit::Kit},
    sync::{scope::ScopeId, signing::PublicKey},
};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(card) = KeyCard::from_text(text) {
        assert_eq!(KeyCard::from_text(&card.to_text()).unwrap().seed(), card.seed());
    }
    if let Ok(kit) = Kit::from_text(text) {
        assert_eq!(Kit::from_text(&kit.to_text()).unwrap().number(), kit.number());
    }
    if let Ok(number) = ReceiptNo::parse(text) {
        assert_eq!(ReceiptNo::parse(&number.grouped()), Ok(number));
    }
    drop((Phone::read(text), phone::international(text), Month::parse(text), text.parse::<Day>(), text.parse::<Order>()));
    if let Ok(scope) = text.parse::<ScopeId>() {
        assert_eq!(scope.to_string().parse::<ScopeId>().unwrap(), scope);
    }
    let _ = (text.parse::<RecordId>(), text.parse::<EventId>(), text.parse::<DocumentId>(), text.parse::<PublicKey>());
    let folded = arabic::fold(text);
    assert_eq!(arabic::fold(&folded), folded);
});
