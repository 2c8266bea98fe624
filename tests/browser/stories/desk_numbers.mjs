// The numbers on an officer's first page: each leads to exactly the cases it counted, whatever was filtered before.
import assert from 'node:assert/strict';
import { openHome, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const TILES = { overdue: 'overdue', 'due-soon': 'due_soon', unassigned: 'unassigned', attention: 'attention' };

story('the numbers on the first page lead to exactly the cases they count', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma', { width: 360, height: 640 });
  await signIn(phone, server.person('ao'));
  await sendAll(phone);
  // A filter of an earlier visit.
  await phone.go('/inbox');
  await phone.at('field-search').fill('لا شيء كهذا');
  await phone.at('inbox').getByTestId('clear-filters').waitFor();
  for (const [tile, tab] of Object.entries(TILES)) {
    await openHome(phone);
    const link = phone.at(`desk-${tile}`);
    await link.waitFor();
    await phone.settled();
    const number = Number((await link.locator('.tile-number').innerText()).replaceAll(',', ''));
    await link.click();
    await phone.at('inbox').waitFor();
    await phone.page.waitForFunction(id => document.querySelector(`[data-testid="tab-${id}"]`)?.ariaPressed === 'true', tab);
    await phone.settled();
    const listed = await phone.page.locator('[data-testid=inbox] a[data-testid^="case-"]').count();
    assert.equal(listed, number, `${tile}: ${number} on the first page, ${listed} in the list`);
  }
});
