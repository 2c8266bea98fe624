//! No window: pages rendered once, for a test.

use dioxus::prelude::FormEvent;

pub(crate) const fn describe(_language: &str, _direction: &str, _theme: &str, _look: &str) {}

pub(crate) const fn update_waits() -> bool {
    false
}

pub(crate) fn on_update_ready(_then: impl FnMut() + 'static) {}

pub(crate) const fn apply_update() {}

pub(crate) const fn prints() -> bool {
    false
}

pub(crate) const fn print() {}

pub(crate) fn file_bytes(_field: &str, _event: FormEvent) -> std::future::Ready<Option<Vec<u8>>> {
    std::future::ready(None)
}

pub(crate) const fn camera() -> Option<&'static str> {
    None
}

pub(crate) fn small_picture(_field: &str, _event: FormEvent) -> std::future::Ready<Option<Vec<u8>>> {
    std::future::ready(None)
}

/// As in a browser, so that its pages are tested.
pub(crate) const fn reads_codes() -> bool {
    true
}

pub(crate) fn read_code(_field: &str, _event: FormEvent) -> std::future::Ready<Option<String>> {
    std::future::ready(None)
}

pub(crate) const fn is_led_to() -> bool {
    true
}

pub(crate) const fn linked(_mark: &str) -> Option<String> {
    None
}

pub(crate) const fn origin() -> Option<String> {
    None
}

pub(crate) fn focus_first_problem() -> std::future::Ready<()> {
    std::future::ready(())
}

pub(crate) fn drawn() -> std::future::Ready<()> {
    std::future::ready(())
}

/// No pause ever ends.
pub(crate) fn pause_ms(_ms: i32) -> std::future::Pending<()> {
    std::future::pending()
}

pub(crate) fn on_back(_then: impl FnMut() + 'static) {}

pub(crate) const fn leave() {}
