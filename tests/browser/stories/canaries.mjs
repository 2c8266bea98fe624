// A browser's day with strings of its own in every field, and then a search of everything the browser keeps and tells: private files,
// caches, databases, storage, addresses, titles, console. The same search finds what is put there on purpose.
import assert from 'node:assert/strict';
import { act, openCase } from '../harness/desk_work.mjs';
import { atStep, beginComplaint, chooseCategory, chooseOrPick, next, openHome, pick, recordComplaint, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false };
const WORDS = { name: 'cny-name-of-her', tel: '0944 555 121', words: 'cny-words-of-hers', draft: 'cny-words-of-a-draft', note: 'cny-note-of-the-officer', search: 'cny-what-was-searched', sealedName: 'cny-name-sealed', sealed: 'cny-words-sealed' };
const PLANTED = 'cny-control';

/** Notes what a browser says beyond its own storage: addresses asked for and shown, headers, titles, console. */
function listen(phone) {
  const told = [];
  phone.context.on('request', request => told.push(request.url(), JSON.stringify(request.headers())));
  phone.page.on('console', message => told.push(message.text()));
  phone.page.on('framenavigated', frame => told.push(frame.url()));
  return told;
}

/** Everything a page of this origin can find in the browser's storage, as text. Bytes of files as Latin-1. */
async function kept(phone) {
  const files = (await phone.privateFiles()).map(file => `${file.name}\n${file.text}`);
  const rest = await phone.page.evaluate(async () => {
    const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, location.href, document.title, JSON.stringify(history.state)];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        const bytes = new Uint8Array(await answer.arrayBuffer());
        let text = '';
        for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
        found.push(`${name} ${request.url} ${JSON.stringify([...answer.headers])} ${text}`);
      }
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((yes, no) => { const asked = indexedDB.open(name); asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
      for (const store of database.objectStoreNames) {
        const all = await new Promise((yes, no) => { const asked = database.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
        found.push(`${name} ${store} ${JSON.stringify(all)}`);
      }
      database.close();
    }
    return found;
  });
  return [...files, ...rest];
}

const latin = text => Buffer.from(text).toString('latin1');
const holders = (texts, secret) => texts.filter(text => text.includes(secret) || text.includes(latin(secret)) || text.includes(encodeURIComponent(secret)));

/** Puts a string into each place that is searched, from a page beside the app. */
async function plant(phone, text) {
  await phone.page.evaluate(async planted => {
    localStorage.setItem('planted', `${planted}-local`);
    const cache = await caches.open('planted');
    await cache.put('/planted', new Response(`${planted}-cache`));
    const file = await (await navigator.storage.getDirectory()).getFileHandle('planted', { create: true });
    const writer = await file.createWritable();
    await writer.write(`${planted}-file`);
    await writer.close();
    await new Promise((yes, no) => {
      const asked = indexedDB.open('planted', 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore('planted').put(`${planted}-database`, 1);
      asked.onsuccess = () => { asked.result.close(); yes(); };
      asked.onerror = no;
    });
    console.log(`${planted}-console`);
  }, text);
}

story('after a day in the browser no word of it lies in its storage, addresses or console', async world => {
  const server = await world.startServer();
  const phone = await world.phone('assistant');
  const desk = await world.phone('officer', DESK);
  const told = [...[phone, desk].map(listen)];
  await signIn(phone, server.person('ao_assistant'));
  await phone.untilInstalled();
  await phone.goOffline();
  const { number } = await recordComplaint(phone, { category: 'qual.item', mode: 'identified', name: WORDS.name, tel: WORDS.tel, words: WORDS.words });
  await phone.goOnline();
  await sendAll(phone);
  // A report that is sealed, and a form that is left lying.
  await openHome(phone);
  await beginComplaint(phone);
  await pick(phone, 'category-sensitive');
  await phone.at('write-sealed').click();
  await atStep(phone, 'what');
  await pick(phone, 'reg.subject_role-none');
  await phone.at('field-reg.category').selectOption('ser.sea');
  await next(phone);
  await atStep(phone, 'who');
  await chooseOrPick(phone, 'intake.identity_mode', 'identified');
  await phone.at('field-contact.name').fill(WORDS.sealedName);
  await next(phone);
  await atStep(phone, 'words');
  await phone.at('field-intake.words').fill(WORDS.sealed);
  await next(phone);
  await atStep(phone, 'review');
  await phone.at('save').click();
  await phone.at('receipt').waitFor();
  await sendAll(phone);
  await openHome(phone);
  await beginComplaint(phone);
  await pick(phone, 'reg.subject_role-none');
  await chooseCategory(phone, 'qual.item');
  await next(phone);
  await atStep(phone, 'who');
  await chooseOrPick(phone, 'intake.identity_mode', 'anon');
  await chooseOrPick(phone, 'who.sex', 'f');
  await chooseOrPick(phone, 'who.age_band', 'a18_59');
  await next(phone);
  await atStep(phone, 'words');
  await phone.at('field-intake.words').fill(WORDS.draft);
  await phone.page.locator('[data-testid=save-state][data-state=saved]').waitFor();

  await signIn(desk, server.person('ao'));
  await openCase(desk, number);
  assert.equal(await desk.at('words').innerText(), WORDS.words, 'it is there to be read');
  await act(desk, 'followup', { mode: 'call', note: WORDS.note });
  await sendAll(desk);
  await desk.at('nav-inbox').click();
  await desk.at('field-search').fill(WORDS.search);
  await desk.settled();

  for (const [one, heard] of [[phone, told[0]], [desk, told[1]]]) {
    await one.open('/boot.css'); // runs no app: the database's files are free
    const before = await kept(one);
    assert.ok(before.length > 8 && before.some(text => text.includes('/sada_bg.wasm')), 'the app itself lies in the cache');
    for (const [what, secret] of Object.entries(WORDS)) {
      assert.deepEqual(holders([...before, ...heard], secret).map(text => text.slice(0, 80)), [], `${what} can be read in the browser of ${one.name ?? 'one'}`);
    }
    await plant(one, PLANTED);
    const after = await kept(one);
    for (const place of ['local', 'cache', 'file', 'database']) assert.equal(holders(after, `${PLANTED}-${place}`).length, 1, `a string in ${place} is found`);
    assert.ok(holders(heard, `${PLANTED}-console`).length >= 1, 'a string in the console is heard');
  }
});
