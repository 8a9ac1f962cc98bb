// What was typed and the server has not acknowledged yet, kept on this device: by person,
// application, field and thread, so that neither another person, nor another tab, nor what this one
// types later in another's text writes over it. A thread: the texts of one field where each was
// typed over the one before, in one tab.

import { Disk } from "../kit/disk.js";

const disk = new Disk("traam-brouillons", "textes", "name"); // kit/traam.js erases it at sign-out
const TAB = "traam:onglet";
const LOCK = "traam:onglet:"; // held while a page lives, where the browser has locks

function newTab() {
  const bytes = crypto.getRandomValues(new Uint8Array(8)); // `randomUUID` wants a secure address
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function remember(tab) {
  try {
    sessionStorage.setItem(TAB, tab);
  } catch {
    // this browser keeps nothing: the tab has another name at each page
  }
  return tab;
}

function knownTab() {
  try {
    return sessionStorage.getItem(TAB);
  } catch {
    return null;
  }
}

/** Takes the lock of a tab for the life of the page; whether it was free. */
function hold(tab) {
  return new Promise((answer) => {
    navigator.locks.request(LOCK + tab, { ifAvailable: true }, (lock) => {
      answer(Boolean(lock));
      return lock && new Promise(() => {});
    });
  });
}

/** The tabs whose pages live; null where the browser cannot say. */
async function living() {
  if (!navigator.locks) return null;
  const { held } = await navigator.locks.query();
  return new Set(held.map(({ name }) => name.replace(LOCK, "")));
}

/** The thread of a key, and the tab of a thread. */
const threadOf = (key) => key.slice(0, key.lastIndexOf("-"));
const tabOf = (thread) => thread.split(".")[0];

export class Drafts {
  constructor(person, application) {
    this.start = `${person}:${application}:`;
    this.tab = remember(knownTab() ?? newTab());
    this.count = 0;
    this.own = new Set(); // the threads of this page
    this.waiting = new Map(); // by name, what is to be kept, or null to be dropped
    this.turn = null;
    this.isKept = true; // as far as is known: this device could keep what was typed
  }

  /** A tab that was duplicated has the name of the first: it takes another. */
  async settle() {
    if (navigator.locks && !(await hold(this.tab))) {
      this.tab = remember(newTab());
      await hold(this.tab);
    }
  }

  /** A number that only grows. */
  next() {
    this.count = Math.max(Date.now(), this.count + 1);
    return this.count;
  }

  newThread() {
    return this.take(`${this.tab}.${this.next()}`);
  }

  take(thread) {
    this.own.add(thread);
    return thread;
  }

  /** The thread of this draft, where this tab had begun it; none where another tab may go on. */
  resume(draft) {
    return draft.tab === this.tab ? this.take(threadOf(draft.key)) : "";
  }

  /** Names a save: its thread, then a number, so that the server knows their order. */
  newKey(thread) {
    return `${thread}-${this.next()}`;
  }

  /** Returns the name that it is kept under. */
  keep(field, draft) {
    const name = `${this.start}${field}:${threadOf(draft.key)}`;
    this.put(name, { ...draft, name, at: Date.now() });
    return name;
  }

  drop(name) {
    if (name) this.put(name, null);
  }

  put(name, draft) {
    this.waiting.set(name, draft);
    this.turn ??= this.write();
  }

  /** All that waits at once: what takes the place of a text comes as that text goes. */
  async write() {
    while (this.waiting.size) {
      const batch = this.waiting;
      this.waiting = new Map();
      try {
        await disk.turn("readwrite", (store) => {
          for (const [name, draft] of batch) draft ? store.put(draft) : store.delete(name);
        });
        this.isKept = true;
      } catch {
        this.isKept = false; // nothing is kept here, or it is full: it goes with what comes next
        this.waiting = new Map([...batch, ...this.waiting]);
        break;
      }
    }
    this.turn = null;
  }

  /** What an earlier page of this tab left, and tabs that have closed (or, where the browser cannot
      say so, that were silent for `age` milliseconds). */
  async left(age) {
    const alive = await living();
    const isLeft = (tab, at) => (alive ? !alive.has(tab) : Date.now() - at > age);
    const found = await this.all();
    return found.filter(
      ({ key, tab, at }) => !this.own.has(threadOf(key)) && (tab === this.tab || isLeft(tab, at)),
    );
  }

  async all() {
    const range = IDBKeyRange.bound(this.start, `${this.start}\uffff`);
    const found = await disk.turn("readonly", (store) => store.getAll(range)).catch(() => []);
    return found.map((draft) => {
      const [field, thread] = draft.name.slice(this.start.length).split(":");
      return { ...draft, field, tab: tabOf(thread) };
    });
  }
}
