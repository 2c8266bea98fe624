// Strings of their own in every text a page lets one type, and a search of everything the browser keeps for them. Knows no form: a
// field that is added is found on the page, and one that can't be planted fails.
import assert from 'node:assert/strict';

/** Typed into, and no words of anyone's: receipt numbers and digits with a check of their own. What is only counted says so itself. */
const NO_WORDS = /^field-(intake\.prior_ref|join-code|action\.(into|other))$/;
/** A place is chosen from the list: what is typed to find it is planted where the list is not needed any more. */
const CHOSEN = /^field-(place\.adm[34]|action\.place\.adm[34])$/;

const onPage = scope => [...document.querySelectorAll(`${scope} input, ${scope} textarea, ${scope} [contenteditable]`)]
  .map((node, n) => { node.dataset.canary ??= `c${Date.now()}-${n}`; return node; })
  .filter(node => !['radio', 'checkbox', 'file', 'date', 'month', 'time', 'password'].includes(node.type) && !node.disabled && !node.readOnly && node.checkVisibility())
  .map(node => ({ mark: node.dataset.canary, id: node.dataset.testid ?? '', tel: node.type === 'tel', numeric: node.inputMode === 'numeric', code: node.classList.contains('input-code'), max: node.maxLength, value: node.value ?? node.innerText }));

export class Canaries {
  constructor() { this.planted = new Map(); }

  /**
   * A string like no other for this place, and what is typed. Of a phone number what it holds as it is said and as it is dialled; a short
   * field gets a short one.
   */
  made(where, field) {
    const n = 100 + this.planted.size;
    if (field.tel || /phone\.raw/.test(field.id)) return { secret: `9447${n}38`, typed: `09447${n}38` };
    const text = `cny${n}-${where}-${field.id.replace(/^field-/, '')}`;
    const secret = field.max > 0 ? text.slice(0, Math.max(field.max, 6)) : text;
    return { secret, typed: secret };
  }

  /** Opens what is folded and plants every field there is, those too that show only then. Names what it could not plant. */
  async plant(phone, where, scope = 'main') {
    for (let round = 0; round < 4; round += 1) {
      await phone.page.evaluate(of => document.querySelectorAll(`${of} details`).forEach(fold => { fold.open = true; }), scope);
      await phone.settled(); // what unfolds is drawn only then
      const bare = (await phone.page.evaluate(onPage, scope)).filter(field => !this.skips(field) && !this.holds(field.value));
      if (!bare.length) return;
      for (const field of bare) {
        assert.ok(field.id, `${where}: a field without a name of its own`);
        const { secret, typed } = this.made(where, field);
        const node = phone.page.locator(`[data-canary="${field.mark}"]`);
        if (!await node.count()) continue; // drawn anew: the next round finds it
        await node.fill(typed);
        this.planted.set(secret, `${where} ${field.id}`);
      }
    }
    const bare = (await phone.page.evaluate(onPage, scope)).filter(field => !this.skips(field) && !this.holds(field.value));
    assert.deepEqual(bare.map(field => field.id), [], `${where}: fields that were not planted`);
  }

  skips(field) { return NO_WORDS.test(field.id) || CHOSEN.test(field.id) || field.numeric; }
  holds(value) { return [...this.planted.keys()].some(secret => value.includes(secret)); }
  /** Which fields were planted, by their ids. */
  fields() { return new Set([...this.planted.values()].map(place => place.split(' ')[1].replace(/^field-/, ''))); }
}

/** Notes what a browser says beyond its own storage: addresses asked for and shown, headers, titles, console. */
export function listen(phone) {
  const told = [];
  phone.context.on('request', request => told.push(request.url(), JSON.stringify(request.headers())));
  phone.page.on('console', message => told.push(message.text()));
  phone.page.on('framenavigated', frame => told.push(frame.url()));
  return told;
}

/** Everything a page of this origin can find in the browser's storage, as text. Bytes of files as Latin-1. */
export async function kept(phone) {
  const files = (await phone.privateFiles()).map(file => `${file.name}\n${file.text}`);
  const rest = await phone.page.evaluate(async () => {
    const asText = bytes => { let text = ''; for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192)); return text; };
    const words = async value => {
      if (value instanceof Blob) return asText(new Uint8Array(await value.arrayBuffer()));
      if (value instanceof ArrayBuffer) return asText(new Uint8Array(value));
      if (ArrayBuffer.isView(value)) return asText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      if (value && typeof value === 'object') return (await Promise.all(Object.entries(value).map(async ([key, inner]) => `${key} ${await words(inner)}`))).join('\n');
      return String(value);
    };
    const found = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, location.href, document.title, JSON.stringify(history.state)];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        found.push(`${name} ${request.url} ${JSON.stringify([...answer.headers])} ${asText(new Uint8Array(await answer.arrayBuffer()))}`);
      }
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((yes, no) => { const asked = indexedDB.open(name); asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
      for (const store of database.objectStoreNames) {
        const all = await new Promise((yes, no) => { const asked = database.transaction(store).objectStore(store).getAll(); asked.onsuccess = () => yes(asked.result); asked.onerror = no; });
        found.push(`${name} ${store} ${await words(all)}`);
      }
      database.close();
    }
    return found;
  });
  return [...files, ...rest];
}

const latin = text => Buffer.from(text).toString('latin1');
export const holders = (texts, secret) => texts.filter(text => text.includes(secret) || text.includes(latin(secret)) || text.includes(encodeURIComponent(secret)));

/** Puts a string into each place that is searched, from a page beside the app. */
export async function plantBeside(phone, text) {
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
