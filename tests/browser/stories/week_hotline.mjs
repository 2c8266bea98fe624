// The hotline's days: who is calling, a call that drops, calls over several days until a person counts as not to be reached, and the
// fifteenth day. The phone has no line to the server from the first try to the last.
import assert from 'node:assert/strict';
import { act, openCase, untilStatus } from '../harness/desk_work.mjs';
import { atStep, findPlace, recordComplaint, sendAll, signIn, unlock } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DAY = 86_400_000;
const eastern = digits => [...digits].map(digit => '٠١٢٣٤٥٦٧٨٩'[digit] ?? digit).join('');
const dayBack = n => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Damascus' }).format(new Date(Date.now() - n * DAY));

/** A phone whose clock can be set: `clock.behind` holds from its next start. The app comes from the network each time, not from what was installed. */
async function settableClock(phone) {
  const clock = { behind: 0 };
  await phone.prepare(async context => {
    await context.addInitScript(() => { navigator.serviceWorker.register = () => Promise.reject(new Error('not installed in this story')); });
    await context.route('**/worker.js', async route => {
      const response = await route.fetch();
      const shift = `{ const now = Date.now.bind(Date); Date.now = () => now() - ${clock.behind}; const Real = Date; self.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(Real.now()); } static now() { return Real.now(); } }; }\n`;
      await route.fulfill({ response, body: shift + await response.text() });
    });
  });
  return clock;
}

async function lookUp(phone, number) {
  await phone.at('field-look-up').fill(number);
  await phone.at('look-up-do').click();
  await phone.at('looked').waitFor();
  return Number(await phone.at('looked').getAttribute('data-found'));
}

story('the hotline finds a caller by Arabic digits, keeps a call that dropped, and calls it back in one tap that can be taken back', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao'));
  await sendAll(phone);
  await phone.at('nav-home').click();
  const number = '0933700412';
  const began = Date.now();
  let taps = 0;
  const tap = async id => { taps += 1; await phone.at(id).first().click(); };
  await phone.at('field-look-up').fill(eastern(number));
  await tap('look-up-do');
  await phone.at('looked').waitFor();
  assert.equal(await phone.at('looked').getAttribute('data-found'), '0', 'nobody has called with this number yet');
  await phone.accessible('a number that is not known');
  await phone.picture('hotline-none-ar');
  await tap('look-up-begin');
  await atStep(phone, 'consent');
  await tap('consent-yes');
  await atStep(phone, 'place');
  if (!await phone.at('chosen-place.adm4').isVisible()) { taps += 1; await findPlace(phone, 'سيجراز'); }
  await tap('call-dropped');
  await phone.picture('hotline-dropped-ar');
  await tap('dialog-yes');
  await phone.at('field-look-up').waitFor();
  world.note(`a call that dropped: ${taps} taps, ${((Date.now() - began) / 1000).toFixed(1)} s`);

  await phone.goOffline();
  for (const typed of [eastern(number), '+963 933 700 412', '۰۹۳۳۷۰۰۴۱۲']) assert.equal(await lookUp(phone, typed), 1, `${typed} without network`);
  await phone.go('/calls');
  const line = phone.page.locator('[data-testid^="call-"][data-why=dropped]').filter({ hasText: eastern(number) }).or(phone.page.locator('[data-testid^="call-"][data-why=dropped]').filter({ hasText: number })).first();
  await line.waitFor();
  await phone.accessible('the calls of today');
  await phone.picture('calls-ar');
  await line.getByTestId('result-reached').click();
  await line.getByTestId('pending').waitFor();
  await line.getByTestId('undo').click();
  await line.getByTestId('result-reached').waitFor();
  await line.getByTestId('result-reached').click();
  await line.waitFor({ state: 'detached' });
  await phone.doubleType();
  await phone.fitsAcross('the calls at 200 %');
  await phone.picture('calls-200-ar');
  await phone.plainType();
  await phone.goOnline();
  await sendAll(phone);
});

story('tries over several days fill the rule without a line, the fifteenth day presses, and the case closes as unreachable', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma', { width: 1280, height: 860, touch: false });
  const clock = await settableClock(phone);
  await signIn(phone, server.person('ao'));
  await sendAll(phone);
  const { number } = await recordComplaint(phone, { category: 'qual.item', channel: 'hotline', mode: 'anon_contact', tel: '٠٩٣٣٧٠٠٤١٣', words: 'السلة ناقصة' },
    async step => { if (step === 'place') await phone.at('field-reg.received_on').fill(dayBack(14)); });
  await sendAll(phone);
  await openCase(phone, number);
  await act(phone, 'classified');
  await sendAll(phone);
  await openCase(phone, number);
  await act(phone, 'started', { note: 'سألنا المستودع' });
  await sendAll(phone);
  // No line from here on.
  await phone.prepare(context => context.route('**/api/v1/sync', route => route.abort()));
  const onDay = async (behind, why) => {
    clock.behind = behind * DAY;
    await phone.restart();
    await unlock(phone);
    await phone.go('/calls');
    const line = phone.at(`call-${number}`);
    await line.waitFor();
    assert.equal(await line.getAttribute('data-why'), why);
    return line;
  };
  for (const [behind, why, way, result] of [[6, 'first_try', 'call', 'no_answer'], [3, 'retry', 'message', 'no_answer'], [1, 'retry', 'call', 'off']]) {
    const line = await onDay(behind, why);
    await line.getByTestId(`way-${way}`).click();
    await line.getByTestId(`result-${result}`).click();
    await line.waitFor({ state: 'detached' });
  }
  const line = await onDay(0, 'unreachable');
  assert.deepEqual([await line.getByTestId('fills').getAttribute('data-tries'), await line.getByTestId('fills').getAttribute('data-enough')], ['3', 'true']);
  await line.scrollIntoViewIfNeeded();
  await phone.picture('calls-unreachable-ar');
  // The fifteenth day and the one after.
  for (const [behind, badge] of [[-1, 'badge-danger'], [-2, 'badge-danger']]) {
    clock.behind = behind * DAY;
    await phone.restart();
    await unlock(phone);
    await openCase(phone, number);
    await phone.page.locator(`[data-testid=case] .${badge}`).first().waitFor();
    await phone.picture(`day-${14 - behind}-ar`);
  }
  const last = await onDay(0, 'unreachable');
  await last.getByTestId('close-unreachable').click();
  await phone.at('submit-closed').waitFor();
  await phone.accessible('closing as unreachable');
  await phone.picture('close-unreachable-ar');
  await phone.at('submit-closed').click();
  await phone.at('submit-closed').waitFor({ state: 'detached' });
  await phone.context.unroute('**/api/v1/sync');
  await sendAll(phone);
  await openCase(phone, number);
  await untilStatus(phone, 'closed');
});
