//! Those who listen for notices on the page's side.

use crate::protocol::Notice;
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};

/// Senders to every listener; one that is gone is dropped at the next notice.
#[derive(Default)]
pub(super) struct Subscribers(Vec<UnboundedSender<Notice>>);

impl Subscribers {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn subscribe(&mut self) -> UnboundedReceiver<Notice> {
        let (sender, receiver) = unbounded();
        self.0.push(sender);
        receiver
    }

    pub(super) fn publish(&mut self, notice: &Notice) {
        self.0.retain(|sender| sender.unbounded_send(notice.clone()).is_ok());
    }
}
