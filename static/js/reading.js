/* Reading a meeting and an item: items fold, the contents mark where one is, text is copied, pages are printed.
   It stands in the head, so that the page is first seen as it stays. Without this file everything stands unfolded. */

"use strict";

(() => {
  const FOUND = "until-found"; // folded, but the browser's own search looks into it
  const MOVING = ["wheel", "touchmove", "keydown", "pointerdown"]; // whoever does that goes on from where a link led
  const root = document.documentElement;

  root.classList.add("has-script", "is-folding");

  /* Items */

  class Item {
    constructor(heading) {
      this.article = heading.closest(".item");
      this.more = document.getElementById(heading.dataset.folds);
      this.button = document.createElement("button");
      this.button.type = "button";
      this.button.className = "item-button";
      this.button.setAttribute("aria-controls", this.more.id);
      this.button.append(...heading.childNodes);
      heading.replaceChildren(this.button);
      this.open(false);
    }

    get isOpen() {
      return !this.more.hasAttribute("hidden");
    }

    open(isOpen) {
      if (isOpen) {
        this.more.removeAttribute("hidden");
      } else {
        this.more.setAttribute("hidden", FOUND);
      }
      this.article.classList.toggle("is-folded", !isOpen);
      this.button.setAttribute("aria-expanded", String(isOpen));
    }
  }

  function fold() {
    const items = [...document.querySelectorAll("[data-folds]")].map((heading) => new Item(heading));
    const all = document.querySelector("[data-folds-all]");
    const byArticle = new Map(items.map((item) => [item.article, item]));

    function tell() {
      all.textContent = items.every((item) => item.isOpen) ? "Fold alle sammen" : "Fold alle ud";
    }

    function openAround(element) {
      const item = byArticle.get(element.closest(".item"));
      if (item && !item.isOpen && (element === item.article || item.more.contains(element))) {
        item.open(true);
        tell();
      }
    }

    for (const item of items) {
      item.button.addEventListener("click", () => {
        item.open(!item.isOpen);
        tell();
      });
      item.more.addEventListener("beforematch", () => openAround(item.more));
    }
    if (all) {
      all.hidden = items.length === 0;
      all.addEventListener("click", () => {
        const isOpen = items.some((item) => !item.isOpen);
        items.forEach((item) => item.open(isOpen));
        tell();
      });
      tell();
    }
    return openAround;
  }

  /* Addresses within the page */

  function target() {
    try {
      return document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    } catch {
      return null; // no address of ours
    }
  }

  function lead(openAround, mark) {
    function arrive() {
      const element = target();
      if (element?.closest(".item")) {
        openAround(element);
        element.scrollIntoView();
        mark(element.closest(".item"));
      }
    }

    window.addEventListener("hashchange", arrive);
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      if (link && link.hash === window.location.hash) {
        arrive(); // there already, so the address does not change
      }
    });
    arrive();
  }

  /* Contents */

  function follow(nav) {
    const list = nav.querySelector("ol");
    const links = new Map([...list.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
    const articles = [...document.querySelectorAll(".item")];
    const seen = new Set();
    let current = null;
    let led = null; // the item that a link led to
    let isWaiting = false;

    function set(article) {
      const link = links.get(article?.id);
      if (!link || link === current) {
        return;
      }
      current?.removeAttribute("aria-current");
      current = link;
      current.setAttribute("aria-current", "true");
      const top = link.offsetTop - list.offsetTop;
      if (top < list.scrollTop || top + link.offsetHeight > list.scrollTop + list.clientHeight) {
        list.scrollTop = top - list.clientHeight / 2;
      }
    }

    /* The line that one reads at goes down the window as one goes down the page, so that every item has its turn. */
    function look() {
      isWaiting = false;
      if (seen.has(led)) {
        return;
      }
      const line = (window.scrollY / Math.max(1, root.scrollHeight - window.innerHeight)) * window.innerHeight;
      const inOrder = articles.filter((article) => seen.has(article));
      const above = inOrder.filter((article) => article.getBoundingClientRect().top <= line);
      set(above.at(-1) ?? inOrder[0]);
    }

    function wait() {
      if (!isWaiting) {
        isWaiting = true;
        window.requestAnimationFrame(look);
      }
    }

    const observer = new IntersectionObserver((entries) => {
      for (const { target: article, isIntersecting } of entries) {
        if (isIntersecting) {
          seen.add(article);
        } else {
          seen.delete(article);
        }
      }
      wait();
    });
    articles.forEach((article) => observer.observe(article));
    window.addEventListener("scroll", wait, { passive: true });
    MOVING.forEach((what) => window.addEventListener(what, () => (led = null), { passive: true }));
    return (article) => {
      led = article;
      set(article);
    };
  }

  /* On a narrow screen the contents fold too; on a wide one the button is out of sight and they stand. */
  function foldContents(nav) {
    const heading = nav.querySelector("h2");
    const list = nav.querySelector("ol");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "contents-button";
    button.textContent = heading.textContent;
    button.setAttribute("aria-controls", list.id);
    heading.append(button);
    heading.firstChild.replaceWith(Object.assign(document.createElement("span"), { textContent: button.textContent }));

    function open(isOpen) {
      nav.classList.toggle("is-folded", !isOpen);
      button.setAttribute("aria-expanded", String(isOpen));
    }

    button.addEventListener("click", () => open(nav.classList.contains("is-folded")));
    list.addEventListener("click", (event) => {
      if (event.target.closest("a")) {
        open(false);
      }
    });
    open(false);
  }

  /* Taking along */

  async function copy(button, status) {
    const field = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = button.dataset.done;
    } catch {
      field.closest("details").open = true;
      field.focus();
      field.select();
      status.textContent = "Browseren tillader ikke, at siden kopierer. Teksten er markeret, så du selv kan kopiere den.";
    }
  }

  function offer() {
    const status = document.querySelector(".tools-status");
    for (const button of document.querySelectorAll("[data-copies]")) {
      button.addEventListener("click", () => copy(button, status));
    }
    for (const button of document.querySelectorAll("[data-prints]")) {
      button.addEventListener("click", () => window.print());
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const nav = document.querySelector(".contents");
    const openAround = fold();
    if (nav) {
      foldContents(nav);
      lead(openAround, follow(nav));
    }
    offer();
    root.classList.remove("is-folding");
  });
})();
