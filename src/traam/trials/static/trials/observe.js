// Noting an observation: kept on this device at once, sent as soon as the server answers.
// Without this file the page posts its form as any other.

import { keepPage } from "./offline.js";
import { Queue } from "./queue.js";
import { ABSENT, EXPIRED, REFUSED, SENT, Sender } from "./sending.js";

const RETRY = 20000; // milliseconds
const form = document.querySelector("form[data-send]");
const state = document.getElementById("envoi");
const list = document.getElementById("a-envoyer");
const receipts = document.getElementById("recus");
const GONE = "Cet essai n’est plus à vous, ou n’existe plus. Recopiez ce que vous aviez noté.";
const DRAFT = "Commencée, pas encore enregistrée.";
const CLOSED = "Sans réseau, la page de cet essai ne s’ouvre pas : corrigez au retour du réseau.";
const RESUMED = "#corriger="; // then the key of the entry to put right

const trialOf = (entry) => new Map(entry.fields).get("essai");

/** The page where a trial is observed. */
const pageOf = (trial) => new URL(`../../${trial}/observer/`, form.action).href;

class Page {
  constructor() {
    const { person, send } = form.dataset;
    this.queue = new Queue(person);
    this.sender = new Sender(send, person, form.elements.csrfmiddlewaretoken.value);
    this.touched = false; // was the time typed by hand?
    this.carried = []; // what an entry says that this form has no field for: a withdrawn indicator
  }

  start() {
    form.elements.cle.value = crypto.randomUUID(); // a page kept on this device bears an old one
    form.addEventListener("submit", (event) => this.submitted(event));
    form.elements.quand.addEventListener("input", () => (this.touched = true));
    addEventListener("online", () => this.again());
    addEventListener("offline", () => this.show());
    document.addEventListener("visibilitychange", () => document.hidden || this.awake());
    setInterval(() => this.flush(), RETRY);
    this.awake();
    this.resume();
  }

  /** Coming from another trial's page, to put right what was refused in this one. */
  async resume() {
    if (!location.hash.startsWith(RESUMED)) return;
    const key = decodeURIComponent(location.hash.slice(RESUMED.length));
    history.replaceState(null, "", location.pathname + location.search);
    const entries = await this.queue.all().catch(() => []);
    const entry = entries.find((each) => each.key === key);
    if (entry && trialOf(entry) === form.elements.essai.value) this.fill(entry);
  }

  awake() {
    this.setTime();
    this.flush();
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
    const seen = form.elements.vu;
    if (!seen.value.trim()) return this.complain(seen);
    const entry = this.entry();
    try {
      await this.queue.put(entry);
    } catch {
      return form.submit(); // nothing is kept here: as without script
    }
    this.renew();
    await this.flush();
  }

  complain(seen) {
    state.textContent = "Dites en une phrase ce que vous avez vu.";
    state.dataset.state = "refused";
    seen.setAttribute("aria-invalid", "true");
    seen.focus();
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
    form.elements.vu.removeAttribute("aria-invalid");
    this.touched = false;
    this.carried = [];
    this.setTime();
  }

  /** One at a time, and never two runs at once. */
  flush() {
    this.running ??= this.run().finally(() => (this.running = null));
    return this.running;
  }

  /** The network is back: what a run under way fails to send goes right after it. */
  async again() {
    await this.running;
    return this.flush();
  }

  async run() {
    await this.show();
    const met = new Set();
    let last = SENT;
    for (const entry of await this.queue.all()) {
      if (entry.reasons.length) continue;
      met.add((last = await this.one(entry)));
      if (last === ABSENT || last === EXPIRED) break;
    }
    await this.show(last);
    if (met.has(REFUSED)) this.lead(list);
    else if (met.has(SENT)) this.lead(receipts.parentElement);
  }

  /** What became of an observation is where one looks next, but for whoever types another one. */
  lead(part) {
    if (document.activeElement === form.elements.vu && form.elements.vu.value) return;
    part.focus();
    state.scrollIntoView({ block: "nearest" });
  }

  async one(entry) {
    const { outcome, status, body } = await this.sender.send(entry);
    if (outcome === SENT) {
      await this.queue.drop(entry.key);
      this.receive(body);
    }
    if (outcome === REFUSED) {
      const gone = status === 404 || status === 403;
      await this.queue.put({ ...entry, reasons: gone ? [GONE] : body.reasons });
    }
    return outcome;
  }

  receive(body) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = body.href;
    link.textContent = "Voir ou compléter";
    item.append(`${body.said} `, ...body.refused.map((each) => `L’image n’est pas jointe. ${each} `), link);
    receipts.append(item);
    receipts.parentElement.hidden = false;
  }

  async show(last = SENT) {
    const entries = await this.queue.all().catch(() => []);
    const waiting = entries.filter((each) => !each.reasons.length).length;
    const refused = entries.length - waiting;
    const parts = [];
    if (waiting) {
      const words = waiting === 1 ? "1 observation non envoyée" : `${waiting} observations non envoyées`;
      parts.push(`Enregistré sur cet appareil · ${words}`);
      if (last === EXPIRED) parts.push("reconnectez-vous pour envoyer");
      else if (!navigator.onLine || last === ABSENT) parts.push("l’envoi se fera au retour du réseau");
    }
    if (refused) parts.push(refused === 1 ? "1 observation à corriger" : `${refused} observations à corriger`);
    state.textContent = parts.join(" · ") || (navigator.onLine ? "" : "Hors ligne : vous pouvez noter.");
    state.dataset.state = refused ? "refused" : waiting ? "waiting" : "";
    list.replaceChildren(...entries.filter((each) => each.reasons.length).map((each) => this.row(each)));
  }

  /** What the server refused: why, its words, and the way to put it right or give it up. */
  row(entry) {
    const item = document.createElement("li");
    const words = document.createElement("p");
    const isGone = entry.reasons.includes(GONE);
    const said = isGone ? new Map(entry.fields).get("vu") : entry.label;
    const isElsewhere = trialOf(entry) !== form.elements.essai.value;
    const where = isElsewhere && entry.title ? ` (essai « ${entry.title} »)` : "";
    words.textContent = `« ${said} »${where} : ${entry.reasons.join(" ")}`;
    const acts = document.createElement("div");
    acts.className = "kit-buttons";
    const label = entry.reasons.includes(DRAFT) ? "Reprendre" : "Corriger";
    if (!isGone) acts.append(this.button(label, () => this.bringBack(entry)));
    acts.append(this.button("Supprimer de cet appareil", () => this.giveUp(entry)));
    item.append(words, acts);
    return item;
  }

  button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "fr-btn fr-btn--sm fr-btn--secondary";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  /** It is put right in its own trial, and stays on this device until the server has it. */
  async bringBack(entry) {
    if (form.elements.cle.value === entry.key) return form.elements.vu.focus();
    const trial = trialOf(entry);
    if (trial === form.elements.essai.value) {
      await this.keepDraft();
      return this.fill(entry);
    }
    const address = pageOf(trial);
    if (!navigator.onLine && !(await caches.match(address))) {
      state.textContent = CLOSED;
      return;
    }
    await this.keepDraft();
    location.assign(address + RESUMED + encodeURIComponent(entry.key));
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

  async giveUp(entry) {
    await this.queue.drop(entry.key);
    await this.show();
  }
}

if (form && "indexedDB" in window) {
  new Page().start();
  keepPage(form.dataset.worker, form.dataset.person).catch(() => null); // it opens with a network
}
