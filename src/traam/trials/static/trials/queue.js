// What was noted and the server does not have yet: kept on this device, person by person.

const STORE = "observations";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("traam-observations", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function inStore(mode, act) {
  return opened().then(
    (base) =>
      new Promise((resolve, reject) => {
        const turn = base.transaction(STORE, mode);
        const asked = act(turn.objectStore(STORE));
        turn.oncomplete = () => resolve(asked.result);
        turn.onerror = turn.onabort = () => reject(turn.error);
      }).finally(() => base.close()),
  );
}

export class Queue {
  constructor(person) {
    this.person = person;
  }

  /** `entry`: { key, label, fields: [[name, value]], file, reasons }. Rejects when nothing keeps. */
  put(entry) {
    return inStore("readwrite", (store) => store.put({ ...entry, person: this.person }));
  }

  drop(key) {
    return inStore("readwrite", (store) => store.delete(key));
  }

  /** The entries of this person, the oldest first; another's stay where they are. */
  async all() {
    const found = await inStore("readonly", (store) => store.getAll());
    return found
      .filter((each) => each.person === this.person)
      .sort((one, other) => one.at - other.at);
  }
}
