// The shell around the app: what a browser must have, updates, a second tab, starting without network.
import assert from 'node:assert/strict';
import http from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import { hasFocusIn, signIn, unlock } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

/** A copy of the web app for this story's server, in which files may change. Gives its folder. */
function ownWebApp(world) {
  const web = path.join(world.folder, 'web');
  fs.cpSync(world.settings.web, web, { recursive: true });
  world.settings = { ...world.settings, web };
  return web;
}

story('a browser that cannot keep data says so in Arabic and English', async world => {
  await world.startServer();
  const phone = await world.phone('old');
  await phone.prepare(context => context.addInitScript(() => { delete StorageManager.prototype.getDirectory; }));
  await phone.open();
  const words = await phone.page.locator('#boot-too-old').innerText();
  assert.match(words, /هذا المتصفح قديم/);
  assert.match(words, /This browser is too old/);
  await phone.accessible('the too-old page');
});

story('an address without https says what to do', async world => {
  const server = await world.startServer();
  const phone = await world.phone('plain', { flags: ['--host-resolver-rules=MAP sada.test 127.0.0.1'] });
  phone.forgive(/Cross-Origin-Opener-Policy header has been ignored/);
  await phone.page.goto(`http://sada.test:${server.port}/`);
  assert.match(await phone.page.locator('#boot-insecure').innerText(), /https:\/\//);
});

story('a new version waits until a person asks for it, and what is being typed stays', async world => {
  const web = ownWebApp(world);
  await world.startServer();
  const phone = await world.phone('salma');
  await phone.open();
  await phone.untilInstalled();
  const before = await phone.page.evaluate(() => caches.keys());
  await phone.at('field-login').fill('typing goes on');

  // The same app under another version, as an operator would lay it there.
  const worker = path.join(web, 'sw.js');
  fs.writeFileSync(worker, fs.readFileSync(worker, 'utf8').replace(/'sada-[0-9a-f]{16}'/, "'sada-0000000000000000'"));
  fs.rmSync(`${worker}.br`);
  await phone.page.evaluate(async () => { await (await navigator.serviceWorker.getRegistration()).update(); });
  await phone.page.waitForFunction(() => document.documentElement.dataset.update === 'ready');
  assert.equal(await phone.at('field-login').inputValue(), 'typing goes on');
  assert.deepEqual((await phone.page.evaluate(() => caches.keys())).filter(key => before.includes(key)), before, 'the old version is kept until the new one is asked for');

  const update = phone.page.locator('#boot-update-now, [data-testid=apply-update]').locator('visible=true').first();
  await Promise.all([phone.page.waitForEvent('load'), update.click()]);
  await phone.page.waitForFunction(async () => (await caches.keys()).join() === 'sada-0000000000000000');
});

story('a second tab says so, takes over when asked and when the other closes, and finds everything', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  await phone.untilInstalled();

  const first = phone.page;
  phone.page = await phone.context.newPage();
  await phone.open();
  await phone.at('gate-other-tab').waitFor();
  await phone.accessible('the second tab');
  await phone.at('take-over').click();
  await unlock(phone);
  await first.getByTestId('gate-other-tab').waitFor();

  // And by itself, once the tab that has the data closes.
  const second = phone.page;
  phone.page = first;
  await second.close();
  await unlock(phone);
});

story('a page that is reloaded at once does not take its own last worker for another tab', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  await phone.page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.querySelector('[data-testid=gate-other-tab]')) sessionStorage.setItem('another', 'seen');
    }).observe(document, { childList: true, subtree: true });
  });
  for (let times = 0; times < 6; times += 1) {
    await phone.page.reload();
    await unlock(phone);
  }
  assert.equal(await phone.page.evaluate(() => sessionStorage.getItem('another')), null);
});

story('a first visit loads each file once, for the page, its worker and what is kept for later', async world => {
  const server = await world.startServer();
  const loaded = [];
  const line = http.createServer((asked, answer) => {
    const { hostname, port } = new URL(server.address);
    asked.pipe(http.request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, found => {
      if (found.statusCode === 200) loaded.push(asked.url);
      answer.writeHead(found.statusCode, found.headers);
      found.pipe(answer);
    }));
  });
  await new Promise(listening => line.listen(0, '127.0.0.1', listening));
  const phone = await world.phone('first-visit');
  await phone.page.goto(`http://127.0.0.1:${line.address().port}/`);
  await phone.at('gate-new').waitFor();
  await phone.page.evaluate(() => navigator.serviceWorker.ready);
  assert.ok(loaded.includes('/sada_bg.wasm') && loaded.includes('/index.html'), 'the app is loaded and kept');
  assert.deepEqual(loaded.filter((file, at) => loaded.indexOf(file) !== at), [], 'loaded twice');
  const later = loaded.filter(file => file.startsWith('/later/'));
  assert.equal(later.length, 1, 'what the desk opens is kept with the rest');
  assert.ok(loaded.indexOf(later[0]) > loaded.indexOf('/sada_bg.wasm'), 'and comes after what a first visit waits for');
  line.closeAllConnections();
  line.close();
});

story('the app starts cold with the network off and the server stopped', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  await signIn(phone, server.person('ao_assistant'));
  await phone.untilInstalled();
  await phone.goOffline();
  await server.stop();
  await phone.restart('/capture');
  await unlock(phone);
  await phone.restart('/no/such/page');
  await unlock(phone, { then: 'not-found' });
  await phone.restart('/inbox');
  await unlock(phone, { then: 'inbox' });
});

for (const language of ['ar', 'en']) {
  story(`a page of the desk that could not be loaded says so and comes when asked again (${language})`, async world => {
    const web = ownWebApp(world);
    fs.renameSync(path.join(web, 'later'), path.join(web, 'elsewhere'));
    const server = await world.startServer();
    const desk = await world.phone('officer', { width: 1280, height: 860, touch: false, language });
    desk.forgive(/Failed to execute 'compile' on 'WebAssembly': HTTP status code is not ok/);
    await signIn(desk, server.person('ao'), { language });
    await desk.at('nav-inbox').click();
    await desk.at('not-loaded').waitFor();
    assert.match(await desk.at('not-loaded').innerText(), language === 'ar' ? /كل شيء محفوظ على هذا الجهاز/ : /Everything is saved on this device/);
    await hasFocusIn(desk, '[data-testid=not-loaded]', 'a page that was not loaded');
    await desk.accessible('a page that was not loaded');
    // The rest goes on, and asking again in vain says it again.
    await desk.at('nav-home').click();
    await desk.at('start-complaint').waitFor();
    await desk.at('nav-inbox').click();
    await desk.at('not-loaded').waitFor();
    await Promise.all([desk.page.waitForResponse(answer => answer.url().includes('/later/')), desk.at('not-loaded').getByTestId('retry').click()]);
    await desk.at('not-loaded').waitFor();
    fs.renameSync(path.join(web, 'elsewhere'), path.join(web, 'later'));
    await desk.at('not-loaded').getByTestId('retry').click();
    await desk.at('inbox').waitFor();
    await desk.hasFocusOnHeading('the inbox');
  });
}
