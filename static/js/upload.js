/* Files go up as soon as they are chosen or dropped, each by itself, with its own bar and its own answer.
   Without this file the form sends several at once and is answered with a page. */

"use strict";

(() => {
  const AT_ONCE = 2;
  const TRIES = 4; // as long as the server is busy with others' files
  const LOST = "Forbindelsen blev afbrudt. Intet er gemt. Prøv igen, når du er på nettet.";
  const SIGNED_OUT = "Du er blevet logget ud. Log ind igen i en ny fane, og prøv så igen her.";
  const FORBIDDEN = "Du har ikke længere ret til at lægge filer op. Hent siden igen.";
  const TOO_LARGE = "Den er for stor til at komme igennem. Sig det til en administrator.";
  const STRANGE = "Serveren svarede ikke, som den plejer. Prøv igen.";

  const form = document.querySelector("form[data-upload]");
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".upload-drop");
  const results = document.querySelector("[data-results]");
  const list = results.querySelector("ul");
  const status = document.querySelector("[data-status]");
  const line = document.querySelector("template[data-line]");
  const drafts = document.querySelector("[data-drafts]");
  const waiting = [];
  const running = new Set();
  let chosen = 0;
  let signedOut = false;

  /* As the server's pages say it: 859 bytes, 16,8 KB, 2,0 MB. */
  function size(bytes) {
    const [most, unit] = bytes < 1048576 ? [1024, "KB"] : [1048576, "MB"];
    return bytes < 1024 ? `${bytes} bytes` : `${(bytes / most).toFixed(1).replace(".", ",")} ${unit}`;
  }

  /* A name without the marks that turn writing direction, behind which a name can hide what it ends with. */
  function plain(name) {
    return name.replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "") || "Fil uden navn";
  }

  function refusal(heading, text) {
    return { state: "fejl", heading, text, warnings: [], way: null, preview: "" };
  }

  class Line {
    constructor(file) {
      this.file = file;
      this.name = plain(file.name);
      this.tries = 0;
      this.element = line.content.firstElementChild.cloneNode(true);
      this.box = this.element.firstElementChild;
      this.progress = this.slot("way-in").querySelector("progress");
      this.progress.setAttribute("aria-label", `Sendt af ${this.name}`);
      this.slot("name").textContent = this.name;
      this.slot("size").textContent = size(file.size);
      this.slot("of-cancel").textContent = ` ${this.name}`;
      this.slot("of-again").textContent = ` med ${this.name}`;
      this.slot("cancel").addEventListener("click", () => this.cancel());
      this.slot("again").addEventListener("click", () => this.again());
      list.append(this.element);
    }

    slot(name) {
      return this.element.querySelector(`[data-slot="${name}"]`);
    }

    stage(words, share) {
      this.slot("stage").textContent = words;
      if (share === undefined) {
        this.progress.removeAttribute("value");
      } else {
        this.progress.value = share;
      }
    }

    queue() {
      this.box.dataset.state = "";
      this.slot("way-in").hidden = false;
      this.slot("said").hidden = true;
      this.slot("again").hidden = true;
      this.slot("cancel").hidden = false;
      if (this.file.size > Number(form.dataset.mostBytes)) {
        const most = form.dataset.mostMegabytes;
        this.say(refusal("Filen er ikke lagt op", `Den er på ${size(this.file.size)}. Arkivet tager højst ${most} MB.`));
      } else {
        this.stage("Venter på sin tur", 0);
        waiting.push(this);
        next();
      }
    }

    send() {
      const data = new FormData();
      const request = new XMLHttpRequest();
      data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.append("filer", this.file, this.file.name || "uden navn");
      data.append("slut", "ja");
      this.request = request;
      running.add(this);
      this.stage("Sender", 0);
      request.open("POST", form.action);
      request.responseType = "text";
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.upload.addEventListener("progress", (event) => {
        const share = event.lengthComputable ? event.loaded / event.total : 0;
        this.stage(share < 1 ? `${Math.round(share * 100)} %` : "Bliver læst", share < 1 ? share : undefined);
      });
      request.upload.addEventListener("load", () => this.stage("Bliver læst"));
      request.addEventListener("load", () => this.answered(request));
      request.addEventListener("error", () => this.say(refusal("Filen er ikke lagt op", LOST)));
      request.addEventListener("loadend", () => {
        running.delete(this);
        next();
      });
      request.send(data);
    }

    answered(request) {
      let answer = null;
      try {
        [answer] = JSON.parse(request.responseText).filer;
      } catch {
        answer = null; // a page, or somebody else's answer: most often that of a session that has ended
      }
      if (answer && request.status === 503 && this.tries < TRIES) {
        this.tries += 1;
        this.stage("Venter på sin tur", 0);
        this.timer = window.setTimeout(() => this.queue(), 1000 * (answer.seconds || 5));
      } else if (answer) {
        this.say(answer);
      } else if (request.status === 403 && !this.isRenewed) {
        this.isRenewed = true; // who has logged in again in another tab sends an old token
        renew().then(() => this.queue());
      } else {
        signedOut = request.status === 401 || !request.responseURL.startsWith(form.action);
        // 413 comes from what stands in front of the archive, when it takes less.
        const why = { 403: FORBIDDEN, 413: TOO_LARGE }[request.status] || STRANGE;
        this.say(refusal("Filen er ikke lagt op", signedOut ? SIGNED_OUT : why));
        if (signedOut) {
          this.lead({ words: "Log ind i en ny fane", address: form.dataset.login }, true);
        }
      }
    }

    say(answer) {
      this.box.dataset.state = answer.state;
      this.answer = answer;
      this.slot("way-in").hidden = true;
      this.slot("cancel").hidden = true;
      this.slot("again").hidden = answer.state !== "fejl";
      this.slot("said").hidden = false;
      this.slot("heading").textContent = answer.heading;
      this.slot("text").textContent = answer.text;
      const warnings = this.slot("warnings");
      warnings.hidden = answer.warnings.length === 0;
      warnings.querySelector("summary").textContent =
        answer.warnings.length === 1 ? "1 advarsel" : `${answer.warnings.length} advarsler`;
      warnings.querySelector("ul").replaceChildren(
        ...answer.warnings.map((words) => Object.assign(document.createElement("li"), { textContent: words })),
      );
      this.lead(answer.way);
      const count = answer.warnings.length ? ` ${warnings.querySelector("summary").textContent}.` : "";
      announce(`${this.name}: ${answer.heading}. ${answer.text}${count}`);
      if (answer.preview) {
        const known = Number(drafts.dataset.drafts) + 1;
        drafts.dataset.drafts = known;
        drafts.textContent = `${known} ${known === 1 ? "kladde" : "kladder"} venter på at blive set igennem`;
      }
      if (answer.preview && chosen === 1) {
        window.location.assign(answer.preview);
      }
    }

    lead(way, inNewTab = false) {
      const link = this.slot("way").querySelector("a");
      this.slot("way").hidden = !way;
      if (way) {
        link.href = way.address;
        link.firstElementChild.textContent = way.words;
        link.target = inNewTab ? "_blank" : "";
      }
    }

    cancel() {
      const place = waiting.indexOf(this);
      if (place >= 0) {
        waiting.splice(place, 1);
      }
      window.clearTimeout(this.timer);
      this.request?.abort();
      this.say(refusal("Annulleret", "Filen er ikke lagt op."));
      this.slot("again").focus();
    }

    async again() {
      this.tries = 0;
      this.slot("again").hidden = true;
      this.slot("cancel").hidden = false;
      this.slot("cancel").focus();
      if (signedOut) {
        await renew();
      }
      this.queue();
    }
  }

  /* Who has logged in again has a new token, which stands in a page made since. */
  async function renew() {
    try {
      const page = await fetch(form.action, { headers: { Accept: "text/html" } });
      const made = new DOMParser().parseFromString(await page.text(), "text/html");
      const token = made.querySelector("form[data-upload] [name=csrfmiddlewaretoken]");
      if (token) {
        form.elements.csrfmiddlewaretoken.value = token.value;
        signedOut = false;
      }
    } catch {
      // Offline: sending says so.
    }
  }

  function next() {
    while (running.size < AT_ONCE && waiting.length > 0) {
      waiting.shift().send();
    }
  }

  function announce(words) {
    status.textContent = words;
  }

  function take(files) {
    const lines = [...files].map((file) => new Line(file));
    if (lines.length > 0) {
      results.hidden = false;
      chosen += lines.length;
      announce(lines.length === 1 ? `Sender ${lines[0].name}` : `Sender ${lines.length} filer`);
      lines.forEach((one) => one.queue());
    }
  }

  function carriesFiles(event) {
    return [...(event.dataTransfer?.types || [])].includes("Files");
  }

  form.classList.add("upload-live");
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("change", () => {
    take(input.files);
    input.value = ""; // so that the same file can be chosen again
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // it would send the form, where a blank opens the choice of files
      input.click();
    }
  });

  // Anywhere on the page: a file let go beside the frame would otherwise take the page's place.
  document.addEventListener("dragover", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      drop.classList.add("upload-drop-over");
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      drop.classList.remove("upload-drop-over");
    }
  });
  document.addEventListener("drop", (event) => {
    if (carriesFiles(event)) {
      event.preventDefault();
      drop.classList.remove("upload-drop-over");
      take(event.dataTransfer.files);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (running.size + waiting.length > 0) {
      event.preventDefault();
    }
  });
})();
