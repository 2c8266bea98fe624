// No network for days: what waits is carried by hand, in a file that only the server opens.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { openWaiting, recordComplaint, sendAll, signIn, waitingCount } from '../harness/field_work.mjs';
import { openCase } from '../harness/desk_work.mjs';
import { story } from '../harness/story.mjs';

story('what a phone without network could not send is carried by a colleague as a sealed file, and its receipts reach it later', async world => {
  const server = await world.startServer();
  const [ahmad, salma] = [await world.phone('ahmad'), await world.phone('salma', { language: 'en' })];
  await signIn(ahmad, server.person('receiver'));
  await sendAll(ahmad);
  await signIn(salma, server.person('ao'), { language: 'en' });
  await ahmad.goOffline();
  const words = 'الخيمة تسرب الماء منذ أسبوعين';
  const { number } = await recordComplaint(ahmad, { category: 'qual.item', words });
  const waits = await waitingCount(ahmad);
  assert.ok(waits > 0);

  const began = Date.now();
  await ahmad.at('carry-open').click();
  await ahmad.at('carry-make').click();
  const asked = ahmad.page.waitForEvent('download');
  await ahmad.at('save-file').click();
  const download = await asked;
  world.note(`saved as a sealed file in 3 taps, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  assert.match(download.suggestedFilename(), /^sada-[0-9a-f]{8}\.sealed$/);
  const card = path.join(world.folder, download.suggestedFilename());
  await download.saveAs(card);
  const file = fs.readFileSync(card);
  for (const secret of [words, number]) assert.ok(!file.includes(Buffer.from(secret)), 'nothing of it is readable');
  await ahmad.show('sealed-file-ar');
  await ahmad.accessible('saving what waits as a file');
  await ahmad.fitsAcross('saving what waits as a file');
  await ahmad.doubleType();
  await ahmad.fitsAcross('saving what waits as a file, in large type');
  await ahmad.picture('sealed-file-ar-200');
  await ahmad.plainType();

  await openWaiting(salma);
  await salma.at('bring-open').click();
  await salma.at('bring-file').setInputFiles(card);
  await salma.at('brought').waitFor();
  await salma.show('sealed-file-brought-en');
  await salma.accessible('bringing a file');
  await sendAll(salma);
  await openCase(salma, number);

  const broken = path.join(world.folder, 'broken.sealed');
  file[file.length - 9] ^= 1;
  fs.writeFileSync(broken, file);
  await openWaiting(salma);
  await salma.at('bring-open').click();
  await salma.at('bring-file').setInputFiles(broken);
  await salma.page.locator('[data-testid=failed][data-code=bad_file]').waitFor();

  assert.equal(await waitingCount(ahmad), waits, 'a file is no receipt');
  await ahmad.goOnline();
  await sendAll(ahmad);
  assert.equal(await waitingCount(ahmad), 0);
});
