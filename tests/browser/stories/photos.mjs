// A letter is entered without network, with a photo of it; the line is cut in the middle of the photo; the desk sees it. Nothing of where
// it was taken goes on.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openCase } from '../harness/desk_work.mjs';
import { openWaiting, recordComplaint, sendAll, signIn, speak, waitingCount } from '../harness/field_work.mjs';
import { attach, photo, PLACE_OF_THE_PHOTO } from '../harness/paper.mjs';
import { story } from '../harness/story.mjs';

story('a letter and its photo, taken without network and cut on the way, reach the desk without the place it was taken', async world => {
  const server = await world.startServer();
  const [ahmad, salma] = [await world.phone('ahmad'), await world.phone('salma', { width: 1280, height: 860, touch: false })];
  await signIn(ahmad, server.person('receiver'));
  await sendAll(ahmad);
  await signIn(salma, server.person('ao'));
  await ahmad.goOffline();
  const file = await photo(ahmad);
  assert.ok(file.buffer.length > 300_000 && file.buffer.includes(PLACE_OF_THE_PHOTO), `${file.buffer.length} bytes`);
  const { number } = await recordComplaint(ahmad, { category: 'qual.item', channel: 'letter', words: 'السلة لم تصل' }, async step => {
    if (step !== 'words') return;
    assert.equal(await ahmad.at('photos').getAttribute('open') !== null, true, 'a letter comes on paper');
    await attach(ahmad, file);
    await ahmad.at('picture-show').click();
    await ahmad.at('picture-shown').waitFor();
    await ahmad.picture('photo-taken-ar');
    await ahmad.accessible('a photo of the paper');
    await ahmad.fitsAcross('a photo of the paper');
    await ahmad.at('photo-remove').click();
    await ahmad.at('photo-remove').waitFor({ state: 'detached' });
    await attach(ahmad, file);
  });
  const waits = await waitingCount(ahmad);
  await ahmad.at('waiting-pictures').waitFor();

  let pieces = 0;
  const cutSecond = route => { pieces += 1; return pieces === 3 ? route.abort() : route.continue(); };
  await ahmad.context.route('**/api/v1/picture/send', cutSecond);
  await ahmad.goOnline();
  await ahmad.at('send-now').click();
  await ahmad.page.waitForFunction(() => document.querySelector('[data-testid=waiting-count]')?.innerText.trim() === '1' || document.querySelector('[data-testid=waiting-count]')?.innerText.trim() === '١', null, { timeout: 60_000 });
  world.note(`${waits} waited; the photo alone waits after the documents`);

  await sendAll(salma);
  await openCase(salma, number);
  await salma.at('picture-show').click();
  await salma.at('picture-not-yet').waitFor();
  await salma.picture('photo-not-yet-ar');

  await openWaiting(ahmad);
  await ahmad.page.waitForFunction(() => /^[0٠]$/.test(document.querySelector('[data-testid=waiting-count]')?.innerText.trim() ?? ''), null, { timeout: 120_000 });
  assert.ok(pieces > 3, `${pieces} calls`);

  await salma.at('picture-show').click();
  await salma.at('picture-shown').waitFor();
  const served = Buffer.from((await salma.at('picture-shown').getAttribute('src')).split(',')[1], 'base64');
  assert.ok(served.length > 10_000 && served.length <= 200 * 1024, `${served.length} bytes`);
  for (const trace of [PLACE_OF_THE_PHOTO, 'Exif', 'GPS']) assert.ok(!served.includes(trace), trace);
  await salma.at('picture-zoom').click();
  await salma.picture('photo-large-ar');
  await speak(salma, 'en');
  await salma.accessible('a photo at the desk');
  await salma.picture('photo-desk-en');
  await salma.at('picture-hide').click();
  await salma.at('picture-shown').waitFor({ state: 'detached' });
});

story('a letter and its photo that never found a line are carried by a colleague in a sealed file, and the officer sees both', async world => {
  const server = await world.startServer();
  const [ahmad, salma] = [await world.phone('ahmad'), await world.phone('salma', { width: 1280, height: 860, touch: false })];
  await signIn(ahmad, server.person('receiver'));
  await sendAll(ahmad);
  await ahmad.untilInstalled();
  await signIn(salma, server.person('ao'));
  await ahmad.goOffline();
  const words = 'كُتب على ورقة ولم يجد خطاً';
  let taken;
  const { number } = await recordComplaint(ahmad, { category: 'qual.item', channel: 'letter', words }, async step => {
    if (step !== 'words') return;
    await attach(ahmad, await photo(ahmad));
    await ahmad.at('picture-show').click();
    taken = Buffer.from((await ahmad.at('picture-shown').getAttribute('src')).split(',')[1], 'base64');
    await ahmad.at('picture-hide').click();
  });
  await openWaiting(ahmad);
  await ahmad.at('waiting-pictures').waitFor();
  await ahmad.at('carry-open').click();
  await ahmad.at('carry-make').click();
  const asked = ahmad.page.waitForEvent('download');
  await ahmad.at('save-file').click();
  const download = await asked;
  const card = path.join(world.folder, download.suggestedFilename());
  await download.saveAs(card);
  const file = fs.readFileSync(card);
  const middle = taken.length >> 1;
  for (const secret of [Buffer.from(words), Buffer.from(number), taken.subarray(middle, middle + 24)]) assert.ok(!file.includes(secret), 'nothing of it is readable');
  assert.ok(file.length > taken.length, `the photo is in it: ${file.length} of ${taken.length} bytes`);
  await ahmad.picture('photo-sealed-file-ar');
  // The phone stays behind; it is never heard of again.
  await ahmad.stop();

  await openWaiting(salma);
  await salma.at('bring-open').click();
  await salma.at('bring-file').setInputFiles(card);
  await salma.at('brought').waitFor();
  await salma.picture('photo-brought-ar');
  await sendAll(salma);
  await openCase(salma, number);
  assert.equal(await salma.at('words').innerText(), words);
  await salma.at('picture-show').click();
  await salma.at('picture-shown').waitFor();
  const seen = Buffer.from((await salma.at('picture-shown').getAttribute('src')).split(',')[1], 'base64');
  assert.ok(seen.equals(taken), `${seen.length} bytes seen of ${taken.length} taken`);
  await salma.picture('photo-carried-desk-ar');
  world.note(`carried: a case and its photo of ${taken.length} bytes in a file of ${file.length}`);
});

story('a form that turns out to be sensitive loses its photo at once, and says so', async world => {
  const server = await world.startServer();
  const ahmad = await world.phone('ahmad');
  await signIn(ahmad, server.person('receiver'));
  await sendAll(ahmad);
  await recordComplaint(ahmad, { category: 'qual.item', channel: 'letter', words: 'كلام' }, async step => {
    if (step === 'words') await attach(ahmad, await photo(ahmad));
    if (step !== 'review') return;
    await ahmad.at('edit-what').click();
    await ahmad.at('field-reg.may_be_sensitive').click();
    await ahmad.at('sensitive').waitFor();
    await ahmad.at('photo-gone').waitFor();
    await ahmad.picture('photo-gone-ar');
    throw new Stop();
  }).catch(stopped => { if (!(stopped instanceof Stop)) throw stopped; });
  assert.equal(await ahmad.at('photo-file').count(), 0);
});

class Stop extends Error {}
