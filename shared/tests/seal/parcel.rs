//! Parcels: whole or not at all, for one key, whatever somebody did to them on the way.

use shared::{
    entropy::{Entropy, Seeded},
    seal::{OpenError, SecretKey, parcel},
};

#[test]
fn a_parcel_of_any_length_opens_with_its_key_only_and_whole_only() {
    let mut chance = Seeded::new(3);
    let (key, other) = (SecretKey::generate(&mut chance), SecretKey::generate(&mut chance));
    for length in [1, 200, 196_608, 196_609, 900_000] {
        let mut body = vec![0; length];
        chance.fill(&mut body);
        let packed = parcel::pack(&body, key.public(), &mut chance).unwrap();
        assert_eq!(parcel::unpack(&packed, &key).unwrap().as_slice(), body);
        assert_eq!(parcel::unpack(&packed, &other).unwrap_err(), OpenError::NotForThisKey);
        assert_eq!(parcel::unpack(&packed[..packed.len() - 1], &key).unwrap_err(), OpenError::Malformed);
        assert_eq!(parcel::unpack(&[packed.as_slice(), b"x"].concat(), &key).unwrap_err(), OpenError::Malformed);
        for _ in 0..20 {
            let mut changed = packed.clone();
            let at = usize::try_from(chance.below(changed.len() as u64)).unwrap();
            changed[at] ^= 1;
            assert!(parcel::unpack(&changed, &key).is_err(), "byte {at}");
        }
    }
}

#[test]
fn pieces_neither_change_places_nor_parcels() {
    let mut chance = Seeded::new(4);
    let key = SecretKey::generate(&mut chance);
    let pack = |fill: u8, chance: &mut Seeded| parcel::pack(&vec![fill; 250_000], key.public(), chance).unwrap();
    let (one, two) = (pack(1, &mut chance), pack(2, &mut chance));
    let head = 14 + 16 + 4;
    let first = |packed: &[u8]| 4 + usize::try_from(u32::from_be_bytes(packed[head..head + 4].try_into().unwrap())).unwrap();
    let cut = head + first(&one);
    assert_eq!(cut, head + first(&two), "both begin with a full piece");
    let swapped = [&one[..head], &one[cut..], &one[head..cut]].concat();
    assert_eq!(parcel::unpack(&swapped, &key).unwrap_err(), OpenError::Misplaced);
    let mixed = [&one[..cut], &two[cut..]].concat();
    assert_eq!(parcel::unpack(&mixed, &key).unwrap_err(), OpenError::Misplaced);
    let mut shorter = one[..cut].to_vec();
    shorter[head - 1] = 1;
    assert_eq!(parcel::unpack(&shorter, &key).unwrap_err(), OpenError::Misplaced, "a shorter parcel is another one");
}
