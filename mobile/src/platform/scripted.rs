//! Without a platform (server-side rendering in tests) a closure answers: pages render on the answers a test chose.

use super::subscribers::Subscribers;
use crate::protocol::{Answer, Failure, FailureCode, Notice, Request};
use futures_channel::mpsc::UnboundedReceiver;
use std::cell::RefCell;

type Script = Box<dyn FnMut(Request) -> Answer>;

thread_local! {
    static SCRIPT: RefCell<Option<Script>> = const { RefCell::new(None) };
    static LISTENERS: RefCell<Subscribers> = const { RefCell::new(Subscribers::new()) };
}

/// From now on `script` answers on this thread.
pub fn answer_with(script: impl FnMut(Request) -> Answer + 'static) {
    SCRIPT.with(|s| *s.borrow_mut() = Some(Box::new(script)));
}

pub(super) fn call(request: Request) -> std::future::Ready<Answer> {
    let answer = SCRIPT.with(|s| s.borrow_mut().as_mut().map(|script| script(request)));
    // No replica and nobody who plays one: say so rather than wait for ever.
    std::future::ready(answer.unwrap_or_else(|| Answer::Failed(Failure { code: FailureCode::Internal, fields: Vec::new() })))
}

/// No second tab here.
pub(super) fn take_over() {}

pub(super) fn notices() -> UnboundedReceiver<Notice> {
    LISTENERS.with(|l| l.borrow_mut().subscribe())
}
