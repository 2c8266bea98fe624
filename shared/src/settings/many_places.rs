//! A long list of invented places, for the tests and benchmarks of searching: names that share beginnings, endings and spellings,
//! as real ones do. Knows no real place but the tree it hangs them into.

use super::{Label, Place, Settings};

/// How the names begin, Arabic and English.
const FIRST: [(&str, &str); 12] = [
    ("تل", "Tall"),
    ("كفر", "Kafr"),
    ("دير", "Deir"),
    ("خربة", "Khirbet"),
    ("عين", "Ein"),
    ("أم", "Um"),
    ("بيت", "Beit"),
    ("شيخ", "Sheikh"),
    ("مزرعة", "Mazraet"),
    ("جب", "Jeb"),
    ("برج", "Burj"),
    ("وادي", "Wadi"),
];

/// What they are called.
const STEM: [(&str, &str); 32] = [
    ("الزيتون", "Elzaytun"),
    ("الرمان", "Elrumman"),
    ("الحجر", "Elhajar"),
    ("القمح", "Elqamh"),
    ("التينة", "Eltineh"),
    ("الغزال", "Elghazal"),
    ("النسر", "Elnesr"),
    ("البيضا", "Elbayda"),
    ("الحمرا", "Elhamra"),
    ("السودا", "Elsawda"),
    ("الخضرا", "Elkhadra"),
    ("الشمس", "Elshams"),
    ("القمر", "Elqamar"),
    ("الهوى", "Elhawa"),
    ("المى", "Elmay"),
    ("الورد", "Elward"),
    ("السنديان", "Elsendyan"),
    ("اللوز", "Ellawz"),
    ("الجوز", "Eljawz"),
    ("العنب", "Eleneb"),
    ("الكرم", "Elkarm"),
    ("الطاحون", "Eltahun"),
    ("الفخار", "Elfukhar"),
    ("الراعي", "Elra'i"),
    ("الحصان", "Elhesan"),
    ("الحمام", "Elhamam"),
    ("الديك", "Eldik"),
    ("السمك", "Elsamak"),
    ("الملح", "Elmelh"),
    ("الذهب", "Eldahab"),
    ("النحاس", "Elnahas"),
    ("العسل", "Elasal"),
];

/// How they end.
const LAST: [(&str, &str); 8] = [
    ("", ""),
    ("الكبير", "Elkabir"),
    ("الصغير", "Elsaghir"),
    ("الشرقي", "Elsharqi"),
    ("الغربي", "Elgharbi"),
    ("الفوقاني", "Fawqani"),
    ("التحتاني", "Tahtani"),
    ("الجديد", "Eljadid"),
];

/// `count` invented communities and camps, spread over the sub-districts of `settings`; the same for the same settings.
/// Codes run from `X00001`; every tenth is a camp within the community before it.
#[must_use]
pub fn many_places(settings: &Settings, count: usize) -> Vec<Place> {
    let around: Vec<_> = settings.places.iter().filter(|p| p.level == 3).collect();
    let mut places: Vec<Place> = Vec::with_capacity(count);
    for index in 0..count {
        // The last word turns fastest, so neighbours in the list share their beginning.
        let round = index / (FIRST.len() * STEM.len() * LAST.len());
        let (first, stem, last) = (
            FIRST[index / (STEM.len() * LAST.len()) % FIRST.len()],
            STEM[index / LAST.len() % STEM.len()],
            LAST[index % LAST.len()],
        );
        let number = if round == 0 { String::new() } else { format!(" {round}") };
        let camp = index % 10 == 9;
        let parent = if camp {
            places.last().map(|p| p.code.clone())
        } else {
            around.get(index % around.len().max(1)).map(|p| p.code.clone())
        };
        let words = |before: &str, a: &str, b: &str, c: &str| {
            format!("{before} {a} {b} {c}{number}").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (ar, en) = if camp { ("مخيم", "Camp") } else { ("", "") };
        places.push(Place {
            code: format!("X{:05}", index + 1).as_str().into(),
            level: if camp { 5 } else { 4 },
            parent,
            name: Label { ar: words(ar, first.0, stem.0, last.0), en: words(en, first.1, stem.1, last.1) },
            ..Place::default()
        });
    }
    places
}

#[cfg(test)]
mod tests {
    use super::many_places;
    use crate::settings::{check::check, default::default};
    use std::collections::BTreeSet;

    #[test]
    fn twenty_thousand_places_fit_the_tree_and_are_told_apart() {
        let mut settings = default().unwrap();
        let before = check(&settings).len();
        let places = many_places(&settings, 20_000);
        let names: BTreeSet<_> = places.iter().map(|p| (&p.name.ar, &p.name.en)).collect();
        assert_eq!((places.len(), names.len()), (20_000, 20_000));
        settings.places.extend(places);
        assert_eq!(check(&settings).len(), before);
    }
}
