// A field of the form: what it holds, what the server last acknowledged of it, who is in it.

import { fill, same, valueOf } from "./controls.js";

export class Field {
  constructor(box) {
    this.box = box;
    this.id = box.dataset.field;
    this.key = "";
    this.rivals = ""; // the server's words about texts that wait to be settled
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

  get isDirty() {
    return !same(this.value, this.acked);
  }

  get isBusy() {
    return this.isDirty || this.box.contains(document.activeElement);
  }

  get note() {
    return this.box.querySelector("[data-note]");
  }

  restore(draft) {
    if (draft.base !== this.base || this.isDirty || !fill(this.box, draft.value)) return false;
    this.key = draft.key;
    return true;
  }

  /** Another's text takes the place of this one, which nobody is writing. */
  replace(change) {
    this.box.innerHTML = change.html; // made by the server's own templates, each value escaped
    this.acked = this.value;
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

  /** The texts that wait to be settled. True when there were some and there are none any more. */
  showRivals(html) {
    const before = this.rivals;
    this.rivals = html;
    if (html !== before) this.box.querySelector("[data-rivals]").innerHTML = html;
    return Boolean(before) && !html;
  }
}
