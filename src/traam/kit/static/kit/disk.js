// A store of this device that outlives its page and its browser. What `localStorage` was given
// waits in the browser's memory, for a minute at times, and goes with it; this is on the disk.

export class Disk {
  /** `key`: the property that names a thing of this store. */
  constructor(base, store, key) {
    Object.assign(this, { base, store, key });
  }

  opened() {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(this.base, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(this.store, { keyPath: this.key });
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  }

  /** What `act` asks of the store, once it is done. Rejects where nothing can be kept. */
  async turn(mode, act) {
    const base = await this.opened();
    return new Promise((resolve, reject) => {
      const turn = base.transaction(this.store, mode, { durability: "strict" });
      const asked = act(turn.objectStore(this.store));
      turn.oncomplete = () => resolve(asked?.result);
      turn.onerror = turn.onabort = () => reject(turn.error);
    }).finally(() => base.close());
  }
}

/** Forgets a whole base, or gives up. */
export function erase(base) {
  return new Promise((resolve) => {
    try {
      const asked = indexedDB.deleteDatabase(base);
      asked.onsuccess = asked.onerror = asked.onblocked = resolve;
    } catch {
      resolve(); // this browser keeps nothing
    }
  });
}
