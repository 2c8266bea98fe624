// One story's world: its server, its phones, what went wrong in them. Everything in it ends with the story.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Phone } from './phone.mjs';
import { Server } from './server.mjs';

export class World {
  constructor(name, settings) {
    this.name = name;
    this.settings = settings;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sada-story-'));
    this.phones = [];
    this.notes = [];
    this.server = null;
  }

  /** Starts the story's server over a copy of the demo data and gives it; log-ins by `server.person`. `more` goes to its command line. */
  async startServer(...more) {
    const data = path.join(this.folder, 'server');
    fs.cpSync(this.settings.demo, data, { recursive: true });
    this.server = new Server(this.settings, data);
    await this.server.start(...more);
    return this.server;
  }

  /** A phone or a desk of its own: `{ width, height, language, touch }`. Nothing on it yet. */
  async phone(name, options = {}) {
    const phone = new Phone(this, name, path.join(this.folder, `phone-${name}`), options);
    await phone.start();
    this.phones.push(phone);
    return phone;
  }

  /** A measured number or another fact worth printing beside the story. */
  note(text) { this.notes.push(text); }

  async within(tell, seconds) {
    let timer;
    const late = new Promise((_, no) => { timer = setTimeout(() => no(new Error(`took more than ${seconds} s`)), seconds * 1000); });
    try { await Promise.race([tell(this), late]); } finally { clearTimeout(timer); }
    const wrong = this.phones.flatMap(phone => phone.unexpected());
    if (wrong.length) throw new Error(`the browser reported errors:\n${wrong.join('\n')}`);
  }

  async pictureOfFailure() {
    for (const phone of this.phones) await phone.picture(`failed-${slug(this.name)}-${phone.name}`).catch(() => {});
  }

  lastWords() {
    const phones = this.phones.flatMap(phone => phone.heard.slice(-12).map(line => `${phone.name}: ${line}`));
    return [...phones, ...(this.server?.heard.filter(line => !line.includes('"INFO"')).slice(-12).map(line => `server: ${line}`) ?? [])].join('\n');
  }

  async end() {
    for (const phone of this.phones) await phone.stop().catch(() => {});
    const stopped = this.server?.isRunning() ? this.server.stop() : Promise.resolve();
    await stopped;
    if (!this.settings.keep) fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

export const slug = text => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60);
