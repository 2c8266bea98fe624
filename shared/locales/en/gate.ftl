### Before the app is open: first sign-in, unlocking, and why it can't open here.

## First sign-in on a device.
sign-in-title = Sign in
sign-in-words = Once on this device, with a connection. After that it works without one.
sign-in-second_words = Now choose what opens this device. It never leaves it.
sign-in-server = Server address
sign-in-server_hint = As your administrator gave it, from https:// to its end
sign-in-login = Log-in name
sign-in-password = Password
sign-in-show = Show what I type
sign-in-passphrase = Passphrase for this device
sign-in-passphrase_hint = Three or four words that only you put together.
sign-in-passphrase_again = Passphrase once more
sign-in-passphrase_differs = The two are not the same.
# $least: the fewest characters accepted.
sign-in-passphrase_short = { $least ->
    [one] At least 1 character.
   *[other] At least { $least } characters.
}
sign-in-passphrase_warning = Nobody can tell you this passphrase again. Without it, what was not sent can only be opened by an administrator with this device in hand.
sign-in-pin = PIN
sign-in-pin_hint = 4 to 8 digits. Re-opens the app while it runs.
sign-in-pin_bad = 4 to 8 digits.
sign-in-do = Sign in
sign-in-busy = Signing in…

## Second factor: a code from an authenticator app, for everyone who reads other people's reports.
second-factor-words = Your role reads other people's reports, so the password alone is not enough.
second-factor-code = Code from your authenticator app
second-factor-code_hint = Six digits that change every 30 seconds, or one of your recovery codes.
second-factor-scan = Add Sada to an authenticator app, such as Aegis or Google Authenticator: scan this picture with it.
second-factor-picture = Picture with the key for the authenticator app
second-factor-open = Open the authenticator on this phone
second-factor-type = Or type this key into it:
second-factor-recovery = Write these codes on paper and keep them away from this device. If you lose the authenticator, each of them signs you in once. They are shown only now.

## How hard a passphrase is to guess, while it is typed.
strength-too_short = Too short yet.
strength-weak = Easy to guess. Add a word.
strength-good = Good.
strength-strong = Very good.

## Opening the store again.
unlock-title = Sada is locked
unlock-words = Your data are encrypted on this device. Enter the passphrase.
unlock-do = Open
unlock-busy = Opening…
# $count: a whole number.
unlock-waiting = { $count ->
    [one] 1 change waits here to be sent. It is safe.
   *[other] { $count } changes wait here to be sent. They are safe.
}
pin-title = Sada is locked
pin-words = Enter your PIN to go on where you were.
pin-use_passphrase = Use the passphrase
pin-use_pin = Use the PIN

## Why the app can't open here.
other-tab-title = Sada is open in another tab
other-tab-words = Go on there, or take the work over here. When that tab closes, this one takes over by itself.
other-tab-waits = Waiting for the other tab…
other-tab-take_over = Go on here
unsupported-title = Sada can't run here
unsupported-words = This browser can't keep data safely on this device. What was saved before is not lost.
unsupported-what_to_do = Update the browser, leave private mode, or use a newer phone. Then load this page again.
