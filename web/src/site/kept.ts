/**
 * What this device keeps through reloads, crashes and lost connections: values by name, in the database of the browser.
 *
 * It writes at once, where localStorage may lose the last minute when the browser is killed. Without a database (some private windows) values
 * are kept as long as the page.
 */

const DATABASE = "manyhands";
const STORE = "kept";
const BEHIND_ALL = "\uffff";

const memory = new Map<string, unknown>();
let opened: Promise<IDBDatabase | null> | null = null;

export async function keep(name: string, value: unknown): Promise<void> {
  memory.set(name, value);
  await change((store) => store.put(value, name));
}

export async function forget(...names: readonly string[]): Promise<void> {
  for (const name of names) memory.delete(name);
  await change((store) => names.forEach((name) => store.delete(name)));
}

/** Return what is kept under a name; undefined for nothing. */
export async function findKept(name: string): Promise<unknown> {
  const database = await open();
  return database ? answerOf(database.transaction(STORE).objectStore(STORE).get(name)) : memory.get(name);
}

/** Return the names that begin with a prefix. */
export async function listKept(prefix: string): Promise<string[]> {
  const database = await open();
  if (!database) return [...memory.keys()].filter((name) => name.startsWith(prefix));
  const range = IDBKeyRange.bound(prefix, prefix + BEHIND_ALL);
  return (await answerOf(database.transaction(STORE).objectStore(STORE).getAllKeys(range))).map(String);
}

async function change(make: (store: IDBObjectStore) => unknown): Promise<void> {
  const database = await open();
  if (!database) return;
  const transaction = database.transaction(STORE, "readwrite");
  make(transaction.objectStore(STORE));
  // Without this a page that is closed right now would take the change along.
  transaction.commit();
  await new Promise<void>((resolve) => {
    transaction.oncomplete = transaction.onabort = () => resolve();
  });
}

function open(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    if (typeof indexedDB === "undefined") return resolve(null);
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
  return opened;
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
