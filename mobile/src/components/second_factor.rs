//! The second factor at sign-in: its code, and before the first one its set-up with recovery codes. Keeps nothing.

use super::{Glyph, Icon, QrImage, TextField};
use crate::{
    hooks::use_texts,
    platform,
    protocol::{Answer, FailureCode, Request},
};
use dioxus::prelude::*;
use shared::model::second_factor::SecondFactorSetUp;

/// What the server asks for.
#[derive(Clone, PartialEq)]
pub(crate) enum SecondFactorAsked {
    /// A code of the factor that is set up.
    Code,
    /// A first code of this one.
    SetUp(Box<SecondFactorSetUp>),
}

/// What to show after a sign-in that failed with `code`.
///
/// # Errors
/// The code to show instead: the failure was of another kind, or the set-up could not be fetched.
pub(crate) async fn second_factor_asked(
    code: FailureCode,
    server: String,
    login: String,
    password: String,
) -> Result<SecondFactorAsked, FailureCode> {
    match code {
        FailureCode::SecondFactorNeeded => Ok(SecondFactorAsked::Code),
        FailureCode::SecondFactorUnset => match platform::call(Request::SetUpSecondFactor { server, login, password }).await {
            Answer::SecondFactor(set_up) => Ok(SecondFactorAsked::SetUp(set_up)),
            Answer::Failed(failure) => Err(failure.code),
            _ => Err(FailureCode::Internal),
        },
        other => Err(other),
    }
}

/// The field for the code; before it, if none is set up yet, what to put into the authenticator and what to write down.
#[component]
pub(crate) fn SecondFactorFields(
    asked: SecondFactorAsked,
    code: String,
    on_change: EventHandler<String>,
    #[props(default)] problem: Option<String>,
) -> Element {
    let t = use_texts();
    let hint = matches!(asked, SecondFactorAsked::Code).then(|| t.second_factor_code_hint());
    rsx! {
        if let SecondFactorAsked::SetUp(set_up) = asked {
            SetUp { set_up: *set_up }
        }
        TextField { id: "code", label: t.second_factor_code(), hint, value: code, code: true, autocomplete: "one-time-code", problem, on_change }
    }
}

#[component]
fn SetUp(set_up: SecondFactorSetUp) -> Element {
    let t = use_texts();
    rsx! {
        section { class: "stack", "data-testid": "second-factor-set-up",
            p { {t.second_factor_scan()} }
            QrImage { picture: set_up.qr.clone(), label: t.second_factor_picture() }
            a { class: "button", href: "{set_up.uri}", Icon { glyph: Glyph::Key } {t.second_factor_open()} }
            p { class: "soft", {t.second_factor_type()} }
            p { class: "code-words", dir: "ltr", "data-testid": "second-factor-key", {in_fours(&set_up.key)} }
        }
        section { class: "card card-warn stack",
            p { {t.second_factor_recovery()} }
            ul { class: "code-list", dir: "ltr", "data-testid": "recovery-codes",
                for code in set_up.recovery_codes.iter() {
                    li { class: "code-words", "{code}" }
                }
            }
        }
    }
}

/// Groups of four, as people read keys out.
fn in_fours(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}
