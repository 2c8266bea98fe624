// What people type: long texts, digits of other scripts, numbers of three countries, days that can't be, a million.
import assert from 'node:assert/strict';
import { atStep, findPlace, openHome, recordComplaint, recordSession, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const MOST = 20_000;
const daysFromNow = days => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function openRecord(phone, number) {
  await phone.go('/records');
  await phone.at(`case-${number}`).click();
  await phone.page.locator(`[data-testid=case] [data-number="${number}"]`).waitFor();
}

story('20,000 characters are kept and counted, one more is told and nothing is cut', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  const words = 'ط'.repeat(MOST);
  const { number } = await recordComplaint(phone, { category: 'qual.item', words: 'يبدأ' }, async step => {
    if (step !== 'words') return;
    const field = phone.at('field-intake.words');
    const counter = phone.at('counter-intake.words');
    await field.fill(`${words}ظ`);
    await phone.page.locator('[data-testid="counter-intake.words"].counter-over').waitFor();
    assert.match(await counter.innerText(), /20,000/);
    assert.equal((await field.inputValue()).length, MOST + 1, 'nothing is cut');
    await field.fill(words);
    await phone.page.locator('[data-testid="counter-intake.words"]:not(.counter-over)').waitFor();
  });
  await openRecord(phone, number);
  assert.equal(await phone.at('words').innerText(), words);
});

story('phone numbers of three countries in any digits are kept as said and as dialled', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  for (const [typed, dialled] of [['٠٩٤٤ ١٢٣ ٤٥٦', '+963944123456'], ['+90 532 111 22 33', '+905321112233'], ['۰۰۹۶۴ ۷۷۰ ۱۲۳ ۴۵۶۷', '+9647701234567']]) {
    const { number } = await recordComplaint(phone, { category: 'req.support', mode: 'identified', name: 'أم أحمد', tel: typed, words: 'تحتاج كرسياً' });
    await openRecord(phone, number);
    assert.match((await phone.at('part-contact').innerText()).replaceAll(/[\u2066-\u2069\u200e\u200f]/g, ''), new RegExp(dialled.replace('+', '\\+')), typed);
  }
});

story('a day to come is refused at its field, a day long past is asked about', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  await openHome(phone);
  await phone.at('start-complaint').click();
  await phone.at('consent-yes').click();
  await atStep(phone, 'place');
  await findPlace(phone, 'سيجراز');
  const day = phone.at('field-reg.received_on');
  await day.fill(daysFromNow(3));
  await phone.at('problem-reg.received_on').waitFor();
  assert.equal(await day.getAttribute('aria-invalid'), 'true');
  await phone.accessible('a day to come');
  await day.fill('1990-01-01');
  await phone.at('problem-reg.received_on').waitFor({ state: 'detached' });
  await phone.at('field-reg.old_day_confirmed').waitFor();
  await phone.at('warning-reg.received_on').waitFor();
});

story('a million is counted in any digits, and more is told', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  await recordSession(phone, { phase: 'during', audience: 'benef', method: 'group', topic: 'right' });
  await phone.at('estimate').click();
  const field = phone.at('field-estimate-f_18_59');
  await field.fill('١٬٠٠٠٬٠٠١'.replaceAll('٬', ''));
  await phone.at('problem-estimate-f_18_59').waitFor();
  await field.fill('١٠٠٠٠٠٠');
  await phone.at('problem-estimate-f_18_59').waitFor({ state: 'detached' });
  await phone.at('save-estimate').click();
  await phone.at('step-estimated').waitFor();
  assert.match(await phone.at('step-estimated').innerText(), /1,000,000/);
  await phone.fitsAcross('a million');
});

story('20,000 places are searched in any spelling without lag', async world => {
  const server = await world.startServer('--places', '20000');
  const phone = await world.phone('salma', { width: 360, height: 640 });
  const devtools = await phone.context.newCDPSession(phone.page);
  await signIn(phone, server.person('ao_assistant'));
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await phone.at('start-complaint').click();
  await phone.at('consent-yes').click();
  await atStep(phone, 'place');
  const field = phone.at('field-place.adm4');
  await field.click();
  const took = await phone.drawnAfterEach('field-place.adm4', [...'خربه الطاحون الشرقى']);
  await phone.page.locator('[data-testid^="place-X"]', { hasText: 'خربة الطاحون الشرقي' }).first().waitFor();
  world.note(`a letter in the place finder is drawn in ${took.median} ms (median), ${took.worst} ms (worst of ${took.count}), 6x slower processor`);
  assert.ok(took.median <= 250);
  await field.fill('X19999');
  await phone.at('place-X19999').click();
  await phone.at('chosen-place.adm4').waitFor();
});
