### What is shown when something did not work: what happened to the data, then what to do.

## Shown on any page. The code after `failure-` is stable.
failure-invalid = Not saved yet. Some fields need another look: they are marked below.
failure-bad_credentials = The log-in name or the password is not right. Nothing on this device has changed. Check both and try again.
failure-second_factor_needed = The server asks for the code of your authenticator app too. Nothing on this device has changed.
failure-second_factor_unset = Your role needs an authenticator app, and none is set up yet. Nothing on this device has changed.
failure-bad_second_factor = That code is not right, has run out, or was used already. Nothing on this device has changed. Wait for the next code, then try again.
failure-new_password_needed = This password can't be taken: it is too short, or the one you were given. Nothing on this device has changed. Choose another.
failure-enrolment_needed = This code does not hold: mistyped, used already, run out, or made for someone else. Nothing on this device has changed. Ask for a new one.
failure-bad_passphrase = That is not the right passphrase or PIN. Your data stay locked and safe. Try again.
failure-passphrase_gone = Too many wrong passphrases. Your data are safe on this device. Go to an administrator with it: together you can open it.
failure-too_many_tries = Too many tries. Your data are safe. Wait a few minutes, then try again.
failure-token_expired = Your session with the server has ended. Everything is saved on this device. Enter your password to go on sending.
failure-revoked = This account or device was blocked. What was not sent stays encrypted on this device. Talk to your administrator.
failure-offline = No connection. Everything is saved on this device and will be sent when there is one.
failure-bad_server = The answer did not come from Sada's server; a Wi-Fi sign-in page may be in between. Everything is saved here. Check the connection and the address, then try again.
failure-insecure_server = This address is not protected, so passwords and complaints could be read on the way. Nothing was sent. Enter the address as your administrator gave it: it begins with https://.
failure-server_unavailable = The server does not answer at the moment. Everything is saved on this device and will be sent later by itself.
failure-upgrade_needed = This version and the server's do not fit together. Everything is saved on this device. Update the app while you have a connection.
failure-storage_full = This device is full, so the last entry could not be saved. Keep this page open, delete photos or apps you don't need, then save again.
failure-storage = This device's storage failed, so the last entry could not be saved. Keep this page open and try again. If it fails again, write the entry on paper and tell your administrator.
failure-not_allowed = Your role does not allow this. Nothing has changed. Ask your line manager if you think it should.
failure-not_found = This record is not on this device. It may have been passed on, or is no longer yours to read.
failure-unreadable = This record could not be read. It was set aside and kept; everything else works. Tell your administrator.
failure-locked = The app is locked. Enter your PIN or passphrase to go on.
failure-shut = This device only sends for now. Nothing on it has changed. Ask your officer or another supervisor to re-open it.
failure-other_tab = Sada is open in another tab. Go on there, or close it to work here.
failure-no_ref_nos = No receipt numbers are left on this device. Your draft is kept. Connect once to get new ones, or use the paper form.
failure-settings_conflict = Someone else published settings in the meantime. Yours were not published. Look at the new ones, then make your change again.
failure-sealing_not_open = Nobody who may read levels 4 and 5 has a key yet. Nothing has changed. Call the number shown now.
failure-bad_key_card = These letters are not a key card. Check them group by group.
failure-not_your_key_card = This card belongs to someone else. It can't be used here.
failure-key_stands = You have a key already. On a new device, read it from your card. For another key, the recovery managers first withdraw this one.
failure-bad_kit = These letters are not a recovery kit of your organisation. Check them group by group.
failure-not_vouched = Your key and this kit can't vouch for this key. The kit must be of a third person, and your own key must count.
failure-key_book_swapped = The server's list of keys is not the one this device knows. Nothing was done. Call a recovery manager.
failure-internal = A fault of ours. What was saved before stays saved. Try again; if it comes back, tell your administrator.
