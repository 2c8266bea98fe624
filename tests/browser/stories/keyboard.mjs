// By keyboard alone: an officer's list, and a form that says what is missing.
import assert from 'node:assert/strict';
import { openInbox } from '../harness/desk_work.mjs';
import { atStep, openHome, sendAll, signIn } from '../harness/field_work.mjs';
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
