//! What the server asks for besides the password, one thing after another: a password of one's own in place of a temporary one, a
//! second factor. Used by the first sign-in and whenever a session is renewed. Keeps nothing longer than its form.

use super::{CodeReader, SecondFactorAsked, SecondFactorFields, TextField, second_factor_asked};
use crate::{
    hooks::use_texts,
    protocol::{FailureCode, SignInProof},
    window,
};
use dioxus::prelude::*;
use shared::{model::devices::LEAST_PASSWORD_CHARS, text::Texts};

/// What a link to let a new device in has before its code. The key of the server that stands there too is for apps on phone and
/// computer: a browser judges the server by itself.
const CODE: &str = "code=";

fn code_in(link: &str) -> Option<String> {
    link.split(['#', '&']).find_map(|word| word.strip_prefix(CODE)).map(str::to_owned)
}

/// What is asked for now.
#[derive(Clone, PartialEq)]
enum Asked {
    NewPassword,
    Enrolment,
    SecondFactor(SecondFactorAsked),
}

/// A sign-in under way.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ProofForm {
    asked: Signal<Option<Asked>>,
    code: Signal<String>,
    new_password: Signal<String>,
    /// Kept while other things are asked for: it comes with each call until it was taken.
    enrolment: Signal<String>,
}

/// A form in which nothing was asked for yet.
pub(crate) fn use_proof_form() -> ProofForm {
    ProofForm {
        asked: use_signal(|| None),
        code: use_signal(String::new),
        new_password: use_signal(String::new),
        enrolment: use_signal(|| window::linked(CODE).and_then(|link| code_in(&link)).unwrap_or_default()),
    }
}

impl ProofForm {
    /// Whether something is asked for besides the password.
    pub(crate) fn is_asked(self) -> bool {
        self.asked.read().is_some()
    }

    /// Whether what is asked for is not there yet.
    pub(crate) fn lacks(self) -> bool {
        match &*self.asked.read() {
            None => false,
            Some(Asked::NewPassword) => self.new_password.read().chars().count() < LEAST_PASSWORD_CHARS,
            Some(Asked::Enrolment) => self.enrolment.read().trim().is_empty(),
            Some(Asked::SecondFactor(_)) => self.code.read().trim().is_empty(),
        }
    }

    /// What is asked for, in words.
    pub(crate) fn words(self, t: Texts) -> Option<String> {
        self.asked.read().as_ref().map(|asked| match asked {
            Asked::NewPassword => t.new_password_words(),
            Asked::Enrolment => t.enrolment_words(),
            Asked::SecondFactor(_) => t.second_factor_words(),
        })
    }

    /// Everything given so far.
    pub(crate) fn proof(self, password: String) -> SignInProof {
        let code = matches!(&*self.asked.read(), Some(Asked::SecondFactor(_))).then(|| self.code.read().clone());
        let new_password = Some(self.new_password.read().clone()).filter(|new| !new.is_empty());
        let enrolment = Some(self.enrolment.read().trim().to_owned()).filter(|code| !code.is_empty());
        SignInProof { password, code, new_password, enrolment }
    }

    /// The sign-in was refused: asks for what the server wants, or answers what to tell the person.
    pub(crate) async fn refused(
        mut self,
        code: FailureCode,
        server: String,
        login: String,
        password: String,
    ) -> Option<FailureCode> {
        self.code.set(String::new());
        if code == FailureCode::NewPasswordNeeded {
            let was_asked = *self.asked.peek() == Some(Asked::NewPassword);
            self.new_password.set(String::new());
            self.asked.set(Some(Asked::NewPassword));
            return was_asked.then_some(code);
        }
        if code == FailureCode::EnrolmentNeeded {
            let was_given = !self.enrolment.peek().trim().is_empty();
            self.enrolment.set(String::new());
            self.asked.set(Some(Asked::Enrolment));
            return was_given.then_some(code);
        }
        match second_factor_asked(code, server, login, password).await {
            Ok(asked) => {
                self.asked.set(Some(Asked::SecondFactor(asked)));
                None
            }
            Err(code) => Some(code),
        }
    }

    /// A code is good once: the next call needs another.
    pub(crate) fn clear_code(mut self) {
        self.code.set(String::new());
    }

    /// Nothing is asked for any more: back to the password, or signed in.
    pub(crate) fn clear(mut self) {
        self.asked.set(None);
        self.code.set(String::new());
        self.new_password.set(String::new());
    }
}

/// The field for what is asked for.
#[component]
pub(crate) fn ProofFields(form: ProofForm, #[props(default)] tried: bool) -> Element {
    let t = use_texts();
    let ProofForm { asked, mut code, mut new_password, mut enrolment } = form;
    let lacks = tried && form.lacks();
    rsx! {
        match asked() {
            None => rsx! {},
            Some(Asked::NewPassword) => rsx! {
                TextField { id: "new-password", first: true, label: t.new_password(), hint: t.new_password_hint(LEAST_PASSWORD_CHARS), value: new_password(), code: true, autocomplete: "new-password",
                    problem: lacks.then(|| t.new_password_hint(LEAST_PASSWORD_CHARS)), on_change: move |v| new_password.set(v) }
            },
            Some(Asked::Enrolment) => rsx! {
                CodeReader { id: "enrolment-picture", label: t.enrolment_scan(), on_read: move |link: String| {
                    let code = code_in(&link);
                    let read = code.is_some();
                    if let Some(code) = code { enrolment.set(code); }
                    read
                } }
                TextField { id: "enrolment", first: true, label: t.enrolment_code(), hint: t.enrolment_code_hint(), value: enrolment(), code: true, autocomplete: "off",
                    problem: lacks.then(|| t.field_needed()), on_change: move |v| enrolment.set(v) }
            },
            Some(Asked::SecondFactor(asked)) => rsx! {
                SecondFactorFields { asked, code: code(), problem: lacks.then(|| t.field_needed()), on_change: move |v| code.set(v) }
            },
        }
    }
}
