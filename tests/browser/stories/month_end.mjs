// Month's end: the officer reads the figure, follows a case that was late, and saves the file for headquarters.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { signIn, speak } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

story('an officer reads how many complaints were closed in time, and saves the follow-up of a month as a workbook and as text', async world => {
  const server = await world.startServer();
  const desk = await world.phone('salma', { width: 1280, height: 860, touch: false, language: 'ar' });
  await signIn(desk, server.person('ao'));
  await desk.at('nav-month').click();
  await desk.at('month').waitFor();
  const plain = text => text.replaceAll(/[\u2066-\u2069\u200e\u200f]/g, '');
  const told = plain(await desk.at('share-ordinary').innerText());
  const [, part, whole] = told.match(/(\d+) من (\d+)/) ?? assert.fail(told);
  assert.ok(Number(whole) > 100 && Number(part) < Number(whole), told);
  await desk.accessible("month's end");
  await desk.picture('month-end-ar');
  const saved = {};
  for (const form of ['xlsx', 'csv']) {
    await desk.at(`make-${form}`).click();
    const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.at('save-file').click()]);
    assert.match(download.suggestedFilename(), new RegExp(`^COMPFU-\\d{4}-\\d{2}\\.${form}$`));
    saved[form] = fs.readFileSync(await download.path());
    fs.writeFileSync(path.join(world.settings.out, `compfu.${form}`), saved[form]); // to be opened by other programs
  }
  assert.equal(saved.xlsx.subarray(0, 2).toString(), 'PK');
  const lines = saved.csv.toString().split('\r\n');
  assert.ok(lines[0].startsWith('\ufeffReceipt number,') && lines[1].startsWith('رقم الإيصال,') && lines.length > 20, lines.slice(0, 2).join('\n'));
  const late = desk.page.locator('[data-testid^="late-"]').first();
  const number = (await late.getAttribute('data-testid')).slice(5);
  await late.click();
  await desk.page.locator(`[data-testid=case] [data-number="${number}"]`).waitFor();
  await desk.go('/month');
  await speak(desk, 'en');
  await desk.at('month').waitFor();
  await desk.picture('month-end-en');
});
