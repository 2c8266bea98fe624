//! Arabic as people type it, made comparable: one fold for the search columns on phone and server, and digits of any script.
//! Knows no lists and no storage. What is stored and shown stays as it was typed.

mod form;

/// Folds text for search and comparison: `الشَّكوى` and `الشكوي` become equal, so do `A’zaz` and `AZAZ`.
///
/// Compatibility forms are resolved; vowel marks, tatweel, apostrophes and invisible direction marks go; the forms of alef,
/// yeh, waw and teh marbuta that people mix become one; digits and Latin letters take one form; spaces collapse.
/// Folding twice changes nothing more.
///
/// # Source
/// dependencies.md §2 (the table); Persian and Kurdish keyboards' keheh, yeh and ae are folded too, since they look alike.
#[must_use]
pub fn fold(text: &str) -> String {
    fold_plain(text).unwrap_or_else(|| fold_any(text))
}

/// Folds text of plain letters only, which nearly all of it is, without asking Unicode's tables; none if it holds others.
fn fold_plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        let folded = match c {
            ' ' | '\t'..='\r' => {
                space = !out.is_empty();
                continue;
            }
            _ if is_dropped(c) => continue,
            ' '..='~' => c.to_ascii_lowercase(),
            // These are their letter and a mark, which is dropped.
            'آ' | 'أ' | 'إ' => 'ا',
            'ؤ' => 'و',
            'ئ' => 'ي',
            'ء' | 'ا'..='غ' | 'ف'..='ي' | '٠'..='٩' | '۰'..='۹' | '،' | '؛' | '؟' => fold_char(c),
            _ => return None,
        };
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        out.push(folded);
    }
    Some(out)
}

fn fold_any(text: &str) -> String {
    // Decomposed first, so that every hamza and madda is a mark of its own and goes with the vowel marks.
    let lower: String =
        form::decomposed(text).chars().filter(|c| !is_dropped(*c)).map(fold_char).flat_map(char::to_lowercase).collect();
    let kept: String = form::decomposed(&lower).chars().filter(|c| !is_dropped(*c)).collect();
    form::composed(&kept).split_whitespace().collect::<Vec<_>>().join(" ")
}

const fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}'                              // vowel marks, hamza above and below, tatweel
        | '\'' | '’' | '‘' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '´'                           // apostrophes of transliterations
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' // joiners and direction marks
    )
}

const fn fold_char(c: char) -> char {
    match c {
        'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' | 'ە' => 'ه',
        'ک' => 'ك',
        // Turkish names are typed with and without the dotless i.
        'ı' => 'i',
        _ => latin_digit(c),
    }
}

/// The text with Arabic-Indic (٠-٩) and Persian (۰-۹) digits as Latin ones; everything else stays.
#[must_use]
pub fn digits_to_latin(text: &str) -> String {
    text.chars().map(latin_digit).collect()
}

const fn latin_digit(c: char) -> char {
    let digit = match c {
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        _ => return c,
    };
    match char::from_digit(digit, 10) {
        Some(latin) => latin,
        None => c,
    }
}

/// The whole number a person typed, in any digits, with or without group separators and spaces around.
/// None for anything else, also for numbers beyond 18 digits.
#[must_use]
pub fn whole_number(text: &str) -> Option<i64> {
    let digits: String = digits_to_latin(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '٬' | '،' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let is_number = (1..=18).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if is_number { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{digits_to_latin, fold, fold_any, fold_plain, whole_number};
    use proptest::prelude::*;

    #[test]
    fn spellings_people_mix_fold_to_one() {
        for (typed, folded) in [
            ("الشَّكْوَى", "الشكوي"),
            ("أعزاز", "اعزاز"),
            ("إعزاز", "اعزاز"),
            ("آذار", "اذار"),
            ("ٱلسلام", "السلام"),
            ("مسؤول", "مسوول"),
            ("شاطئ", "شاطي"),
            ("خيمــة", "خيمه"),
            ("نِدّة", "نده"),
            ("أُغلقت", "اغلقت"),
            ("مخيم ٣", "مخيم 3"),
            ("مخيم ۳", "مخيم 3"),
            ("ﻻ", "لا"),
            ("کلجبرین", "كلجبرين"),
            ("A'zaz", "azaz"),
            ("A’ZAZ", "azaz"),
            ("Mareʼ", "mare"),
            ("  Tall\u{a0} Refaat \n", "tall refaat"),
            ("\u{2068}C1561\u{2069}", "c1561"),
            ("", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn words_that_differ_stay_apart() {
        for (one, other) in [("صوران", "سوران"), ("مارع", "مارغ"), ("حمام", "همام"), ("C1561", "C1562")]
        {
            assert_ne!(fold(one), fold(other));
        }
    }

    #[test]
    fn digits_of_three_scripts_are_one_number() {
        assert_eq!(digits_to_latin("٠٩٣٣ ۱۲۳ 456أ"), "0933 123 456أ");
        for (typed, number) in
            [("١٬٢٣٤", Some(1_234)), (" 42 ", Some(42)), ("۷", Some(7)), ("0", Some(0)), ("", None), ("3.5", None), ("-1", None)]
        {
            assert_eq!(whole_number(typed), number, "{typed}");
        }
        assert_eq!(whole_number("1234567890123456789"), None);
    }

    proptest! {
        #[test]
        fn plain_letters_fold_as_all_others_do(text in "[\u{20}-\u{7e}\t\r\n\u{621}-\u{63a}\u{640}-\u{652}\u{654}\u{670}٠-٩۰-۹،؛؟’\u{200f}]{0,40}") {
            prop_assert_eq!(fold_plain(&text), Some(fold_any(&text)));
        }

        #[test]
        fn folding_twice_changes_nothing_more(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_mixed_arabic_and_marks_twice_changes_nothing_more(
            text in "[\u{600}-\u{6ff}\u{fb50}-\u{fdff}\u{fe70}-\u{feff}\u{300}-\u{36f}A-Za-zİŞĞ'’ \u{200e}]{0,30}"
        ) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
