// Two people change one fact without knowing of each other.
import assert from 'node:assert/strict';
import { openCase } from '../harness/desk_work.mjs';
import { recordComplaint, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false };

async function editFact(desk, key, value) {
  await desk.at('edit-fact-case').click();
  await desk.at('field-fact-key-case').selectOption(key);
  await desk.at(`field-edit.${key}`).fill(value);
  await desk.at('save-fact').click();
  await desk.page.locator(`[data-testid="fact-${key}"]`, { hasText: value }).waitFor();
}

story('two values of one fact are both shown with who wrote them, and choosing one settles it for all', async world => {
  const server = await world.startServer();
  const [officer, assistant] = [await world.phone('officer', { ...DESK, language: 'en' }), await world.phone('assistant', { ...DESK, language: 'en' })];
  await signIn(officer, server.person('ao'), { language: 'en' });
  const { number } = await recordComplaint(officer, { category: 'req.repair', words: 'الباب مكسور' });
  await sendAll(officer);
  await signIn(assistant, server.person('ao_assistant'), { language: 'en' });
  await sendAll(assistant);

  for (const desk of [officer, assistant]) { await openCase(desk, number); await desk.goOffline(); }
  await editFact(officer, 'place.landmark', 'beside the mosque');
  await editFact(assistant, 'place.landmark', 'behind the school');
  for (const desk of [officer, assistant, officer]) { await desk.goOnline(); await sendAll(desk); }

  for (const desk of [officer, assistant]) {
    await openCase(desk, number);
    const card = desk.at('conflict-place.landmark');
    await card.waitFor();
    const text = await card.innerText();
    for (const value of ['beside the mosque', 'behind the school']) assert.ok(text.includes(value), `${value} is shown`);
  }
  await officer.show('conflict-en');
  await officer.accessible('a conflict');
  await officer.at('conflict-place.landmark').locator('.side', { hasText: 'behind the school' }).getByRole('button').click();
  await officer.at('conflict-place.landmark').waitFor({ state: 'detached' });
  for (const desk of [officer, assistant]) await sendAll(desk);
  await openCase(assistant, number);
  await assistant.page.locator('[data-testid="fact-place.landmark"]', { hasText: 'behind the school' }).waitFor();
  assert.equal(await assistant.at('conflict-place.landmark').count(), 0);
});
