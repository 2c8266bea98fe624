//! What pages hold on to: the app's few signals, questions to the replica, drafts. Knows no markup.

pub(crate) mod use_app;
pub(crate) mod use_document;
pub(crate) mod use_draft;
pub(crate) mod use_replica;

pub(crate) use use_app::{
    AppState, INBOX_ROWS, use_allowed, use_app, use_app_provider, use_me, use_settings, use_texts, use_today,
};
pub(crate) use use_document::{apply_update, page_origin, use_back, use_document};
pub(crate) use use_draft::{DraftForm, SaveState, empty_draft, new_record, use_draft};
pub(crate) use use_replica::{Asked, Load, Table, use_asked};
