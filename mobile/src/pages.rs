//! Pages: one task of a person each. They ask hooks and lay out components; they own no rule.
//!
//! Names that browser stories hold on to (`data-testid`):
//! - shell: `nav-home`, `nav-inbox`, …, `sync-chip`, `language-switch`, `lock-now`, `toast`, `banner-pilot`, `banner-expired`,
//!   `banner-update`, `banner-persistence`; states `loading`, `empty`, `failed` (`data-code`), `not-loaded`, `retry`; dialogs `dialog-yes`, `dialog-no`.
//! - gate: `gate-new`, `gate-locked`, `gate-pin`, `gate-other-tab`, `gate-unsupported`; `field-server`, `field-login`,
//!   `field-password`, `field-passphrase`, `field-passphrase-again`, `field-pin`; `sign-in`, `unlock`; `use-passphrase`.
//! - forms: `field-<key>` for every field (`field-who.sex`), `<key>-<code>` for each choice (`who.sex-f`), `problem-<key>`,
//!   `warning-<key>`, `counter-<key>`; places `place-<pcode>`, `chosen-<key>`, `change-<key>`.
//! - capture: `consent-yes`, `consent-no`, `consent-not_possible`; `next`, `back`, `save`, `save-state` (`data-state`), `drop-draft`;
//!   `category-<code>`, `category-sensitive`; sensitive: `sensitive`, `call-number`, `called`, `save-header`; receipt: `receipt`, `ref-no`, `ref-pin`.
//! - batch: `start-batch`, `batch-running`, `batch-start`, `batch-counts`, `batch-change`, `batch-end`; fast form: `fast`, `about-none`,
//!   `about-us`, `who-<sex>-<age>`, `save`, `save-card`, `last-one`, `open-last`, `whole-form`.
//! - sessions: `tap-<count key>`, `untap-<count key>`, `count-<count key>`, `total`, `estimate`, `correct-<count key>`; rows `session-<record>`.
//! - records: `case-<ref_no>` with `sync-state` (`data-sync`) inside; `draft-<record>`; waiting: `send-now`, `waiting-count`, `quarantine-<item>`.
//! - inbox, many: `pick-<ref_no>`, `many`, `chosen` (`data-count`), `choose-all`, `many-<step kind>`, `many-form`, `many-do`, `stop`,
//!   `results` (`data-done`, `data-awaits`, `data-look`), `look-<ref_no>`.
//! - inbox: `tab-<view>`, `search`, `filter-level`, `filter-status`, `filter-project`, `sort`; rows `case-<ref_no>`.
//! - case: `act-<step kind>` opens a form, `submit-<step kind>` saves it, `timeline`, `step-<kind>` (`data-standing`), `conflict-<key>`,
//!   `keep-<n>`, `unsynced`, `routed`.
//! - hotline: `field-look-up`, `look-up-do`, `looked` (`data-found`), `found-<ref_no>`, `look-up-begin`; `call-<ref_no>` (`data-why`), `dial`,
//!   `way-<mode>`, `result-<code>`, `pending`, `undo`, `fills` (`data-tries`, `data-enough`), `close-unreachable`, `give-answer`; `call-dropped`.
//! - boxes: `open-<box>`, `field-box-papers`, `save-opening`; `box-counts` (`data-papers`, `data-entered`, `data-sealed`, `data-left`), `enter-<slip>`,
//!   `envelope-<slip>`, `take-out-<slip>`, `box-done`; `late-box-<box>`; on a project `field-box-code`, `add-box`.
//! - my key: `key-standing` (`data-standing`), `key-make`, `field-key-card`, `key-read`, `key-show`, `key-card`, `key-printed`, `key-ask`,
//!   `key-look`, `waiting-key-<user>`, `field-key-compared`, `field-kit`, `key-vouch`; banners `banner-key-missing`, `banner-book-swapped`.
//! - people: `person-<user>`, `new-person`, `lost-phone`; one: `account`, `publish`, `add-account`, `reset-password`, `reset-factor`,
//!   `handed-password`, `device-<id>` (`data-standing`), `revoke-<id>`, `revoke-all`; lost: `lost-<id>`, `revoke-now`, `number-<ref_no>`.
//! - month: `share-all`, `share-ordinary`, `share-sealed`, `cohort`, `late-<ref_no>`, `field-month`, `make-xlsx`, `make-csv`, `save-file`.
//! - lists: `hotline`, `services-kept`, `limits`, `field-limit.<name>`, `field-hotline.<n>.phone`, `service-<n>`, `checked-<n>`, `publish`, `unpublished`.
//! - coverage: `coverage-row-<place>-<project>-<phase>`, `as-of`, `go-<place>` (`data-reason`), `plan-<place>`, `matrix`, `map`; plan: `save-plan`,
//!   `field-goes-<user>`; home: `my-plans`, `start-<record>`; session: `plan-card`, `change-plan`, `plan_reason-<code>`, `put-off`, `call-off`; projects: `project-<code>`, `publish`, `target-<place>`.

pub(crate) mod batch;
pub(crate) mod boxes;
pub(crate) mod calls;
pub(crate) mod capture;
pub(crate) mod case;
pub(crate) mod coverage;
pub(crate) mod desk;
pub(crate) mod gate;
pub(crate) mod home;
pub(crate) mod inbox;
pub(crate) mod lists;
pub(crate) mod look_up;
pub(crate) mod month;
pub(crate) mod my_key;
pub(crate) mod not_found;
pub(crate) mod people;
pub(crate) mod plan;
pub(crate) mod plans;
pub(crate) mod project_edit;
pub(crate) mod projects;
pub(crate) mod records;
pub(crate) mod say;
pub(crate) mod session_count;
pub(crate) mod session_join;
pub(crate) mod session_new;
pub(crate) mod sessions;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod sites;
pub(crate) mod staff_card;
pub(crate) mod waiting;
pub(crate) mod week;
