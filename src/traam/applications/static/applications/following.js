// Follows what the others write, without ever taking the cursor or a word from who is writing.

import { DONE, EXPIRED } from "./server.js";

const ALONE = 10000; // milliseconds between two looks
const TOGETHER = 4000;
const HIDDEN = 60000;
const HERE = 20000; // how often one says that one is still here

function buttonTo(act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "fr-btn fr-btn--tertiary fr-btn--sm" });
  button.textContent = "Voir";
  button.addEventListener("click", act);
  return button;
}

export class Following {
  constructor({ fields, server, saving, state, page }) {
    Object.assign(this, { fields, server, saving, state, page });
    this.others = 0;
    this.said = 0;
    this.parts = new Map();
  }

  start() {
    this.wait();
    addEventListener("focusin", () => this.moved());
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
  }

  wait() {
    clearTimeout(this.timer);
    const pause = document.hidden ? HIDDEN : this.others ? TOGETHER : ALONE;
    this.timer = setTimeout(() => this.look(), pause);
  }

  moved() {
    const box = document.activeElement?.closest?.("[data-field]");
    this.release();
    if (!box || box.dataset.field === this.saving.seen) return;
    this.saving.seen = box.dataset.field;
    this.said = 0;
    if (this.others) this.look();
  }

  /** Says where one is from time to time; else only asks. */
  async look() {
    clearTimeout(this.timer);
    if (Date.now() - this.said > HERE && !document.hidden) {
      this.said = Date.now();
      await this.saving.flush();
    } else {
      const answer = await this.server.poll(this.saving.since);
      if (answer.outcome === DONE) this.hear(answer.body);
      if (answer.outcome === EXPIRED) this.state.expired(Boolean(answer.other), this.saving.signIn);
    }
    this.wait();
  }

  /** What every answer tells, to a save or to a look. */
  hear(body) {
    this.saving.since = body.since;
    this.others = body.others;
    for (const field of this.fields.values()) {
      const settled = field.showRivals(body.rivals[field.id] ?? "");
      if (settled && !field.isDirty) this.saving.since = ""; // then ask what was kept
    }
    for (const change of body.changes) this.change(change);
    for (const [id, html] of Object.entries(body.parts)) this.part(id, html);
  }

  change(change) {
    const field = this.fields.get(change.field);
    if (!field || change.version <= field.base) return;
    if (!field.isBusy) field.replace(change);
    else this.announce(field, change);
  }

  announce(field, change) {
    field.pending = change;
    field.say(`Modifié par ${change.by} à ${change.at} : `);
    field.note.append(buttonTo(() => this.show(field)));
  }

  show(field) {
    if (field.pending && !field.isDirty) field.replace(field.pending);
    else if (field.pending) this.saving.flush(); // both texts will be shown
  }

  /** The cursor has left: what was waiting takes its place. */
  release() {
    for (const field of this.fields.values()) {
      if (field.pending && !field.isBusy) field.replace(field.pending);
    }
  }

  /** A piece of what stands beside; never the one that holds the cursor. */
  part(id, html) {
    const place = this.page.getElementById(id);
    if (!place || this.parts.get(id) === html || place.contains(document.activeElement)) return;
    this.parts.set(id, html);
    place.innerHTML = html;
  }
}
