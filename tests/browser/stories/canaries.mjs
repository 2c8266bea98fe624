// A browser's day with a string of its own in every text field the forms offer, and a photo of a paper; then a search of everything the
// browser keeps and tells: private files, caches, databases, storage, addresses, titles, console. The same search finds what is put there
// on purpose, and a field that nobody planted fails.
import assert from 'node:assert/strict';
import { Canaries, holders, kept, listen, plantBeside } from '../harness/canaries.mjs';
import { openCase } from '../harness/desk_work.mjs';
import { atStep, beginComplaint, chooseCategory, chooseOrPick, next, openHome, openWaiting, pick, recordComplaint, recordSession, sendAll, signIn, tick } from '../harness/field_work.mjs';
import { attach, photo } from '../harness/paper.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false };
const PLANTED = 'cny-control';
/** What these pages offer, by name: a form that no more shows one of them is noticed here. */
const EXPECTED = ['intake.words', 'contact.name', 'contact.phone.raw', 'contact.concerned.name', 'place.venue', 'heard-words', 'action.note', 'search'];

/** One paper's photo in the form, and what its bytes are known by: as they are, and in base64. */
async function takePhoto(phone) {
  await phone.page.evaluate(() => { document.querySelector('[data-testid=photos]').open = true; });
  await attach(phone, await photo(phone));
  await phone.at('picture-show').click();
  await phone.at('picture-shown').waitFor();
  const base64 = (await phone.at('picture-shown').getAttribute('src')).split(',')[1];
  await phone.at('picture-hide').click();
  const bytes = Buffer.from(base64, 'base64');
  const middle = bytes.length >> 1;
  return { photo: bytes.subarray(middle, middle + 24).toString('latin1'), photoText: base64.slice(middle, middle + 48) };
}

/** A complaint about somebody else, with every field of every step and a photo, left as a form. */
async function plantForm(phone, canaries, where, { channel = 'letter', mode = 'on_behalf' } = {}) {
  await beginComplaint(phone, { channel }, step => canaries.plant(phone, `${where}-${step}`));
  await pick(phone, 'reg.subject_role-none');
  await chooseCategory(phone, 'qual.item');
  await canaries.plant(phone, `${where}-what`);
  await next(phone);
  await atStep(phone, 'who');
  await chooseOrPick(phone, 'intake.identity_mode', mode);
  await chooseOrPick(phone, 'who.sex', 'f');
  await chooseOrPick(phone, 'who.age_band', 'a18_59');
  await canaries.plant(phone, `${where}-who`);
  await next(phone);
  await atStep(phone, 'words');
  await canaries.plant(phone, `${where}-words`);
  const bytes = await takePhoto(phone);
  await phone.page.locator('[data-testid=save-state][data-state=saved]').waitFor();
  return bytes;
}

/** A report that is sealed, every field of it. */
async function plantSealed(phone, canaries) {
  await openHome(phone);
  await beginComplaint(phone);
  await pick(phone, 'category-sensitive');
  await phone.at('write-sealed').click();
  await atStep(phone, 'what');
  await pick(phone, 'reg.subject_role-none');
  await phone.at('field-reg.category').selectOption('ser.sea');
  await canaries.plant(phone, 'sealed-what');
  await next(phone);
  await atStep(phone, 'who');
  await chooseOrPick(phone, 'intake.identity_mode', 'identified');
  await canaries.plant(phone, 'sealed-who');
  await next(phone);
  await atStep(phone, 'words');
  await canaries.plant(phone, 'sealed-words');
  await next(phone);
  await atStep(phone, 'review');
  await canaries.plant(phone, 'sealed-review');
  await phone.at('save').click();
  await phone.at('receipt').waitFor();
}

/** Every step that the open case offers: its form filled in; follow-up and note are saved, the others left lying. */
async function plantSteps(desk, canaries) {
  const kinds = await desk.page.locator('[data-testid^="act-"]').evaluateAll(buttons => buttons.map(button => button.dataset.testid.slice(4)));
  assert.ok(kinds.length > 5, `steps: ${kinds}`);
  for (const kind of kinds.filter(kind => kind !== 'followup').concat('followup')) {
    await desk.at(`act-${kind}`).click();
    const form = desk.at(`form-${kind}`);
    await form.waitFor();
    await canaries.plant(desk, kind, `[data-testid="form-${kind}"]`);
    if (kind !== 'followup') { await desk.at(`cancel-${kind}`).click(); continue; }
    const mode = form.getByTestId('action.mode-call');
    if (await mode.count()) await tick(mode);
    else await form.getByTestId('field-action.mode').selectOption('call');
    await desk.at(`submit-${kind}`).click();
    await form.waitFor({ state: 'detached' });
  }
  return kinds;
}

story('after a day in the browser no word of it lies in its storage, addresses or console', async world => {
  const server = await world.startServer();
  const phone = await world.phone('assistant');
  const desk = await world.phone('officer', DESK);
  const [heardOnPhone, heardAtDesk] = [phone, desk].map(listen);
  const canaries = new Canaries();
  await signIn(phone, server.person('ao_assistant'));
  await phone.untilInstalled();
  await phone.goOffline();

  // Sent; sealed; a form left lying; a session; a box.
  const sent = {};
  const { number } = await recordComplaint(phone, { category: 'qual.item', mode: 'identified', channel: 'letter' }, async step => {
    if (step === 'receipt') return;
    await canaries.plant(phone, `sent-${step}`);
    if (step === 'words') Object.assign(sent, await takePhoto(phone));
  });
  await plantSealed(phone, canaries);
  const session = await recordSession(phone, { audience: 'benef', method: 'group', topic: 'right' }, step => canaries.plant(phone, `session-${step}`));
  await canaries.plant(phone, 'session-count');
  await phone.at('keep-heard').click();
  await phone.go('/boxes');
  await phone.page.locator('[data-testid^="open-"]').first().click();
  await phone.at('field-box-other').selectOption({ index: 1 });
  await phone.at('field-box-papers').fill('3');
  await canaries.plant(phone, 'box');
  await phone.at('save-opening').click();
  await phone.at('box-counts').waitFor();
  await canaries.plant(phone, 'opening');
  await phone.goOnline();
  await sendAll(phone);
  await openWaiting(phone);
  await phone.page.waitForFunction(() => /^[0٠]$/.test(document.querySelector('[data-testid=waiting-count]')?.innerText.trim() ?? ''), null, { timeout: 120_000 });
  await openHome(phone);
  const draft = await plantForm(phone, canaries, 'draft');

  await signIn(desk, server.person('ao'));
  await openCase(desk, number);
  const words = [...canaries.planted].find(([, place]) => place === 'sent-words field-intake.words')[0];
  assert.equal(await desk.at('words').innerText(), words, 'it is there to be read');
  await desk.at('picture-show').first().click();
  await desk.at('picture-shown').waitFor();
  const steps = await plantSteps(desk, canaries);
  await canaries.plant(desk, 'case');
  await sendAll(desk);
  await desk.go(`/sessions/${session}`);
  await desk.at('session').waitFor();
  await canaries.plant(desk, 'session-desk');
  await desk.go('/sessions/new');
  await desk.page.locator('[data-testid=session-form]').waitFor();
  await canaries.plant(desk, 'session-new');
  await desk.at('nav-inbox').click();
  await desk.at('field-search').waitFor();
  await canaries.plant(desk, 'inbox');
  await desk.settled();
  const fields = canaries.fields();
  assert.deepEqual(EXPECTED.filter(field => !fields.has(field)), [], `planted: ${[...fields].sort().join(' ')}`);
  world.note(`${canaries.planted.size} strings in ${fields.size} fields of capture, session, box and ${steps.length} steps, and 2 photos`);

  // One is locked, the other prepared for the road.
  await phone.at('lock-now').click();
  await phone.at('gate-locked').waitFor().catch(() => phone.at('gate-pin').waitFor());
  await desk.go('/settings');
  await desk.at('prepare-road').click();
  await desk.at('dialog-yes').click();
  await desk.at('gate-shut').waitFor();

  const secrets = [...canaries.planted].map(([secret, place]) => [place, secret]);
  for (const [of, bytes] of Object.entries({ sent, draft })) for (const [form, secret] of Object.entries(bytes)) secrets.push([`${form} of the ${of} paper`, secret]);
  for (const [one, heard] of [[phone, heardOnPhone], [desk, heardAtDesk]]) {
    await one.open('/boot.css'); // runs no app: the database's files are free
    const before = await kept(one);
    assert.ok(before.length > 8 && before.some(text => text.includes('/sada_bg.wasm')), 'the app itself lies in the cache');
    for (const [place, secret] of secrets) {
      assert.deepEqual(holders([...before, ...heard], secret).map(text => text.slice(0, 80)), [], `${place} can be read in the browser of ${one.name}`);
    }
    await plantBeside(one, PLANTED);
    const after = await kept(one);
    for (const place of ['local', 'cache', 'file', 'database']) assert.equal(holders(after, `${PLANTED}-${place}`).length, 1, `a string in ${place} is found`);
    assert.ok(holders(heard, `${PLANTED}-console`).length >= 1, 'a string in the console is heard');
  }
});
