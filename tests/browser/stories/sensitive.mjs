// Reports that may be sensitive: no name and no word is kept, anywhere, from before or after the category was chosen.
import assert from 'node:assert/strict';
import { atStep, beginNamedComplaint, next, pick, sendAll, signIn, unlock } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const NAME = 'كلثوم الشاهدة';
const WORDS = 'قال لي أعطيك السلة مقابل الزيارة';

story('a name and words typed before a sensitive category was chosen are nowhere afterwards', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  const bodies = [];
  phone.context.on('request', request => { if (request.url().includes('/api/')) bodies.push(request.postDataBuffer() ?? Buffer.alloc(0)); });
  await signIn(phone, server.person('ao_assistant'));

  await beginNamedComplaint(phone, { category: 'qual.item', name: NAME, tel: '0944 123 456' });
  await next(phone);
  await atStep(phone, 'words');
  await phone.at('field-intake.words').fill(WORDS);
  await phone.page.locator('[data-testid=save-state][data-state=saved]').waitFor(); // name and words are on disk now, as a draft

  await phone.at('back').click();
  await phone.at('back').click();
  await atStep(phone, 'what');
  await pick(phone, 'category-sensitive');
  await phone.at('sensitive').waitFor();
  assert.equal(await phone.at('script').locator('li').count(), 5);
  assert.equal(await phone.page.locator('textarea, input[type=text], input[type=tel], input[type=file]').count(), 0, 'no field for a name, words, a subject or a photo');
  await phone.show('sensitive-ar');
  await phone.accessible('the sensitive page');
  await phone.at('called').click();
  await phone.at('called-at').waitFor();
  await phone.at('save-header').click();
  await phone.at('receipt').waitFor();
  await sendAll(phone);

  const sent = Buffer.concat(bodies).toString('latin1');
  for (const secret of [NAME, WORDS]) assert.ok(!sent.includes(Buffer.from(secret).toString('latin1')), 'nothing of it was sent');
  // What lies on disk is unreadable to begin with; that what was typed is in no page of the store even for who has the key is held
  // natively (mobile/tests/replica/sensitive.rs), and that deleted content is overwritten in this file system by the storage contract.
  await phone.open('/boot.css');
  const files = await phone.privateFiles();
  for (const secret of [NAME, WORDS]) assert.ok(files.every(file => !file.text.includes(Buffer.from(secret).toString('latin1'))), 'nothing of it lies on disk');
  await phone.restart();
  await unlock(phone);
  const text = await phone.page.locator('body').innerText();
  for (const secret of [NAME, WORDS]) assert.ok(!text.includes(secret));
});
