// Days when clock, server or storage are not as they should be. Nothing is lost, and the person is told.
import assert from 'node:assert/strict';
import { openWaiting, recordComplaint, sendAll, signIn, speak, unlock, waitingCount } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

/** The worker's own clock, by way of its outer half: the page's clock stays right, as on a phone whose worker is all that counts. */
const clockBehind = ms => async context => {
  await context.route('**/worker.js', async route => {
    const response = await route.fetch();
    const shift = `{ const now = Date.now.bind(Date); Date.now = () => now() - ${ms}; const Real = Date; self.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(Real.now()); } static now() { return Real.now(); } }; }\n`;
    await route.fulfill({ response, body: shift + await response.text() });
  });
};

story('a phone whose clock says 2000 saves, sends, and is told so', async world => {
  const server = await world.startServer();
  const phone = await world.phone('ahmad');
  await phone.prepare(clockBehind(Date.now() - Date.UTC(2000, 0, 1)));
  await signIn(phone, server.person('ao_assistant'));
  await phone.at('banner-clock').waitFor();
  const { number } = await recordComplaint(phone, { category: 'req.support', words: 'ساعة الهاتف خطأ' });
  assert.match(number, /^\d{9}$/);
  await sendAll(phone);
  assert.equal(await waitingCount(phone), 0);
  await phone.picture('clock-2000');
});

story('a server that answers garbage loses nothing', async world => {
  const server = await world.startServer();
  const phone = await world.phone('ahmad');
  await signIn(phone, server.person('ao_assistant'));
  let answers = 0;
  await phone.context.route('**/api/v1/sync', route => { answers += 1; return route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome to the hotel Wi-Fi</h1>' }); });
  await recordComplaint(phone, { category: 'req.support', words: 'لم تصل السلة' });
  await openWaiting(phone);
  await phone.at('send-now').click();
  await phone.at('last-failure').waitFor();
  assert.ok(answers > 0);
  assert.equal(await phone.at('last-failure').getAttribute('data-code'), 'bad_server');
  assert.ok(await waitingCount(phone) > 0);
  await phone.context.unroute('**/api/v1/sync');
  await sendAll(phone);
  assert.equal(await waitingCount(phone), 0);
});

story('a database worker that dies is started again and finds everything', async world => {
  const server = await world.startServer();
  const phone = await world.phone('ahmad');
  phone.forgive(/RuntimeError|unreachable|trap/);
  await signIn(phone, server.person('ao_assistant'));
  await phone.goOffline();
  const { number } = await recordComplaint(phone, { category: 'req.support', words: 'قبل السقوط' });
  const [worker] = phone.page.workers();
  // What a trap in the wasm looks like to worker.js.
  await worker.evaluate(() => { setTimeout(() => { throw new WebAssembly.RuntimeError('unreachable'); }); });
  await unlock(phone);
  await phone.go('/records');
  await phone.at(`case-${number}`).waitFor();
  await speak(phone, 'en');
});
