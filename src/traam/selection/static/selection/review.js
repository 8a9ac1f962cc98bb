// A review's form: every act works without this file, which only saves sooner and counts aloud.
// The engine that saves is that of applications; here is what the grid adds to it.

import { Drafts } from "../applications/drafts.js";
import { Field } from "../applications/fields.js";
import { Saving } from "../applications/saving.js";
import { REFUSED, Server } from "../applications/server.js";
import { State } from "../applications/states.js";

const LOST = "Des textes ne sont pas encore enregistrés. Se déconnecter maintenant les efface de cet appareil. Continuer ?";

function start(form) {
  const { person, review, signIn } = form.dataset;
  const boxes = [...form.querySelectorAll("[data-field]")];
  const fields = new Map(boxes.map((box) => [box.dataset.field, new Field(box)]));
  const state = new State(document.getElementById("enregistrement"));
  const heard = (body) => hear(fields, body);
  const drafts = new Drafts(person, review);
  const saving = new Saving({ fields, server: new Server(form), drafts, state, signIn, heard });

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      const field = fields.get(event.target.closest?.("[data-field]")?.dataset.field);
      if (field) saving.typed(field);
    });
  }
  form.addEventListener("keydown", (event) => score(event, form));
  form.addEventListener("submit", (event) => saveFirst(event, form, saving));
  addEventListener("submit", (event) => signingOut(event, saving), true);
  addEventListener("pagehide", () => saving.leave());
  addEventListener("pageshow", () => delete form.dataset.flushed);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !saving.isClear) saving.flush();
  });
  for (const kind of ["online", "focus"]) {
    addEventListener(kind, () => saving.failures && saving.flush());
  }
  drafts.settle().then(async () => {
    await saving.recover();
    form.dataset.ready = "yes";
    setInterval(() => saving.recover(), 20000);
  });
}

/** What the answer to a save tells: texts to choose from, the total so far. */
function hear(fields, body) {
  for (const field of fields.values()) field.showRivals(body.rivals[field.id] ?? "");
  const place = document.getElementById("total");
  const left = body.missing > 1 ? `${body.missing} notes` : `${body.missing} note`;
  place.textContent = body.total ? `Note : ${body.total} sur 20` : `Il manque ${left}.`;
}

/** A digit gives the score of the criterion where one is, and goes on to the next. */
function score(event, form) {
  const digit = /^[0-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  const box = event.target.closest?.(".selection-field--score");
  if (!digit || !box || event.target.type !== "radio") return;
  const radio = box.querySelector(`input[type=radio][value="${event.key}"]`);
  if (!radio) return;
  event.preventDefault();
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  const boxes = [...form.querySelectorAll("[data-field]")];
  const next = boxes[boxes.indexOf(box) + 1];
  (next?.querySelector("input[type=radio]:checked, input[type=radio], textarea") ?? radio).focus();
}

/** A button of the form waits for what is typed to be saved, and does not leave without. */
async function saveFirst(event, form, saving) {
  if (form.dataset.flushed || saving.isClear) return;
  event.preventDefault();
  const button = event.submitter;
  await saving.flush(); // never submit again within this very event: a browser ignores it
  if (!saving.isClear && saving.outcome !== REFUSED) {
    document.getElementById("enregistrement").scrollIntoView({ block: "center" });
    return;
  }
  form.dataset.flushed = "yes";
  form.requestSubmit(form.contains(button) ? button : null);
}

async function signingOut(event, saving) {
  const form = event.target;
  if (!form.matches(".kit-sign-out") || saving.isClear || form.dataset.agreed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await saving.flush();
  if (!saving.isClear && !confirm(LOST)) return;
  form.dataset.agreed = "yes";
  form.requestSubmit();
}

const form = document.querySelector("form[data-save][data-review]");
if (form) start(form);
