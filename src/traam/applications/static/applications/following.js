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
    this.stamps = {}; // of each part that stands beside, as the server last said it
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
      const answer = await this.server.poll(this.known());
      if (answer.outcome === DONE) this.hear(answer.body);
      if (answer.outcome === EXPIRED) this.state.expired(Boolean(answer.other), this.saving.signIn);
    }
    this.wait();
  }

  /** What this page shows, so that the server says only what is new. */
  known() {
    const versions = [...this.fields.values()].map((field) => [field.id, field.known]);
    return { versions: Object.fromEntries(versions), parts: this.stamps };
  }

  /** What every answer tells, to a save or to a look. */
  hear(body) {
    this.others = body.others;
    for (const field of this.fields.values()) field.showRivals(body.rivals[field.id] ?? "");
    for (const change of body.changes) this.change(change);
    this.release(); // what two people had written at once may have been settled
    for (const [id, html] of Object.entries(body.parts)) this.part(id, html, body.stamps[id]);
  }

  change(change) {
    const field = this.fields.get(change.field);
    if (!field || change.version <= field.known) return;
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

  /** A piece of what stands beside; never the one that holds the cursor, which is told again. */
  part(id, html, stamp) {
    const place = this.page.getElementById(id);
    if (!place || place.contains(document.activeElement)) return;
    this.stamps[id] = stamp;
    place.innerHTML = html;
  }
}
