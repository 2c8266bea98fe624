// The main job: from a phone without network to a closed case.
import assert from 'node:assert/strict';
import { act, openCase, openInbox, today, untilStanding, untilStatus } from '../harness/desk_work.mjs';
import { recordComplaint, sendAll, signIn, unlock, waitingCount } from '../harness/field_work.mjs';
import { story } from '../harness/story.mjs';

const DESK = { width: 1280, height: 860, touch: false };

/** The whole job in one language. Pictures for the README come from here. */
const wholeJob = language => async world => {
  const server = await world.startServer();
  const phone = await world.phone('receiver', { language });
  const desk = await world.phone('officer', { ...DESK, language });
  await signIn(phone, server.person('receiver'), { language });
  await signIn(desk, server.person('ao'), { language });
  await phone.untilInstalled();

  // Network off, server gone, and the phone restarted: it works all the same.
  await phone.goOffline();
  await server.stop();
  await phone.restart();
  await unlock(phone);
  const words = language === 'ar' ? 'متى التوزيع القادم في القرية؟ لم يخبرنا أحد.' : 'When is the next distribution in the village? Nobody told us.';
  const started = Date.now();
  const complaint = await recordComplaint(phone, { category: 'info.schedule', words }, async step => {
    await phone.accessible(`capture, step ${step}`);
    await phone.fitsAcross(`capture, step ${step}`);
    if (['consent', 'what', 'receipt'].includes(step)) await phone.show(`capture-${step}-${language}`);
  });
  world.note(`a complaint entered in ${((Date.now() - started) / 1000).toFixed(1)} s by a machine's hand`);
  assert.match(complaint.number, /^\d{9}$/);
  assert.ok(await waitingCount(phone) > 0);
  await phone.show(`waiting-${language}`);
  await phone.accessible('the outbox');

  // A reload in the middle of all this keeps everything.
  await phone.restart('/waiting');
  await unlock(phone);
  assert.ok(await waitingCount(phone) > 0);

  await server.start();
  await phone.goOnline();
  await sendAll(phone);
  assert.equal(await waitingCount(phone), 0);

  await sendAll(desk);
  await openInbox(desk, 'inbox');
  await desk.show(`inbox-${language}`);
  await desk.accessible('the inbox');
  await openCase(desk, complaint.number);
  assert.equal(await desk.at('words').innerText(), words);
  await act(desk, 'acknowledged', { mode: 'verbal' });
  await act(desk, 'classified', { entry_type: 'info_request', category: 'info.schedule', level: '1', urgency: 'action' });
  await sendAll(desk);
  await openCase(desk, complaint.number);
  await untilStanding(desk, 'classified', 'counts');
  await act(desk, 'responded', { on: today(), mode: 'verbal', summary: language === 'ar' ? 'التوزيع يوم الخميس في المدرسة.' : 'Thursday, at the school.', reached: true });
  await sendAll(desk);
  await openCase(desk, complaint.number);
  await untilStatus(desk, 'responded');

  // Closing without network: it waits, and says so; the server then confirms.
  await desk.goOffline();
  await act(desk, 'closed', { reason: 'responded', outcome: 'info_given', on: today(), satisfaction: 's_na', actions_done: true });
  await untilStanding(desk, 'closed', 'awaits');
  await desk.at('awaiting').waitFor();
  await desk.show(`case-awaiting-${language}`);
  await desk.accessible('a case');
  await desk.goOnline();
  await sendAll(desk);
  await openCase(desk, complaint.number);
  await untilStanding(desk, 'closed', 'counts');
  await untilStatus(desk, 'closed');
  await desk.show(`case-closed-${language}`);
};

story('a complaint taken with network off and server stopped is answered and closed, in Arabic', wholeJob('ar'));
story('a complaint taken with network off and server stopped is answered and closed, in English', wholeJob('en'));

story('a close with a promise unkept is refused with its reason; kept, it waits for the second person it needs', async world => {
  const server = await world.startServer();
  const phone = await world.phone('receiver');
  const desk = await world.phone('officer', { ...DESK, language: 'en' });
  await signIn(phone, server.person('receiver'));
  const { number } = await recordComplaint(phone, { category: 'qual.works', words: 'الطريق غير آمن بعد الأعمال' });
  await sendAll(phone);

  await signIn(desk, server.person('ao'), { language: 'en' });
  await sendAll(desk);
  await openCase(desk, number);
  await act(desk, 'acknowledged', { mode: 'verbal' });
  await act(desk, 'classified', { entry_type: 'complaint', category: 'qual.works', level: '3', urgency: 'action' });
  await sendAll(desk);
  await openCase(desk, number);
  await desk.at('routed').waitFor();
  await desk.show('case-routed-en');
  await act(desk, 'started', { note: 'Asked the engineer.' });
  await act(desk, 'answer_proposed', { talking_points: 'The edge will be marked today.' });
  await sendAll(desk);

  const manager = await world.phone('manager', { ...DESK, language: 'en' });
  await signIn(manager, server.person('ame_mgr'), { language: 'en' });
  await sendAll(manager);
  await openCase(manager, number);
  await act(manager, 'answer_approved');
  await sendAll(manager);

  await sendAll(desk);
  await openCase(desk, number);
  await act(desk, 'responded', { on: today(), mode: 'verbal', summary: 'Told at the site.', reached: true });
  await act(desk, 'closed', { reason: 'responded', outcome: 'upheld', on: today(), satisfaction: 's_na' });
  await sendAll(desk);
  await openCase(desk, number);
  await untilStanding(desk, 'closed', 'refused');
  await desk.show('case-refused-en');
  await desk.accessible('a refused close');
  await act(desk, 'closed', { reason: 'responded', outcome: 'upheld', on: today(), satisfaction: 's_na', actions_done: true });
  await sendAll(desk);
  await openCase(desk, number);
  await untilStanding(desk, 'closed', 'awaits');

  await sendAll(manager);
  await openCase(manager, number);
  await act(manager, 'close_seconded');
  await sendAll(manager);
  await openCase(manager, number);
  await untilStatus(manager, 'closed');
});
