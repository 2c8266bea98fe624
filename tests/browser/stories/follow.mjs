// Whoever told us something: a card only if it is safe, a page to follow it by, and a way out for who would rather tell someone else.
import assert from 'node:assert/strict';
import { beginNamedComplaint, recordComplaint, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const eastern = digits => [...digits].map(digit => '٠١٢٣٤٥٦٧٨٩'[digit] ?? digit).join('');

/** Asks the page, which knows no script; gives the state it tells, or nothing. */
async function follow(page, { number, code, language = 'ar' }) {
  await page.goto(new URL(`/status?lang=${language}`, page.url()).href);
  await page.locator('#number').fill(number);
  await page.locator('#pin').fill(code);
  await page.locator('form button').click();
  await page.locator('#answer, #problem').waitFor();
  const answer = page.locator('#answer');
  return await answer.count() ? answer.getAttribute('data-state') : null;
}

story('a person with a card follows what they told us; without one, nothing is handed out', async world => {
  const server = await world.startServer();
  const phone = await world.phone('ahmad');
  await signIn(phone, server.person('receiver'));
  const none = await recordComplaint(phone, { category: 'qual.item', words: 'السلة ناقصة', card: false });
  assert.deepEqual([none.number, none.code], [undefined, undefined]);
  await phone.at('no-card').waitFor();
  await phone.accessible('saved without a card');
  await phone.picture('receipt-no-card');
  const { number, code } = await recordComplaint(phone, { category: 'qual.item', words: 'السلة ناقصة' });
  await phone.picture('receipt-card');
  await sendAll(phone);
  const visitor = await world.phone('visitor');
  await visitor.open('/status');
  assert.equal(await follow(visitor.page, { number: eastern(number), code: eastern(code) }), 'received');
  await visitor.accessible('what became of it');
  await visitor.picture('status-answer-ar');
  assert.ok(!visitor.page.url().includes(number), 'no address tells the number');
  assert.equal(await follow(visitor.page, { number, code, language: 'en' }), 'received');
  await visitor.picture('status-answer-en');
  assert.equal(await follow(visitor.page, { number, code: code === '1234' ? '4321' : '1234' }), null);
  const told = await visitor.page.locator('#problem').innerText();
  await visitor.accessible('a wrong code');
  await visitor.picture('status-unknown-ar');
  // Its check digit is right; nobody was given it.
  assert.equal(await follow(visitor.page, { number: '123456786', code }), null);
  assert.equal(await visitor.page.locator('#problem').innerText(), told, 'no number and a wrong code are one answer');
});

story('who would rather speak to a woman leaves nothing of what was typed but a safe time and place', async world => {
  const server = await world.startServer();
  const phone = await world.phone('ahmad');
  await signIn(phone, server.person('receiver'));
  await phone.goOffline();
  await beginNamedComplaint(phone, { category: 'qual.item', name: 'كلثوم الشاهدة' });
  await phone.page.locator('[data-testid=services] summary').click();
  await phone.accessible('the card of services');
  await phone.picture('services-card');
  await phone.page.locator('[data-testid=services] summary').click();
  await phone.at('rather').click();
  await phone.picture('rather-choice');
  await phone.at('rather-woman').click();
  await phone.at('meeting').waitFor();
  await phone.accessible('a safe meeting');
  assert.ok(!(await phone.page.content()).includes('كلثوم'), 'nothing typed before is on the page');
  await phone.at('field-contact.resp.time').fill('الثلاثاء بعد العاشرة');
  await phone.at('field-contact.resp.place').fill('المركز الصحي، الغرفة الثانية');
  await phone.picture('meeting');
  await phone.at('save-meeting').click();
  await phone.at('receipt').waitFor();
  await phone.goOnline();
  await sendAll(phone);
  await phone.go('/records');
  await phone.settled();
  assert.ok(!(await phone.page.content()).includes('كلثوم'), 'nor anywhere afterwards');
});
