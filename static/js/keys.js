/* Keys that do what links and buttons do. "/" goes to the search box and can be switched off; the others are off until
   somebody switches them on under Hjælp, as screen readers and speech control use single keys themselves (WCAG 2.1.4).
   A link or button says with data-key which keys are its own. Without this file nothing is missing. */

"use strict";

(() => {
  const DEFAULTS = { search: true, single: false };
  const STORE = "genvejstaster";

  function read() {
    try {
      return { ...DEFAULTS, ...JSON.parse(window.localStorage.getItem(STORE)) };
    } catch {
      return DEFAULTS; // no storage, or not ours: then what goes without asking
    }
  }

  function save(chosen) {
    try {
      window.localStorage.setItem(STORE, JSON.stringify(chosen));
      return true;
    } catch {
      return false;
    }
  }

  let chosen = read();

  const isShown = (element) => element.getClientRects().length > 0;
  const isWriting = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
  const keysOf = (element) => (element.dataset.key ?? "").split(" ");
  const withKey = (key) =>
    [...document.querySelectorAll("[data-key]")].find((element) => keysOf(element).includes(key) && isShown(element)) ??
    { n: document.querySelector("a[rel~=next]"), f: document.querySelector("a[rel~=prev]") }[
      { j: "n", k: "f" }[key] ?? key
    ];

  /* What assistive technology tells of a control, only while it is so */
  function announce() {
    const box = document.querySelector("input[type=search]");
    box?.toggleAttribute("aria-keyshortcuts", chosen.search);
    if (chosen.search) {
      box?.setAttribute("aria-keyshortcuts", "/");
    }
    for (const element of document.querySelectorAll("[data-key]")) {
      if (chosen.single) {
        element.setAttribute("aria-keyshortcuts", element.dataset.key);
      } else {
        element.removeAttribute("aria-keyshortcuts");
      }
    }
  }

  document.addEventListener("keydown", (event) => {
    const isPlain = !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat);
    if (!isPlain || event.defaultPrevented || isWriting(event.target)) {
      return;
    }
    if (event.key === "/" && chosen.search) {
      const box = [...document.querySelectorAll("input[type=search]")].find(isShown);
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    } else if (chosen.single && !event.shiftKey && event.key.length === 1) {
      const target = withKey(event.key);
      if (target) {
        event.preventDefault();
        target.focus();
        target.click();
      }
    }
  });

  const form = document.querySelector("[data-keys]");
  if (form) {
    const status = form.querySelector("[role=status]");
    document.querySelector("[data-keys-without]").hidden = true;
    form.hidden = false;
    for (const box of form.querySelectorAll("input")) {
      box.checked = chosen[box.value];
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", ({ target }) => {
      chosen = { ...chosen, [target.value]: target.checked };
      status.textContent = save(chosen) ? "Gemt i denne browser." : "Gælder, til du forlader siden: browseren gemmer ikke.";
      announce();
    });
  }
  announce();
})();
