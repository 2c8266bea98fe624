// Keeps the whole app on the device, so that it starts without network. The packer fills in version and list.
// Never touches /api, which is the replica's matter, nor /status, which is the server's own page. A new version waits until a person asks for it (boot.js).
const CACHE = 'sada-__VERSION__';
const FILES = __FILES__;

self.addEventListener('install', event => {
  // 'reload' goes round the browser's own cache: a version is all new files or none. The first one takes over what the page has just
  // loaded, and only asks whether it still holds: on a weak line nothing comes twice.
  const way = self.registration.active ? 'reload' : 'no-cache';
  event.waitUntil(caches.open(CACHE).then(cache => cache.addAll(FILES.map(file => new Request(file, { cache: way })))));
});

self.addEventListener('activate', event => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('sada-') && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener('message', event => { if (event.data === 'skip-waiting') self.skipWaiting(); });

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== location.origin || url.pathname.startsWith('/api/') || url.pathname === '/status') return;
  const file = event.request.mode === 'navigate' && !FILES.includes(url.pathname) ? '/index.html' : url.pathname;
  event.respondWith(caches.open(CACHE).then(cache => cache.match(file)).then(kept => kept || fetch(event.request)));
});
