//! Looking after people and their devices: asked at the server each time, nothing of it is kept here.

use super::{Handled, JobKind, Replica, address::Address, failure, link::LinkError};
use crate::protocol::{Answer, Failure, FailureCode, PeopleAnswer, PeopleRequest, people::EnrolmentCode};
use shared::{
    qr::picture,
    sync::{
        opening::ApproveOpening,
        people::{AddAccount, AskNumbers, ConfirmDevice, EnrolDevice, ReopenDevice, ResetAccount, RevokeDevices},
    },
};

const USERS: &str = "/api/v1/users";
const RESET: &str = "/api/v1/users/reset";
const PEOPLE: &str = "/api/v1/people";
const REVOKE: &str = "/api/v1/devices/revoke";
const REOPEN: &str = "/api/v1/devices/reopen";
const OPEN: &str = "/api/v1/devices/open";
const ENROL: &str = "/api/v1/devices/enrol";
const CONFIRM: &str = "/api/v1/devices/confirm";
const NUMBERS: &str = "/api/v1/devices/numbers";

/// What the answer of such a call is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked {
    List,
    /// With an account that was not there before, and so with newer settings.
    NewAccount,
    Password,
    Arrived,
    Enrolment,
    Nothing,
}

impl Replica {
    pub(super) fn begin_people(&mut self, request: PeopleRequest) -> Result<Handled, Failure> {
        let job = JobKind::People;
        match request {
            PeopleRequest::List => self.begin_reading(PEOPLE, &(), job(Asked::List)),
            PeopleRequest::AddAccount { login, person } => {
                self.begin_reading(USERS, &AddAccount { login, person: *person }, job(Asked::NewAccount))
            }
            PeopleRequest::ResetAccount { user, second_factor } => {
                self.begin_reading(RESET, &ResetAccount { user, second_factor }, job(Asked::Password))
            }
            PeopleRequest::Revoke { user, device, why } => {
                self.begin_reading(REVOKE, &RevokeDevices { user, device, why: Some(why) }, job(Asked::Nothing))
            }
            PeopleRequest::Reopen { user, device } => {
                self.begin_reading(REOPEN, &ReopenDevice { user, device }, job(Asked::Nothing))
            }
            PeopleRequest::Open { user, device, one_time } => {
                self.begin_reading(OPEN, &ApproveOpening { user, device, one_time }, job(Asked::Nothing))
            }
            PeopleRequest::Enrol { user } => self.begin_reading(ENROL, &EnrolDevice { user }, job(Asked::Enrolment)),
            PeopleRequest::Confirm { user, device, fingerprint } => {
                self.begin_reading(CONFIRM, &ConfirmDevice { user, device, fingerprint }, job(Asked::Nothing))
            }
            PeopleRequest::Arrived { device, days } => {
                self.begin_reading(NUMBERS, &AskNumbers { device, days }, job(Asked::Arrived))
            }
        }
    }

    pub(super) fn finish_people(&mut self, asked: Asked, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        let password = |password| Answer::People(PeopleAnswer::Password(password));
        match asked {
            Asked::List => self.finish_reading(result, |people| Answer::People(PeopleAnswer::List(people))),
            Asked::Arrived => self.finish_reading(result, |numbers| Answer::People(PeopleAnswer::Arrived(numbers))),
            Asked::Password => self.finish_reading(result, password),
            Asked::NewAccount => {
                let answer = self.finish_reading(result, password)?;
                let now = self.now();
                let (open, entropy) = self.opened()?;
                open.sync_soon(true, now, entropy);
                Ok(answer)
            }
            Asked::Enrolment => {
                let open = self.opened()?.0;
                let known = Address { server: open.account.server.clone(), pins: open.settings.server_pins.clone(), code: None };
                let body = result.map_err(|e| failure(e.code()))?;
                let code: String = shared::json::from_bytes(&body).map_err(|_| failure(FailureCode::BadServer))?;
                let address = known.told();
                let with_code = Address { code: Some(code.clone()), ..known };
                let picture = picture(&with_code.told()).map_err(|_| failure(FailureCode::Internal))?;
                let made = EnrolmentCode { code, address, picture };
                Ok(Answer::People(PeopleAnswer::Enrolment(made)))
            }
            Asked::Nothing => self.finish_reading(result, |()| Answer::Done),
        }
    }
}
