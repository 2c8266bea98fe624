//! Why something did not work, in stable codes whose texts say what happened to the data and what to do. Holds nothing personal.

use serde::{Deserialize, Serialize};
use shared::closed_list;

/// It did not work. Never holds personal data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// Stable code; its text says what happened to the data and what to do.
    pub code: FailureCode,
    /// Keys of the form that need another look, each with a problem code.
    pub fields: Vec<(String, String)>,
}

closed_list!(
    /// Stable codes, never reused.
    FailureCode {
        /// Some fields need another look.
        Invalid = "invalid",
        /// Wrong password or log-in.
        BadCredentials = "bad_credentials",
        /// The second factor's code is needed.
        SecondFactorNeeded = "second_factor_needed",
        /// A second factor must be set up first.
        SecondFactorUnset = "second_factor_unset",
        /// The second factor's code is wrong, too old or used.
        BadSecondFactor = "bad_second_factor",
        /// The password was made by the server and must be replaced by one of one's own.
        NewPasswordNeeded = "new_password_needed",
        /// A new device needs a code that someone made for its person.
        EnrolmentNeeded = "enrolment_needed",
        /// Wrong passphrase or PIN.
        BadPassphrase = "bad_passphrase",
        /// Too many wrong passphrases: only an administrator opens this device now.
        PassphraseGone = "passphrase_gone",
        /// Too many tries; wait.
        TooManyTries = "too_many_tries",
        /// The token has expired; sign in again. Nothing is lost.
        TokenExpired = "token_expired",
        /// This account or device was revoked.
        Revoked = "revoked",
        /// No connection.
        Offline = "offline",
        /// The server answered something that is not Sada's, or not in a form this version reads.
        BadServer = "bad_server",
        /// The server's address would send passwords in the open.
        InsecureServer = "insecure_server",
        /// Whoever answered does not hold the server's key.
        WrongKey = "wrong_key",
        /// The server is down or busy.
        ServerUnavailable = "server_unavailable",
        /// The app is too old for this server, or the server for this app.
        UpgradeNeeded = "upgrade_needed",
        /// The device's storage is full.
        StorageFull = "storage_full",
        /// The device's storage failed.
        Storage = "storage",
        /// This person may not do this.
        NotAllowed = "not_allowed",
        /// No such record here.
        NotFound = "not_found",
        /// The record can't be read and was set aside.
        Unreadable = "unreadable",
        /// The app is locked.
        Locked = "locked",
        /// This device shows nothing for now and only sends.
        Shut = "shut",
        /// Another tab holds the data.
        OtherTab = "other_tab",
        /// No receipt numbers are left; sync once.
        NoRefNos = "no_ref_nos",
        /// Someone else published settings meanwhile; look again.
        SettingsConflict = "settings_conflict",
        /// Raising to level 4-5 waits for the secrecy issue: call the number.
        SealingNotOpen = "sealing_not_open",
        /// The letters are no key card: mistyped, or something else.
        BadKeyCard = "bad_key_card",
        /// The card is another person's.
        NotYourKeyCard = "not_your_key_card",
        /// A key of this person stands already.
        KeyStands = "key_stands",
        /// The letters are no recovery kit of this deployment.
        BadKit = "bad_kit",
        /// These two can't vouch for this key.
        NotVouched = "not_vouched",
        /// The server's key book is not the one this device has seen.
        KeyBookSwapped = "key_book_swapped",
        /// This device has seen no settings with a key for unsent work yet.
        NoUnsentKey = "no_unsent_key",
        /// Not a file of unsent work for this server, or changed on the way.
        BadFile = "bad_file",
        /// A fault of ours.
        Internal = "internal",
    }
);

#[cfg(test)]
mod tests {
    use super::FailureCode;
    use shared::text::{Language, Texts};

    #[test]
    fn every_failure_has_a_text_in_both_languages() {
        for code in FailureCode::ALL {
            for language in Language::ALL {
                assert!(
                    Texts::new(language).coded("failure", code.id()).is_some(),
                    "failure-{} in {}",
                    code.id(),
                    language.tag()
                );
            }
        }
    }
}
