//! What crosses `postMessage` between a page and its replica, as JSON text. What `worker.js` says of itself comes as
//! objects (`{ sada: 'ready' }`), so the two never mix.

use crate::protocol::{Answer, Notice, Request};
use serde::{Deserialize, Serialize};

/// From the page: a number of its own and what it asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Comes back with the answer.
    pub id: u32,
    /// The question.
    pub request: Request,
}

/// From the replica.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Told {
    /// One answer.
    Answer {
        /// The question's number.
        id: u32,
        /// The answer.
        answer: Box<Answer>,
    },
    /// Something said unasked.
    Notice(Notice),
}

#[cfg(test)]
mod tests {
    use super::Asked;
    use crate::protocol::Request;

    #[test]
    fn a_question_survives_its_text() {
        let asked = Asked { id: 7, request: Request::Unlock { passphrase: "سر".into() } };
        assert_eq!(serde_json::from_str::<Asked>(&serde_json::to_string(&asked).unwrap()).unwrap(), asked);
    }
}
