// Sunday of the pilot's week: the supervisor sees where nobody has been, and two people get a visit on their phones.
import assert from 'node:assert/strict';
import { counted, openHome, sendAll, signIn, tap } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const LOGIN = { u1: 'receiver', u2: 'ao', u3: 'ao_assistant' };
/** Two communities of the centre of A'zaz. */
const [SILENT, OTHER] = ['C1556', 'C1564'];

async function publishProject(desk) {
  await desk.go('/projects');
  await desk.at('new-project').click();
  await desk.at('project').waitFor();
  await desk.at('field-code').fill('P78');
  await desk.at('field-name.ar').fill('ترميم الآبار');
  await desk.at('field-name.en').fill('Well repair');
  for (const place of [SILENT, OTHER]) {
    await desk.at('field-target').fill(place);
    await desk.at(`place-${place}`).click();
    await desk.at(`target-${place}`).waitFor();
  }
  await desk.at('publish').click();
  await desk.at('project-P78').waitFor();
}

/** Two taps from a gap: gives the visit's people. */
async function plan(desk, world, place) {
  await desk.go('/coverage');
  await desk.at('field-project').selectOption('P78');
  await desk.at(`go-${place}`).waitFor();
  const reason = await desk.at(`go-${place}`).getAttribute('data-reason');
  assert.ok(['silent', 'never'].includes(reason), reason);
  await desk.show(`coverage-go-${place}`);
  const began = Date.now();
  await desk.at(`plan-${place}`).click();
  await desk.at('plan').waitFor();
  const people = await desk.page.locator('[data-testid^="field-goes-"]:checked').evaluateAll(boxes => boxes.map(box => box.dataset.testid.slice('field-goes-'.length)));
  assert.equal(people.length, 2, 'two people are proposed');
  await desk.show(`plan-${place}`);
  await desk.at('save-plan').click();
  await desk.at('coverage').waitFor();
  world.note(`a visit planned in 2 taps, ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return people;
}

story('a supervisor plans a visit to a silent place in two taps; one is called off for security, one is held and closes the gap', async world => {
  const server = await world.startServer();
  const desk = await world.phone('manager', { width: 1280, height: 900, touch: false });
  await signIn(desk, server.person('ame_mgr'));
  await publishProject(desk);
  await sendAll(desk); // the sums of everybody's sessions are here
  const [first, second] = [await plan(desk, world, SILENT), await plan(desk, world, OTHER)];
  await sendAll(desk);

  const phones = {};
  for (const user of new Set([...first, ...second])) {
    phones[user] = await world.phone(LOGIN[user]);
    await signIn(phones[user], server.person(LOGIN[user]));
    await sendAll(phones[user]);
    await phones[user].untilInstalled();
    await phones[user].goOffline();
  }
  await server.stop();

  // Both are there without network. One goes and counts.
  const goer = phones[first[0]];
  await openHome(goer);
  const mine = goer.at('my-plans').locator('[data-testid^="start-"]');
  await mine.first().waitFor();
  await goer.show('home-plans-ar');
  await goer.accessible('planned visits at home');
  await goer.fitsAcross('planned visits at home');
  for (const user of first) {
    await openHome(phones[user]);
    await phones[user].page.locator(`[data-place="${SILENT}"]`).waitFor();
  }
  await goer.page.locator(`[data-place="${SILENT}"] [data-testid^="start-"]`).click();
  await goer.at('total').waitFor();
  await tap(goer, 'f_18_59', 9);
  await goer.page.waitForFunction(() => document.querySelector('[data-testid=count-f_18_59]').dataset.count === '9');
  const held = goer.page.url().split('/').pop();
  await openHome(goer);

  // Another can't go.
  const other = phones[second.find(user => user !== first[0]) ?? second[0]];
  await openHome(other);
  await other.page.locator(`[data-place="${OTHER}"] a`).click();
  await other.at('plan-card').waitFor();
  const off = other.page.url().split('/').pop();
  await other.at('change-plan').click();
  await other.page.locator('label:has([data-testid="plan_reason-security"])').click();
  await other.accessible('calling a visit off');
  await other.at('call-off').click();
  await other.page.locator('[data-testid=plan-card][data-called-off=security]').waitFor();
  await other.show('plan-called-off-ar');

  await server.start();
  for (const phone of Object.values(phones)) { await phone.goOnline(); await sendAll(phone); }
  await sendAll(desk);
  await desk.go(`/sessions/${off}`);
  await desk.page.locator('[data-testid=plan-card][data-called-off=security]').waitFor();
  await desk.go(`/sessions/${held}`);
  await desk.at('total').waitFor();
  assert.equal(await counted(desk, 'f_18_59'), 9);
  await desk.go('/coverage');
  await desk.at('field-project').selectOption('P78');
  await desk.page.locator(`[data-testid^="coverage-row-${SILENT}-P78-"][data-gap="false"]`).first().waitFor();
  await desk.show('coverage-after-ar');
  await desk.accessible('coverage with its picture');
  await desk.fitsAcross('coverage');
});
