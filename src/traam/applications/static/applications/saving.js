// Saves what is typed, at most two seconds after; keeps it on this device until the server has it.

import { ABSENT, DONE, EXPIRED, REFUSED } from "./server.js";

const PAUSE = 800; // milliseconds without typing, then it is sent
const LIMIT = 1800; // at most this long after the first word typed
const RETRY = { first: 1000, most: 30000, expired: 5000 };
const OTHER_TAB = 15000; // a tab that was silent for so long has closed, or cannot save

export class Saving {
  /** `known`: what this page shows, which goes with each save; `heard`: told each answer. */
  constructor({ fields, server, drafts, state, signIn, heard, known = () => ({}) }) {
    Object.assign(this, { fields, server, drafts, state, signIn, heard, known });
    this.chain = Promise.resolve();
    this.failures = 0;
    this.first = 0;
    this.orphans = [];
    this.outcome = DONE;
    this.seen = "";
  }

  get isClear() {
    return this.orphans.length === 0 && ![...this.fields.values()].some((each) => each.isDirty);
  }

  typed(field) {
    field.thread ||= this.drafts.newThread();
    field.key = this.drafts.newKey(field.thread);
    if (!field.isDirty) return this.forget(field); // typed, then taken back
    this.keep(field);
    this.state.typing();
    return this.soon();
  }

  /** In the place of what was kept of this field. */
  keep(field) {
    const { id, value, base, key, draft } = field;
    field.draft = this.drafts.keep(id, { value, base, key });
    if (draft !== field.draft) this.drafts.drop(draft);
  }

  forget(field) {
    this.drafts.drop(field.draft);
    field.draft = "";
  }

  soon() {
    if (this.failures) return; // it will be tried again already
    this.first ||= Date.now();
    const left = Math.max(0, this.first + LIMIT - Date.now());
    this.again(Math.min(PAUSE, left));
  }

  again(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  /** What an earlier page left unsaved: back in its field, or sent as it is. */
  async recover() {
    for (const draft of await this.drafts.left(OTHER_TAB)) {
      const field = this.fields.get(draft.field);
      if (this.orphans.some((each) => each.key === draft.key)) continue;
      if (field?.key === draft.key) continue;
      if (field?.restore(draft)) field.thread = this.drafts.resume(draft);
      else this.orphans.push(draft);
    }
    if (!this.isClear) this.soon();
  }

  writes() {
    const dirty = [...this.fields.values()].filter((each) => each.isDirty);
    const typed = dirty.map(({ id, value, base, key }) => ({ field: id, value, base, key }));
    const left = this.orphans.map(({ field, value, base, key }) => ({ field, value, base, key }));
    return [...left, ...typed];
  }

  /** One after the other: two saves at once would be rivals of each other. */
  flush(options) {
    this.chain = this.chain.catch(() => null).then(() => this.send(options));
    return this.chain;
  }

  async send(options) {
    clearTimeout(this.timer);
    this.first = 0;
    const writes = this.writes();
    const message = { seen: this.seen, writes, ...this.known() };
    this.take(await this.server.save(message, options), writes);
  }

  /** The page is going: what can still leave leaves; the rest is kept on this device. */
  leave() {
    if (!this.isClear) this.send({ last: true });
  }

  take(answer, writes) {
    this.outcome = answer.outcome;
    if (answer.outcome === DONE) return this.done(answer.body, writes);
    if (answer.outcome === REFUSED) {
      this.failures = 0;
      return this.state.refused(answer.body.erreur ?? "le serveur a refusé.");
    }
    if (answer.outcome === EXPIRED) this.state.expired(Boolean(answer.other), this.signIn);
    if (answer.outcome === ABSENT && writes.length) this.state.absent(this.drafts.isKept);
    const wait = Math.min(RETRY.most, RETRY.first * 2 ** this.failures);
    this.failures += 1;
    return this.again(answer.outcome === EXPIRED ? RETRY.expired : wait);
  }

  done(body, writes) {
    this.failures = 0;
    for (const write of writes) this.acknowledge(write, body);
    this.heard(body);
    const hasRivals = Object.keys(body.rivals).length > 0;
    const isSaid = this.state.line.dataset.state === "saved" && hasRivals === (this.hadRivals ?? hasRivals);
    this.hadRivals = hasRivals;
    if (!this.isClear) this.soon();
    else if (writes.length || !isSaid) this.state.saved(body.at, hasRivals);
  }

  /** The server has this text: in the field itself, or beside another's, to be settled. */
  acknowledge(write, body) {
    const orphan = this.orphans.find((each) => each.key === write.key);
    if (orphan) {
      this.orphans = this.orphans.filter((each) => each !== orphan);
      this.drafts.drop(orphan.name);
    }
    const field = this.fields.get(write.field);
    if (!field || orphan) return;
    field.acked = write.value;
    if (write.field in body.saved) field.base = body.saved[write.field];
    if (!(write.field in body.rivals)) field.showFaults(body.faults[write.field] ?? []);
    if (field.isDirty) this.keep(field);
    else this.forget(field);
  }
}
