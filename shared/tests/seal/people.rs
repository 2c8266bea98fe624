//! Who may be sealed to, and who opens in the end: the key book and the recovery kits.

use shared::{
    entropy::Seeded,
    model::ids::UserId,
    seal::{
        Binding, SecretKey,
        book::{BookError, Deed, Entry, FocalKey, Keeper, KeyBook, VouchKey},
        kit::{self, Kit, KitError},
        open, seal,
    },
};

struct Cast {
    kits: Vec<Kit>,
    book: KeyBook,
}

struct Focal {
    user: &'static str,
    secret: SecretKey,
    vouch: VouchKey,
}

impl Focal {
    fn new(user: &'static str, seed: u8) -> Self {
        Self { user, secret: SecretKey::from_bytes(&[seed; 32]), vouch: VouchKey::from_secret(&[seed; 32]) }
    }

    fn key(&self) -> FocalKey {
        FocalKey { user: self.user.into(), seal: self.secret.public(), vouch: self.vouch.public() }
    }
}

fn keepers(kits: &[Kit]) -> Vec<Keeper> {
    kits.iter().zip(["m1", "m2", "m3"]).map(|(kit, user)| Keeper { user: user.into(), key: kit.vouch_key().public() }).collect()
}

/// Three managers, two of whom open; nobody else yet.
fn cast(seed: u64) -> Cast {
    let (recovery, kits) = kit::make(2, 3, &mut Seeded::new(seed)).unwrap();
    let mut book = KeyBook::default();
    let vouchers: Vec<VouchKey> = kits.iter().map(Kit::vouch_key).collect();
    let rooted = book.entry(Deed::Rooted { recovery, needed: 2, keepers: keepers(&kits) }, &vouchers.iter().collect::<Vec<_>>());
    book.push(rooted).unwrap();
    Cast { kits, book }
}

impl Cast {
    fn manager(&self, number: usize) -> VouchKey {
        self.kits[number - 1].vouch_key()
    }

    fn push(&mut self, deed: Deed, vouchers: &[&VouchKey]) -> Result<(), BookError> {
        let entry = self.book.entry(deed, vouchers);
        self.book.push(entry)
    }

    /// Two managers let the first focal point in.
    fn with_first(mut self, first: &Focal) -> Self {
        let (a, b) = (self.manager(1), self.manager(2));
        self.push(Deed::Added(first.key()), &[&a, &b]).unwrap();
        self
    }
}

#[test]
fn two_of_three_open_and_one_does_not() {
    let cast = cast(1);
    let envelope_to = cast.book.recovery().unwrap();
    let binding = Binding::new("report", &[b"1"]);
    let sealed = seal(b"what was told", binding, &[envelope_to], &mut Seeded::new(2)).unwrap();
    for two in [[0, 1], [1, 2], [2, 0]] {
        let key = kit::open(&two.map(|i| cast.kits[i].clone())).unwrap();
        assert_eq!(open(&sealed, binding, &key).unwrap().as_slice(), b"what was told");
    }
    for one in &cast.kits {
        assert_eq!(kit::open(std::slice::from_ref(one)).err(), Some(KitError::TooFew(2)));
        assert_eq!(kit::open(&[one.clone(), one.clone()]).err(), Some(KitError::Repeated));
    }
    assert_eq!(kit::open(&[]).err(), Some(KitError::TooFew(2)));
}

#[test]
fn kits_of_two_keys_do_not_mix_and_mistyped_ones_are_told() {
    let (one, other) = (cast(1), cast(2));
    assert_eq!(kit::open(&[one.kits[0].clone(), other.kits[1].clone()]).err(), Some(KitError::Mixed));
    let text = one.kits[0].to_text();
    assert!(Kit::from_text(&text).is_ok_and(|kit| kit.is_of(one.book.recovery().unwrap()) && kit.number() == 1));
    assert!(Kit::from_text(&text.to_uppercase().replace(' ', "\n")).is_ok());
    let typed = |at: usize| {
        let mut letters: Vec<char> = text.chars().collect();
        letters[at] = if letters[at] == 'q' { 'p' } else { 'q' };
        letters.into_iter().collect::<String>()
    };
    let letters = text.chars().enumerate().filter(|(_, letter)| *letter != ' ').map(|(at, _)| at);
    for at in letters {
        assert!(Kit::from_text(&typed(at)).is_err(), "letter {at}");
    }
    assert!(Kit::from_text("").is_err() && Kit::from_text("AGE-SECRET-KEY-1QQQ").is_err());
}

#[test]
fn a_key_counts_only_with_a_focal_point_and_a_manager_behind_it() {
    let (first, second) = (Focal::new("f1", 11), Focal::new("f2", 12));
    let fresh = || cast(1).with_first(&first);
    let (m1, m2, m3) = (fresh().manager(1), fresh().manager(2), fresh().manager(3));
    let stranger = VouchKey::from_secret(&[99; 32]);
    let added = || Deed::Added(second.key());
    for enough in [vec![&first.vouch, &m1], vec![&first.vouch, &m3], vec![&m1, &m2], vec![&m2, &m3, &stranger]] {
        let mut cast = fresh();
        cast.push(added(), &enough).unwrap();
        let keys = cast.book.keys_for(&["f2".into()]).unwrap();
        assert!(keys.contains(&second.secret.public()) && keys.contains(&cast.book.recovery().unwrap()) && keys.len() == 2);
    }
    for too_few in [
        vec![],
        vec![&m1],
        vec![&m1, &m1],
        vec![&first.vouch],
        vec![&first.vouch, &first.vouch],
        vec![&first.vouch, &stranger],
        vec![&stranger, &m1],
        vec![&second.vouch, &m1],
    ] {
        let mut cast = fresh();
        assert_eq!(cast.push(added(), &too_few), Err(BookError::NotVouched(2)));
        assert_eq!(cast.book.keys_for(&["f2".into()]), None);
    }
}

#[test]
fn nobody_vouches_for_their_own_key_and_one_person_is_one_voice() {
    let first = Focal::new("f1", 11);
    let mut cast = cast(1).with_first(&first);
    let (m1, m2) = (cast.manager(1), cast.manager(2));
    let again = Focal::new("f1", 13);
    assert_eq!(cast.push(Deed::Added(again.key()), &[&first.vouch, &m1]), Err(BookError::NotVouched(2)));
    // A manager who is a focal point too.
    let both = Focal::new("m1", 14);
    assert_eq!(cast.push(Deed::Added(both.key()), &[&m1, &m2]), Err(BookError::NotVouched(2)));
    cast.push(Deed::Added(both.key()), &[&first.vouch, &m2]).unwrap();
    let third = Focal::new("f3", 15);
    assert_eq!(cast.push(Deed::Added(third.key()), &[&both.vouch, &m1]), Err(BookError::NotVouched(3)));
    cast.push(Deed::Added(third.key()), &[&both.vouch, &m2]).unwrap();
}

#[test]
fn whoever_leaves_is_sealed_to_no_more_and_does_not_come_back() {
    let (first, second) = (Focal::new("f1", 11), Focal::new("f2", 12));
    let mut cast = cast(1).with_first(&first);
    let m1 = cast.manager(1);
    cast.push(Deed::Added(second.key()), &[&first.vouch, &m1]).unwrap();
    let removed = || Deed::Removed { seal: first.secret.public() };
    assert_eq!(cast.push(removed(), &[&m1]), Err(BookError::NotVouched(3)));
    cast.push(removed(), &[&second.vouch, &m1]).unwrap();
    assert_eq!(cast.book.keys_for(&["f1".into()]), None);
    assert_eq!(cast.push(Deed::Added(first.key()), &[&second.vouch, &m1]), Err(BookError::Senseless(4)));
    // Their vouching is worth nothing any more.
    let third = Focal::new("f3", 15);
    assert_eq!(cast.push(Deed::Added(third.key()), &[&first.vouch, &m1]), Err(BookError::NotVouched(4)));
}

#[test]
fn a_device_takes_only_the_book_it_knows_gone_on() {
    let first = Focal::new("f1", 11);
    let ours = cast(1).with_first(&first);
    let seen = KeyBook::read(&ours.book.entries()[..1]).unwrap();
    assert_eq!(seen.follow(ours.book.entries()).unwrap(), ours.book);
    assert_eq!(ours.book.follow(ours.book.entries()).unwrap(), ours.book);
    // A book of the server's own, whole and well signed.
    let theirs = cast(2).with_first(&Focal::new("f1", 66));
    assert!(KeyBook::read(theirs.book.entries()).is_ok());
    assert_eq!(seen.follow(theirs.book.entries()), Err(BookError::Swapped));
    // An older one: a removal can't be taken back by forgetting it.
    assert_eq!(ours.book.follow(&ours.book.entries()[..1]), Err(BookError::Swapped));
    // An entry signed for another place in the book.
    let moved = [ours.book.entries(), &ours.book.entries()[1..]].concat();
    assert!(ours.book.follow(&moved).is_err());
    assert_ne!(ours.book.fingerprint(), theirs.book.fingerprint());
}

#[test]
fn new_managers_are_rooted_by_the_old_ones() {
    let mut ours = cast(1);
    let (recovery, kits) = kit::make(2, 3, &mut Seeded::new(7)).unwrap();
    let deed = || Deed::Rooted { recovery, needed: 2, keepers: keepers(&kits) };
    let new: Vec<VouchKey> = kits.iter().map(Kit::vouch_key).collect();
    let (m1, m2) = (ours.manager(1), ours.manager(2));
    let with_one = [vec![&m1], new.iter().collect()].concat();
    assert_eq!(ours.push(deed(), &with_one), Err(BookError::NotVouched(1)));
    let with_two: Vec<&VouchKey> = [vec![&m1, &m2], new.iter().collect()].concat();
    assert_eq!(ours.push(deed(), &with_two[..4]), Err(BookError::NotVouched(1)));
    ours.push(deed(), &with_two).unwrap();
    assert_eq!(ours.book.recovery(), Some(recovery));
}

#[test]
fn a_book_survives_its_text_and_a_changed_one_is_noticed() {
    let ours = cast(1).with_first(&Focal::new("f1", 11));
    let text = serde_json::to_string(ours.book.entries()).unwrap();
    let entries: Vec<Entry> = serde_json::from_str(&text).unwrap();
    assert_eq!(KeyBook::read(&entries).unwrap(), ours.book);
    for (from, to) in [("\"f1\"", "\"f9\""), ("\"m2\"", "\"m9\""), ("\"needed\":2", "\"needed\":3")] {
        let changed: Vec<Entry> = serde_json::from_str(&text.replacen(from, to, 1)).unwrap();
        assert!(KeyBook::read(&changed).is_err(), "{from}");
    }
    let nobody: [UserId; 1] = ["f9".into()];
    assert_eq!(ours.book.keys_for(&nobody), None);
}

#[test]
fn settings_take_only_a_key_book_that_holds_and_goes_on_from_the_one_before() {
    use shared::settings::{
        check::{ProblemCode, check, check_against},
        default::default,
    };
    let first = Focal::new("f1", 1);
    let begun = cast(1);
    let root = begun.book.entries().to_vec();
    let book = begun.with_first(&first).book;
    let with = |version, entries: &[Entry]| {
        let mut settings = default().unwrap();
        (settings.version, settings.key_book) = (version, entries.to_vec());
        settings
    };
    let is_bad =
        |problems: Vec<shared::settings::check::Problem>| problems.iter().any(|problem| problem.code == ProblemCode::BadKeyBook);
    assert!(!is_bad(check(&with(1, &[]))) && !is_bad(check(&with(1, book.entries()))));
    let mut forged = book.entries().to_vec();
    forged[1].vouchers.clear();
    assert!(is_bad(check(&with(1, &forged))) && is_bad(check(&with(1, &book.entries()[1..]))));
    assert!(!is_bad(check_against(&with(1, &root), &with(2, book.entries()))));
    assert!(is_bad(check_against(&with(1, book.entries()), &with(2, &root))), "an entry is gone");
    let other = cast(9).with_first(&first).book;
    assert!(is_bad(check_against(&with(1, &root), &with(2, other.entries()))), "another book");
    let text = serde_json::to_string(&with(1, book.entries())).unwrap();
    assert_eq!(serde_json::from_str::<shared::settings::Settings>(&text).unwrap().key_book, book.entries());
}
