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

story('a token that ends in the middle of sending is told, capture goes on, and the password lets it go on', async world => {
  const server = await world.startServer();
  const phone = await world.phone('ahmad');
  const person = server.person('ao_assistant');
  await signIn(phone, person);
  await phone.goOffline();
  await recordComplaint(phone, { category: 'req.support', words: 'قبل انتهاء الجلسة' });
  await phone.goOnline();
  // The first exchange of the next sync passes, then the server knows the token no more.
  let exchanges = 0;
  await phone.context.route('**/api/v1/sync', route => {
    exchanges += 1;
    return exchanges === 1 ? route.continue() : route.fulfill({ status: 401, contentType: 'application/json', body: '{"code":"token_expired"}' });
  });
  await openWaiting(phone);
  await phone.at('send-now').click();
  await phone.page.waitForFunction(() => document.querySelector('[data-testid=progress]')?.dataset.running === 'false');
  await recordComplaint(phone, { category: 'req.support', words: 'بعد انتهائها' });
  await openWaiting(phone);
  await phone.at('send-now').click();
  await phone.at('banner-expired').waitFor();
  await phone.accessible('an expired token');
  assert.ok(await waitingCount(phone) > 0, 'nothing is lost');
  await phone.context.unroute('**/api/v1/sync');
  await phone.at('renew-open').click();
  await phone.at('field-renew').fill(person.password);
  await phone.at('renew').click();
  await phone.at('banner-expired').waitFor({ state: 'detached' });
  await sendAll(phone);
  assert.equal(await waitingCount(phone), 0);
});
