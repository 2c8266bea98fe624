// The database worker's outer half: takes the one lock on this origin's storage, loads the wasm, and says what the wasm cannot say
// itself. It never looks into a request or an answer: those are strings between the page's bridge and the wasm.
//
// To the page, as objects (requests, answers and notices are strings, so the two never mix):
//   { sada: 'ready' }        the lock is held and the wasm has set its `onmessage`; what came earlier has been handed on
//   { sada: 'other-tab' }    another tab holds the data; 'ready' follows by itself once it lets go
//   { sada: 'handed-over' }  another tab asked for the data: this worker has ended; start a new one, which waits its turn
//   { sada: 'unsupported' }  the browser lacks what the app needs
//   { sada: 'trapped' }      the wasm trapped or did not load: terminate() this worker and start a new one. What was committed is on disk
// From the page:
//   { sada: 'module', module }  the wasm as the page runs it: loaded and compiled once for both
//   { sada: 'take-over' }       (while 'other-tab') ask the other tab to hand over now
//
// The wasm's start function is synchronous and sets `self.onmessage` itself (`main` of the bin `sada`).
const LOCK = 'sada-store';
// After a reload the page's own worker of before holds the lock for a moment: that is no other tab.
const GRACE_MS = 1_500;
const channel = new BroadcastChannel(LOCK);
const tell = (what, detail) => self.postMessage({ sada: what, detail });
let holds = false;

// Only the storage contract has a page that runs no app, and so no module to send.
let take;
const module = self.location.search === '?contract' ? '/sada_bg.wasm' : new Promise(resolve => { take = resolve; });
const waiting = [];
self.onmessage = event => {
  const said = event.data && event.data.sada;
  if (said === 'module') take(event.data.module);
  else if (said === 'take-over') channel.postMessage('take-over');
  else waiting.push(event.data);
};

// Between two events no transaction is open (SQLite runs synchronously), so ending here tears nothing. Closing frees lock and files.
channel.onmessage = event => {
  if (event.data !== 'take-over' || !holds) return;
  tell('handed-over');
  self.close();
};

const trapped = error => {
  if (error instanceof WebAssembly.RuntimeError) tell('trapped', String(error));
};
self.addEventListener('error', event => trapped(event.error));
self.addEventListener('unhandledrejection', event => trapped(event.reason));

async function open() {
  holds = true;
  try {
    const wasm = await import('/sada.js');
    await wasm.default({ module_or_path: await module });
  } catch (error) {
    tell('trapped', String(error));
    return;
  }
  tell('ready');
  for (const data of waiting.splice(0)) self.onmessage(new MessageEvent('message', { data }));
  await new Promise(() => {}); // the lock is held as long as this worker lives
}

if (typeof FileSystemFileHandle === 'undefined' || !('createSyncAccessHandle' in FileSystemFileHandle.prototype) || !navigator.locks) {
  tell('unsupported');
} else {
  const told = setTimeout(() => tell('other-tab'), GRACE_MS);
  navigator.locks.request(LOCK, () => {
    clearTimeout(told);
    return open();
  });
}
