// A field of the form: what it holds, what the server last acknowledged of it, who is in it.

import { fill, same, valueOf } from "./controls.js";

export class Field {
  constructor(box) {
    this.box = box;
    this.id = box.dataset.field;
    this.key = ""; // of the last text typed here
    this.thread = ""; // the texts typed here one over the other, until another's takes the place
    this.draft = ""; // the name that what is typed is kept under, on this device
    this.rivals = null; // the server's words about texts that wait to be settled, once heard
    this.pending = null; // another's change, which waits for the cursor to leave
    this.acked = this.value;
  }

  get value() {
    return valueOf(this.box);
  }

  /** The version that this text was written upon; in the form itself, which sends it too. */
  get base() {
    return Number(this.box.querySelector("[data-base]").value);
  }

  set base(version) {
    this.box.querySelector("[data-base]").value = version;
  }

  /** The version that this page has heard of, were it not shown yet. */
  get known() {
    return Math.max(this.base, this.pending?.version ?? 0);
  }

  get isDirty() {
    return !same(this.value, this.acked);
  }

  get isBusy() {
    return this.isDirty || this.box.contains(document.activeElement);
  }

  get settling() {
    return this.box.querySelector("[data-rivals]");
  }

  get note() {
    return this.box.querySelector("[data-note]");
  }

  restore(draft) {
    if (draft.base !== this.base || this.isDirty || !fill(this.box, draft.value)) return false;
    this.key = draft.key;
    this.draft = draft.name;
    return true;
  }

  /** Another's text takes the place of this one, which nobody is writing. */
  replace(change) {
    this.box.innerHTML = change.html; // made by the server's own templates, each value escaped
    this.settling.innerHTML = this.rivals ?? ""; // what is waiting now, not when it was written
    this.acked = this.value;
    this.thread = ""; // whoever types on types over this text
    this.pending = null;
    this.say(`Modifié par ${change.by} à ${change.at}.`);
  }

  say(text) {
    this.note.textContent = text;
  }

  showFaults(faults) {
    const place =
      this.box.querySelector("[data-faults]") ?? this.box.querySelector(".fr-messages-group");
    const lines = faults.map((text) => {
      const line = document.createElement("p");
      line.className = "fr-message fr-message--error";
      line.textContent = text;
      return line;
    });
    place.replaceChildren(...lines);
    const group = place.parentElement; // « fr-input-group », « fr-fieldset »…
    group.classList.toggle(`${group.classList[0]}--error`, faults.length > 0);
  }

  /** The texts that wait to be settled; "" for none. */
  showRivals(html) {
    if (html === this.rivals || this.settling.contains(document.activeElement)) return;
    this.rivals = html;
    this.settling.innerHTML = html;
  }
}
