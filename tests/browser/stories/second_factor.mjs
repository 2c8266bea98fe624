// The second factor of those who read other people's reports: set up at the first sign-in, asked for at the next.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { enterAccount } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

/** RFC 6238 with its defaults, as any authenticator app reckons it; shares no code with the server. */
function codeOf(key, ahead = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replace(/\s/g, '')].map(letter => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = crypto.createHmac('sha1', secret).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function untilAskedForCode(phone, server, person, language) {
  await enterAccount(phone, person, { language });
  await phone.at('field-enrolment').fill(server.enrolmentCode(person.login));
  await phone.at('sign-in').click();
  await phone.at('field-code').waitFor();
}

story('an officer sets up a second factor, and another device asks for it, takes each code once and a recovery code', async world => {
  const server = await world.startServer();
  const person = server.person('ao');
  await server.stop();
  server.task = 'serve';
  await server.start();

  const phone = await world.phone('officer');
  await untilAskedForCode(phone, server, person, 'ar');
  const key = await phone.at('second-factor-key').innerText();
  const recovery = await phone.at('recovery-codes').locator('li').allInnerTexts();
  assert.equal(recovery.length, 8);
  await phone.picture('second-factor-ar');
  await phone.accessible('setting up a second factor');
  await phone.fitsAcross('setting up a second factor');
  await phone.at('field-code').fill('000000');
  await phone.at('sign-in').click();
  assert.equal(await phone.at('failed').getAttribute('data-code'), 'bad_second_factor');
  const code = codeOf(key);
  await phone.at('field-code').fill(code);
  await phone.at('sign-in').click();
  await phone.at('nav-home').waitFor({ timeout: 60_000 });

  const desk = await world.phone('desk', { width: 1280, height: 860, touch: false, language: 'en' });
  await untilAskedForCode(desk, server, person, 'en');
  assert.equal(await desk.at('second-factor-set-up').count(), 0, 'nothing is shown a second time');
  await desk.picture('second-factor-en');
  await desk.at('field-code').fill(code);
  await desk.at('sign-in').click();
  assert.equal(await desk.at('failed').getAttribute('data-code'), 'bad_second_factor', 'a code is good once');
  await desk.at('field-code').fill(recovery[0].toLowerCase());
  await desk.at('sign-in').click();
  await desk.at('nav-home').waitFor({ timeout: 60_000 });
});
