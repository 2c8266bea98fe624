// The sealed lane: a sensitive report written down without network, readable by nobody on its way, opened and worked by those it is
// for, handed over and closed; and an ordinary case that an officer raises.
import assert from 'node:assert/strict';
import { act, openCase, openInbox, untilStanding, untilStatus } from '../harness/desk_work.mjs';
import { atStep, beginComplaint, cardOf, chooseOrPick, next, pick, recordComplaint, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false };
const WORDS = { ar: 'طلب المشرف منها مقابلاً للسلة وهددها إن تكلمت', en: 'The supervisor asked her for something in return for the basket' };
const NAME = { ar: 'كلثوم الشاهدة', en: 'Kalthoum the witness' };

/** Writes a report down and seals it: number and record id. */
async function recordSealed(phone, language) {
  await beginComplaint(phone);
  await pick(phone, 'category-sensitive');
  await phone.at('sensitive').waitFor();
  await phone.at('sealed-offer').waitFor();
  await phone.accessible('the sensitive page with the offer to seal');
  await phone.at('write-sealed').click();
  await atStep(phone, 'what');
  await phone.at('sealed-notice').waitFor();
  await pick(phone, 'reg.subject_role-none');
  await phone.at('field-reg.category').selectOption('ser.sea');
  await phone.show(`sealed-capture-${language}`);
  await phone.accessible('a sealed report, what it is about');
  await phone.fitsAcross('a sealed report, what it is about');
  await next(phone);
  await atStep(phone, 'who');
  await chooseOrPick(phone, 'intake.identity_mode', 'identified');
  await phone.at('field-contact.name').fill(NAME[language]);
  await next(phone);
  await atStep(phone, 'words');
  await phone.at('field-intake.words').fill(WORDS[language]);
  assert.equal(await phone.at('save-state').count(), 0, 'nothing says that it is kept before it is sealed');
  await next(phone);
  await atStep(phone, 'review');
  await pick(phone, 'receipt_given-yes');
  const record = phone.page.url().split('/').pop();
  await phone.at('save').click();
  await phone.at('receipt').waitFor();
  return { record, ...await cardOf(phone) };
}

/** A focal point's device: signs in, is told that no key is here, and reads the demo's card. */
async function withKey(world, server, name, login, language) {
  const desk = await world.phone(name, { ...DESK, language });
  await signIn(desk, server.person(login), { language });
  await desk.at('nav-inbox').click();
  await desk.at('banner-key-missing').waitFor();
  await desk.at('to-my-key').first().click();
  await desk.at('field-key-card').fill('sada key1 qqqq');
  await desk.at('key-read').click();
  await desk.at('problem-key-card').waitFor();
  await desk.at('field-key-card').fill(server.keyCard(login).toUpperCase());
  await desk.at('key-read').click();
  await desk.page.locator('[data-testid=key-standing][data-standing=counts]').waitFor();
  await desk.accessible('the page of a key');
  await desk.at('banner-key-missing').waitFor({ state: 'detached' });
  await sendAll(desk);
  return desk;
}

const wholeLane = language => async world => {
  const server = await world.startServer();
  const phone = await world.phone('enumerator', { language });
  const bodies = [];
  phone.context.on('request', request => { if (request.url().includes('/api/')) bodies.push(request.postDataBuffer() ?? Buffer.alloc(0)); });
  await signIn(phone, server.person('receiver'), { language });
  await phone.untilInstalled();
  await phone.goOffline();
  const report = await recordSealed(phone, language);
  await phone.goOnline();
  await sendAll(phone);

  // The enumerator: number, day, "received". Not the level, not the words, not on any page.
  await phone.at('nav-records').click();
  const sent = phone.at(`sent-${report.number}`);
  await sent.waitFor();
  assert.equal(await sent.locator('[class*=level-]').count(), 0);
  await phone.show(`sealed-sent-${language}`);
  for (const address of ['/', '/records', '/waiting', `/cases/${report.record}`]) {
    await phone.go(address);
    await phone.settled();
    const text = await phone.page.locator('body').innerText();
    for (const secret of [NAME[language], WORDS[language]]) assert.ok(!text.includes(secret), `${address} shows what was sealed`);
  }
  const onTheWire = Buffer.concat(bodies).toString('latin1');
  for (const secret of [NAME[language], WORDS[language]]) assert.ok(!onTheWire.includes(Buffer.from(secret).toString('latin1')), 'nothing of it was sent readable');

  // The focal point opens it, works on it, and can't close it before the Unit has confirmed.
  const focal = await withKey(world, server, 'focal', 'psea_fp', language);
  await openCase(focal, report.number);
  await focal.page.locator('[data-testid=sealed-note][data-opened=true]').waitFor();
  assert.equal(await focal.at('words').innerText(), WORDS[language]);
  assert.ok(!(await focal.at('told-intake').innerText()).match(/C1556|ser\.sea/), 'places and categories by their names');
  assert.ok((await focal.at('told-contact').innerText()).includes(NAME[language]));
  await focal.show(`sealed-case-${language}`);
  await focal.accessible('a sealed case');
  await focal.fitsAcross('a sealed case');
  const followUp = language === 'ar' ? 'كلّمتها وهي بأمان' : 'I spoke with her; she is safe';
  await act(focal, 'sealed_acknowledged');
  await act(focal, 'sealed_followup', { text: followUp });
  await sendAll(focal);

  const unit = await withKey(world, server, 'unit', 'hq_iu', language);
  await openCase(unit, report.number);
  assert.ok((await unit.at('timeline').innerText()).includes(followUp), 'the Unit reads the words of the step');
  await act(unit, 'sealed_handed_over');
  await sendAll(unit);

  await sendAll(focal);
  await openCase(focal, report.number);
  await act(focal, 'sealed_closed', { text: language === 'ar' ? 'لدى الوحدة الآن' : 'With the Unit now' });
  await sendAll(focal);
  await openCase(focal, report.number);
  await untilStanding(focal, 'sealed_closed', 'counts');
  await untilStatus(focal, 'closed');
};

story('a sealed report is captured without network, opened, handed over and closed by those it is for, in Arabic', wholeLane('ar'));
story('a sealed report is captured without network, opened, handed over and closed by those it is for, in English', wholeLane('en'));

story('an officer raises a case, after being asked once more, and it leaves their device for the focal point\'s', async world => {
  const server = await world.startServer();
  const phone = await world.phone('receiver');
  const desk = await world.phone('officer', DESK);
  await signIn(phone, server.person('receiver'));
  const words = 'تأخرت السلة، وقال لي المشرف إن الأمر يُحلّ إن زرته';
  const { number } = await recordComplaint(phone, { category: 'qual.delay', words });
  await sendAll(phone);
  await signIn(desk, server.person('ao'));
  await sendAll(desk);
  await openCase(desk, number);
  await desk.at('act-classified').click();
  await chooseOrPick(desk, 'action.category', 'ser.sea');
  await desk.at('form-classified').getByTestId('field-action.reason').fill('ذكر طلباً مقابل السلة');
  await desk.at('submit-classified').click();
  await desk.at('dialog-no').click();
  await desk.at('submit-classified').click();
  await desk.accessible('the question before raising');
  await desk.at('dialog-yes').click();
  await desk.at('form-classified').waitFor({ state: 'detached' });
  await sendAll(desk);
  await openInbox(desk);
  await desk.at('field-search').fill(number);
  await desk.at('empty').waitFor();

  const focal = await withKey(world, server, 'focal', 'psea_fp', 'ar');
  await openCase(focal, number);
  await focal.at('told-raised').waitFor();
  assert.equal(await focal.at('words').innerText(), words);
  await focal.show('sealed-raised-ar');
});
