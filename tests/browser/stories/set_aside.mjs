// What the server does not take is set aside: its author is told what happened and what to do, nothing is lost, and once the reason is gone
// it goes through with one press.
import assert from 'node:assert/strict';
import { openCase } from '../harness/desk_work.mjs';
import { hasFocusIn, recordComplaint, sendAll, signIn, speak, unlock, waitingCount } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const WORDS = 'السلة ناقصة منذ شهرين';
const plain = text => text.replaceAll(/[\u2066-\u2069\u200e\u200f]/g, '');

/** The answer of a server that knows a field not yet: it refuses what was sent (`SyncResponse`, `Verdict::Refused` in shared/src/sync). */
function refusal(code) {
  const text = words => Buffer.concat([Buffer.from([0x60 + words.length]), Buffer.from(words)]);
  const time = Buffer.alloc(5, 0x1a);
  time.writeUInt32BE(Math.floor(Date.now() / 1000), 1);
  const refused = Buffer.concat([Buffer.from([0x82, 3, 0x82]), text(code), text('')]);
  const frame = Buffer.concat([Buffer.from([0x82, 0, 0x81, 0x88]), ...Array(8).fill(refused)]);
  return Buffer.concat([Buffer.from([0xa3, 0]), time, Buffer.from([1, 0, 2, 0x81]), frame]);
}

story('an entry that the server does not take says what happened and what to do, stays, and goes through when it is tried again', async world => {
  const server = await world.startServer();
  const ahmad = await world.phone('ahmad', { width: 360, height: 640 });
  await signIn(ahmad, server.person('receiver'));
  await sendAll(ahmad);
  await ahmad.untilInstalled();
  await ahmad.goOffline();
  const { number } = await recordComplaint(ahmad, { category: 'qual.item', words: WORDS });
  let refused = 0;
  await ahmad.context.route('**/api/v1/sync', route => { refused += 1; return route.fulfill({ status: 200, contentType: 'application/cbor', body: refusal('key') }); });
  await ahmad.goOnline();
  await sendAll(ahmad);
  const card = () => ahmad.page.locator('[data-testid^="quarantine-"]');
  await card().waitFor();
  assert.ok(refused > 0);
  assert.equal(await card().getAttribute('data-why'), 'key');
  assert.equal(await waitingCount(ahmad), 0, 'it is not tried for ever');
  const said = { ar: [/في هذا الإدخال حقل لا يقبله الخادم/, /محفوظ هنا/, /أخبر مدير النظام/], en: [/a field the server does not take/, /kept here/, /Tell your administrator/] };
  for (const [language, words] of Object.entries(said)) {
    await speak(ahmad, language);
    const text = plain(await card().innerText());
    for (const part of words) assert.match(text, part, language);
    assert.ok(text.replaceAll(/\D/g, '').includes(number), 'its number');
    await ahmad.settled();
    await card().evaluate(node => node.scrollIntoView({ block: 'center' }));
    await ahmad.picture(`set-aside-${language}`);
    await ahmad.accessible(`what was set aside, in ${language}`);
    await ahmad.fitsAcross(`what was set aside, in ${language}`);
    await ahmad.doubleType();
    await ahmad.fitsAcross(`what was set aside at 200 %, in ${language}`);
    await ahmad.picture(`set-aside-${language}-200`);
    await ahmad.plainType();
  }
  // Tried again while the reason stands, it comes back.
  await ahmad.page.locator('[data-testid^="retry-"]').click();
  await hasFocusIn(ahmad, '[data-testid=aside-none]', 'the last entry tried again');
  await ahmad.picture('set-aside-none-en');
  await sendAll(ahmad);
  await card().waitFor();
  // Read, and through a restart: it is still there, says until when, and can be tried still.
  await ahmad.page.locator('[data-testid^="note-"]').click();
  await ahmad.page.locator('[data-testid^="note-"]').waitFor({ state: 'detached' });
  await hasFocusIn(ahmad, '[data-testid^="quarantine-"]', 'an entry that was read');
  await ahmad.at('goes').waitFor();
  await ahmad.picture('set-aside-read-en');
  await ahmad.restart('/waiting');
  await unlock(ahmad, { then: 'send-now' });
  await card().waitFor();

  // The server was updated.
  await ahmad.context.unroute('**/api/v1/sync');
  await ahmad.page.locator('[data-testid^="retry-"]').click();
  await card().waitFor({ state: 'detached' });
  await sendAll(ahmad);
  assert.equal(await waitingCount(ahmad), 0);
  assert.equal(await card().count(), 0);

  const desk = await world.phone('salma', { width: 1280, height: 860, touch: false });
  await signIn(desk, server.person('ao'));
  await sendAll(desk);
  await openCase(desk, number);
  assert.equal(await desk.at('words').innerText(), WORDS);
});
