// What lies in the browser's private file system, read as a thief would read it; and the same storage contract as native files hold.
import assert from 'node:assert/strict';
import { recordComplaint, signIn, unlock, waitingCount } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

/** A page of the origin that runs no app: the database's files are free. */
const BESIDE = '/boot.css';

story('the storage contract holds in the browser, plain and encrypted', async world => {
  await world.startServer();
  const phone = await world.phone('contract');
  await phone.open(BESIDE);
  const said = await phone.page.evaluate(() => new Promise((yes, no) => {
    const worker = new Worker('/worker.js?contract', { type: 'module' });
    worker.onmessage = ({ data }) => {
      if (data?.sada === 'contract') yes(data.detail);
      else if (['unsupported', 'trapped', 'other-tab'].includes(data?.sada)) no(new Error(`${data.sada} ${data.detail ?? ''}`));
    };
    worker.onerror = event => no(new Error(event.message));
  }));
  assert.equal(said, 'holds');
});

story('a stolen profile shows nothing of a complaint, and the store begins with a salt of its own', async world => {
  const server = await world.startServer();
  const [salma, ahmad] = [await world.phone('salma'), await world.phone('ahmad')];
  const [name, words] = ['كلثوم الشاهدة', 'الخيمة تسرب الماء منذ أسبوعين'];
  const salts = [];
  for (const phone of [salma, ahmad]) {
    await signIn(phone, server.person('ao_assistant'));
    await phone.goOffline();
    await recordComplaint(phone, { category: 'qual.item', mode: 'identified', name, tel: '0944 123 456', words });
    await phone.goOnline();
    await phone.open(BESIDE);
    const files = await phone.privateFiles();
    assert.ok(files.length > 2, 'the store lies there');
    for (const secret of [name, words, '944123456', 'SQLite format 3', 'CREATE TABLE outbox']) {
      const bytes = Buffer.from(secret).toString('latin1');
      for (const file of files.filter(file => file.text.includes(bytes))) {
        // Slots and the reading marker hold nothing of people and are plain; a store is not.
        assert.ok(secret === 'SQLite format 3' && !file.text.includes('outbox'), `${secret} is readable in ${file.name}`);
      }
    }
    // The pool's own header is 4,096 bytes; the database's first 16 bytes behind it are SQLCipher's salt.
    const stores = files.filter(file => /store-[0-9a-f]+\.db\0/.test(file.text.slice(0, 512)));
    assert.equal(stores.length, 1, `one store: ${files.map(file => JSON.stringify(file.text.slice(0, 40))).join()}`);
    const salt = stores[0].text.slice(4096, 4112);
    assert.notEqual(salt, '\0'.repeat(16));
    salts.push(salt);
  }
  assert.notEqual(salts[0], salts[1]);
});

story('full storage is said, loses nothing, and work goes on when there is room again', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  phone.forgive(/QuotaExceeded|No space available/);
  await signIn(phone, server.person('ao_assistant'));
  await phone.goOffline();
  const { number } = await recordComplaint(phone, { category: 'req.support', words: 'قبل أن يمتلئ' });
  // What the browser's files answer when the quota is used up. (An overridden quota says so only once the room granted to each file ahead
  // of need is filled, a megabyte or more later.)
  const [worker] = phone.page.workers();
  await worker.evaluate(() => {
    const { write } = FileSystemSyncAccessHandle.prototype;
    self.fill = () => {
      FileSystemSyncAccessHandle.prototype.write = () => { throw new DOMException('No space available for this operation', 'QuotaExceededError'); };
    };
    self.clear = () => Object.assign(FileSystemSyncAccessHandle.prototype, { write });
  });

  const { number: second } = await recordComplaint(phone, { category: 'req.support', words: 'يبدأ' }, async step => {
    if (step === 'words') {
      await worker.evaluate(() => self.fill());
      await phone.at('field-intake.words').fill('بعد أن امتلأ');
      const mark = phone.page.locator('[data-testid=save-state][data-state=failed]');
      await mark.waitFor();
      assert.match(await mark.innerText(), /ممتلئة/);
      await phone.accessible('a form that found no room');
      assert.equal(await phone.at('field-intake.words').inputValue(), 'بعد أن امتلأ', 'what was typed is still there');
    }
    if (step === 'review') {
      await phone.at('save').click();
      await phone.page.locator('[data-testid=failed][data-code=storage_full]').waitFor();
      await worker.evaluate(() => self.clear());
    }
  });
  await phone.restart();
  await unlock(phone);
  await phone.go('/records');
  for (const kept of [number, second]) await phone.at(`case-${kept}`).waitFor();
  assert.ok(await waitingCount(phone) > 1);
});

story('a device that runs full gives up what was kept for that day: what is typed then is saved, and it is warned', async world => {
  const server = await world.startServer();
  const phone = await world.phone('salma');
  phone.forgive(/QuotaExceeded|No space available/);
  await signIn(phone, server.person('ao_assistant'));
  await phone.goOffline();
  const kept = () => phone.page.evaluate(async () => {
    let most = 0;
    const walk = async folder => {
      for await (const entry of folder.values()) {
        if (entry.kind === 'directory') await walk(entry);
        else most = Math.max(most, (await entry.getFile()).size);
      }
    };
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle('.sada'));
    return most;
  });
  while (await kept() < 8 << 20) await phone.page.waitForTimeout(500);
  // From now on files may grow by what others shrink, and a little.
  const [worker] = phone.page.workers();
  await worker.evaluate(() => {
    let room = 16 << 10;
    const { write, truncate } = FileSystemSyncAccessHandle.prototype;
    FileSystemSyncAccessHandle.prototype.write = function (bytes, options) {
      const grows = Math.max(0, (options?.at ?? 0) + bytes.byteLength - this.getSize());
      if (grows > room) throw new DOMException('No space available for this operation', 'QuotaExceededError');
      room -= grows;
      return write.call(this, bytes, options);
    };
    FileSystemSyncAccessHandle.prototype.truncate = function (size) {
      room += Math.max(0, this.getSize() - size);
      return truncate.call(this, size);
    };
  });
  const numbers = [];
  while (!await phone.at('banner-little-space').isVisible()) {
    assert.ok(numbers.length < 12, 'it ran full');
    numbers.push((await recordComplaint(phone, { category: 'req.support', words: 'يبدأ '.repeat(400) })).number);
    await phone.go('/');
  }
  await phone.picture('little-space');
  await phone.accessible('a device that ran full');
  for (let more = 0; more < 3; more++) numbers.push((await recordComplaint(phone, { category: 'req.support', words: 'بعده '.repeat(400) })).number);
  assert.ok(await kept() < 8 << 20, 'what was kept is given up');
  await phone.restart();
  await unlock(phone);
  await phone.go('/records');
  for (const number of numbers) await phone.at(`case-${number}`).waitFor();
});
