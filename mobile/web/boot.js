// Starts the page: checks what the app cannot do without, registers the service worker, loads the page's wasm, and looks after updates.
// Knows nothing of data: the database lives in worker.js. Kept to old syntax, since a browser too old must still read the checks.
//
// Events on `window` for the app:
//   'sada-update-ready'  (cancelable) a new version waits. preventDefault() = the app shows it itself; else a quiet bar does.
//   'sada-apply-update'  the app asks for it, after a person did: the new version takes over and the page reloads once.
//
// The app wears one of two looks, which it says by `data-look` of the document; kept here too, since the app itself opens later.
const LOOKS = {
  sada: { title: 'صدى · Sada', icon: '/icon.svg', manifest: '/manifest.webmanifest' },
  notes: { title: 'ملاحظات · Notes', icon: '/notes.svg', manifest: '/notes.webmanifest' },
};
function wear() {
  const name = document.documentElement.dataset.look === 'notes' ? 'notes' : 'sada';
  const look = LOOKS[name];
  document.title = look.title;
  document.querySelector('link[rel=icon]').href = look.icon;
  document.querySelector('link[rel=manifest]').href = look.manifest;
  try { localStorage.setItem('look', name); } catch (_) { /* the app says it again when it opens */ }
}
try { document.documentElement.dataset.look = localStorage.getItem('look') || 'sada'; } catch (_) { /* as it comes */ }
if (document.documentElement.dataset.look === 'notes') wear();
new MutationObserver(wear).observe(document.documentElement, { attributeFilter: ['data-look'] });

const show = id => { document.getElementById(id).hidden = false; };

function missing() {
  if (!window.isSecureContext) return 'boot-insecure';
  const able = typeof WebAssembly === 'object' && typeof Worker === 'function' && 'serviceWorker' in navigator && 'locks' in navigator &&
    navigator.storage && typeof navigator.storage.getDirectory === 'function' && typeof structuredClone === 'function' && moduleWorkers();
  return able ? null : 'boot-too-old';
}

// A browser that knows module workers reads the `type` option, and stops at its throw; one that does not, never asks for it.
function moduleWorkers() {
  let asked = false;
  try { new Worker('/worker.js', { get type() { asked = true; throw new Error('asked'); } }).terminate(); } catch (_) { /* as meant */ }
  return asked;
}

function watchUpdates(registration) {
  let applying = false;
  const ready = () => {
    document.documentElement.dataset.update = 'ready';
    if (window.dispatchEvent(new CustomEvent('sada-update-ready', { cancelable: true }))) show('boot-update');
  };
  const apply = () => {
    if (!registration.waiting) return;
    applying = true;
    registration.waiting.postMessage('skip-waiting');
  };
  // Only a person's wish reloads the page: never under someone who is writing down a complaint.
  navigator.serviceWorker.addEventListener('controllerchange', () => { if (applying) { applying = false; location.reload(); } });
  window.addEventListener('sada-apply-update', apply);
  document.getElementById('boot-update-now').addEventListener('click', apply);
  document.getElementById('boot-update-later').addEventListener('click', () => { document.getElementById('boot-update').hidden = true; });
  if (registration.waiting && navigator.serviceWorker.controller) ready();
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing;
    if (fresh) fresh.addEventListener('statechange', () => { if (fresh.state === 'installed' && navigator.serviceWorker.controller) ready(); });
  });
  // An installed app may stay open for days: look when it comes back to the front and when the network does.
  const look = () => { if (document.visibilityState === 'visible') registration.update().catch(() => {}); };
  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
}

// A trap in the page's wasm leaves a page that no longer answers: say so. (A trap in the database worker is the bridge's matter.)
function watchTraps() {
  const trapped = error => { if (error instanceof WebAssembly.RuntimeError) show('boot-broken'); };
  window.addEventListener('error', event => trapped(event.error));
  window.addEventListener('unhandledrejection', event => trapped(event.reason));
  document.getElementById('boot-reload').addEventListener('click', () => location.reload());
}

const problem = missing();
if (problem) {
  show(problem);
} else {
  watchTraps();
  // The service worker comes after the app, whose files it then need not load a second time beside the first.
  import('/sada.js').then(sada => sada.default({ module_or_path: '/sada_bg.wasm' })).catch(error => { console.error(error); show('boot-broken'); })
    .then(() => navigator.serviceWorker.register('/sw.js'))
    .then(watchUpdates, () => { /* the app works online without it; the next visit tries again */ });
}
