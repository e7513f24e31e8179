/* Who is about to leave a form of corrections with words that are not saved is asked first, by the browser itself. */

"use strict";

(() => {
  const form = document.querySelector(".correct-form");
  const now = () => new URLSearchParams(new FormData(form)).toString();
  const saved = form.querySelector("[role=alert]") ? null : now(); // what was refused is typed, and not saved
  let isMeant = false;

  form.addEventListener("submit", () => (isMeant = true));
  form.querySelector("[data-undoes]").addEventListener("click", (event) => {
    isMeant = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  });
  window.addEventListener("pageshow", () => (isMeant = false));
  window.addEventListener("beforeunload", (event) => {
    if (!isMeant && now() !== saved) {
      event.preventDefault();
    }
  });
})();
