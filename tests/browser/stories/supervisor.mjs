// Projects and target places: what a supervisor publishes reaches the phones, and the gaps follow.
import assert from 'node:assert/strict';
import { recordSession, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false, language: 'en' };

story('a project a supervisor publishes reaches a phone, and its gap closes with the first session, offline too', async world => {
  const server = await world.startServer();
  const desk = await world.phone('manager', DESK);
  await signIn(desk, server.person('ame_mgr'), { language: 'en' });
  await desk.at('nav-projects').click();
  await desk.at('new-project').click();
  await desk.at('project').waitFor();
  await desk.at('field-code').fill('P77');
  await desk.at('field-name.ar').fill('ترميم الآبار');
  await desk.at('field-name.en').fill('Well repair');
  await desk.at('field-target').fill('C1556');
  await desk.at('place-C1556').click();
  await desk.at('target-C1556').waitFor();
  await desk.show('project-edit-en');
  await desk.accessible('editing a project');
  await desk.at('publish').click();
  await desk.at('projects').waitFor();
  await desk.at('project-P77').waitFor();

  await desk.at('nav-coverage').click();
  const row = desk.page.locator('[data-testid^="coverage-row-"]', { hasText: 'Well repair' }).first();
  await row.waitFor();
  assert.equal(await row.getAttribute('data-gap'), 'true');

  const phone = await world.phone('officer');
  await signIn(phone, server.person('ao'));
  const session = await recordSession(phone, { project: 'P77', place: 'C1556', phase: 'before', audience: 'benef', method: 'group', topic: 'right' });
  await sendAll(phone);
  await sendAll(desk);
  await desk.goOffline();
  await desk.at('nav-coverage').click();
  const reached = desk.page.locator('[data-testid^="coverage-row-"][data-gap="false"]', { hasText: 'Well repair' }).first();
  await reached.waitFor();
  await reached.locator('[data-testid^="drill-"]').click();
  await desk.at(`session-${session}`).waitFor();
  await desk.accessible('the sessions behind a line');
});
