// Awareness sessions: counting by taps, alone and together.
import assert from 'node:assert/strict';
import { counted, openHome, recordSession, sendAll, signIn, speak, tap, unlock, waitingCount } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const at = { phase: 'during', audience: 'benef', method: 'group', topic: 'right' };

story('two phones count at one session without network, and the sum is exact', async world => {
  const server = await world.startServer();
  const [ahmad, salma] = [await world.phone('ahmad'), await world.phone('salma', { language: 'en' })];
  await signIn(ahmad, server.person('ao'));
  await signIn(salma, server.person('ao_assistant'), { language: 'en' });

  const record = await recordSession(ahmad, at);
  await sendAll(ahmad);
  await sendAll(salma);
  for (const phone of [ahmad, salma]) await phone.goOffline();
  await server.stop();

  for (const [phone, women, men] of [[ahmad, 7, 3], [salma, 5, 4]]) {
    await phone.go(`/sessions/${record}`);
    await tap(phone, 'f_18_59', women);
    await tap(phone, 'm_18_59', men);
  }
  await ahmad.show('session-counting-ar');
  await salma.show('session-counting-en');
  await ahmad.accessible('counting');
  assert.equal(await counted(ahmad, 'f_18_59'), 7);
  assert.equal(await counted(salma, 'f_18_59'), 5);
  for (const phone of [ahmad, salma]) await openHome(phone); // leaving the page writes the taps

  await server.start();
  for (const phone of [ahmad, salma, ahmad]) { await phone.goOnline(); await sendAll(phone); }
  for (const phone of [ahmad, salma]) {
    await phone.go(`/sessions/${record}`);
    await phone.page.waitForFunction(() => document.querySelector('[data-testid=total]')?.dataset.count === '19');
    assert.equal(await counted(phone, 'f_18_59'), 12);
    assert.equal(await counted(phone, 'm_18_59'), 7);
  }
});

story('taps survive a phone that dies in the middle of counting', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  await phone.untilInstalled();
  await phone.goOffline();
  await server.stop();
  const record = await recordSession(phone, at);
  await tap(phone, 'f_60', 3);
  await phone.page.waitForFunction(() => document.querySelector('[data-testid=count-f_60]').dataset.count === '3');
  await phone.restart(`/sessions/${record}`);
  await unlock(phone);
  await phone.go(`/sessions/${record}`);
  await phone.page.waitForFunction(() => document.querySelector('[data-testid=count-f_60]')?.dataset.count === '3');
  assert.ok(await waitingCount(phone) > 0);
  await speak(phone, 'en');
});
