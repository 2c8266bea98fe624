// What a field worker does, by the app's own doors and fields. One place to change when a form changes.
export const PASSPHRASE = 'زيتون جبل نافذة قمح';
export const PIN = '4826';
/** How often somebody presses "send now" before they give up. */
const MOST_PRESSES = 5;

/** Ticks a radio or check box by tapping its label, which is the visible button, and sees that it is ticked. */
export async function pick(phone, id) { await tick(phone.at(id).first()); }

export async function tick(box) {
  if (await box.isChecked()) return;
  await box.locator('xpath=ancestor::label[1]').click();
}

export async function signIn(phone, person, options = {}) {
  await enterAccount(phone, person, options);
  await phone.at('nav-home').waitFor({ timeout: 60_000 });
}

/** Account, passphrase and PIN, sent: the app opens next, or asks for a second factor. */
export async function enterAccount(phone, person, { passphrase = PASSPHRASE, pin = PIN, language, opened = false } = {}) {
  if (!opened) await phone.open('/');
  await phone.at('gate-new').waitFor();
  if (language) await speak(phone, language);
  await phone.at('field-login').fill(person.login);
  await phone.at('field-password').fill(person.password);
  await phone.at('next').click();
  await phone.at('field-passphrase').fill(passphrase);
  await phone.at('field-passphrase-again').fill(passphrase);
  await phone.at('field-pin').fill(pin);
  await phone.at('sign-in').click();
}

/** Asks for the device to be opened with an administrator; the twelve digits it then shows. */
export async function askOpening(phone, person, passphrase) {
  await phone.at('field-password').fill(person.password);
  await phone.at('field-passphrase').fill(passphrase);
  await phone.at('field-passphrase-again').fill(passphrase);
  await phone.at('field-pin').fill(PIN);
  await phone.at('ask-opening').click();
  return phone.at('opening-code').innerText();
}

/** From cold: the passphrase. */
export async function unlock(phone, { passphrase = PASSPHRASE, then = 'nav-home' } = {}) {
  await phone.at('gate-locked').waitFor();
  await phone.at('field-passphrase').fill(passphrase);
  await phone.at('unlock').click();
  await phone.at(then).waitFor();
}

/** Switches the language if the page speaks the other one. */
export async function speak(phone, language) {
  const app = phone.at('app');
  if (await app.getAttribute('lang') !== language) await phone.at('language-switch').click();
  await phone.page.waitForFunction(wanted => document.querySelector('[data-testid=app]').lang === wanted, language);
}

/** Types into the place finder and takes the first answer, or the one with this code. */
export async function findPlace(phone, typed, code) {
  await phone.at('field-place.adm4').fill(typed);
  const hit = code ? phone.at(`place-${code}`) : phone.page.locator('li[data-testid^="place-"]').first();
  await hit.click();
  await phone.at('chosen-place.adm4').waitFor();
}

export const next = phone => phone.at('next').click();
export const atStep = (phone, step) => phone.page.locator(`[data-testid=capture][data-step=${step}]`).waitFor();

/** A complaint up to the step of what it is about. */
export async function beginComplaint(phone, { project, place = 'سيجراز', channel = 'field_visit' } = {}, pause = async () => {}) {
  await openHome(phone);
  await phone.at('start-complaint').click();
  await atStep(phone, 'consent');
  await pause('consent');
  await phone.at('consent-yes').click();
  await atStep(phone, 'place');
  if (project) await phone.at('field-project').selectOption(project);
  if (!await phone.at('chosen-place.adm4').isVisible()) await findPlace(phone, place);
  if (channel) await chooseOrPick(phone, 'intake.channel', channel);
  await pause('place');
  await next(phone);
  await atStep(phone, 'what');
}

/**
 * A complaint with the minimum intake, by taps as a person makes them. Gives number and record id once the receipt shows.
 * `pause(step)` is called on each step before it is left.
 */
export async function recordComplaint(phone, complaint = {}, pause = async () => {}) {
  const { role = 'none', category, mode = 'anon', sex = 'f', age = 'a18_59', name, tel, words, card = true } = complaint;
  await beginComplaint(phone, complaint, pause);
  await pick(phone, `reg.subject_role-${role}`);
  await chooseCategory(phone, category);
  await pause('what');
  await next(phone);
  await atStep(phone, 'who');
  await chooseOrPick(phone, 'intake.identity_mode', mode);
  await chooseOrPick(phone, 'who.sex', sex);
  await chooseOrPick(phone, 'who.age_band', age);
  if (name) await phone.at('field-contact.name').fill(name);
  if (tel) await phone.at('field-contact.phone.raw').fill(tel);
  await pause('who');
  await next(phone);
  await atStep(phone, 'words');
  if (words) await phone.at('field-intake.words').fill(words);
  await pause('words');
  await next(phone);
  await atStep(phone, 'review');
  await pause('review');
  if (card) await pick(phone, 'receipt_given-yes');
  const record = phone.page.url().split('/').pop();
  await phone.at('save').click();
  await phone.at('receipt').waitFor();
  await pause('receipt');
  return { record, ...await cardOf(phone) };
}

/** A complaint of somebody with a name, up to the step of what they said. */
export async function beginNamedComplaint(phone, { category, name, tel }) {
  await beginComplaint(phone);
  await pick(phone, 'reg.subject_role-none');
  await chooseCategory(phone, category);
  await next(phone);
  await atStep(phone, 'who');
  await chooseOrPick(phone, 'intake.identity_mode', 'identified');
  await chooseOrPick(phone, 'who.sex', 'f');
  await chooseOrPick(phone, 'who.age_band', 'a18_59');
  await phone.at('field-contact.name').fill(name);
  if (tel) await phone.at('field-contact.phone.raw').fill(tel);
}

/** Number and code on the receipt's page; nothing where no card was safe. */
export async function cardOf(phone) {
  if (!await phone.at('ref-no').count()) return {};
  return { number: await phone.at('ref-no').getAttribute('data-number'), code: (await phone.at('ref-pin').innerText()).trim() };
}

/** A list shows as buttons if short, as a select if long. */
export async function chooseOrPick(phone, id, code) {
  const button = phone.at(`${id}-${code}`);
  if (await button.count()) await pick(phone, `${id}-${code}`);
  else await phone.at(`field-${id}`).selectOption(code);
}

export async function chooseCategory(phone, code) {
  const button = phone.at(`category-${code}`).first();
  if (!await button.isVisible()) await phone.at('category-more').click();
  await tick(button);
}

export async function openHome(phone) { await phone.at('nav-home').click(); await phone.at('start-complaint').waitFor(); }

/** A session held now; ends on its counting page. Gives its record id. `pause(step)` is called on each step before it is left. */
export async function recordSession(phone, { project, place = 'سيجراز', phase = 'during', audience, method, topic, planned = false } = {}, pause = async () => {}) {
  await openHome(phone);
  await phone.at('start-session').click();
  await phone.page.locator('[data-testid=session-form][data-step="0"]').waitFor();
  if (planned) await pick(phone, 'planned-planned');
  if (project) await pick(phone, `field-project.${project}`);
  else await tick(phone.page.locator('[data-testid^="field-project."]').first());
  await chooseOrPick(phone, 'phase', phase);
  await findPlace(phone, place);
  await pause(0);
  await next(phone);
  await phone.page.locator('[data-testid=session-form][data-step="1"]').waitFor();
  await pick(phone, `field-aud.${audience}`);
  await chooseOrPick(phone, 'method', method);
  await pick(phone, `field-topic.${topic}`);
  const draft = phone.page.url().split('/').pop();
  await pause(1);
  await phone.at('save').click();
  await phone.at(planned ? 'nav-sessions' : 'total').waitFor();
  // One recorded on the spot goes under the id that colleagues reach by digits.
  return planned ? draft : phone.page.url().split('/').pop();
}

export async function tap(phone, key, times) { for (let n = 0; n < times; n += 1) await phone.at(`tap-${key}`).click(); }
export const counted = async (phone, key) => Number(await phone.at(`count-${key}`).getAttribute('data-count'));

export async function openWaiting(phone) { await phone.at('sync-chip').click(); await phone.at('send-now').waitFor(); }

/**
 * Presses "send now", and waits as a person does: from the press until the sync that answers it has ended, the button says "sending". Where
 * the page then says that it did not work (a line that has only just come back), it is pressed again.
 */
export async function sendAll(phone) {
  await openWaiting(phone);
  for (let presses = 1; ; presses += 1) {
    await phone.at('send-now').click();
    await phone.page.locator('[data-testid=send-now][aria-disabled=false]').waitFor();
    await phone.page.locator('[data-testid=progress][data-running=false]').waitFor();
    await phone.settled();
    // What stays unsent in the end, the story says.
    if (presses === MOST_PRESSES || !await phone.at('last-failure').count()) return;
  }
}

export async function waitingCount(phone) {
  await openWaiting(phone);
  return Number((await phone.at('waiting-count').innerText()).replace(/\D/g, ''));
}

/** The focus is on, or in, what has just come: not at the page's beginning, where it falls if what was pressed goes. */
export async function hasFocusIn(phone, selector, where) {
  await phone.page.waitForFunction(wanted => document.activeElement?.closest(wanted), selector, { timeout: 20_000 }).catch(async () => {
    throw new Error(`${where}: the focus is on ${await phone.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))}`);
  });
}

/** How many people a batch has so far. */
export const recordedInBatch = async phone => Number(await phone.at('batch-counts').getAttribute('data-recorded'));

/** One person of a batch, from consent to the next: `fill` presses and chooses all of it. Gives taps and seconds. */
export async function oneInBatch(phone, fill) {
  const before = await recordedInBatch(phone);
  let taps = 0;
  const began = Date.now();
  const press = async id => { taps += 1; await phone.at(id).first().click(); };
  const choose = async id => { taps += 1; await tick(phone.at(id).first()); };
  await press('consent-yes');
  await fill(press, choose);
  await phone.page.waitForFunction(count => Number(document.querySelector('[data-testid=batch-counts]')?.dataset.recorded) === count, before + 1);
  await phone.at('consent-yes').waitFor();
  return { taps, seconds: (Date.now() - began) / 1000 };
}
