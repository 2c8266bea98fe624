//! Reading at the server what this device does not hold. Nothing of the answer is kept: the server decides who reads, each time.

use super::{Handled, Job, JobKind, Replica, failure, link::LinkError, sign_in::json_call_with_token};
use crate::protocol::{Answer, Failure, FailureCode, MadeFile};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Serialize, de::DeserializeOwned};
use shared::model::ids::RecordId;

pub(super) const CASES: &str = "/api/v1/cases";
pub(super) const CASE: &str = "/api/v1/case";
pub(super) const LOOK_UP: &str = "/api/v1/look-up";
pub(super) const PICTURE: &str = "/api/v1/picture";
pub(super) const CLOSURE: &str = "/api/v1/closure";
pub(super) const WEEKLY: &str = "/api/v1/weekly";
pub(super) const COMPFU: &str = "/api/v1/compfu";

/// Which record. In the body: addresses are written down along the way.
#[derive(Serialize)]
pub(super) struct One {
    pub(super) record: RecordId,
}

impl Replica {
    pub(super) fn begin_reading(&mut self, path: &'static str, body: &impl Serialize, job: JobKind) -> Result<Handled, Failure> {
        let outgoing = json_call_with_token(&self.opened()?.0.account, path, body)?;
        Ok(Handled::Call(outgoing, Job(job)))
    }

    pub(super) fn finish_reading<T: DeserializeOwned>(
        &mut self,
        result: Result<Vec<u8>, LinkError>,
        answer: impl FnOnce(T) -> Answer,
    ) -> Result<Answer, Failure> {
        // An answer that comes after a lock is for nobody.
        self.opened()?;
        let body = result.map_err(|e| failure(e.code()))?;
        shared::json::from_bytes(&body).map(answer).map_err(|_| failure(FailureCode::BadServer))
    }

    /// A file goes to the person as it came.
    pub(super) fn finish_file(&mut self, name: String, result: Result<Vec<u8>, LinkError>) -> Result<Answer, Failure> {
        self.opened()?;
        let body = result.map_err(|e| failure(e.code()))?;
        Ok(Answer::File(MadeFile { name, base64: STANDARD.encode(body) }))
    }
}
