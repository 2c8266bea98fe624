// Devices that keep their secrets: a new one, locked, before the road, a passphrase that is gone, a look that says nothing, one that is
// revoked. Told twice where texts decide: with the phone in one language and the desk in the other.
import assert from 'node:assert/strict';
import { PASSPHRASE, PIN, askOpening, enterAccount, openHome, pick, recordComplaint, sendAll, signIn, unlock } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const deskIn = language => ({ width: 1280, height: 860, touch: false, language });
const WORDS = 'قالتها عند الباب ولم تُرسل بعد';

/** The page of a person's devices, read again. */
async function devicesOf(desk, person) {
  await desk.go('/people');
  await desk.page.locator('[data-testid^="person-"]', { hasText: person.name }).click();
  await desk.at('devices').waitFor();
}

async function looks(phone, name) {
  await phone.settled();
  await phone.picture(name);
  await phone.accessible(name);
  await phone.fitsAcross(name);
}

async function prepareForRoad(phone, name) {
  await phone.go('/settings');
  await phone.at('prepare-road').click();
  await looks(phone, `${name}-question`);
  await phone.at('dialog-yes').click();
  await phone.at('gate-shut').waitFor();
}

const waitsOn = phone => phone.at('shut-waiting').getAttribute('data-count').then(Number);

for (const [speaks, other] of [['ar', 'en'], ['en', 'ar']]) {
  const tells = `phone in ${speaks === 'ar' ? 'Arabic' : 'English'}`;

  story(`a new device comes in with a code, shows its digits, and fills once someone else has typed what was read out (${tells})`, async world => {
    const server = await world.startServer();
    const desk = await world.phone('manager', deskIn(other));
    await signIn(desk, server.person('ame_mgr'), { language: other });
    await server.stop();
    server.task = 'serve';
    await server.start();

    const person = server.person('receiver');
    await devicesOf(desk, person);
    await desk.at('make-code').click();
    const code = await desk.at('enrolment-code').innerText();
    await looks(desk, `device-code-${other}`);

    const phone = await world.phone('receiver', { language: speaks });
    await enterAccount(phone, person, { language: speaks });
    await phone.at('field-enrolment').fill('AAAAA-AAAAA');
    await phone.at('sign-in').click();
    assert.equal(await phone.at('failed').getAttribute('data-code'), 'enrolment_needed');
    await phone.at('field-enrolment').fill(code.toLowerCase());
    await looks(phone, `device-enrolment-${speaks}`);
    await phone.at('sign-in').click();
    await phone.at('gate-shut').waitFor();
    const digits = await phone.at('device-fingerprint').innerText();
    assert.match(digits, /^\d{4} \d{4} \d{4}$/);
    await looks(phone, `device-unconfirmed-${speaks}`);
    await phone.at('shut-send').click();
    await phone.at('gate-shut').waitFor();

    await devicesOf(desk, person);
    await desk.at('field-fingerprint').fill('0000 0000 0000');
    await desk.at('confirm-device').click();
    await desk.page.locator('.field-problem').first().waitFor();
    await desk.at('field-fingerprint').fill(digits);
    await looks(desk, `device-confirmation-${other}`);
    await desk.at('confirm-device').click();
    await desk.page.locator('[data-standing="unconfirmed"]').waitFor({ state: 'detached' });
    await phone.at('shut-send').click();
    await phone.at('nav-home').waitFor();
    await phone.at('start-complaint').waitFor();
  });

  story(`a device prepared for the road shows nothing and still sends, fills when a supervisor re-opens it, empties when it is revoked, and is let in again from above (${tells})`, async world => {
    const server = await world.startServer();
    const officer = server.person('ao');
    const phone = await world.phone('officer', { language: speaks });
    await signIn(phone, officer, { language: speaks });
    await sendAll(phone);
    await phone.goOffline();
    const { record } = await recordComplaint(phone, { category: 'qual.delay', words: WORDS });
    await prepareForRoad(phone, `road-${speaks}`);
    assert.ok(await waitsOn(phone) > 0, 'what was not sent is still here');
    await looks(phone, `road-prepared-${speaks}`);
    await phone.goOnline();
    await phone.at('shut-send').click();
    await phone.page.locator('[data-testid=shut-waiting][data-count="0"]').waitFor();
    await phone.restart();
    await unlock(phone, { then: 'gate-shut' });

    const desk = await world.phone('manager', deskIn(other));
    await signIn(desk, server.person('ame_mgr'), { language: other });
    await sendAll(desk);
    await desk.go(`/cases/${record}`);
    await desk.page.getByText(WORDS).first().waitFor();
    await devicesOf(desk, officer);
    const card = desk.page.locator('[data-standing="road"]');
    await looks(desk, `road-reopen-${other}`);
    await card.locator('[data-testid^="reopen-"]').click();
    await desk.at('dialog-yes').click();
    await card.waitFor({ state: 'detached' });
    await phone.at('shut-send').click();
    await phone.at('nav-inbox').waitFor();
    await phone.go(`/cases/${record}`);
    await phone.page.getByText(WORDS).first().waitFor();

    await devicesOf(desk, officer);
    await desk.page.locator('[data-testid^="revoke-"]').first().click();
    assert.ok(await desk.at('dialog-yes').isDisabled(), 'a reason comes first');
    await desk.at('field-revoke-why').selectOption('lost');
    await looks(desk, `revoke-question-${other}`);
    await desk.at('dialog-yes').click();
    await desk.page.locator('[data-standing="revoked"]').waitFor();
    await phone.go('/waiting');
    await phone.at('send-now').click();
    await phone.at('gate-locked').waitFor();
    await phone.at('field-passphrase').fill(PASSPHRASE);
    await phone.at('unlock').click();
    await phone.page.locator('.field-problem').waitFor();
    await looks(phone, `road-revoked-${speaks}`);

    // Whoever stands above sees who did it, and lets it in again.
    const above = await world.phone('director', { language: speaks });
    await signIn(above, server.person('cd'), { language: speaks });
    await above.at('revoked-lately').waitFor();
    await looks(above, `revoked-lately-${speaks}`);
    await devicesOf(above, officer);
    await above.page.locator('[data-testid^="let-in-"]').click();
    await looks(above, `let-in-question-${speaks}`);
    await above.at('dialog-yes').click();
    await above.page.locator('[data-standing="revoked"]').waitFor({ state: 'detached' });
    await phone.restart();
    for (let tries = 0; tries < 8 && !await phone.at('nav-home').count(); tries += 1) {
      await phone.at('field-passphrase').fill(PASSPHRASE);
      await phone.at('unlock').click();
      await phone.page.waitForTimeout(2_000); // the device asks the server meanwhile
    }
    await phone.at('nav-home').waitFor();
  });

  story(`a forgotten passphrase: an administrator who sees the digits and the person together open what a device has not sent (${tells})`, async world => {
    const server = await world.startServer();
    const person = server.person('receiver');
    const phone = await world.phone('receiver', { language: speaks });
    await signIn(phone, person, { language: speaks });
    await sendAll(phone);
    await phone.goOffline();
    await recordComplaint(phone, { category: 'qual.delay', words: WORDS });
    await phone.restart();
    for (let tries = 0; tries < 3; tries += 1) {
      await phone.at('field-passphrase').fill('ليست هذه');
      await phone.at('unlock').click();
      await phone.page.locator('.field-problem').waitFor();
    }
    await phone.goOnline();
    await phone.at('passphrase-forgotten').click();
    const passphrase = 'مطر على قمح أخضر';
    const digits = await askOpening(phone, person, passphrase);
    await looks(phone, `opening-digits-${speaks}`);

    const desk = await world.phone('admin', deskIn(other));
    await signIn(desk, server.person('admin'), { language: other });
    await devicesOf(desk, person);
    await desk.page.locator('[data-testid^="opening-"]', { hasText: digits }).locator('[data-testid^="open-"]').click();
    await looks(desk, `opening-question-${other}`);
    await desk.at('dialog-yes').click();
    await desk.page.locator('[data-testid^="opening-"]').waitFor({ state: 'detached' });
    await phone.at('ask-opening').click();
    await phone.at('nav-home').waitFor();
    await sendAll(phone);
    await phone.restart();
    await unlock(phone, { passphrase });
  });

  story(`a phone that is put down asks for the PIN, and after five wrong ones for the passphrase (${tells})`, async world => {
    const server = await world.startServer();
    const phone = await world.phone('receiver', { language: speaks });
    await signIn(phone, server.person('receiver'), { language: speaks });
    await phone.goOffline();
    await recordComplaint(phone, { category: 'qual.delay', words: WORDS });
    const lock = async () => {
      await phone.at('lock-now').click();
      await phone.at('gate-pin').waitFor();
      assert.ok(!(await phone.page.content()).includes(WORDS), 'nothing of what was told is left on the page');
    };
    const enter = async pin => {
      await phone.at('field-pin').fill(pin);
      await phone.at('unlock').click();
    };
    await lock();
    await enter('0000');
    await phone.page.locator('.field-problem').waitFor();
    await looks(phone, `locked-pin-${speaks}`);
    await enter(PIN);
    await phone.at('nav-home').waitFor();
    await lock();
    for (let tries = 0; tries < 5; tries += 1) {
      await enter('0000');
      await phone.page.locator(tries < 4 ? '.field-problem' : '[data-testid=gate-locked]').waitFor();
      await phone.settled();
    }
    await looks(phone, `locked-passphrase-${speaks}`);
    await unlock(phone);
  });
}

story('two people share a device, and with the plain look its lock screen does not say what it is', async world => {
  const server = await world.startServer();
  const [first, second] = [server.person('receiver'), server.person('pm_focal')];
  const phone = await world.phone('shared');
  await signIn(phone, first, { language: 'ar' });
  await phone.goOffline();
  await recordComplaint(phone, { category: 'qual.delay', words: WORDS });
  await phone.go('/settings');
  await pick(phone, 'look-notes');
  await phone.page.waitForFunction(() => document.title.includes('Notes'));
  await phone.at('log-out').click();
  await phone.at('gate-locked').waitFor();
  await looks(phone, 'plain-look-ar');
  const shown = await phone.at('gate-locked').innerText();
  assert.ok(!/صدى|Sada|شكاوى/.test(shown), shown);
  await phone.goOnline();
  await phone.at('user-new').click();
  await signIn(phone, second, { opened: true, passphrase: 'باب ونهر وسحاب' });
  await phone.go('/settings');
  await phone.at('log-out').click();
  await phone.at(`user-${first.login}`).waitFor();
  await looks(phone, 'two-people-ar');
  await phone.at(`user-${first.login}`).click();
  await unlock(phone);
  await openHome(phone);
  await sendAll(phone);
});
