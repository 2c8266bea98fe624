// Every page, in both languages, light and dark, at phone width, the narrowest and wide, at double type size: nothing serious from axe, nothing sticks out.
import { openInbox } from '../harness/desk_work.mjs';
import { sendAll, signIn, speak } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const PAGES = {
  receiver: ['/', '/records', '/sessions', '/sessions/new', '/sessions/join', '/boxes', '/staff-card', '/say', '/waiting', '/settings', '/capture', '/batch', '/no/such/page'],
  ao: ['/inbox', '/coverage', '/sessions', '/month', '/places', '/boxes', '/calls'],
  ame_mgr: ['/projects', '/projects/P01', '/coverage', '/plan/C1564/P01/before', '/lost', '/lost/*'],
  admin: ['/people', '/people/*', '/settings', '/settings/lists', '/week'],
  psea_fp: ['/inbox', '/settings/key'],
};

/** An address that ends with `*` stands for the first that the page above it links to. */
async function resolved(phone, pages) {
  const found = [];
  for (const address of pages) {
    if (!address.endsWith('/*')) { found.push(address); continue; }
    await phone.go(address.slice(0, -2));
    const link = phone.page.locator(`main a[href^="${address.slice(0, -1)}"]`).first();
    await link.waitFor();
    found.push(await link.getAttribute('href'));
  }
  return found;
}

async function look(phone, address, where) {
  const moved = new URL(phone.page.url()).pathname !== address;
  await phone.go(address);
  await phone.settled();
  if (moved) await phone.hasFocusOnHeading(where);
  await phone.accessible(where);
  await phone.fitsAcross(where);
}

for (const [login, addresses] of Object.entries(PAGES)) {
  story(`every page of ${login} is accessible and fits, in both languages, themes and sizes`, async world => {
    const server = await world.startServer();
    const phone = await world.phone(login);
    await phone.open();
    await phone.at('gate-new').waitFor();
    await phone.accessible('signing in');
    await signIn(phone, server.person(login));
    await sendAll(phone);
    const pages = await resolved(phone, addresses);
    for (const language of ['ar', 'en']) {
      await phone.go('/');
      await speak(phone, language);
      for (const scheme of ['light', 'dark']) {
        await phone.page.emulateMedia({ colorScheme: scheme });
        for (const address of pages) await look(phone, address, `${address} in ${language}, ${scheme}`);
      }
      await phone.page.emulateMedia({ colorScheme: 'light' });
      await phone.doubleType();
      for (const address of pages) { await phone.go(address); await phone.settled(); await phone.fitsAcross(`${address} in ${language} at double size`); }
      await phone.plainType();
      // The narrowest screen, the narrowest with two columns, and most cheap phones'.
      for (const width of [320, 348, 360]) {
        await phone.page.setViewportSize({ width, height: 640 });
        for (const address of pages) {
          await phone.go(address);
          await phone.settled();
          await phone.fitsAcross(`${address} in ${language} at ${width} px`);
          await phone.wordsWhole(`${address} in ${language} at ${width} px`);
        }
      }
      await phone.page.setViewportSize({ width: 390, height: 800 });
      for (const [n, address] of pages.entries()) { await phone.go(address); await phone.settled(); await phone.show(`page-${login}-${n}-${language}`); }
      await phone.page.setViewportSize({ width: 1280, height: 860 });
      for (const address of pages) await look(phone, address, `${address} in ${language}, wide`);
      for (const [n, address] of pages.entries()) { await phone.go(address); await phone.settled(); await phone.show(`page-${login}-${n}-${language}-wide`); }
      await phone.page.setViewportSize({ width: 390, height: 800 });
    }
  });
}

story('the pictures of the README', async world => {
  const server = await world.startServer();
  const desk = await world.phone('manager', { width: 1280, height: 860, touch: false });
  await signIn(desk, server.person('ame_mgr'));
  await sendAll(desk);
  for (const language of ['ar', 'en']) {
    await speak(desk, language);
    await openInbox(desk, 'inbox');
    await desk.settled();
    await desk.show(`inbox-${language}`);
    await desk.at('nav-coverage').click();
    await desk.settled();
    await desk.show(`coverage-${language}`);
    await desk.at('nav-projects').click();
    await desk.settled();
    await desk.show(`projects-${language}`);
  }
});
