// What an administrator keeps for everybody: a service that was called today and how many wrong passphrases a device takes. It reaches a
// phone, holds there without network, and shuts the phone until its person and the administrator open it together.
import assert from 'node:assert/strict';
import { askOpening, beginComplaint, recordComplaint, sendAll, signIn, unlock } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false, language: 'en' };

async function looks(phone, name) {
  await phone.settled();
  await phone.picture(name);
  await phone.accessible(name);
  await phone.fitsAcross(name);
}

for (const speaks of ['ar', 'en']) {
  story(`an administrator changes a service and the number of tries; a phone knows it without network, shuts after so many, and both open it again (phone in ${speaks === 'ar' ? 'Arabic' : 'English'})`, async world => {
    const server = await world.startServer();
    const person = server.person('receiver');
    const phone = await world.phone('receiver', { language: speaks });
    await signIn(phone, person, { language: speaks });
    await sendAll(phone);

    const desk = await world.phone('admin', DESK);
    await signIn(desk, server.person('admin'), { language: 'en' });
    await desk.go('/settings');
    await desk.at('to-lists').click();
    await desk.at('lists').waitFor();
    await looks(desk, 'lists-en');
    const called = desk.page.locator('[data-testid^="checked-"]');
    const before = await called.count();
    assert.ok(before > 0, 'some service was not called today');
    await called.first().click();
    await desk.at('field-limit.passphrase_tries').fill('2');
    await desk.at('publish').click();
    await desk.page.locator('[data-testid=problem]').first().waitFor();
    await desk.at('field-limit.passphrase_tries').fill('٣');
    await desk.at('publish').click();
    await desk.at('unpublished').waitFor({ state: 'detached' });
    assert.equal(await called.count(), before - 1);
    await desk.at('language-switch').click();
    await looks(desk, 'lists-ar');

    await sendAll(phone);
    await phone.restart();
    await unlock(phone);
    await phone.goOffline();
    await beginComplaint(phone);
    await phone.at('services').locator('summary').click();
    await phone.at('services').locator('[data-testid^="service-"]').first().waitFor();
    await looks(phone, `lists-services-offline-${speaks}`);
    const { number } = await recordComplaint(phone, { category: 'qual.delay', words: 'قبل أن تُقفل' });
    await phone.restart();
    await phone.at('gate-locked').waitFor();
    for (let tries = 0; tries < 3; tries += 1) {
      await phone.at('field-passphrase').fill('ليست هذه');
      await phone.at('unlock').click();
      if (tries < 2) await phone.page.locator('.field-problem').waitFor();
      await phone.settled();
    }
    await phone.at('ask-opening').waitFor();
    await looks(phone, `shut-after-three-${speaks}`);

    await phone.goOnline();
    const passphrase = 'مطر على قمح أخضر';
    const digits = await askOpening(phone, person, passphrase);
    await desk.go('/people');
    await desk.page.locator('[data-testid^="person-"]', { hasText: person.name }).click();
    await desk.page.locator('[data-testid^="opening-"]', { hasText: digits }).locator('[data-testid^="open-"]').click();
    await desk.at('dialog-yes').click();
    await desk.page.locator('[data-testid^="opening-"]').waitFor({ state: 'detached' });
    await phone.at('ask-opening').click();
    await phone.at('nav-home').waitFor();
    await phone.go('/records');
    // It may have been sent by then: number, day and state stay.
    await phone.at(`case-${number}`).or(phone.at(`sent-${number}`)).first().waitFor();
    await sendAll(phone);
    await phone.go('/records');
    await phone.at(`sent-${number}`).waitFor();
  });
}
