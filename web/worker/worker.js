/* The application without a line: its page and its files, never an answer of the API. The build puts VERSION and SHELL before this. */
/* global VERSION, SHELL */
const CACHE = `xrm-${VERSION}`;
/** Addresses that the server answers itself. */
const SERVED = /^\/(graphql|api|auth|imports|health|metrics|docs)(\/|$)/;
const HASHED = '/assets/';
/** A file is the same for whoever asks, with whatever headers. */
const ANYHOW = { cacheName: CACHE, ignoreSearch: true, ignoreVary: true };

/** Somebody signed out: nothing is kept for a page that is still open. */
let left = false;

addEventListener('install', (event) => event.waitUntil(fill()));

addEventListener('activate', (event) => event.waitUntil(begin()));

addEventListener('message', (event) => {
  if (event.data === 'take over') event.waitUntil(skipWaiting());
  if (event.data === 'leave') left = true;
  if (event.data === 'fill') event.waitUntil(fillAgain());
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (isPage(address.pathname)) event.respondWith(page(request));
  } else if (address.pathname.startsWith(HASHED)) {
    event.respondWith(hashed(request));
  } else if (SHELL.includes(address.pathname)) {
    event.respondWith(known(request));
  }
});

/** A notification leads to what it is about, in a page that is open or in a new one. */
addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(lead(event.notification.data ?? '/'));
});

/** Files have endings; addresses of the application have none. */
const isPage = (path) => !SERVED.test(path) && !path.slice(path.lastIndexOf('/')).includes('.');

async function fill() {
  const cache = await caches.open(CACHE);
  // hashed files may come from the browser's own cache; the others are asked for anew
  await cache.addAll(SHELL.map((place) => new Request(place, { cache: place.startsWith(HASHED) ? 'default' : 'reload' })));
}

/** Whoever signed out and in again finds a worker whose files are gone. */
async function fillAgain() {
  left = false;
  if (!(await caches.match('/', ANYHOW))) await fill();
}

async function begin() {
  for (const name of await caches.keys()) if (name.startsWith('xrm-') && name !== CACHE) await caches.delete(name);
  await clients.claim();
}

/** One page for every address: that of this version, so that it fits the files that are here. */
async function page(request) {
  return (await caches.match('/', ANYHOW)) ?? fetch(request);
}

async function lead(href) {
  const [open] = await clients.matchAll({ type: 'window' });
  if (!open) return clients.openWindow(href);
  const page = await open.focus();
  return page.navigate(href);
}

async function known(request) {
  return (await caches.match(request, ANYHOW)) ?? fetch(request);
}

/** Named after its content, so never another; kept when it is first used. */
async function hashed(request) {
  const found = await caches.match(request, ANYHOW);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && !left) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}
