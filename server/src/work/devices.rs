//! People's devices for those who look after them: which there are, what they last told, revoking, and what had arrived from one
//! that is lost. Names, ids and times; no content of a case.

use super::{
    Server,
    desk::{self, Desk},
    error::WorkError,
    opening, pictures,
    receive::Pusher,
    rights::Rights,
    session::Session,
    settings::InForce,
};
use crate::{
    audit::{Audit, Deed},
    storage::{
        Tx,
        accounts::Listed,
        devices::{Device, Revoker, Road},
    },
};
use shared::{
    entropy::{Entropy, Seeded},
    model::{
        dates::UnixSeconds,
        devices::{
            ArrivedNumber, ArrivedNumbers, DeviceRow, DeviceStanding, MOST_DAYS, PersonDevices, RevokeReason, Revoked, Shut,
        },
        ids::{DeviceId, UserId},
        record::DocumentId,
        role::Role,
    },
    policy::{self, Actor},
    sync::{
        frames::{Framed, up::Pushed},
        people::{AskNumbers, ReopenDevice, RevokeDevices},
        sign_in::CallRefusal,
    },
};
use std::collections::BTreeMap;

const DAY_S: i64 = 24 * 3600;

impl Server {
    /// Everyone whose devices the caller looks after, in the order of the settings, with their devices.
    ///
    /// # Errors
    /// A refusal for roles that may not, or a fault of storage.
    pub fn people(&self, now: UnixSeconds, session: &Session) -> Result<Vec<PersonDevices>, WorkError> {
        let actor = session.check_use("people")?;
        let in_force = self.in_force();
        let (accounts, devices, openings) =
            self.storage().read(|tx| Ok::<_, WorkError>((tx.users()?, tx.devices()?, tx.openings()?)))?;
        let asked = |device: DeviceId| {
            let asks = openings.iter().find(|asks| asks.device == device && opening::is_fresh(asks.asked_at, now))?;
            opening::listed(device, &asks.one_time).filter(|_| asks.approved_by.as_str().is_empty())
        };
        let accounts: BTreeMap<UserId, Listed> = accounts.into_iter().map(|account| (account.id.clone(), account)).collect();
        let mut by_user: BTreeMap<&UserId, Vec<&Device>> = BTreeMap::new();
        for device in &devices {
            by_user.entry(&device.user).or_default().push(device);
        }
        let seen = in_force.settings.people.iter().filter(|person| policy::oversees(&in_force.settings, actor, person));
        Ok(seen
            .map(|person| {
                let account = accounts.get(&person.id);
                let login = account.filter(|_| actor.role == Role::Admin).map_or_else(String::new, |found| found.login.clone());
                PersonDevices {
                    user: person.id.clone(),
                    login,
                    closed: account.is_some_and(|found| found.disabled),
                    second_factor: account.is_some_and(|found| found.second_factor),
                    devices: by_user
                        .get(&person.id)
                        .into_iter()
                        .flatten()
                        .map(|device| DeviceRow { opening: asked(device.id), ..row(device) })
                        .collect(),
                }
            })
            .collect())
    }

    /// Revokes one device, or all of a person's. What such a device still sends is kept in quarantine. Everyone else who looks after
    /// that person is told who did it and why.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] alike for people and devices there are not and those the caller does not look after.
    pub fn revoke_by(&self, now: UnixSeconds, session: &Session, revoke: &RevokeDevices) -> Result<(), WorkError> {
        let actor = session.check_use("device_revoke")?;
        let in_force = self.in_force();
        overseen(&in_force, actor, &revoke.user)?;
        let (witness, RevokeDevices { user, device, why }) = (session.witness(now), revoke.clone());
        let revoker = Revoker { user: actor.user.clone(), why };
        self.storage().write(move |tx| {
            let object = match device {
                Some(id) => {
                    let device = tx.device(id)?.filter(|device| device.user == user).ok_or(CallRefusal::NotFound)?;
                    if device.revoked_at.is_none() {
                        tx.revoke_device(id, now, &revoker)?;
                    }
                    id.to_string()
                }
                None => {
                    tx.revoke_devices_of(&user, now, &revoker)?;
                    user.0.clone()
                }
            };
            Ok(Audit::new(tx, witness).note(Deed::DeviceRevoked, &object, why.map_or("", RevokeReason::id))?)
        })
    }

    /// Lets a device that was prepared for the road have what it lacks again; from that very device nobody does: it gets nothing. One
    /// that was revoked is let in again by whoever looks after its person and after who revoked it, and what it had sent meanwhile is
    /// taken in as if it came now.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] alike for people and devices there are not and those the caller does not look after;
    /// [`CallRefusal::NotAllowed`] for whoever does not stand above who revoked it.
    pub fn reopen_by(
        &self,
        now: UnixSeconds,
        entropy: &mut impl Entropy,
        session: &Session,
        reopen: &ReopenDevice,
    ) -> Result<(), WorkError> {
        let actor = session.check_use("device_reopen")?.clone();
        let in_force = self.in_force();
        overseen(&in_force, &actor, &reopen.user)?;
        let (witness, ReopenDevice { user, device }) = (session.witness(now), reopen.clone());
        let (server, chance) = (self.clone(), Seeded::stretched(entropy));
        let purged = self.storage().write(move |tx| {
            let known = tx.device(device)?.filter(|known| known.user == user).ok_or(CallRefusal::NotFound)?;
            let mut purged = Vec::new();
            if known.revoked_at.is_some() {
                if !policy::lets_in_again(&in_force.settings, &actor, &user, &known.revoker.user) {
                    return Err(CallRefusal::NotAllowed.into());
                }
                tx.readmit_device(device)?;
                let author = Session { actor: in_force.actor(&user), device: Device { revoked_at: None, ..known } };
                purged = take_in_late(tx, &server, &author, now, chance)?;
            } else {
                tx.set_reopened(device, known.road.told)?;
            }
            Audit::new(tx, witness).note(Deed::DeviceReopened, &device.to_string(), "")?;
            Ok::<_, WorkError>(purged)
        })?;
        self.purged(now, &purged)
    }

    /// Notes that a device was prepared for the road, once for each time. Answers the device as it stands then.
    pub(super) fn note_road(&self, now: UnixSeconds, session: &Session, road: u32) -> Result<Device, WorkError> {
        let known = &session.device;
        if road <= known.road.told || session.actor.is_none() {
            return Ok(known.clone());
        }
        let (witness, device) = (session.witness(now), known.id);
        self.storage().write(move |tx| {
            tx.set_road(device, road)?;
            Audit::new(tx, witness).note(Deed::DeviceShut, &device.to_string(), "")?;
            Ok::<_, WorkError>(())
        })?;
        Ok(Device { road: Road { told: road, ..known.road }, ..known.clone() })
    }

    /// Receipt numbers of what had arrived from a device, without those of cases that the caller may know nothing of.
    ///
    /// # Errors
    /// [`CallRefusal::NotFound`] alike for a device there is not and one of someone the caller does not look after.
    pub fn arrived_numbers(&self, now: UnixSeconds, session: &Session, ask: &AskNumbers) -> Result<ArrivedNumbers, WorkError> {
        let actor = session.check_use("people")?;
        let in_force = self.in_force();
        let from = now.plus(-i64::from(ask.days.min(MOST_DAYS)) * DAY_S);
        let numbers = self.storage().read(|tx| {
            let device = tx.device(ask.device)?.ok_or(CallRefusal::NotFound)?;
            overseen(&in_force, actor, &device.user)?;
            let mut numbers = Vec::new();
            for (ref_no, record, at) in tx.ref_numbers_used_on(device.id, from)? {
                if desk::is_implicated(tx, &in_force.settings, actor, record)? != Some(true) {
                    numbers.push(ArrivedNumber { ref_no, at });
                }
            }
            Ok::<_, WorkError>(numbers)
        })?;
        let (witness, device, count) = (session.witness(now), ask.device, numbers.len());
        self.storage().write(move |tx| {
            Ok::<_, WorkError>(Audit::new(tx, witness).note(Deed::Read, &device.to_string(), &format!("{count} numbers"))?)
        })?;
        Ok(ArrivedNumbers { numbers })
    }

    /// Notes what a device told of itself, now and then: whoever looks for it wants the hour, not the second.
    pub(super) fn note_told(&self, now: UnixSeconds, session: &Session, app: &str, waiting: u32) -> Result<(), WorkError> {
        let told = &session.device.told;
        let is_fresh = told.at.is_some_and(|at| (0..NOTE_TOLD_S).contains(&(now.0 - at.0)));
        if is_fresh && told.app == app && told.waiting == waiting {
            return Ok(());
        }
        let app: String = app.chars().take(MOST_APP_CHARS).collect();
        let device: DeviceId = session.device_id();
        self.storage().write(move |tx| Ok(tx.set_told(device, &app, waiting, now)?))
    }
}

/// What a device tells is noted again after so many seconds even if it says the same.
const NOTE_TOLD_S: i64 = 300;
/// Longest version of an app that is kept.
const MOST_APP_CHARS: usize = 40;

/// The person, if the caller looks after their devices.
pub(super) fn overseen(in_force: &InForce, actor: &Actor, user: &UserId) -> Result<(), WorkError> {
    let person = in_force.settings.person(user).filter(|person| policy::oversees(&in_force.settings, actor, person));
    person.map(|_| ()).ok_or_else(|| CallRefusal::NotFound.into())
}

/// What a device sent while it was revoked goes through the door of a push, as its author's. Answers what was purged by it.
fn take_in_late(
    tx: &Tx<'_>,
    server: &Server,
    author: &Session,
    now: UnixSeconds,
    chance: Seeded,
) -> Result<Vec<(DocumentId, &'static str)>, WorkError> {
    let late: Vec<Pushed> = tx
        .take_quarantined(author.device_id(), "revoked")?
        .into_iter()
        .map(|(document, hash, change)| Pushed { framed: Framed { document, change, hash }, receipt: None })
        .collect();
    let pusher = Pusher::new(author, &Rights::read(&author.device.rights), author.device.pulled_at);
    let mut desk = Desk::new(tx, server, author.witness(now), Some(chance))?;
    desk.receive(&pusher, &late)?;
    desk.close()?;
    pictures::take_in_late(tx, &desk.in_force.settings, author, now)?;
    Ok(desk.purged)
}

const fn standing(device: &Device) -> DeviceStanding {
    match (device.revoked_at, device.shut()) {
        (Some(_), _) => DeviceStanding::Revoked,
        (None, Some(Shut::Unconfirmed)) => DeviceStanding::Unconfirmed,
        (None, Some(_)) => DeviceStanding::Road,
        (None, None) => DeviceStanding::InUse,
    }
}

fn row(device: &Device) -> DeviceRow {
    DeviceRow {
        device: device.id,
        standing: standing(device),
        app: device.told.app.clone(),
        enrolled_at: device.enrolled_at,
        last_contact: device.told.at,
        waiting: device.told.waiting,
        opening: None,
        revoked: device.revoked_at.map(|at| Revoked { at, by: device.revoker.user.clone(), why: device.revoker.why }),
    }
}
