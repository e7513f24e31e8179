/* Suggestions below a search box while one types: a combobox with a list, as the ARIA practices describe it.
   Without this file the box is a plain form, and nothing is missing but the suggestions. */

"use strict";

(() => {
  const WAIT = 120; // milliseconds after a key before the server is asked
  const SHORTEST = 2;

  function attach(form) {
    const input = form.querySelector("input[type=search]");
    const list = document.createElement("ul");
    const status = document.createElement("p");
    let options = [];
    let active = -1;
    let typed = input.value;
    let timer = 0;
    let request = null;

    list.id = `${input.id}-forslag`;
    list.className = "suggestions unstyled-list no-max-width";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Forslag");
    status.className = "sr-only";
    status.setAttribute("role", "status");
    form.append(list, status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": list.id,
      "aria-autocomplete": "list",
    })) {
      input.setAttribute(name, value);
    }

    function close() {
      window.clearTimeout(timer);
      request?.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      mark(-1);
    }

    function mark(place) {
      options[active]?.element.setAttribute("aria-selected", "false");
      active = place;
      const option = options[active];
      if (option) {
        option.element.setAttribute("aria-selected", "true");
        option.element.scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", option.element.id);
      } else {
        input.removeAttribute("aria-activedescendant");
      }
      input.value = option?.kind === "Ord" ? option.text : typed;
    }

    function element(suggestion, place) {
      const line = document.createElement("li");
      const text = document.createElement("span");
      const kind = document.createElement("span");
      line.id = `${list.id}-${place}`;
      line.className = "suggestion";
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      text.className = "suggestion-text";
      text.textContent = suggestion.text;
      kind.className = "suggestion-kind";
      kind.textContent = suggestion.kind;
      line.append(text, " ", kind);
      line.addEventListener("click", () => window.location.assign(suggestion.url));
      return line;
    }

    function show(suggestions) {
      mark(-1);
      options = suggestions.map((suggestion, place) => ({ ...suggestion, element: element(suggestion, place) }));
      list.replaceChildren(...options.map((option) => option.element));
      list.hidden = options.length === 0;
      input.setAttribute("aria-expanded", String(options.length > 0));
      status.textContent = options.length === 1 ? "1 forslag" : `${options.length || "Ingen"} forslag`;
    }

    async function ask() {
      request?.abort();
      request = new AbortController();
      const { signal } = request;
      try {
        const answer = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`, { signal });
        const { suggestions } = await answer.json();
        if (!signal.aborted && document.activeElement === input) {
          show(suggestions);
        }
      } catch {
        // Asked anew, logged out or offline: the box works without suggestions.
      }
    }

    input.addEventListener("input", () => {
      typed = input.value;
      window.clearTimeout(timer);
      if (typed.trim().length < SHORTEST) {
        status.textContent = "";
        close();
      } else {
        timer = window.setTimeout(ask, WAIT);
      }
    });

    input.addEventListener("keydown", (event) => {
      const isOpen = !list.hidden;
      if (event.key === "Escape" && isOpen) {
        event.preventDefault(); // the first one closes the list, the next empties the box
        close();
      } else if (event.key === "Enter" && isOpen && options[active]) {
        event.preventDefault();
        window.location.assign(options[active].url);
      } else if (event.key === "Tab") {
        close();
      } else if (["ArrowDown", "ArrowUp"].includes(event.key) && !event.altKey && !event.isComposing) {
        event.preventDefault();
        if (isOpen) {
          const places = options.length + 1; // and the box itself
          const step = event.key === "ArrowDown" ? 1 : -1;
          mark(((active + 1 + step + places) % places) - 1);
        } else if (typed.trim().length >= SHORTEST) {
          ask();
        }
      }
    });

    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
  }

  document.querySelectorAll("form[data-suggestions]").forEach(attach);
})();
