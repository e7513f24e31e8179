/* Beside each item one page of the original at a time: the one on which the part stands that is pointed at, has the
   focus or is being read, with its place marked. Without this file all pages of an item stand below one another. */

"use strict";

(() => {
  const WIDE = window.matchMedia("(min-width: 992px)");
  const REST = 180; // milliseconds: what one only passes is not drawn
  const AGAIN = 4000; // until an image is asked for once more that a busy server has not drawn

  class Original {
    constructor(columns, details) {
      this.details = details;
      this.pages = [...details.querySelectorAll("[data-page]")];
      this.parts = [...columns.querySelectorAll("[data-part]")];
      this.shown = null;
      this.timer = 0;
      details.classList.add("is-live");
      this.asDrawn = this.pages.map((page) => Original.drawing(page));
      this.buttons = this.pages.length > 1 ? this.offer() : [];
      this.turn(0);
      for (const part of this.parts) {
        part.addEventListener("pointerenter", () => this.soon(part));
        part.addEventListener("focusin", () => this.soon(part));
      }
    }

    static drawing(page) {
      const image = page.querySelector("img");
      const link = page.querySelector(".page-image-link");
      const where = page.querySelector(".page-image-where > span");
      return { src: image?.src, srcset: image?.srcset, large: link?.href, alt: image?.alt, where: where?.textContent };
    }

    offer() {
      const choice = document.createElement("div");
      choice.className = "preview-page-choice";
      choice.setAttribute("role", "group");
      choice.setAttribute("aria-label", "Sider i originalen");
      choice.append("Side");
      const buttons = this.pages.map((page, index) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = page.dataset.page;
        button.addEventListener("click", () => {
          this.let();
          this.turn(index);
        });
        return button;
      });
      choice.append(...buttons);
      this.pages[0].before(choice);
      return buttons;
    }

    turn(index) {
      this.pages.forEach((page, place) => (page.hidden = place !== index));
      this.buttons.forEach((button, place) => button.setAttribute("aria-pressed", String(place === index)));
    }

    soon(part) {
      window.clearTimeout(this.timer);
      if (part !== this.shown && WIDE.matches) {
        this.timer = window.setTimeout(() => this.show(part), REST);
      }
    }

    show(part) {
      const index = this.pages.findIndex((page) => page.dataset.page === part.dataset.page);
      if (index < 0) {
        return;
      }
      this.let();
      this.shown = part;
      part.classList.add("is-shown");
      const { src, large, where, alt } = part.dataset;
      this.draw(index, { src, large, where, alt, srcset: "" });
      this.turn(index);
    }

    /* No part's place is marked any more, but all of the item's. */
    let() {
      window.clearTimeout(this.timer);
      this.shown?.classList.remove("is-shown");
      this.shown = null;
      this.asDrawn.forEach((drawing, index) => this.draw(index, drawing));
    }

    draw(index, { src, srcset, large, alt, where }) {
      const page = this.pages[index];
      const image = page.querySelector("img");
      if (image && src && image.src !== new URL(src, document.baseURI).href) {
        image.srcset = srcset || `${src} 900w, ${large} 1600w`;
        image.src = src;
        image.alt = alt;
        page.querySelector(".page-image-link").href = large;
        page.querySelector(".page-image-where > span").textContent = where;
      }
    }

    /* The part that stands across the middle of the window is being read. */
    follow() {
      const middle = window.innerHeight * 0.4;
      const part = this.parts.find((one) => {
        const box = one.getBoundingClientRect();
        return box.height > 0 && box.top <= middle && box.bottom >= middle;
      });
      if (part) {
        this.soon(part);
      }
    }
  }

  function start() {
    const originals = new Map();
    const near = new Set();
    let isWaiting = false;

    for (const columns of document.querySelectorAll("[data-item]")) {
      const details = columns.querySelector("[data-original]");
      if (details) {
        originals.set(columns, new Original(columns, details));
      }
    }

    function fit() {
      originals.forEach((original) => (original.details.open = WIDE.matches));
    }

    function look() {
      isWaiting = false;
      near.forEach((columns) => originals.get(columns).follow());
    }

    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) {
          near.add(target);
        } else {
          near.delete(target);
        }
      }
    });
    originals.forEach((_, columns) => observer.observe(columns));
    window.addEventListener(
      "scroll",
      () => {
        if (!isWaiting) {
          isWaiting = true;
          window.requestAnimationFrame(look);
        }
      },
      { passive: true },
    );
    WIDE.addEventListener("change", fit);
    fit();
  }

  for (const image of document.querySelectorAll(".page-image-picture")) {
    const ask = () => {
      image.srcset = String(image.srcset);
    };
    image.addEventListener("error", () => window.setTimeout(ask, AGAIN), { once: true });
  }
  start();
})();
