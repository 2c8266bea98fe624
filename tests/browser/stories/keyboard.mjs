// By keyboard alone: an officer's list, and a form that says what is missing.
import assert from 'node:assert/strict';
import { openInbox } from '../harness/desk_work.mjs';
import { atStep, findPlace, hasFocusIn, oneInBatch, openHome, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const focused = phone => phone.page.evaluate(() => document.activeElement?.dataset.testid ?? document.activeElement?.tagName);
const untilFocus = (phone, id) => phone.page.waitForFunction(wanted => document.activeElement?.dataset.testid === wanted, id);

story('an officer moves through the inbox, opens a case and comes back, by keyboard', async world => {
  const server = await world.startServer();
  const desk = await world.phone('officer', { width: 1280, height: 860, touch: false, language: 'en' });
  await signIn(desk, server.person('ao'), { language: 'en' });
  await sendAll(desk);
  await openInbox(desk, 'inbox');
  await desk.at('total').waitFor();
  const rows = await desk.page.locator('a[data-testid^="case-"]').evaluateAll(all => all.slice(0, 3).map(row => row.dataset.testid));
  const press = async (key, id) => { await desk.page.keyboard.press(key); await untilFocus(desk, id); };
  await press('j', rows[0]);
  await press('j', rows[1]);
  await press('j', rows[2]);
  await press('k', rows[1]);
  await press('/', 'field-search');
  await desk.page.keyboard.type('j'); // a letter here is a letter
  assert.equal(await desk.at('field-search').inputValue(), 'j');
  await desk.page.keyboard.press('Backspace');
  await desk.at(rows[1]).waitFor();
  await desk.at(rows[1]).focus();
  await desk.page.keyboard.press('Enter');
  await desk.at('case').waitFor();
  await desk.hasFocusOnHeading('a case');
  await desk.page.goBack();
  await desk.at(rows[1]).waitFor();
});

story('a step that lacks something puts the focus there; the next step begins at its heading', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  await openHome(phone);
  await phone.at('start-complaint').click();
  await atStep(phone, 'consent');
  await phone.hasFocusOnHeading('consent');
  await phone.at('consent-yes').click();
  await atStep(phone, 'place');
  await phone.hasFocusOnHeading('place');
  await phone.at('next').click();
  await untilFocus(phone, 'field-place.adm4');
  await phone.page.keyboard.type('سيجراز');
  await phone.page.locator('li[data-testid^="place-"]').first().waitFor();
  await phone.page.keyboard.press('Enter');
  await phone.at('chosen-place.adm4').waitFor();
  await phone.at('next').click();
  await untilFocus(phone, 'field-intake.channel');
  assert.equal(await focused(phone), 'field-intake.channel');
});

story('consent that could not be asked goes with channels where nobody stands there', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  await openHome(phone);
  await phone.at('start-complaint').click();
  await phone.at('consent-not_possible').click();
  await atStep(phone, 'place');
  const channels = await phone.at('field-intake.channel').locator('option').evaluateAll(all => all.map(option => option.value));
  for (const there of ['box', 'letter', 'social', 'hotline']) assert.ok(channels.includes(there), there);
  for (const not of ['desk', 'field_visit', 'meeting', 'survey']) assert.ok(!channels.includes(not), not);
});

story('what comes in the place of what was pressed has the focus: when sending, at calls, boxes, a distribution, and in the inbox', async world => {
  const server = await world.startServer();
  const desk = await world.phone('officer', { width: 1280, height: 860, touch: false });
  await signIn(desk, server.person('ao'));
  await sendAll(desk);
  const key = name => desk.page.keyboard.press(name);

  // Sending: the button says so and keeps the focus.
  await desk.at('send-now').focus();
  await key('Enter');
  await desk.page.locator('[data-testid=send-now][aria-disabled=false]').waitFor();
  await hasFocusIn(desk, '[data-testid=send-now]', 'what was sent');

  // A call: its result, taken back, given again; the line goes once it is written.
  await desk.go('/calls');
  const line = desk.page.locator('[data-testid^="call-"][data-why]').first();
  const id = await line.getAttribute('data-testid');
  const result = desk.at(id).getByTestId('result-reached');
  await result.focus();
  await key('Enter');
  await hasFocusIn(desk, '[data-testid=undo]', 'a result that can be taken back');
  await key('Enter');
  await hasFocusIn(desk, `[data-testid=${id}] legend`, 'a result taken back');
  await result.focus();
  await key('Enter');
  await hasFocusIn(desk, '[data-testid=undo]', 'a result given again');
  await desk.at(id).waitFor({ state: 'detached' });
  await hasFocusIn(desk, '[data-testid=calls] [data-testid=calls-left]', 'a line that is done with');
  // Whoever works at the next line by then stays there.
  const next = desk.page.locator('[data-testid^="call-"][data-why]').first();
  const nextId = await next.getAttribute('data-testid');
  const other = desk.page.locator('[data-testid^="call-"][data-why]').nth(1);
  const otherId = await other.getAttribute('data-testid');
  await desk.at(nextId).getByTestId('result-reached').click();
  await hasFocusIn(desk, '[data-testid=undo]', 'a result by a press');
  await desk.at(otherId).getByTestId('way-message').focus();
  await desk.at(nextId).waitFor({ state: 'detached' });
  await hasFocusIn(desk, `[data-testid=${otherId}] [data-testid=way-message]`, 'the line after');

  // A box: its form, and the page of its papers.
  await desk.go('/boxes');
  const open = desk.page.locator('[data-testid^="open-"]').first();
  await open.focus();
  await key('Enter');
  await hasFocusIn(desk, 'form', 'the form of an opening');
  await desk.at('field-box-other').selectOption({ index: 1 });
  await desk.at('field-box-papers').fill('2');
  await desk.at('save-opening').focus();
  await key('Enter');
  await desk.at('box-counts').waitFor();
  await desk.hasFocusOnHeading('the papers of a box');

  // The inbox: a deed for one case, left, and done.
  await desk.at('nav-inbox').click();
  await desk.at('tab-all').click();
  await desk.settled();
  await desk.page.locator('[data-testid^="case-"]').first().focus();
  await key('j');
  await key('x');
  await desk.at('chosen').waitFor();
  await key('a');
  await hasFocusIn(desk, '[data-testid=many-form]', 'the form of a deed');
  await key('Escape');
  await hasFocusIn(desk, '[data-testid=many] .next-steps', 'a deed left');
  await key('a');
  await hasFocusIn(desk, '[data-testid=many-form]', 'the form again');
  const to = desk.at('many-form').getByTestId('field-action.to');
  await to.selectOption(await to.locator('option').nth(1).getAttribute('value'));
  await desk.at('many-do').focus();
  await key('Enter');
  await hasFocusIn(desk, '[role=alertdialog]', 'the question');
  await desk.at('dialog-yes').focus();
  await key('Enter');
  await desk.at('results').waitFor();
  await hasFocusIn(desk, '[data-testid=many] .next-steps', 'a deed done');

  // What was told on the spot, accepted on its own page.
  await desk.at('choose-none').click();
  await desk.at('tab-to_accept').click();
  await desk.settled();
  await desk.page.locator('[data-testid^="case-"]').filter({ has: desk.page.locator('[data-testid=to-accept][data-enough=true]') }).first().click();
  await desk.at('accept').focus();
  await key('Enter');
  await hasFocusIn(desk, '[data-testid=accepted]', 'an answer accepted');

  // A distribution: from one person to the next.
  const phone = await world.phone('receiver');
  await signIn(phone, server.person('receiver'));
  await openHome(phone);
  await phone.at('start-batch').click();
  await phone.at('batch-set-up').waitFor();
  await phone.hasFocusOnHeading('setting up a distribution');
  await phone.at('field-project').selectOption('P01');
  await findPlace(phone, 'C1564', 'C1564');
  await phone.at('batch-start').click();
  await hasFocusIn(phone, '[data-testid=consent-short]', 'the consent of the first person');
  for (const card of [false, true]) {
    await oneInBatch(phone, async (press, choose) => {
      await hasFocusIn(phone, '[data-testid=fast]', 'the form of one person');
      await choose('category-info.schedule');
      await hasFocusIn(phone, '.row-between', 'a subject chosen');
      await choose('about-none');
      await choose('who-f-a18_59');
      await press(card ? 'save-card' : 'save');
    });
    await hasFocusIn(phone, card ? '[data-testid=last-one]' : '[data-testid=consent-short]', 'the next person');
  }
});
