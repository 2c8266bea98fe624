// A phone (or a desk): one persistent browser profile with one page. Knows the app's doors (sign in, unlock), not its forms.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a browser says by itself when there is no network, or a server is gone: the app must cope, not the console. */
const EXPECTED = [/net::ERR_/, /Failed to load resource/, /Failed to fetch/, /the server responded with a status of/, /ServiceWorker script at .* encountered an error/, /An unknown error occurred when fetching the script/];

export class Phone {
  constructor(world, name, profile, options) {
    Object.assign(this, { world, name, profile, heard: [], errors: [], offline: false });
    this.options = { width: 390, height: 800, language: 'ar', touch: true, flags: [], ...options };
  }

  /** Opens the browser: a cold start. `blank` leaves the first page empty. */
  async start() {
    const { width, height, language, touch } = this.options;
    const launch = () => chromium.launchPersistentContext(this.profile, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: [...FLAGS, ...this.options.flags],
      viewport: { width, height }, hasTouch: touch, locale: language === 'ar' ? 'ar-SY' : 'en-GB', timezoneId: 'Asia/Damascus', reducedMotion: 'reduce',
    });
    // On a busy machine a browser now and then ends while it starts; that says nothing about the app.
    this.context = await launch().catch(() => launch());
    // On a busy machine everything takes many times as long; what never comes is still noticed.
    this.context.setDefaultTimeout(Number(process.env.STORY_WAIT ?? 90_000));
    for (const prepare of this.preparations ?? []) await prepare(this.context);
    await this.context.setOffline(this.offline);
    this.page = this.context.pages()[0] ?? await this.context.newPage();
    this.listen(this.page);
    this.context.on('page', page => this.listen(page));
  }

  /** Does something to every browser this phone starts, the running one included (routes, clocks). */
  async prepare(how) {
    (this.preparations ??= []).push(how);
    await how(this.context);
  }

  listen(page) {
    page.on('console', message => {
      const line = `${message.type()}: ${message.text()}`;
      if (message.type() !== 'verbose') this.heard.push(line.slice(0, 300));
      if (message.type() === 'error') this.errors.push(line.slice(0, 300));
    });
    page.on('pageerror', error => { this.heard.push(`page error: ${error}`); this.errors.push(`page error: ${error}`); });
  }

  /** Errors nobody expected. `forgive` adds patterns for one story. */
  unexpected() { return this.errors.filter(line => ![...EXPECTED, ...(this.forgiven ?? [])].some(pattern => pattern.test(line))).map(line => `${this.name}: ${line}`); }
  forgive(...patterns) { this.forgiven = [...(this.forgiven ?? []), ...patterns]; }

  async open(address = '/') { await this.page.goto(this.world.server.address + address); }
  /** To another page of the running app, as a link does: a reload would ask for the passphrase. */
  async go(address) {
    await this.page.evaluate(to => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }, address);
  }
  async stop() { await this.context.close(); }
  /** Ends the browser and starts it again over what it kept. */
  async restart(address = '/') { await this.stop(); await this.start(); await this.open(address); }

  async goOffline() { this.offline = true; await this.context.setOffline(true); }
  async goOnline() { this.offline = false; await this.context.setOffline(false); }

  /** The service worker holds every file: from here on the app starts without network. */
  async untilInstalled() {
    await this.page.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration?.active && navigator.serviceWorker.controller && (await caches.keys()).length > 0;
    });
  }

  /**
   * Types letter by letter into the field that has the focus; how long each takes from the browser's event to the drawn page, in
   * milliseconds by the page's own clock, so that neither this process nor the way to it is measured.
   */
  async drawnAfterEach(id, letters) {
    await this.page.evaluate(field => {
      window.drawn = [];
      document.querySelector(`[data-testid="${field}"]`).addEventListener('input', event => requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = () => window.drawn.push(performance.now() - event.timeStamp);
        after.port2.postMessage(0);
      }), { capture: true });
    }, id);
    for (const [n, letter] of letters.entries()) {
      await this.page.keyboard.type(letter);
      await this.page.waitForFunction(count => window.drawn.length > count, n);
    }
    const all = (await this.page.evaluate(() => window.drawn)).map(Math.round).sort((a, b) => a - b);
    return { count: all.length, median: all[Math.floor(all.length / 2)], worst: all.at(-1) };
  }

  /** From the next press of one element to the drawing of another, by the page's own clock: gives a promise of the milliseconds. */
  async timeFromTo(pressed, shown) {
    await this.page.evaluate(([from, to]) => {
      window.took = new Promise(yes => document.addEventListener('click', event => {
        const watch = new MutationObserver(() => {
          if (!document.querySelector(`[data-testid="${to}"]`)) return;
          watch.disconnect();
          requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => yes(Math.round(performance.now() - event.timeStamp));
            after.port2.postMessage(0);
          });
        });
        if (event.target.closest(`[data-testid="${from}"]`)) watch.observe(document.body, { childList: true, subtree: true });
      }, { capture: true }));
    }, [pressed, shown]);
    return () => this.page.evaluate(() => window.took);
  }

  /** By `data-testid`. */
  at(id) { return this.page.getByTestId(id); }

  async picture(name) {
    const file = path.join(this.world.settings.out, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** A picture for the README. */
  async show(name) {
    const file = await this.picture(name);
    if (this.world.settings.screenshots) {
      fs.mkdirSync(this.world.settings.screenshots, { recursive: true });
      fs.copyFileSync(file, path.join(this.world.settings.screenshots, `${name}.png`));
    }
  }

  /** axe-core finds nothing serious or critical on the page as it stands. */
  async accessible(where) {
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
    const serious = found.violations.filter(v => ['serious', 'critical'].includes(v.impact));
    if (!serious.length) return;
    const lines = serious.flatMap(v => v.nodes.slice(0, 4).map(n => `${v.id}: ${v.help}: ${n.target.join(' ')} ${n.any[0]?.message ?? ''}`));
    throw new Error(`axe finds ${where} not accessible:\n${lines.join('\n')}`);
  }

  /** The page has stopped loading: no ghost lines, two frames drawn. */
  async settled() {
    await this.page.waitForFunction(() => !document.querySelector('[data-testid=loading]'));
    await this.page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  /** Whoever hears the page starts at its heading. */
  async hasFocusOnHeading(where) {
    await this.page.waitForFunction(() => document.activeElement?.tagName === 'H1').catch(async () => {
      throw new Error(`${where}: the focus is on ${await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))}`);
    });
  }

  /** The type size a person who sees badly sets in the browser. */
  async doubleType() { await this.page.evaluate(() => { document.documentElement.style.fontSize = '200%'; }); }
  async plainType() { await this.page.evaluate(() => { document.documentElement.style.fontSize = ''; }); }

  /** Nothing sticks out sideways: a page that scrolls across is broken on a phone. */
  async fitsAcross(where) {
    const over = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 1) throw new Error(`${where} is ${over} px wider than the screen`);
  }

  /** No word of a button is broken in the middle. */
  async wordsWhole(where) {
    const broken = await this.page.evaluate(() => [...document.querySelectorAll('.button, .tile-do')].flatMap(button => {
      const found = [], texts = document.createTreeWalker(button, NodeFilter.SHOW_TEXT), range = document.createRange();
      for (let text; (text = texts.nextNode());) for (const word of text.data.matchAll(/\S+/gu)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) found.push(word[0]);
      }
      return found;
    }));
    if (broken.length) throw new Error(`${where} breaks ${broken.join(', ')}`);
  }

  /** Every file of the origin's private file system, as latin-1 text, for searching. Only while no tab holds them. */
  async privateFiles() {
    return this.page.evaluate(async () => {
      const found = [];
      const walk = async (folder, prefix) => {
        for await (const [name, handle] of folder.entries()) {
          if (handle.kind === 'directory') await walk(handle, `${prefix}${name}/`);
          else {
            const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
            let text = '';
            for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
            found.push({ name: prefix + name, size: bytes.length, text });
          }
        }
      };
      await walk(await navigator.storage.getDirectory(), '');
      return found;
    });
  }
}
