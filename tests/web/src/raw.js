// What the tests do behind the journal's back: look at raw records, break connections.

const done = (request) =>
  new Promise((ok, no) => {
    request.onsuccess = () => ok(request.result);
    request.onerror = () => no(request.error);
  });

const over = (tx) =>
  new Promise((ok, no) => {
    tx.oncomplete = ok;
    tx.onabort = () => no(tx.error);
  });

const openAt = async (name, version) => await done(indexedDB.open(name, version));

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

// Every record of every store, bytes and all, as one text in which plain words would show.
export async function everything(name) {
  const db = await openAt(name);
  const tx = db.transaction([...db.objectStoreNames]);
  const found = [];
  for (const store of db.objectStoreNames) {
    for (const record of await done(tx.objectStore(store).getAll())) {
      for (const [field, value] of Object.entries(record)) {
        found.push(field, value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : String(value));
      }
    }
  }
  db.close();
  return found.join("\n");
}

// Names of stores, keys and indexes.
export async function shape(name) {
  const db = await openAt(name);
  const version = db.version;
  const tx = db.transaction([...db.objectStoreNames]);
  const stores = [...db.objectStoreNames].map((each) => {
    const store = tx.objectStore(each);
    const indexes = [...store.indexNames].map((index) => {
      const { keyPath, unique } = store.index(index);
      return { name: index, keyPath, unique };
    });
    return { name: each, keyPath: store.keyPath, indexes };
  });
  db.close();
  return JSON.stringify({ version, stores });
}

// The store as a text that `restore` takes: possible only where `loosen` made the device key
// extractable.
export async function dump(name) {
  const { version, stores } = JSON.parse(await shape(name));
  const db = await openAt(name);
  for (const store of stores) {
    const records = await done(db.transaction(store.name).objectStore(store.name).getAll());
    store.records = [];
    for (const record of records) {
      const out = {};
      for (const [field, value] of Object.entries(record)) {
        if (value instanceof Uint8Array) out[field] = { bytes: base64(value) };
        else if (value instanceof CryptoKey)
          out[field] = { key: base64(new Uint8Array(await crypto.subtle.exportKey("raw", value))) };
        else out[field] = value;
      }
      store.records.push(out);
    }
  }
  db.close();
  return JSON.stringify({ version, stores });
}

// Makes a store from a dump, with nothing of the app's own code.
export async function restore(name, text) {
  const { version, stores } = JSON.parse(text);
  for (const record of stores.flatMap((store) => store.records)) {
    for (const [field, value] of Object.entries(record)) {
      if (value?.bytes) record[field] = bytes(value.bytes);
      if (value?.key)
        record[field] = await crypto.subtle.importKey("raw", bytes(value.key), "AES-GCM", false, [
          "wrapKey",
          "unwrapKey",
        ]);
    }
  }
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => {
    for (const { name, keyPath, indexes } of stores) {
      const store = request.result.createObjectStore(name, { keyPath });
      for (const index of indexes) store.createIndex(index.name, index.keyPath, { unique: index.unique });
    }
  };
  const db = await done(request);
  const tx = db.transaction([...db.objectStoreNames], "readwrite");
  for (const store of stores) for (const record of store.records) tx.objectStore(store.name).put(record);
  await over(tx);
  db.close();
}

// From now on keys of this page may be exported: for writing a fixture, never in the app.
export function loosen() {
  const real = SubtleCrypto.prototype.generateKey;
  SubtleCrypto.prototype.generateKey = function (algorithm, _extractable, usages) {
    return real.call(this, algorithm, true, usages);
  };
}

// Changes one byte of the sealed part of every record of a store.
export async function scratch(name, store) {
  await rewrite(name, store, (record) => {
    const at = record.sealed.length - 1;
    record.sealed[at] ^= 1;
  });
}

// Gives every record of a store the seal of the one before it.
export async function swap(name, store) {
  let before = null;
  await rewrite(name, store, (record) => {
    const own = record.sealed;
    if (before) record.sealed = before;
    before = own;
  });
}

// Changes one byte of every seal there is in a store.
export async function spoil(name, store) {
  await rewrite(name, store, (record) => {
    if (record.sealed) record.sealed[record.sealed.length - 1] ^= 1;
  });
}

// Every record of a store as it is now, for `put_back`.
export async function keep(name, store) {
  const db = await openAt(name);
  const records = await done(db.transaction(store).objectStore(store).getAll());
  db.close();
  return records;
}

// Puts records of an earlier time in the place of those that are there now.
export async function put_back(name, store, records) {
  const db = await openAt(name);
  const tx = db.transaction(store, "readwrite");
  for (const record of records) tx.objectStore(store).put(record);
  await over(tx);
  db.close();
}

async function rewrite(name, store, change) {
  const db = await openAt(name);
  const tx = db.transaction(store, "readwrite");
  for (const record of await done(tx.objectStore(store).getAll())) {
    change(record);
    tx.objectStore(store).put(record);
  }
  await over(tx);
  db.close();
}

// Removes one record.
export async function lose(name, store, key) {
  const db = await openAt(name);
  const tx = db.transaction(store, "readwrite");
  tx.objectStore(store).delete(key);
  await over(tx);
  db.close();
}

// Removes a whole database, as an eviction does.
export async function wipe(name) {
  await done(indexedDB.deleteDatabase(name));
}

// Opens a database at a version, as a newer app would, and hangs up.
export async function raise(name, version) {
  (await openAt(name, version)).close();
}

const transaction = IDBDatabase.prototype.transaction;
let seen = [];

// Calls `each` with every new transaction that writes, until `mend`.
function intercept(each) {
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const tx = transaction.call(this, stores, mode, options);
    if (mode === "readwrite") each(tx);
    return tx;
  };
}

export function mend() {
  IDBDatabase.prototype.transaction = transaction;
  IDBObjectStore.prototype.put = put;
  IDBObjectStore.prototype.delete = remove;
  seen = [];
}

// Notes the durability of every transaction that writes.
export function watch() {
  intercept((tx) => seen.push(tx.durability));
}

export function durabilities() {
  return seen.join(" ");
}

// The next `times` transactions of any kind fail as on a connection that is gone.
export function kill(times) {
  IDBDatabase.prototype.transaction = function (...args) {
    if (times-- > 0) throw new DOMException("gone", "InvalidStateError");
    return transaction.apply(this, args);
  };
}

// The next `times` writing transactions commit, but their answer is lost: the page hears an abort.
export function deafen(times) {
  intercept((tx) => {
    if (times-- > 0) queueMicrotask(() => tx.dispatchEvent(new Event("abort")));
  });
}

// Every writing transaction from now on is aborted, for want of room.
export function fill() {
  fill_after(0);
}

// The same, once `times` of them went through.
export function fill_after(times) {
  intercept((tx) => {
    if (times-- > 0) return;
    Object.defineProperty(tx, "error", { value: new DOMException("full", "QuotaExceededError") });
    queueMicrotask(() => tx.abort());
  });
}

// Notes every record that is put or deleted, and in which transaction: `1 keys data`.
const remove = IDBObjectStore.prototype.delete;
export function follow() {
  let turn = 0;
  // The copy follows, in transactions of its own.
  const copy = ({ objectStoreNames: names }) => names.contains("entries") && !names.contains("counts");
  intercept((tx) => (turn += copy(tx.db) ? 0 : 1));
  const note = (store, key) => copy(store.transaction.db) || seen.push(`${turn} ${store.name} ${key}`);
  IDBObjectStore.prototype.put = function (record, ...rest) {
    note(this, record[this.keyPath]);
    return put.call(this, record, ...rest);
  };
  IDBObjectStore.prototype.delete = function (key) {
    note(this, key);
    return remove.call(this, key);
  };
}

export function followed() {
  return seen.join("\n");
}

// Shortens the seal of every record of a store to its half.
export async function cut(name, store) {
  await rewrite(name, store, (record) => {
    record.sealed = record.sealed.slice(0, record.sealed.length >> 1);
  });
}

// Entries written from now on are not what was asked to be written.
const put = IDBObjectStore.prototype.put;
export function garble() {
  IDBObjectStore.prototype.put = function (record, ...rest) {
    if (this.name === "entries") record.sealed[record.sealed.length - 1] ^= 1;
    return put.call(this, record, ...rest);
  };
}

// The browser gives no store at all.
const given = Object.getOwnPropertyDescriptor(globalThis, "indexedDB");
export function forbid() {
  Object.defineProperty(globalThis, "indexedDB", { value: undefined, configurable: true });
}

export function allow() {
  Object.defineProperty(globalThis, "indexedDB", given);
}

export function now() {
  return performance.now();
}

const bucket = async () => (await navigator.storageBuckets?.open("spare"))?.indexedDB;

// Whether this browser keeps a second copy.
export function copies() {
  return Boolean(navigator.storageBuckets);
}

// Every record of the copy, bytes and all, as one text in which plain words would show.
export async function copied(name) {
  const db = await done((await bucket()).open(name));
  const found = [];
  for (const store of db.objectStoreNames) {
    for (const record of await done(db.transaction(store).objectStore(store).getAll())) {
      for (const [field, value] of Object.entries(record)) {
        found.push(field, value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : String(value));
      }
    }
  }
  db.close();
  return found.join("\n");
}

// The copy is gone.
export async function uncopy(name) {
  const databases = await bucket();
  if (databases) await done(databases.deleteDatabase(name));
}
