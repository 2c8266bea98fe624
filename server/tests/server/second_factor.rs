//! Second factors at sign-in: set up once, each code good once, recovery codes, and what wrong ones cost.

use crate::harness::{Deployment, PASSWORD};
use server::work::{error::WorkError, sign_in::SignInRules};
use shared::{
    model::{role::Role, second_factor::SecondFactorSetUp},
    sync::{
        sign_in::{CallRefusal, SecondFactorRequest, SignInAnswer, SignInRequest},
        signing::DeviceKey,
    },
};
use totp_rs::{Builder, Secret};

fn deployment() -> Deployment {
    let mut at = Deployment::new(false);
    at.with_rules(SignInRules { second_factor: true, ..SignInRules::SIMULATED });
    at
}

fn sign_in(at: &mut Deployment, role: Role, code: Option<&str>) -> Result<SignInAnswer, WorkError> {
    let request = SignInRequest {
        login: role.id().into(),
        password: PASSWORD.into(),
        device_key: DeviceKey::from_secret(&[7; 32]).public(),
        app: "test".into(),
        code: code.map(str::to_owned),
        new_password: None,
        enrolment: None,
    };
    at.server.sign_in(at.now, &mut at.chance, &request)
}

fn refusal<T>(answer: Result<T, WorkError>) -> CallRefusal {
    answer.err().expect("a refusal").told().code
}

fn set_up(at: &mut Deployment, role: Role) -> Result<SecondFactorSetUp, WorkError> {
    let request = SecondFactorRequest { login: role.id().into(), password: PASSWORD.into() };
    at.server.set_up_second_factor(at.now, &mut at.chance, &request)
}

fn code_at(set_up: &SecondFactorSetUp, time: i64) -> String {
    let totp = Builder::new().with_secret(Secret::try_from_base32(&set_up.key).unwrap()).build().unwrap();
    totp.generate(u64::try_from(time).unwrap()).to_string()
}

#[test]
fn an_officer_sets_one_up_and_every_code_is_good_once() {
    let mut at = deployment();
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, None)), CallRefusal::SecondFactorUnset);
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, Some("123456"))), CallRefusal::SecondFactorUnset);
    let shown = set_up(&mut at, Role::Ao).unwrap();
    assert!(shown.uri.starts_with("otpauth://totp/Sada") && shown.uri.contains(&shown.key), "{}", shown.uri);
    // Until a code confirms it, another one can be asked for.
    let shown_again = set_up(&mut at, Role::Ao).unwrap();
    let now = at.now.0;
    assert_ne!(shown.key, shown_again.key);
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, Some(&code_at(&shown, now)))), CallRefusal::BadSecondFactor);
    sign_in(&mut at, Role::Ao, Some(&code_at(&shown_again, now))).unwrap();

    assert_eq!(refusal(set_up(&mut at, Role::Ao)), CallRefusal::NotAllowed);
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, None)), CallRefusal::SecondFactorNeeded);
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, Some(&code_at(&shown_again, now)))), CallRefusal::BadSecondFactor);
    at.now = at.now.plus(30);
    sign_in(&mut at, Role::Ao, Some(&code_at(&shown_again, now + 30))).unwrap();
    // An older step than the last one used is used up with it.
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, Some(&code_at(&shown_again, now)))), CallRefusal::BadSecondFactor);
}

#[test]
fn a_recovery_code_signs_in_once_however_it_is_typed() {
    let mut at = deployment();
    let shown = set_up(&mut at, Role::AmeMgr).unwrap();
    let spare = shown.recovery_codes[3].to_lowercase().replace('-', " ");
    // Not before the set-up is confirmed.
    assert_eq!(refusal(sign_in(&mut at, Role::AmeMgr, Some(&spare))), CallRefusal::BadSecondFactor);
    let now = at.now.0;
    sign_in(&mut at, Role::AmeMgr, Some(&code_at(&shown, now))).unwrap();
    sign_in(&mut at, Role::AmeMgr, Some(&spare)).unwrap();
    assert_eq!(refusal(sign_in(&mut at, Role::AmeMgr, Some(&spare))), CallRefusal::BadSecondFactor);
    assert_eq!(shown.recovery_codes.len(), 8);
}

#[test]
fn wrong_codes_are_slowed_down_like_wrong_passwords() {
    let mut at = deployment();
    let shown = set_up(&mut at, Role::Ao).unwrap();
    let now = at.now.0;
    sign_in(&mut at, Role::Ao, Some(&code_at(&shown, now))).unwrap();
    for _ in 0..4 {
        assert_eq!(refusal(sign_in(&mut at, Role::Ao, Some("000000"))), CallRefusal::BadSecondFactor);
    }
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, Some("000000"))), CallRefusal::TooManyTries);
    at.now = at.now.plus(29);
    let right = code_at(&shown, at.now.0);
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, Some(&right))), CallRefusal::TooManyTries);
    at.now = at.now.plus(2);
    let right = code_at(&shown, at.now.0);
    sign_in(&mut at, Role::Ao, Some(&right)).unwrap();
}

#[test]
fn a_receiver_needs_none_and_a_reset_begins_anew() {
    let mut at = deployment();
    sign_in(&mut at, Role::Receiver, None).unwrap();
    assert_eq!(refusal(set_up(&mut at, Role::Receiver)), CallRefusal::NotAllowed);

    let mut at = deployment();
    let shown = set_up(&mut at, Role::Ao).unwrap();
    let now = at.now.0;
    let token = sign_in(&mut at, Role::Ao, Some(&code_at(&shown, now))).unwrap().token;
    at.server.reset_second_factor(at.now, "ao").unwrap();
    assert_eq!(refusal(at.server.authenticate(at.now, &token)), CallRefusal::TokenExpired);
    assert_eq!(refusal(sign_in(&mut at, Role::Ao, Some(&shown.recovery_codes[0]))), CallRefusal::SecondFactorUnset);
    set_up(&mut at, Role::Ao).unwrap();
}

#[test]
fn neither_the_secret_nor_a_code_lies_readable_in_the_database() {
    let mut at = deployment();
    let shown = set_up(&mut at, Role::Ao).unwrap();
    let now = at.now.0;
    sign_in(&mut at, Role::Ao, Some(&code_at(&shown, now))).unwrap();
    let secret = Secret::try_from_base32(&shown.key).unwrap();
    let folder = at.folder.0.clone();
    drop(at.server);
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let bytes = std::fs::read(entry.path()).unwrap();
        read += bytes.len();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!holds(secret.as_ref()) && !holds(shown.key.as_bytes()));
        assert!(!shown.recovery_codes.iter().any(|code| holds(code.as_bytes()) || holds(code.replace('-', "").as_bytes())));
    }
    assert!(read > 10_000, "the database was searched");
}

#[test]
fn a_wait_tells_nothing_of_who_has_an_account() {
    let mut at = deployment();
    let mut told = |login: &str| -> Vec<_> {
        let mut told = Vec::new();
        for (tries, later) in [(7, 29), (2, 40), (3, 0)] {
            for _ in 0..tries {
                let request = SignInRequest {
                    login: login.into(),
                    password: "wrong".into(),
                    device_key: DeviceKey::from_secret(&[7; 32]).public(),
                    app: "test".into(),
                    code: None,
                    new_password: None,
                    enrolment: None,
                };
                let refused = at.server.sign_in(at.now, &mut at.chance, &request).err().expect("a refusal").told();
                told.push((refused.code, refused.retry_after_s));
            }
            at.now = at.now.plus(later);
        }
        told
    };
    let (somebody, nobody) = (told(Role::Ao.id()), told("nobody"));
    assert_eq!(somebody, nobody);
    assert!(somebody.iter().any(|(code, _)| *code == CallRefusal::TooManyTries), "{somebody:?}");
    assert!(told(" NoBody ").iter().all(|(code, _)| *code == CallRefusal::TooManyTries), "one log-in, however it is typed");
}
