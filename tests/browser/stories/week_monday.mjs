// Monday of the pilot's week: a distribution. Two phones without network take one person after the other; the officer works through all
// of them by keyboard. Taps and seconds are counted against the limits: 6 taps and 30 s a person, 200 cases in 20 minutes.
import assert from 'node:assert/strict';
import { today } from '../harness/desk_work.mjs';
import { findPlace, hasFocusIn, oneInBatch, openHome, recordedInBatch, sendAll, signIn, tick, unlock } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const EACH = 10;
/** The community of the distribution: of the demo's cases few are there. */
const PLACE = 'C1564';
const [MOST_TAPS, MOST_SECONDS, MOST_PER_CASE] = [6, 30, 6];
/** What people at a distribution ask, and who they are. */
const PEOPLE = [
  ['info.schedule', 'f-a18_59'], ['req.inclusion', 'm-a18_59'], ['info.schedule', 'f-a60'], ['pos.thanks', 'm-a60'], ['info.registration', 'f-a13_17'],
];

async function beginBatch(phone) {
  await openHome(phone);
  await phone.at('start-batch').click();
  await phone.at('batch-set-up').waitFor();
  await phone.at('field-project').selectOption('P01');
  await findPlace(phone, PLACE, PLACE);
  await phone.show('batch-set-up-ar');
  await phone.at('batch-start').click();
  await phone.at('batch-running').waitFor();
}

/** One person, from consent to saved. Gives taps and seconds. */
const person = (phone, [category, who], { card = false } = {}) => oneInBatch(phone, async (press, choose) => {
  await choose(`category-${category}`);
  await choose('about-none');
  await choose(`who-${who}`);
  if (card) await phone.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight)); // somebody who looks at the whole form
  await press(card ? 'save-card' : 'save');
});

/** Number and code for the card of the person before: seen whole, under no bar, without a tap, and where whoever hears the page goes on. */
async function cardCanBeCopied(phone) {
  await hasFocusIn(phone, '[data-testid=last-one]', 'the number to copy');
  for (const id of ['ref-no', 'ref-pin']) {
    const seen = await phone.at(id).evaluate(node => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const corners = [[left + 1, top + 1], [right - 1, top + 1], [left + 1, bottom - 1], [right - 1, bottom - 1]];
      const card = node.closest('[data-testid=last-one]');
      return { whole: corners.every(([x, y]) => card.contains(document.elementFromPoint(x, y))), left, right, top, bottom, width: innerWidth, height: innerHeight };
    });
    assert.ok(seen.whole, `${id} is seen: ${JSON.stringify(seen)}`);
  }
}

async function burst(phone, world, name) {
  const measured = [];
  for (let n = 0; n < EACH; n += 1) {
    measured.push(await person(phone, PEOPLE[n % PEOPLE.length], { card: n === 1 }));
    if (n !== 1) continue;
    await cardCanBeCopied(phone);
    await phone.show('batch-card-ar');
    await phone.accessible('a number to copy at a distribution');
    await phone.fitsAcross('a number to copy at a distribution');
  }
  const taps = Math.max(...measured.map(one => one.taps));
  const seconds = Math.max(...measured.map(one => one.seconds));
  world.note(`${name}: ${EACH} people, at most ${taps} taps (limit ${MOST_TAPS}) and ${seconds.toFixed(1)} s (limit ${MOST_SECONDS}) each, by a machine's hand`);
  assert.ok(taps <= MOST_TAPS && seconds <= MOST_SECONDS, `${taps} taps, ${seconds} s`);
}

const chosen = async desk => Number(await desk.at('chosen').getAttribute('data-count'));

/**
 * An officer's hands and head, in seconds: a key of an average typist, and one mental act (to decide, to find, to check). Every case is
 * read once (one act) before it is chosen; every field and every button is one act. # Source: Card, Moran, Newell 1980, keystroke-level model
 */
const [KEY, ACT] = [0.28, 1.35];
const spent = { keys: 0, acts: 0 };
const think = () => { spent.acts += 1; };
async function key(desk, name) { spent.keys += 1; await desk.page.keyboard.press(name); }
/** Tabs to a field or button of the form, as somebody without a mouse does. */
async function tabTo(desk, id) {
  think();
  const at = () => desk.page.evaluate(() => document.activeElement?.dataset.testid ?? '');
  for (let n = 0; n < 40 && await at() !== id; n += 1) await key(desk, 'Tab');
  assert.equal(await at(), id, 'reached by keyboard');
}
/** Chooses in a list by typing its first letters: at most three keys. */
async function choose(desk, id, value) {
  await tabTo(desk, id);
  spent.keys += 3;
  await desk.at(id).selectOption(value);
}

/** A deed by its key for all that are chosen; fields by `data-testid`. Gives what the panel says. */
async function forAll(desk, letter, kind, fill) {
  think();
  await key(desk, letter);
  await desk.at('many-form').waitFor();
  await fill(desk.at('many-form'));
  await tabTo(desk, 'many-do');
  await key(desk, 'Enter');
  await desk.at('dialog-yes').waitFor();
  await tabTo(desk, 'dialog-yes');
  await key(desk, 'Enter');
  await desk.at('results').waitFor();
  const [done, awaits, look] = await Promise.all(['done', 'awaits', 'look'].map(async what => Number(await desk.at('results').getAttribute(`data-${what}`))));
  return { kind, done, awaits, look };
}

story('a distribution: two phones offline take twenty people in five taps each, and an officer closes them all by keyboard', async world => {
  const server = await world.startServer();
  const names = ['receiver', 'ao_assistant'];
  const phones = [];
  for (const name of names) {
    const phone = await world.phone(name, { width: 360, height: 640 });
    await signIn(phone, server.person(name));
    await phone.untilInstalled();
    await phone.goOffline();
    phones.push(phone);
  }
  const desk = await world.phone('officer', { width: 1280, height: 900, touch: false });
  await signIn(desk, server.person('ao'));
  await sendAll(desk);
  const shown = async () => {
    await desk.at('nav-inbox').click();
    await desk.at('tab-all').click();
    if (!await desk.at('field-filter-status').isVisible()) await desk.at('filters').click();
    await desk.at('field-filter-status').selectOption('registered');
    if (!await desk.at('chosen-filter-place').count()) {
      await desk.at('field-filter-place').fill(PLACE);
      await desk.at(`place-${PLACE}`).click();
    }
    await desk.settled();
  };
  await shown();
  const before = await desk.page.locator('[data-testid^="pick-"]').count();

  await Promise.all(phones.map((phone, n) => beginBatch(phone).then(() => n)));
  await phones[0].show('batch-consent-ar');
  await phones[0].accessible('consent of a batch');
  for (const [n, phone] of phones.entries()) await burst(phone, world, names[n]);
  // The form itself, its way out, and large type: nothing is cut.
  await phones[1].at('consent-yes').click();
  await phones[1].show('batch-form-ar');
  await phones[1].accessible('the fast form');
  await phones[1].fitsAcross('the fast form');
  await phones[1].doubleType();
  await phones[1].fitsAcross('the fast form in large type');
  await phones[1].show('batch-form-200-ar');
  await phones[1].plainType();
  await tick(phones[1].at('category-sensitive').first());
  await phones[1].at('sensitive').waitFor();
  await phones[1].at('drop-draft').click();
  await phones[1].at('dialog-yes').click();
  await phones[1].at('consent-yes').waitFor();
  // Through a restart the batch is where it was, and says the same number.
  await phones[0].restart('/batch');
  await unlock(phones[0], { then: 'batch-running' });
  for (const phone of phones) assert.equal(await recordedInBatch(phone), EACH);
  for (const phone of phones) { await phone.goOnline(); await sendAll(phone); }

  await sendAll(desk);
  await shown();
  await desk.page.waitForFunction(count => document.querySelectorAll('[data-testid^="pick-"]').length === count, before + 2 * EACH);
  await desk.page.locator('[data-testid^="case-"]').first().focus();
  const began = Date.now();
  think();
  await key(desk, '*');
  await desk.page.waitForFunction(count => Number(document.querySelector('[data-testid=chosen]')?.dataset.count) === count, before + 2 * EACH);
  assert.equal(await chosen(desk), before + 2 * EACH, 'to the unit what both phones say, and what was there before');
  await desk.show('inbox-many-ar');
  await desk.accessible('the inbox with cases chosen');
  const results = [];
  results.push(await forAll(desk, 'c', 'classified', async () => {}));
  results.push(await forAll(desk, 'a', 'assigned', async form => {
    const to = form.getByTestId('field-action.to');
    await choose(desk, 'field-action.to', await to.locator('option').nth(1).getAttribute('value'));
  }));
  results.push(await forAll(desk, 'r', 'responded', async form => {
    const answer = 'موعد التوزيع القادم يوم الأحد في المدرسة، والتسجيل مفتوح في المكتب.';
    await tabTo(desk, 'field-action.talking_points');
    spent.keys += answer.length;
    await form.getByTestId('field-action.talking_points').fill(answer);
    spent.keys += 3;
    think();
    await tick(form.getByTestId('action.mode-verbal'));
  }));
  results.push(await forAll(desk, 'l', 'closed', async form => {
    await choose(desk, 'field-action.reason', 'responded');
    await choose(desk, 'field-action.outcome', 'info_given');
    assert.equal(await form.getByTestId('field-action.on').inputValue(), today());
    await choose(desk, 'field-action.satisfaction', 's_na');
    await tabTo(desk, 'field-action.actions_done');
    await key(desk, ' ');
    assert.ok(await form.getByTestId('field-action.actions_done').isChecked());
  }));
  const seconds = (Date.now() - began) / 1000;
  const count = before + 2 * EACH;
  for (const { kind, done, look } of results) world.note(`${kind}: ${done} done, ${look} need a look, of ${count}`);
  world.note(`an officer's four steps for ${count} cases by keyboard: ${seconds.toFixed(1)} s, ${(seconds / count).toFixed(2)} s a case; 200 would take ${(seconds / count * 200 / 60).toFixed(1)} minutes (limit 20)`);
  const human = cases => cases * ACT + spent.keys * KEY + spent.acts * ACT + cases * seconds / count;
  world.note(`by the keystroke-level model: ${spent.keys} keys of ${KEY} s, ${spent.acts} mental acts of ${ACT} s, one more for each case, and the machine's time: ${(human(count) / count).toFixed(2)} s a case here; 200 that get one answer take ${(human(200) / 60).toFixed(1)} minutes, in ten groups with an answer each ${((human(200) + 9 * (spent.keys * KEY + spent.acts * ACT)) / 60).toFixed(1)} (limit 20)`);
  assert.ok(human(200) + 9 * (spent.keys * KEY + spent.acts * ACT) <= 20 * 60, 'ten groups of twenty in twenty minutes');
  assert.ok(seconds / count <= MOST_PER_CASE, `${seconds} s for ${count} cases`);
  assert.ok(results.every(({ done, look }) => done + look === count), JSON.stringify(results));
  assert.ok(results[0].done >= 2 * EACH && results[3].done >= 2 * EACH, JSON.stringify(results));
  await desk.show('inbox-many-done-ar');
  await sendAll(desk);
  await sendAll(desk);
});
