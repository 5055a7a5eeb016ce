// What lies in the diary's store, read and opened by somebody who shares no code with the app. One
// transaction over all stores: what it sees stood there at one moment.
const done = (request) =>
  new Promise((ok, no) => {
    request.onsuccess = () => ok(request.result);
    request.onerror = () => no(request.error);
  });
const bytes = (text) => new TextEncoder().encode(text);

// To open what is not there would make it, and the app would find a store that it cannot have made.
// Chromium says once that it cannot read its files, and then has none.
const there = await indexedDB.databases().catch(() => indexedDB.databases());
if (!there.some(({ name }) => name === "interlude")) return { gone: true };
const db = await done(indexedDB.open("interlude"));
const names = [...db.objectStoreNames];
if (!names.includes("entries")) throw new Error(`the store has only ${names}`);
const tx = db.transaction(names);
const all = Object.fromEntries(names.map((name) => [name, done(tx.objectStore(name).getAll())]));
for (const name of names) all[name] = await all[name];
db.close();

const device = all.keys.find((row) => row.name === "device");
const wrapped = all.keys.find((row) => row.name === "data");
let key = null;
if (device && wrapped) {
  const how = { name: "AES-GCM", iv: wrapped.data.slice(0, 12), additionalData: bytes("keys\0data") };
  const aes = { name: "AES-GCM", length: 256 };
  key = await crypto.subtle.unwrapKey("raw", wrapped.data.slice(12), device.key, how, aes, false, ["decrypt"]);
}
const opened = async (sealed, place) => {
  const how = { name: "AES-GCM", iv: sealed.slice(5, 17), additionalData: bytes(place) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed.slice(17))));
};

const entries = [];
for (const row of all.entries) {
  const { e } = await opened(row.sealed, `entries\0${row.id}\0${row.revision}`);
  entries.push({ ...e, seq: row.seq });
}
const drafts = [];
for (const row of all.drafts) drafts.push(await opened(row.sealed, `drafts\0${row.key}\0${row.version}`));
const lines = [];
for (const row of all.days) lines.push(...(await opened(row.sealed, `days\0${row.key}\0`)));

return {
  entries,
  drafts,
  lines: lines.filter((line) => line.questionnaire?.includes("/peg|")),
  outbox: all.outbox.map(({ revision, state }) => ({ revision, state })),
  receipts: all.receipts.map(({ revision, matches }) => ({ revision, matches })),
  counts: all.counts[0] ?? null,
};
