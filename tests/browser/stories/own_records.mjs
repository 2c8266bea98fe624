// A record's way, as its author sees it: on this phone, on the server, seen by the officer.
import assert from 'node:assert/strict';
import { openCase } from '../harness/desk_work.mjs';
import { recordComplaint, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

async function stateOf(phone, number) {
  await phone.go('/records');
  return phone.at(`case-${number}`).getByTestId('sync-state').getAttribute('data-sync');
}

story('an author sees whether a record is on the phone, on the server, or seen by the officer', async world => {
  const server = await world.startServer();
  const phone = await world.phone('assistant');
  await signIn(phone, server.person('ao_assistant'));
  await phone.goOffline();
  const { number } = await recordComplaint(phone, { category: 'qual.item', words: 'السلة ناقصة' });
  assert.equal(await stateOf(phone, number), 'on_phone');
  await phone.goOnline();
  await sendAll(phone);
  assert.equal(await stateOf(phone, number), 'on_server');
  const desk = await world.phone('officer', { width: 1280, height: 860, touch: false });
  await signIn(desk, server.person('ao'));
  await sendAll(desk);
  await openCase(desk, number);
  await sendAll(desk);
  await sendAll(phone);
  assert.equal(await stateOf(phone, number), 'seen');
});
