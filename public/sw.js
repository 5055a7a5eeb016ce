// The service worker: keeps one whole build of the app, and answers from it.
//
// Two lines below are filled in by `cargo xtask finish` when the app is built, so that a changed
// byte anywhere makes another worker. All or nothing: one file that does not match its digest, and
// the old build stays. It never touches the diary, the clinic's addresses or anybody else's.
"use strict";

const BUILD = "unbuilt";
// Pairs of path and SHA-256 in hexadecimal.
const FILES = [];

const PREFIX = "interlude-";
const CACHE = PREFIX + BUILD;
const PAGE = "/index.html";
// Not of one build: kept when another takes over.
const MARKS = "reminders";
const MARK = "/reminders/mark";
const HEARD = "/reminders/heard";
const TEST = "/reminders/test";
const TAG = "reminder";
const ICON = "/icons/icon-192.png";
const DIGESTS = new Map(FILES);
const HASHED = /[-_.][0-9a-f]{16}[-_.]/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

// Only a page that made sure no form is open says this (src/platform/worker.rs).
self.addEventListener("message", (event) => {
  if (event.data === "skip") self.skipWaiting();
});

// Background Sync, where a browser has it, wakes the open pages. Only pages sync.
self.addEventListener("sync", (event) => {
  const wake = async () => {
    for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage("wake");
  };
  event.waitUntil(wake());
});

self.addEventListener("push", (event) => event.waitUntil(remind()));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || FILES.length === 0) return;
  if (request.mode === "navigate" && isPage(pathname)) event.respondWith(kept(PAGE, request));
  else if (DIGESTS.has(pathname)) event.respondWith(kept(pathname, request));
});

// Addresses of the app end without a dot, but for a form's, whose name may be a canonical. The
// clinic's own addresses are its own.
function isPage(pathname) {
  const [first] = pathname.slice(1).split("/");
  const file = pathname.slice(pathname.lastIndexOf("/")).includes(".");
  return pathname === PAGE || (!["fhir", "health"].includes(first) && (!file || first === "fill"));
}

// From this build alone. What the browser threw away is asked of the server, which answers 404 and
// never the page when it has gone on to another build.
async function kept(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request);
}

// A push carries nothing. What to say, in the person's language, and until when the day is saved, a page
// wrote down (src/state/reminders/mark.rs): nothing of the diary is in it, and the diary itself is sealed.
async function remind() {
  const marks = await caches.open(MARKS);
  const heard = await marks.match(HEARD);
  await marks.put(HEARD, new Response(String(1 + Number(heard ? await heard.text() : 0))));
  const mark = await (await marks.match(MARK))?.json();
  const now = Date.now();
  const test = await marks.match(TEST);
  // Once, so that a reminder soon after the test is none.
  if (test) await marks.delete(TEST);
  const kind = test && now < Number(await test.text()) ? "test" : now < mark?.until ? "saved" : "open";
  const [title, body] = mark?.says[kind] ?? ["Interlude", ""];
  const lang = mark?.language ?? "";
  await self.registration.showNotification(title, { body, lang, tag: TAG, icon: ICON, silent: kind === "saved" });
  if (kind === "open") await self.navigator.setAppBadge?.().catch(() => {});
  // Browsers want every push to be seen, but there is nothing to do about this one. The event does not wait
  // for its end, or a browser would say something of its own in its place.
  if (kind === "saved") setTimeout(() => quiet(), 4000);
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage("reminded");
}

async function quiet() {
  for (const shown of await self.registration.getNotifications({ tag: TAG })) shown.close();
}

async function show() {
  const [page] = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return page ? page.focus() : self.clients.openWindow("/");
}

async function install() {
  if (FILES.length === 0) return;
  try {
    const cache = await caches.open(CACHE);
    await Promise.all(FILES.map(async ([path, digest]) => cache.put(path, await whole(path, digest))));
  } catch (failure) {
    await caches.delete(CACHE);
    throw failure;
  }
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  // The very first worker takes the open page, so that it may go offline at once. Later ones are
  // let in by a page and take over the pages of the one before.
  if (old.length === 0) await self.clients.claim();
}

// The file with this digest: from the build before, from the browser's cache, from the server.
async function whole(path, digest) {
  // The page is always asked for: its policy is in a header, which no digest covers.
  const before = path === PAGE ? undefined : await caches.match(path, { ignoreVary: true });
  if (before && (await matches(before, digest))) return before;
  for (const cache of [HASHED.test(path) ? "default" : "no-cache", "reload"]) {
    const response = await fetch(path, { cache, credentials: "same-origin" });
    if (response.status === 200 && !response.redirected && (await matches(response, digest))) return response;
  }
  throw new Error(`${path} is not the file of build ${BUILD}`);
}

async function matches(response, digest) {
  const sum = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("") === digest;
}
