// Noting an observation: kept on this device at once, sent as soon as the server answers.
// Without this file the page posts its form as any other.

import { keepPage } from "./offline.js";
import { DRAFT, Outbox, pageOf, RESUMED, state, trialOf } from "./outbox.js";

const form = document.querySelector("form[data-worker]");
const CLOSED = "Sans réseau, la page de cet essai ne s’ouvre pas : corrigez au retour du réseau.";

class Page extends Outbox {
  touched = false; // was the time typed by hand?
  carried = []; // what an entry says that this form has no field for: a withdrawn indicator

  start() {
    form.elements.cle.value = crypto.randomUUID(); // a page kept on this device bears an old one
    form.addEventListener("submit", (event) => this.submitted(event));
    form.elements.quand.addEventListener("input", () => (this.touched = true));
    super.start();
    this.resume();
  }

  /** Coming from another page, to put right what was refused in this trial. */
  async resume() {
    if (!location.hash.startsWith(RESUMED)) return;
    const key = decodeURIComponent(location.hash.slice(RESUMED.length));
    history.replaceState(null, "", location.pathname + location.search);
    const entry = (await this.entries()).find((each) => each.key === key);
    if (entry && this.isHere(entry)) this.fill(entry);
  }

  awake() {
    this.setTime();
    super.awake();
  }

  /** The time of this device, and how far it is from UTC: a class in La Réunion is not in Paris. */
  setTime() {
    const now = new Date();
    form.elements.fuseau.value = -now.getTimezoneOffset();
    if (this.touched) return;
    const local = new Date(now.getTime() - now.getTimezoneOffset() * 60000);
    form.elements.quand.value = local.toISOString().slice(0, 16);
  }

  async submitted(event) {
    event.preventDefault();
    delete form.dataset.sent;
    this.pardon();
    const [name, words] = this.fault();
    if (name) return this.complain(name, words);
    const entry = this.entry();
    try {
      await this.queue.put(entry);
    } catch {
      return form.submit(); // nothing is kept here: as without script
    }
    this.renew();
    await this.flush();
  }

  /** The field to put right before anything is kept, with network or without, and why. */
  fault() {
    const typed = new FormData(form);
    if (!typed.get("vu").trim()) return ["vu", "Dites en une phrase ce que vous avez vu."];
    if (!typed.get("image")?.size) return [];
    const [answer, authorisation] = [typed.get("reconnaissable"), typed.get("autorisation")];
    if (!answer) return ["reconnaissable", form.dataset.unsaid];
    if (answer === "yes" && !authorisation) return ["autorisation", form.dataset.needed];
    if (answer === "no" && authorisation) return ["autorisation", form.dataset.notNeeded];
    return [];
  }

  complain(name, words) {
    const field = form.querySelector(`[name="${name}"]`);
    const said = document.createElement("p");
    said.className = "fr-message fr-message--error";
    said.textContent = words;
    document.getElementById(`id_${name}-erreurs`).replaceChildren(said);
    field.closest("details")?.setAttribute("open", "");
    field.setAttribute("aria-invalid", "true");
    field.focus();
  }

  pardon() {
    for (const one of form.querySelectorAll(".fr-message--error")) one.remove();
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  }

  entry() {
    const data = new FormData(form);
    const image = data.get("image");
    const fields = [...data].filter(([name]) => !["image", "csrfmiddlewaretoken"].includes(name));
    const file = image && image.size ? image : null;
    const label = data.get("vu").trim().slice(0, 80);
    const about = { key: data.get("cle"), at: Date.now(), label, title: form.dataset.title };
    return { ...about, fields: [...fields, ...this.carried], file, reasons: [] };
  }

  /** Another observation may follow at once: place and grid stay, what was seen goes. */
  renew() {
    const kept = ["lieu", "eleves", "qui"].map((name) => [name, form.elements[name].value]);
    form.reset();
    for (const [name, value] of kept) form.elements[name].value = value;
    form.elements.cle.value = crypto.randomUUID();
    this.pardon();
    this.touched = false;
    this.carried = [];
    this.setTime();
  }

  /** What became of an observation is where one looks next, but for whoever types another one. */
  lead(part) {
    if (document.activeElement === form.elements.vu && form.elements.vu.value) return;
    part.focus();
    state.scrollIntoView({ block: "nearest" });
  }

  idle() {
    return navigator.onLine ? "" : "Hors ligne : vous pouvez noter.";
  }

  isHere(entry) {
    return trialOf(entry) === form.elements.essai.value;
  }

  way(entry, label) {
    return this.button(label, () => this.bringBack(entry));
  }

  /** It is put right in its own trial, and stays on this device until the server has it. */
  async bringBack(entry) {
    if (form.elements.cle.value === entry.key) return form.elements.vu.focus();
    if (this.isHere(entry)) {
      await this.keepDraft();
      return this.fill(entry);
    }
    const page = pageOf(entry);
    if (!navigator.onLine && !(await caches.match(page.pathname))) {
      state.textContent = CLOSED;
      return;
    }
    await this.keepDraft();
    location.assign(page);
  }

  /** What was being typed here is kept beside what was refused. */
  async keepDraft() {
    const draft = this.entry();
    if (draft.label || draft.file) await this.queue.put({ ...draft, reasons: [DRAFT] });
  }

  fill(entry) {
    this.renew();
    for (const [name, value] of entry.fields) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    this.carried = entry.fields.filter(([name]) => !form.elements[name]);
    this.attach(entry.file);
    this.touched = true;
    for (const part of form.querySelectorAll("details")) part.open = true;
    form.elements.vu.focus();
    return this.show();
  }

  attach(file) {
    if (!file) return;
    const held = new DataTransfer();
    held.items.add(new File([file], file.name ?? "photo.jpg", { type: file.type }));
    form.elements.image.files = held.files;
  }
}

if (form && "indexedDB" in window) {
  const page = new Page();
  page.start();
  keepPage(form.dataset.worker, page.queue.person).catch(() => null); // it opens with a network
}
