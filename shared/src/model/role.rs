//! Roles of domain.md §3. What a role may do is decided in `policy`, nowhere else.

use serde::{Deserialize, Serialize};

/// What a person is in the mechanism.
///
/// # Source
/// domain.md §3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Any staff, enumerator or partner who hears a complaint.
    Receiver,
    /// Accountability Officer.
    Ao,
    /// Accountability assistant, hotline operator.
    AoAssistant,
    /// Project follow-up focal point.
    PmFocal,
    /// Area Coordinator.
    AreaCoord,
    /// Country AME Manager.
    AmeMgr,
    /// Country Director.
    Cd,
    /// PSEA and safeguarding focal point.
    PseaFp,
    /// HQ Investigation Unit.
    HqIu,
    /// HQ AME Manager.
    HqAme,
    /// System administrator: accounts, devices, lists; no case content.
    Admin,
}

impl Role {
    /// Every role, in the order of domain.md §3.
    pub const ALL: [Self; 11] = [
        Self::Receiver,
        Self::Ao,
        Self::AoAssistant,
        Self::PmFocal,
        Self::AreaCoord,
        Self::AmeMgr,
        Self::Cd,
        Self::PseaFp,
        Self::HqIu,
        Self::HqAme,
        Self::Admin,
    ];

    /// The role's id, as written in settings, rows and CSV files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Receiver => "receiver",
            Self::Ao => "ao",
            Self::AoAssistant => "ao_assistant",
            Self::PmFocal => "pm_focal",
            Self::AreaCoord => "area_coord",
            Self::AmeMgr => "ame_mgr",
            Self::Cd => "cd",
            Self::PseaFp => "psea_fp",
            Self::HqIu => "hq_iu",
            Self::HqAme => "hq_ame",
            Self::Admin => "admin",
        }
    }

    /// The role with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }
}
