// A place that no list has: named offline on an Arabic phone, made a site at an English desk, and offered on the phone after.
import assert from 'node:assert/strict';
import { findPlace, openHome, recordComplaint, sendAll, signIn } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false, language: 'en' };
const NAME = 'تجمع النخيل';

async function looks(phone, name) {
  await phone.settled();
  await phone.picture(name);
  await phone.accessible(name);
  await phone.fitsAcross(name);
}

story('a site nobody listed is named in the field without network, mapped at the desk, and offered to everybody', async world => {
  const server = await world.startServer();
  const phone = await world.phone('receiver');
  await signIn(phone, server.person('receiver'), { language: 'ar' });
  await sendAll(phone);
  await phone.untilInstalled();
  await phone.goOffline();
  await recordComplaint(phone, { project: 'P01', category: 'qual.item', words: 'لا يوجد ماء في التجمع' }, async step => {
    if (step !== 'place') return;
    await phone.at('place-unlisted').click();
    await phone.at('field-place.unlisted').fill(NAME);
    await looks(phone, 'new-site-ar');
  });
  await phone.goOnline();
  await sendAll(phone);

  const desk = await world.phone('ao', DESK);
  await signIn(desk, server.person('ao'), { language: 'en' });
  await sendAll(desk);
  await openHome(desk);
  await desk.at('desk-sites').click();
  await desk.at('to-map').waitFor();
  await looks(desk, 'new-site-to-map-en');
  await desk.at('new-site').click();
  await desk.at('field-site.en').fill('Al-Nakheel site');
  await looks(desk, 'new-site-adding-en');
  await desk.at('add-site').click();
  await desk.at('to-map').waitFor({ state: 'detached' });
  await sendAll(desk);

  await openHome(phone);
  await sendAll(phone);
  await openHome(phone);
  await phone.at('start-complaint').click();
  await phone.at('consent-yes').click();
  const change = phone.at('change-place.adm4');
  if (await change.isVisible()) await change.click();
  await findPlace(phone, 'النخيل');
  const code = await phone.at('chosen-place.adm4').getAttribute('data-code');
  assert.match(code, /-S1$/, 'the new site is offered');
});
