// Runs the browser stories: node tests/browser/run.mjs --server BINARY --web DIST [--only WORD] [--jobs N] [--demo DIR] [--keep]
// Each story gets its own server (real binary, own data folder, own port) and its own phones (own browser profiles), so that any of
// them can run beside any other. Pictures go to tests/browser/out/, with --screenshots also to docs/screenshots/.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Server } from './harness/server.mjs';
import { stories } from './harness/story.mjs';
import { World } from './harness/world.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const given = process.argv.slice(2);
const option = (name, fallback) => { const at = given.indexOf(`--${name}`); return at < 0 ? fallback : given[at + 1]; };
const only = option('only', '');
const jobs = Number(option('jobs', '2'));
/** How long one story may take on a busy machine of two processors; on a quiet one the longest takes a tenth. */
const STORY_SECONDS = 900;
const settings = {
  binary: path.resolve(option('server', 'target/debug/sada-server')),
  web: path.resolve(option('web', 'dist')),
  out: path.join(here, 'out'),
  screenshots: given.includes('--screenshots') ? path.resolve(here, '../../docs/screenshots') : null,
  keep: given.includes('--keep'),
};

fs.rmSync(settings.out, { recursive: true, force: true });
fs.mkdirSync(settings.out, { recursive: true });
for (const file of fs.readdirSync(path.join(here, 'stories')).sort()) await import(`./stories/${file}`);
const chosen = stories.filter(story => story.name.includes(only));

// The demo's eight months are made once; each story works on a copy.
const began = Date.now();
settings.demo = option('demo') ? path.resolve(option('demo')) : path.join(settings.out, 'demo');
const maker = new Server(settings, settings.demo);
await maker.start();
await maker.stop();
console.log(`demo data ready in ${((Date.now() - began) / 1000).toFixed(1)} s`);

let passed = 0, failed = 0;
const queue = [...chosen];
const seconds = since => ((Date.now() - since) / 1000).toFixed(1);

async function tell(story) {
  const start = Date.now();
  const world = new World(story.name, settings);
  let failure = null;
  try {
    await world.within(story.tell, STORY_SECONDS);
  } catch (error) {
    failure = error;
    await world.pictureOfFailure();
  }
  await world.end().catch(error => { failure ??= error; });
  if (failure) {
    failed += 1;
    console.log(`FAILED  ${story.name}  (${seconds(start)} s)\n${indent(failure.stack ?? String(failure))}\n${indent(world.lastWords())}`);
  } else {
    passed += 1;
    console.log(`ok      ${story.name}  (${seconds(start)} s)${world.notes.map(note => `\n          ${note}`).join('')}`);
  }
}

const indent = text => text.split('\n').map(line => `        ${line}`).join('\n');

await Promise.all(Array.from({ length: jobs }, async () => { while (queue.length) await tell(queue.shift()); }));
if (passed + failed === 0) { console.log('no story was told'); failed = 1; }
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
