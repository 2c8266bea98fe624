//! Who writes changes: 12-byte actors of devices, of the server, and of the fixed beginnings. Knows no keys and no people.

use crate::model::{
    ids::{BadId, DeviceId},
    record::DocKind,
};
use std::fmt;

const SERVER: &[u8; 8] = b"sada-srv";
const GENESIS: &[u8; 8] = b"sada-gen";
const UPGRADE: &[u8; 8] = b"sada-upg";

/// The author of changes as Automerge orders them. A device's: its id and its actor epoch, so that whoever knows the
/// device's key knows its actors. An epoch is used up by a reinstall, a restored backup, a rebase or a change of user.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub [u8; 12]);

impl ActorId {
    /// The actor of a device in one of its epochs.
    #[must_use]
    pub fn device(device: DeviceId, epoch: u16) -> Self {
        let mut bytes = [0; 12];
        bytes[..10].copy_from_slice(&device.0);
        bytes[10..].copy_from_slice(&epoch.to_be_bytes());
        Self(bytes)
    }

    /// The actor of the server in one deployment epoch; a restored server mints a new one.
    #[must_use]
    pub fn server(epoch: u32) -> Self {
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(SERVER);
        bytes[8..].copy_from_slice(&epoch.to_be_bytes());
        Self(bytes)
    }

    pub(super) fn genesis(kind: DocKind) -> Self {
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(GENESIS);
        bytes[9] = 1;
        bytes[11] = kind.byte();
        Self(bytes)
    }

    /// The device and its epoch; none for the server and the fixed actors.
    #[must_use]
    pub fn as_device(&self) -> Option<(DeviceId, u16)> {
        if [SERVER, GENESIS, UPGRADE].iter().any(|name| self.0.starts_with(*name)) {
            return None;
        }
        let device = DeviceId::try_from(&self.0[..10]).ok()?;
        Some((device, u16::from_be_bytes([self.0[10], self.0[11]])))
    }

    /// Whether this is an actor of the server, of whichever epoch.
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.0.starts_with(SERVER)
    }

    /// Whether this actor writes schema upgrades: one fixed change a kind and schema that adds maps or counters. This version
    /// knows none; it carries what newer ones write and parks what they send.
    #[must_use]
    pub fn is_upgrade(&self) -> bool {
        self.0.starts_with(UPGRADE)
    }

    pub(super) fn to_automerge(self) -> automerge::ActorId {
        automerge::ActorId::from(self.0)
    }
}

impl TryFrom<&[u8]> for ActorId {
    type Error = BadId;
    fn try_from(bytes: &[u8]) -> Result<Self, BadId> {
        Ok(Self(bytes.try_into().map_err(|_| BadId)?))
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::ActorId;
    use crate::model::{ids::DeviceId, record::DocKind};

    #[test]
    fn a_devices_actor_names_the_device_and_no_other_actor_does() {
        let device = DeviceId([7; 10]);
        assert_eq!(ActorId::device(device, 0x1234).as_device(), Some((device, 0x1234)));
        assert_eq!(ActorId::device(device, 0x1234).0[10..], [0x12, 0x34]);
        for fixed in [ActorId::server(3), ActorId::genesis(DocKind::Case), ActorId(*b"sada-upg\0\x02\0\0")] {
            assert_eq!(fixed.as_device(), None);
        }
        // A key ground until its device id looks like the server's gets nowhere.
        let mut ground = [9; 10];
        ground[..8].copy_from_slice(b"sada-srv");
        assert_eq!(ActorId::device(DeviceId(ground), 1).as_device(), None);
        assert!(ActorId::server(1).is_server() && !ActorId::device(device, 1).is_server());
    }
}
