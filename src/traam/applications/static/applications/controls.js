// What a field's controls hold, as plain values that can be kept, compared and sent; and back.

const SHOWN = "input:not([type=hidden]), select, textarea";

function controlsOf(box) {
  return [...box.querySelectorAll(SHOWN)];
}

function rowOf(row) {
  return Object.fromEntries(
    [...row.querySelectorAll("[data-item]")].map((item) => [item.dataset.item, valueOf(item)]),
  );
}

/** The words of a field as typed: a text, a list of choices, or the rows of a block. */
export function valueOf(box) {
  if (box.dataset.kind === "block") return [...box.querySelectorAll("[data-row]")].map(rowOf);
  const controls = controlsOf(box);
  if (box.dataset.kind === "choices") {
    return controls.filter((each) => each.checked).map((each) => each.value);
  }
  if (controls[0]?.type === "radio") return controls.find((each) => each.checked)?.value ?? "";
  return controls[0]?.value ?? "";
}

function fillControls(box, value) {
  for (const control of controlsOf(box)) {
    if (control.type === "checkbox") control.checked = value.includes(control.value);
    else if (control.type === "radio") control.checked = control.value === value;
    else control.value = value;
  }
}

/** Puts typed words back. False when the page has not the rows to hold them. */
export function fill(box, value) {
  if (box.dataset.kind !== "block") {
    fillControls(box, value);
    return true;
  }
  const rows = [...box.querySelectorAll("[data-row]")];
  if (rows.length !== value.length) return false;
  rows.forEach((row, index) => {
    for (const item of row.querySelectorAll("[data-item]")) {
      fillControls(item, value[index][item.dataset.item] ?? "");
    }
  });
  return true;
}

export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
