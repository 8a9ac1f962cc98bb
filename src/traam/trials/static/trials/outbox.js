// What this device holds for the person present: counted, sent as soon as the server answers, and
// what was refused, with where to put it right. `trials/_unsent.html` is where it shows.

import { Queue } from "./queue.js";
import { ABSENT, EXPIRED, FAILED, REFUSED, SENT, Sender } from "./sending.js";

const RETRY = 20000; // milliseconds
const part = document.getElementById("appareil");
const list = document.getElementById("a-envoyer");
const receipts = document.getElementById("recus");
const GONE = "Cet essai n’est plus à vous, ou n’existe plus. Recopiez ce que vous aviez noté.";
const ALL_SENT = "Ce qui attendait sur cet appareil est envoyé.";
export const state = document.getElementById("envoi");
export const DRAFT = "Commencée, pas encore enregistrée.";
export const RESUMED = "#corriger="; // then the key of the entry to put right

export const trialOf = (entry) => new Map(entry.fields).get("essai");

/** The page where an entry is put right: that of its trial, which takes it from this device. */
export function pageOf(entry) {
  const page = new URL(`../../${trialOf(entry)}/observer/`, new URL(part.dataset.send, location));
  page.hash = RESUMED + encodeURIComponent(entry.key);
  return page;
}

export class Outbox {
  constructor() {
    const { person, send } = part.dataset;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    this.queue = new Queue(person);
    this.sender = new Sender(send, person, token);
  }

  start() {
    addEventListener("online", () => this.again());
    addEventListener("offline", () => this.show());
    document.addEventListener("visibilitychange", () => document.hidden || this.awake());
    setInterval(() => this.flush(), RETRY);
    this.awake();
  }

  awake() {
    this.flush();
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
    for (const entry of await this.entries()) {
      if (entry.reasons.length) continue;
      met.add((last = await this.one(entry)));
      if (last === ABSENT || last === EXPIRED) break;
    }
    const stopped = last === ABSENT || last === EXPIRED;
    await this.show(!stopped && met.has(FAILED) ? FAILED : last);
    if (met.has(REFUSED)) this.lead(list);
    else if (met.has(SENT)) this.lead(receipts.parentElement);
  }

  /** Nothing is held where nothing can be kept. */
  entries() {
    return this.queue.all().catch(() => []);
  }

  /** Whoever came for something else is told, and stays where they are. */
  lead() {
    state.textContent ||= ALL_SENT;
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

  /** What is said when nothing waits. */
  idle() {
    return "";
  }

  async show(last = SENT) {
    const entries = await this.entries();
    const refused = entries.filter((each) => each.reasons.length);
    const waiting = entries.length - refused.length;
    const parts = [];
    if (waiting) {
      const words = waiting === 1 ? "1 observation non envoyée" : `${waiting} observations non envoyées`;
      parts.push(`Enregistré sur cet appareil · ${words}`);
      if (last === EXPIRED) parts.push("reconnectez-vous pour envoyer");
      else if (!navigator.onLine || last === ABSENT) parts.push("l’envoi se fera au retour du réseau");
      else if (last === FAILED) parts.push("le serveur n’a pas pu tout recevoir, nouvel essai sous peu");
    }
    const count = refused.length;
    if (count) parts.push(count === 1 ? "1 observation à corriger" : `${count} observations à corriger`);
    state.textContent = parts.join(" · ") || this.idle();
    state.dataset.state = count ? "refused" : waiting ? "waiting" : "";
    list.replaceChildren(...refused.map((each) => this.row(each)));
  }

  isHere() {
    return false;
  }

  /** What the server refused: why, its words, and the way to put it right or give it up. */
  row(entry) {
    const item = document.createElement("li");
    const words = document.createElement("p");
    const isGone = entry.reasons.includes(GONE);
    const said = isGone ? new Map(entry.fields).get("vu") : entry.label;
    const where = !this.isHere(entry) && entry.title ? ` (essai « ${entry.title} »)` : "";
    words.textContent = `« ${said} »${where}`;
    const why = document.createElement("p");
    why.textContent = entry.reasons.join(" ");
    const acts = document.createElement("div");
    acts.className = "kit-buttons";
    if (!isGone) acts.append(this.way(entry, entry.reasons.includes(DRAFT) ? "Reprendre" : "Corriger"));
    acts.append(this.button("Supprimer de cet appareil", () => this.giveUp(entry)));
    item.append(words, why, acts);
    return item;
  }

  /** Where it is put right: the page of its trial. */
  way(entry, label) {
    const made = this.dressed(document.createElement("a"), label);
    made.href = pageOf(entry).href;
    return made;
  }

  button(label, act) {
    const made = this.dressed(document.createElement("button"), label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  dressed(made, label) {
    made.className = "fr-btn fr-btn--sm fr-btn--secondary";
    made.textContent = label;
    return made;
  }

  async giveUp(entry) {
    await this.queue.drop(entry.key);
    await this.show();
  }
}
