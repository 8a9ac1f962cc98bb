// Only improvements: every page works without this file.

import { erase } from "./disk.js";

// The sheet of filters closes with Escape, as any window does.
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.querySelector(".kit-sheet:target")) {
    location.hash = document.querySelector(".kit-sheet:target .kit-sheet__close").hash;
  }
});

// After a refusal, the reader is taken to what is to be mended.
document.getElementById("erreurs")?.focus();

// A form sent twice by two clicks is sent once.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post], [data-hx-post]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// What was typed and kept on this device for a person goes before they sign out.
addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches(".kit-sign-out")) return;
  event.preventDefault();
  await erase("traam-brouillons");
  form.submit();
});
