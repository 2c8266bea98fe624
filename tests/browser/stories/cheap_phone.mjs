// A cheap phone on a weak line (design.md §9): 360×640, the processor six times slower, 400 kbit/s. Measured numbers are printed.
import assert from 'node:assert/strict';
import { recordComplaint, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const SLOWDOWN = 6;
const LINE = { offline: false, latency: 300, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };

story('measured: a cheap phone on a weak line opens the app, types without lag, and saves', async world => {
  const server = await world.startServer();
  const phone = await world.phone('old-samsung', { width: 360, height: 640 });
  const devtools = await phone.context.newCDPSession(phone.page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', LINE);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });

  const start = Date.now();
  await phone.page.goto(server.address, { waitUntil: 'commit' });
  await phone.at('gate-new').waitFor({ timeout: 80_000 });
  const usable = Date.now() - start;
  world.note(`first visit usable in ${(usable / 1000).toFixed(1)} s (target 40 s)`);

  // From here the line no longer matters: the question is the phone.
  await devtools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await signIn(phone, server.person('ao_assistant'), { opened: true });

  let letters, saved;
  const words = [...'وصلت السلة ناقصة ومبللة بالماء'];
  await recordComplaint(phone, { category: 'qual.item', words: '' }, async step => {
    if (step !== 'receipt') await phone.fitsAcross(`step ${step}`);
    if (step === 'words') {
      await phone.at('field-intake.words').click();
      letters = await phone.drawnAfterEach('field-intake.words', words);
    }
    if (step === 'review') saved = await phone.timeFromTo('save', 'receipt');
  });
  world.note(`a letter is drawn in ${letters.median} ms (median), ${letters.worst} ms (worst of ${letters.count}; aim 50 ms)`);
  assert.ok(letters.median <= 250);
  const took = await saved();
  world.note(`from the tap on "save" to the drawn receipt ${took} ms (target 150 ms)`);
  assert.ok(took <= 2_000);
});
