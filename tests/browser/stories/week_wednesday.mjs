// Wednesday: a complaint box is opened by two people with two phones and no network. Six papers, one of them sensitive; at the desk the
// counts reconcile to the unit.
import assert from 'node:assert/strict';
import { openInbox } from '../harness/desk_work.mjs';
import { atStep, chooseCategory, chooseOrPick, next, pick, sendAll, signIn, speak } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false };

/** The supervisor hangs a box on a project's page. */
async function hangBox(desk, code) {
  await desk.at('nav-projects').click();
  await desk.at('project-P01').click();
  await desk.at('field-box-code').fill(code);
  await desk.at('field-box-label').fill('باب المخيم');
  await desk.at('field-box-place').fill('سيجراز');
  await desk.page.locator('li[data-testid^="place-"]').first().click();
  await desk.at('add-box').click();
  await desk.at(`project-box-${code}`).waitFor();
  await desk.at('publish').click();
  await desk.at('project').waitFor({ state: 'detached' });
}

async function openBox(phone, code, other, papers) {
  await phone.go('/boxes');
  await phone.at(`open-${code}`).click();
  await phone.at('field-box-other').selectOption(other);
  await phone.at('field-box-papers').fill(String(papers));
  await phone.picture(`box-form-${phone.name}`);
  await phone.at('save-opening').click();
  await phone.at('box-counts').waitFor();
}

/** One paper as a case of its own: how many taps, and how many seconds. */
async function enterPaper(phone, slip, words) {
  const began = Date.now();
  let taps = 0;
  const tap = async doing => { taps += 1; await doing; };
  await tap(phone.at(`enter-${slip}`).click());
  await atStep(phone, 'what');
  await tap(pick(phone, 'reg.subject_role-none'));
  await tap(chooseCategory(phone, 'qual.item'));
  await tap(next(phone));
  await atStep(phone, 'who');
  await tap(chooseOrPick(phone, 'intake.identity_mode', 'anon'));
  await tap(chooseOrPick(phone, 'who.sex', 'unk'));
  await tap(chooseOrPick(phone, 'who.age_band', 'a_unk'));
  await tap(next(phone));
  await atStep(phone, 'words');
  await phone.at('field-intake.words').fill(words);
  await tap(next(phone));
  await atStep(phone, 'review');
  await tap(phone.at('save').click());
  await phone.at('receipt').waitFor();
  await tap(phone.at('next-paper').click());
  await phone.at('box-counts').waitFor();
  return { taps, seconds: (Date.now() - began) / 1000 };
}

const counts = async phone => Object.fromEntries(await Promise.all(['papers', 'entered', 'sealed', 'left'].map(async what => [what, Number(await phone.at('box-counts').getAttribute(`data-${what}`))])));

story('a box opened by two people on two phones without network reconciles to the unit at the desk', async world => {
  const server = await world.startServer();
  const manager = await world.phone('huda', DESK);
  await signIn(manager, server.person('ame_mgr'));
  await sendAll(manager);
  await hangBox(manager, 'B7');
  await manager.stop();
  world.phones.splice(world.phones.indexOf(manager), 1);
  const [ahmad, reem] = [await world.phone('ahmad'), await world.phone('reem')];
  await signIn(ahmad, server.person('receiver'));
  await signIn(reem, server.person('ao_assistant'));
  for (const phone of [ahmad, reem]) { await sendAll(phone); await phone.goOffline(); }
  await openBox(ahmad, 'B7', 'u3', 6);
  await openBox(reem, 'B7', 'u1', 6);
  await ahmad.accessible('an opening');
  await ahmad.fitsAcross('an opening');
  const took = [];
  for (const slip of [1, 2, 3]) took.push(await enterPaper(ahmad, slip, `قسيمة برتقالية ${slip}`));
  for (const slip of [4, 5]) took.push(await enterPaper(reem, slip, `قسيمة برتقالية ${slip}`));
  const most = Math.max(...took.map(one => one.taps));
  world.note(`one paper: ${most} taps, ${took.map(one => one.seconds.toFixed(1)).join(', ')} s`);
  // The sixth is sensitive: counted, into the envelope, and told without its number.
  await reem.at('envelope-6').click();
  await reem.picture('envelope-ar');
  await reem.at('dialog-yes').click();
  await reem.at('sensitive').waitFor();
  await reem.at('called').click();
  await reem.at('called-at').waitFor();
  await reem.at('save-header').click();
  await reem.at('receipt').waitFor();
  await ahmad.picture('box-before-sending-ar');
  assert.deepEqual(await counts(ahmad), { papers: 6, entered: 3, sealed: 0, left: 3 });
  for (const phone of [ahmad, reem]) await phone.goOnline();
  for (const phone of [ahmad, reem, ahmad]) await sendAll(phone);

  const desk = await world.phone('salma', DESK);
  await signIn(desk, server.person('ao'));
  await sendAll(desk);
  for (const phone of [ahmad, reem, desk]) {
    await phone.go('/boxes');
    await phone.page.locator('[data-testid^="opening-"]').filter({ hasText: 'باب المخيم' }).click(); // the demo has boxes of its own
    await phone.at('box-done').waitFor();
    assert.deepEqual(await counts(phone), { papers: 6, entered: 5, sealed: 1, left: 0 }, phone.name);
    assert.equal(await phone.page.locator('[data-testid^="conflict-"]').count(), 0, 'who wrote the same agree');
  }
  await desk.accessible('an opening at the desk');
  await desk.picture('box-desk-ar');
  await speak(desk, 'en');
  await desk.picture('box-desk-en');
  await ahmad.doubleType();
  await ahmad.fitsAcross('an opening at 200 %');
  await ahmad.picture('box-200-ar');
  await openInbox(desk);
  await desk.at('field-search').fill('برتقالية');
  await desk.page.waitForFunction(() => /\b5\b/.test(document.querySelector('[data-testid=total]')?.innerText ?? ''));
});
