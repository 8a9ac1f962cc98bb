// Shows a question only while the answer that it depends on asks for it.

import { valueOf } from "./controls.js";

function isAsked(box, fields) {
  const other = fields.get(box.dataset.if);
  if (!other) return !box.hidden; // asked in another step: the server knows
  const chosen = [valueOf(other.box)].flat();
  return box.dataset.among.split(" ").some((key) => chosen.includes(key));
}

export function follow(form, fields) {
  const boxes = [...form.querySelectorAll("[data-if]")];
  const look = () => {
    for (const box of boxes) box.hidden = !isAsked(box, fields);
  };
  form.addEventListener("change", look);
  look();
}
