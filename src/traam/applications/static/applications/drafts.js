// What was typed and the server has not acknowledged yet, kept on this device: by person,
// application, field and tab, so that neither another person nor another tab writes over it.

const HOUSE = "traam:brouillon:"; // kit/traam.js takes all of it away at sign-out
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

export class Drafts {
  constructor(person, application) {
    this.start = `${HOUSE}${person}:${application}:`;
    this.tab = remember(knownTab() ?? newTab());
    this.count = 0;
  }

  /** A tab that was duplicated has the name of the first: it takes another. */
  async settle() {
    if (navigator.locks && !(await hold(this.tab))) {
      this.tab = remember(newTab());
      await hold(this.tab);
    }
  }

  /** Names a save: the tab, then a number that only grows, so that the server knows their order. */
  newKey() {
    this.count = Math.max(Date.now(), this.count + 1);
    return `${this.tab}-${this.count}`;
  }

  name(field) {
    return `${this.start}${field}:${this.tab}`;
  }

  /** Returns whether this device could keep it. */
  keep(field, draft) {
    try {
      localStorage.setItem(this.name(field), JSON.stringify({ ...draft, at: Date.now() }));
      return true;
    } catch {
      return false; // no storage here, or it is full: the server's copy is the only one
    }
  }

  forget(field) {
    this.drop(this.name(field));
  }

  drop(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      // nothing was kept
    }
  }

  /** What an earlier page of this tab left, and tabs that have closed (or, where the browser cannot
      say so, that were silent for `age` milliseconds). */
  async left(age) {
    const alive = await living();
    const isLeft = (tab, at) => (alive ? !alive.has(tab) : Date.now() - at > age);
    return this.all().filter(({ tab, at }) => tab === this.tab || isLeft(tab, at));
  }

  all() {
    const found = [];
    try {
      for (const name of Object.keys(localStorage).filter((each) => each.startsWith(this.start))) {
        const [field, tab] = name.slice(this.start.length).split(":");
        found.push({ name, field, tab, ...JSON.parse(localStorage.getItem(name)) });
      }
    } catch {
      return found;
    }
    return found;
  }
}
