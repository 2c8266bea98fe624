//! Places of help for survivors and people who were hurt, as they go to devices: found without network. Each keeps its code for
//! ever, so that one that closed is retired and never silently gone.

use super::{Label, Settings};
use crate::{
    closed_list,
    model::{
        dates::{Day, days_between},
        ids::{Code, Pcode},
    },
};
use serde::{Deserialize, Serialize};

/// One place of help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// `S1`, `S2`, …; given by the server when the service is first published, empty before.
    #[serde(default, skip_serializing_if = "is_unnumbered")]
    pub code: Code,
    /// The sub-district whose people it serves.
    pub adm3: Pcode,
    /// What it helps with.
    pub kind: ServiceKind,
    /// Name, and where it is.
    #[serde(flatten)]
    pub label: Label,
    /// The number, E.164.
    pub phone: String,
    /// Day somebody called and found it working.
    pub checked_on: Day,
    /// No longer told to anyone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

closed_list!(
    /// What a service helps with.
    ServiceKind {
        /// Treatment, also after rape: within 72 hours.
        Medical = "medical",
        /// A case worker for survivors of violence.
        Survivor = "survivor",
    }
);

fn is_unnumbered(code: &Code) -> bool {
    code.0.is_empty()
}

impl Settings {
    /// Every service that is told to people.
    pub fn services_told(&self) -> impl Iterator<Item = &Service> {
        self.services.iter().filter(|service| !service.retired)
    }

    /// Services for people of a sub-district, medical ones first.
    #[must_use]
    pub fn services_of(&self, adm3: &Pcode) -> Vec<&Service> {
        let mut found: Vec<&Service> = self.services_told().filter(|service| service.adm3 == *adm3).collect();
        found.sort_by_key(|service| service.kind);
        found
    }

    /// Whether it is too long ago that somebody called this service.
    #[must_use]
    pub fn is_unchecked(&self, service: &Service, today: Day) -> bool {
        days_between(service.checked_on, today) > i64::from(self.limits.service_check_days)
    }

    /// Gives each service that has no code the next free one. Since none is ever deleted, none is ever given twice.
    pub fn number_services(&mut self) {
        let number = |service: &Service| service.code.as_str().strip_prefix('S')?.parse::<u32>().ok();
        let mut last = self.services.iter().filter_map(number).max().unwrap_or(0);
        for service in self.services.iter_mut().filter(|service| is_unnumbered(&service.code)) {
            last = last.saturating_add(1);
            service.code = Code(format!("S{last}"));
        }
    }
}
