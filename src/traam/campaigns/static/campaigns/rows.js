// Rows that come and go without a round trip; without this file, the buttons of the form do it.
for (const list of document.querySelectorAll("[data-rows]")) {
  for (const row of list.querySelectorAll("[data-row]")) watch(row);
  const add = list.parentElement.querySelector("button[name^='ajouter']");
  const total = list.parentElement.querySelector("input[name$='-TOTAL_FORMS']");
  const last = list.querySelector("[data-row]:last-child");
  if (!add || !total || !last) continue;
  const model = last.cloneNode(true);
  add.addEventListener("click", (event) => {
    event.preventDefault();
    const number = Number(total.value);
    const row = renumbered(model.cloneNode(true), list.dataset.rows, number);
    list.append(row);
    total.value = number + 1;
    watch(row);
    row.querySelector("input:not([type=hidden]), textarea").focus();
  });
}

function renumbered(row, prefix, number) {
  const old = new RegExp(`${prefix}-\\d+-`, "g");
  for (const node of row.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = node.getAttribute(name);
      if (value) node.setAttribute(name, value.replace(old, `${prefix}-${number}-`));
    }
    if (node.matches("input[type=checkbox]")) node.checked = false;
    else if (node.matches("input, textarea") && !node.name.endsWith("-maximum")) {
      node.value = "";
      node.removeAttribute("value");
      if (node.matches("textarea")) node.textContent = "";
    }
    if (node.matches(".fr-message--error")) node.remove();
  }
  row.removeAttribute("data-gone");
  return row;
}

// A row to be taken away folds, and unfolds when one thinks better of it.
function watch(row) {
  const box = row.querySelector("input[name$='-DELETE']");
  if (!box) return;
  const show = () => row.toggleAttribute("data-gone", box.checked);
  box.addEventListener("change", show);
  show();
}
