// A browser's storage that fails: at one operation, in one way, once or for ever.

// Everything the app may ask of IndexedDB, by what its failure can look like.
const SITES = [
  [IDBFactory, ["open"], "open"],
  [IDBDatabase, ["transaction"], "begin"],
  [IDBObjectStore, ["get", "getAll", "put", "delete", "clear"], "request"],
  [IDBIndex, ["get", "getAll", "openKeyCursor"], "request"],
  [IDBTransaction, ["commit"], "end"],
  [IDBDatabase, ["createObjectStore"], "shape"],
  [IDBObjectStore, ["createIndex"], "shape"],
];
const NAMES = {
  lost: "UnknownError", // WebKit: "Connection to Indexed Database server lost"
  closing: "InvalidStateError", // "The database connection is closing"
  backing: "UnknownError", // Chromium: "Internal error opening backing store"
  abort: "AbortError",
  upgrade: "AbortError",
  quota: "QuotaExceededError",
};

const real = SITES.map(([type, names]) => names.map((name) => type.prototype[name]));
const { setTimeout, clearTimeout } = globalThis;
const waits = new Map();
let hits = 0;
let hung = false;
let asleep = [];

const fault = (kind) => new DOMException(kind, NAMES[kind]);

// Nobody hears what becomes of it, until `wake`; what `late` names is said then.
function deaf(target, events, late) {
  const held = { open: false, missed: [], target };
  asleep.push(held);
  const keep = (said) => {
    if (held.open) return;
    said.stopImmediatePropagation();
    if (said.type === late) held.missed.push(said.type);
  };
  for (const event of events) target.addEventListener(event, keep, { capture: true });
}

// The transaction ends as if the store behind it were gone or full.
function broken(tx, kind) {
  Object.defineProperty(tx, "error", { value: fault(kind), configurable: true });
  queueMicrotask(() => {
    try {
      tx.abort();
    } catch {
      // It was over already.
    }
  });
}

// The `nth` operation from now on that can fail so fails, and those that follow up to `times` failures.
export function inject(kind, nth, times) {
  hits = 0;
  let seen = 0;
  SITES.forEach(([type, names, site], s) =>
    names.forEach((name, at) => {
      const call = real[s][at];
      type.prototype[name] = function (...args) {
        if (!can(kind, site)) return call.apply(this, args);
        seen += 1;
        if (seen < nth || hits >= times) return call.apply(this, args);
        hits += 1;
        return fails(kind, site, this, () => call.apply(this, args));
      };
    }),
  );
}

// Running out of room needs something that is written.
function can(kind, site) {
  if (kind === "upgrade" || site === "shape") return kind === "upgrade" && site === "shape";
  if (kind === "quota") return site !== "begin";
  return kind !== "backing" || site === "open";
}

function fails(kind, site, on, call) {
  if (kind === "hang") return hangs(site, on, call);
  if (site === "begin" || site === "shape") throw fault(kind);
  if (site === "open") {
    const request = call();
    const wrong = fault(kind);
    Object.defineProperty(request, "error", { get: () => wrong, configurable: true });
    request.addEventListener("success", (said) => {
      said.stopImmediatePropagation();
      request.result.close();
      request.dispatchEvent(new Event("error"));
    });
    return request;
  }
  const tx = site === "end" ? on : (on.transaction ?? on.objectStore.transaction);
  if (kind === "closing") throw fault(kind);
  broken(tx, kind);
  return site === "end" ? undefined : call();
}

function hangs(site, on, call) {
  hung = true;
  giveUp();
  if (site === "end") {
    deaf(on, ["complete", "abort"]);
    return call();
  }
  const asked = call();
  if (site === "begin") deaf(asked, ["complete", "abort"]);
  else deaf(asked, ["success", "error", "blocked"], site === "open" ? "success" : null);
  return asked;
}

// How many operations failed since `inject`.
export const hit = () => hits;

// Takes it all back.
export function heal() {
  SITES.forEach(([type, names], s) => names.forEach((name, at) => (type.prototype[name] = real[s][at])));
  globalThis.setTimeout = setTimeout;
  hung = false;
  wake();
}

// What nobody heard of until now is heard from now on.
export function wake() {
  const all = asleep;
  asleep = [];
  for (const held of all) {
    held.open = true;
    for (const type of held.missed) held.target.dispatchEvent(new Event(type));
  }
}

// A long wait is over as soon as something hangs, and not before: how fast the machine is has no say.
export function hurry() {
  globalThis.setTimeout = (call, ms, ...rest) => {
    if (!(ms >= 1000)) return setTimeout(call, ms, ...rest);
    const over = () => waits.delete(timer) && call(...rest);
    const timer = setTimeout(over, ms);
    waits.set(timer, over);
    giveUp();
    return timer;
  };
  globalThis.clearTimeout = (timer) => {
    waits.delete(timer);
    clearTimeout(timer);
  };
}

// Ends the long waits that are on; without one, the next.
function giveUp() {
  if (!hung || waits.size === 0) return;
  hung = false;
  for (const over of waits.values()) setTimeout(over);
}

// Whether a database can be deleted at once: nobody has it open and does not give way.
export function deletes(name) {
  return new Promise((ok) => {
    const request = indexedDB.deleteDatabase(name);
    request.onblocked = () => ok(false);
    request.onsuccess = () => ok(true);
    request.onerror = () => ok(false);
  });
}
