### Keys of sealed reports: the page of a focal point's own key, vouching for others', and what is said elsewhere about keys.

## The page.
# Its heading, and the link to it.
keys-title = Sealed reports: my key
keys-what = Reports of levels 4 and 5 are sealed: only the people they are for open them, with a key that is on their own device. The server can't.
# Where the key on this device stands.
key-standing-missing = There is no key on this device. Reports sealed to you can't be opened here.
key-standing-waits = This key does not count yet. Another focal point and a recovery manager must vouch for it.
key-standing-counts = This device opens the reports that are sealed to you.
key-standing-withdrawn = This key was withdrawn. It still opens what was sealed to it; for new reports you need a new one.
# Shown instead of everything else while the server has no key book.
keys-book_none = Keys are not set up on the server yet, so nothing can be sealed. Ask the administrator to begin recovery.
keys-fingerprint = Fingerprint of your key
keys-fingerprint_hint = Read it out to whoever vouches for you.
keys-book = Fingerprint of the key book
keys-book_hint = Must be the same on every device that has sent and fetched today.
keys-holders = Whose keys count

## Making a key, or reading one from a card.
keys-make_title = I have no card
keys-make_words = A new key is made on this device. Then a focal point and a recovery manager vouch for it.
keys-make = Make a key
keys-card_title = I have a card
keys-card_letters = Letters of the key card
keys-card_hint = As printed; they begin with sadakey. Spaces and capitals don't matter.
keys-card_take = Use this card
# Said in passing.
keys-card_taken = The key is on this device now.
keys-print_title = Put your key card on paper now
keys-print_words = If this device is lost, only this card opens the reports that are sealed to you. Print it or copy it by hand, and keep it in a closed envelope. Don't photograph it, don't send it.
keys-print_show = Show the card
keys-print_picture = The same letters as a picture
keys-print_do = Print
keys-print_done = It is on paper. Don't show it again
keys-ask = Ask for my key to count
keys-ask_words = This tells the server the public half of your key. Then call a focal point and read out your fingerprint.
# Said in passing.
keys-asked = Asked for. Now call a focal point and read out your fingerprint.

## Vouching for another's key.
keys-waiting = Keys of others that wait
keys-waiting_look = Look for keys that wait
keys-waiting_none = No key waits.
# $name: a person.
keys-vouch_words = Call { $name } on a number you know, and have the fingerprint read out to you. Vouch only if every group is the same.
keys-vouch_compared = I have heard it by voice, and every group is the same
keys-vouch_kit = Letters of a recovery kit
keys-vouch_kit_hint = The recovery manager types them here. They are forgotten at once.
# $name: a person.
keys-vouch_do = Vouch for { $name }
# Said in passing. $name: a person.
keys-vouched = The key of { $name } counts now.

## Banners.
banner-key_missing = Sealed reports may come to you, and no key on this device opens them.
banner-key_missing_open = My key
banner-book_swapped = The list of keys from the server is not the one this device knows. Sada goes on with the old one. Don't trust a new key before you have called a recovery manager.
# $count: cases left.
banner-resealing = { $count ->
    [one] 1 sealed case is being sealed anew for those who hold it now. Leave the app open for a moment.
   *[other] { $count } sealed cases are being sealed anew for those who hold them now. Leave the app open for a moment.
}
