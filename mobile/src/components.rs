//! Pieces of a page: props in, events out. None asks the replica but the finder of places, and none decides a rule.

mod badges;
mod banners;
mod case_line;
mod choice;
mod conflict_card;
mod dialog;
mod fact_field;
mod fact_list;
mod field;
mod icon;
mod language_switch;
mod mark;
pub(crate) mod names;
mod page_title;
mod place_finder;
mod states;
mod step_words;
mod timeline;
mod toast;

pub(crate) use badges::{AgeBadge, LevelBadge, StatusBadge, SyncBadge};
pub(crate) use banners::Banners;
pub(crate) use case_line::CaseLine;
pub(crate) use choice::{ChoiceGroup, FlagBox, Pick};
pub(crate) use conflict_card::ConflictCard;
pub(crate) use dialog::Confirm;
pub(crate) use fact_field::FactField;
pub(crate) use fact_list::{FactEditor, FactList};
pub(crate) use field::{DayField, NumberField, Problem, SelectField, TextArea, TextField};
pub(crate) use icon::{Glyph, Icon};
pub(crate) use language_switch::LanguageSwitch;
pub(crate) use mark::Mark;
pub(crate) use page_title::PageTitle;
pub(crate) use place_finder::PlaceFinder;
pub(crate) use states::{EmptyState, FailedState, Ghost, Loaded};
pub(crate) use timeline::Timeline;
pub(crate) use toast::Toast;
