// Moving with a pointer, mouse or finger: a row to another rank of its list, a card onto a place that
// takes it. A move only presses what the page already has, a button or a form: the server checks and
// writes the very same thing. Without this file, and by keyboard, one presses it oneself.
//
//   <ol data-ranked="#button">                what is pressed once a row has changed places
//     <li data-row id="…">                    its grip, and its number: an input[data-rank]
//   <article data-card="name=value" data-form="#form">
//   <p data-place="name=value&…">             shown while a card is held
//
// [data-says="#id"] on what is pressed or on a place: whose [data-said] is read aloud, in
// [data-aloud], once the server has answered.

import { follow } from "./pointer.js";

const root = document.documentElement;
const FAILED = "Le serveur n’a pas répondu : rien n’a changé. Réessayez dans un instant.";

let says = ""; // who speaks once the answer is there
let last = null; // the move that waits for its answer
let home = ""; // the row or the card whose button was pressed

class Ranking {
  constructor(row, { y }) {
    this.row = row;
    this.list = row.closest("[data-ranked]");
    this.before = [...this.list.children].map((one) => [one, numberOf(one).value]);
    this.grabbed = y - row.getBoundingClientRect().top;
    row.dataset.lifted = "yes";
  }

  /** The rows it passes change places with it: it stays where it is in the page, and so is held. */
  to({ y }) {
    const { row } = this;
    const top = y - this.grabbed;
    row.style.translate = "";
    const bottom = top + row.offsetHeight;
    for (let next; (next = row.previousElementSibling) && top < middle(next); ) row.after(next);
    for (let next; (next = row.nextElementSibling) && bottom > middle(next); ) row.before(next);
    row.style.translate = `0 ${top - row.getBoundingClientRect().top}px`;
    this.number();
  }

  number() {
    let rank = 0;
    for (const one of this.list.children) {
      if (numberOf(one).value || one === this.row) numberOf(one).value = ++rank;
    }
  }

  lay() {
    this.row.removeAttribute("style"); // an empty one would be copied by htmx, which the CSP forbids
    delete this.row.dataset.lifted;
  }

  cancel() {
    this.lay();
    for (const [one, number] of this.before) {
      this.list.append(one);
      numberOf(one).value = number;
    }
  }

  drop() {
    this.lay();
    const isSame = this.before.every(([one], rank) => one === this.list.children[rank]);
    if (isSame) return this.cancel();
    [last, says] = [this, `#${this.row.id}`];
    document.querySelector(this.list.dataset.ranked).click();
  }
}

class Carrying {
  constructor(card) {
    this.card = card;
    this.ticket = document.createElement("p");
    this.ticket.className = "kit-ticket";
    this.ticket.ariaHidden = "true";
    this.ticket.textContent = card.dataset.named;
    document.body.append(this.ticket);
    card.dataset.lifted = "yes";
    root.dataset.carrying = "yes";
  }

  to({ x, y }) {
    this.ticket.style.translate = `${x}px ${y}px`;
    const place = document.elementFromPoint(x, y)?.closest("[data-place]");
    if (place === this.place) return;
    this.place?.removeAttribute("data-over");
    place?.setAttribute("data-over", "yes");
    this.place = place;
  }

  cancel() {
    this.ticket.remove();
    this.place?.removeAttribute("data-over");
    delete this.card.dataset.lifted;
    delete root.dataset.carrying;
  }

  drop() {
    this.cancel();
    if (!this.place || !this.card.isConnected) return;
    const form = document.querySelector(this.card.dataset.form);
    const given = `${this.card.dataset.card}&${this.place.dataset.place}`;
    for (const [name, value] of new URLSearchParams(given)) form.elements[name].value = value;
    [last, says] = [null, this.place.dataset.says];
    form.requestSubmit();
  }
}

const numberOf = (row) => row.querySelector("[data-rank]");

function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}

follow("[data-grip]", (grip, at) => {
  const thing = grip.closest("[data-row], [data-card]");
  return thing.matches("[data-row]") ? new Ranking(thing, at) : new Carrying(thing);
});

// What the server says of it, for who does not see; whoever pressed a button that is gone is put on the
// one beside; what was unfolded stays so.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  says = detail.elt.closest("[data-says]")?.dataset.says ?? says;
  home = detail.elt.closest("[data-row], [data-card]")?.id ?? "";
});

const folds = new Map();
document.addEventListener("htmx:beforeSwap", () => {
  for (const one of document.querySelectorAll("details[id]")) folds.set(one.id, one.open);
});

document.addEventListener("htmx:afterSettle", () => {
  for (const [id, open] of folds) document.getElementById(id)?.toggleAttribute("open", open);
  const thing = says ? document.querySelector(says) : null;
  [last, says] = [null, ""];
  if (!thing?.dataset.said) return;
  say(thing.dataset.said);
  thing.dataset.moved = "yes";
  if (!home || document.activeElement !== document.body) return;
  const beside = document.getElementById(home)?.querySelector("[data-beside] :is(a, button)");
  beside?.focus({ preventScroll: true });
});

for (const kind of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(kind, () => {
    last?.cancel();
    last = null;
    say(FAILED);
    document.querySelector("[data-aloud]")?.classList.remove("fr-sr-only");
  });
}

function say(words) {
  const place = document.querySelector("[data-aloud]");
  if (!place) return;
  place.classList.add("fr-sr-only");
  place.textContent = words;
}

root.dataset.moves = "yes";
