// The form of an application: every step works without this file, which only saves sooner.

import { follow } from "./conditions.js";
import { Drafts } from "./drafts.js";
import { Field } from "./fields.js";
import { Following } from "./following.js";
import { Saving } from "./saving.js";
import { REFUSED, Server } from "./server.js";
import { State } from "./states.js";

const LOST = "Des textes ne sont pas encore enregistrés. Se déconnecter maintenant les efface de cet appareil. Continuer ?";

function start(form) {
  const { person, application, signIn } = form.dataset;
  const boxes = [...form.querySelectorAll("[data-field]")];
  const fields = new Map(boxes.map((box) => [box.dataset.field, new Field(box)]));
  const server = new Server(form);
  const state = new State(document.getElementById("enregistrement"));
  const drafts = new Drafts(person, application);
  const heard = (body) => following.hear(body);
  const known = () => following.known();
  const saving = new Saving({ fields, server, drafts, state, signIn, heard, known });
  const following = new Following({ fields, server, saving, state, page: document });

  const fieldOf = (node) => fields.get(node.closest?.("[data-field]")?.dataset.field);
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      const field = fieldOf(event.target);
      if (field) saving.typed(field);
    });
  }
  follow(form, fields);
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
  following.start();
  drafts.settle().then(async () => {
    await saving.recover();
    form.dataset.ready = "yes";
    setTimeout(() => saving.recover(), 1000); // a page that was just left may still hold its texts
    setInterval(() => saving.recover(), 10000);
  });
}

/** A button of the form waits for what is typed to be saved, and does not leave without. */
async function saveFirst(event, form, saving) {
  if (saving.isClear || form.dataset.flushed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const button = event.submitter;
  await saving.flush();
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

const form = document.querySelector("form[data-save]");
if (form) start(form);
