// A browser's day with a string of its own in every text field the forms offer, and a photo of a paper; then a search of everything the
// browser keeps and tells: private files, caches, databases, storage, addresses, titles, console. The same search finds what is put there
// on purpose, and a field that nobody planted fails.
import assert from 'node:assert/strict';
import { Canaries, holders, kept, listen, plantBeside } from '../harness/canaries.mjs';
import { openCase } from '../harness/desk_work.mjs';
import { atStep, beginComplaint, chooseCategory, chooseOrPick, findPlace, next, oneInBatch, openHome, openWaiting, pick, recordComplaint, recordSession, sendAll, signIn, tick } from '../harness/field_work.mjs';
import { attach, photo } from '../harness/paper.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false };
const PLANTED = 'cny-control';
/** What these pages offer, by name: a form that no more shows one of them is noticed here. */
const EXPECTED = ['intake.words', 'contact.name', 'contact.phone.raw', 'contact.concerned.name', 'place.venue', 'heard-words', 'action.note', 'search', 'told.words', 'contact.resp.time', 'contact.resp.place', 'place', 'look-up'];
/** The same of the office's pages. */
const EXPECTED_OF_OFFICE = ['code', 'name.ar', 'donor', 'target', 'box-label', 'say.gives.ar', 'point.0.answer.en', 'name', 'area', 'service.0.ar', 'hotline.0.phone'];

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

/** What a person was told at once, in the receiver's own words. */
async function plantTold(phone, canaries) {
  await recordComplaint(phone, { project: 'P01', category: 'info.schedule', mode: 'identified' }, async step => {
    if (step === 'receipt') return;
    if (step === 'what') {
      await phone.at('answer-now-own').click();
      await phone.at('answered-now').waitFor();
    }
    await canaries.plant(phone, `told-${step}`);
  });
}

/** Whoever would rather meet somebody: a safe time and place. */
async function plantMeeting(phone, canaries) {
  await openHome(phone);
  await beginComplaint(phone);
  await phone.at('rather').click();
  await phone.at('rather-specialist').click();
  await phone.at('meeting').waitFor();
  await phone.at('field-contact.resp.time').waitFor();
  await canaries.plant(phone, 'meeting');
  await phone.at('save-meeting').click();
  await phone.at('receipt').waitFor();
}

/** A distribution: its form, one person saved, the next left lying. */
async function plantBatch(phone, canaries) {
  await openHome(phone);
  await phone.at('start-batch').click();
  await phone.at('batch-set-up').waitFor();
  await phone.at('field-project').selectOption('P01');
  if (!await phone.at('chosen-place.adm4').isVisible()) await findPlace(phone, 'سيجراز');
  await canaries.plant(phone, 'batch-set-up');
  await phone.at('batch-start').click();
  await oneInBatch(phone, async (press, choose) => {
    await choose('category-qual.item');
    await canaries.plant(phone, 'batch-person');
    await choose('about-none');
    await choose('who-f-a18_59');
    await press('save-card');
  });
  await phone.at('consent-yes').click();
  await tick(phone.at('category-qual.item').first());
  await canaries.plant(phone, 'batch-next');
}

/** What is typed in the office: projects, accounts, lists. Nothing of it is published. */
async function plantOffice(manager, admin, canaries) {
  await manager.at('nav-projects').click();
  await manager.at('new-project').click();
  await manager.at('field-code').waitFor();
  await canaries.plant(manager, 'project-new');
  await manager.go('/projects/P01');
  await manager.at('field-box-code').waitFor();
  await canaries.plant(manager, 'project');
  await admin.go('/people');
  await admin.page.locator('[data-testid^="person-"]').first().click();
  await admin.at('account').waitFor();
  await canaries.plant(admin, 'account');
  await admin.go('/settings/lists');
  await admin.at('lists').waitFor();
  await canaries.plant(admin, 'lists');
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
  const [manager, admin] = [await world.phone('manager', DESK), await world.phone('admin', DESK)];
  const [heardOnPhone, heardAtDesk, ...heardInOffice] = [phone, desk, manager, admin].map(listen);
  const canaries = new Canaries();
  await signIn(phone, server.person('ao_assistant'));
  await phone.untilInstalled();
  await phone.goOffline();

  // Sent; sealed; a meeting; answered at once; a distribution; a form left lying; a session joined and one held; a box.
  const sent = {};
  const { number } = await recordComplaint(phone, { category: 'qual.item', mode: 'identified', channel: 'letter' }, async step => {
    if (step === 'receipt') return;
    await canaries.plant(phone, `sent-${step}`);
    if (step === 'words') Object.assign(sent, await takePhoto(phone));
  });
  await plantSealed(phone, canaries);
  await plantMeeting(phone, canaries);
  await plantTold(phone, canaries);
  await plantBatch(phone, canaries);
  await phone.go('/sessions/join');
  await phone.at('join-form').waitFor();
  await canaries.plant(phone, 'join');
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
  await desk.go('/calls');
  await desk.at('field-look-up').waitFor();
  await canaries.plant(desk, 'calls');
  await desk.settled();
  const fields = canaries.fields();
  assert.deepEqual(EXPECTED.filter(field => !fields.has(field)), [], `planted: ${[...fields].sort().join(' ')}`);
  const office = new Canaries();
  await signIn(manager, server.person('ame_mgr'));
  await signIn(admin, server.person('admin'));
  await plantOffice(manager, admin, office);
  const fieldsOfOffice = office.fields();
  assert.deepEqual(EXPECTED_OF_OFFICE.filter(field => !fieldsOfOffice.has(field)), [], `planted: ${[...fieldsOfOffice].sort().join(' ')}`);
  world.note(`${office.planted.size} strings in ${fieldsOfOffice.size} fields of projects, accounts and lists`);
  world.note(`${canaries.planted.size} strings in ${fields.size} fields of capture, distribution, session, box, calls and ${steps.length} steps, and 2 photos`);

  // All are locked but one, which is prepared for the road.
  for (const one of [phone, manager, admin]) {
    await one.at('lock-now').click();
    await one.at('gate-locked').or(one.at('gate-pin')).first().waitFor();
  }
  await desk.go('/settings');
  await desk.at('prepare-road').click();
  await desk.at('dialog-yes').click();
  await desk.at('gate-shut').waitFor();

  const places = planted => [...planted].map(([secret, place]) => [place, secret]);
  const secrets = places(canaries.planted);
  for (const [of, bytes] of Object.entries({ sent, draft })) for (const [form, secret] of Object.entries(bytes)) secrets.push([`${form} of the ${of} paper`, secret]);
  const browsers = [[phone, heardOnPhone, secrets], [desk, heardAtDesk, secrets], ...[manager, admin].map((one, n) => [one, heardInOffice[n], places(office.planted)])];
  for (const [one, heard, secrets] of browsers) {
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
