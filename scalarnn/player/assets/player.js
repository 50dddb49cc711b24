/* <scalar-player>: derivation, code, network and numbers of one run, which move together.
 *
 * Inside stands the program as JSON, in a script of type application/json, as the build wrote it. Attributes: `open`
 * (else a button opens it), `focus` (the name that it begins with), `moves` (the name that moves first). The script of
 * the mathematics is loaded when it opens, unless the page has it.
 */
(() => {
  "use strict";
  const S = globalThis.scalarnn;
  const { html, math, equation, icon, lineOf, script, HERE, Asking, Derivation, Editor, Listing, Moving, Names, Picture, Program, Work, TEXT, MATH } = S;
  const { because, derivation, drawnStep, every, formulaOf, linkOf, place, reasonsOf, reasonText, resolve, shareView, take } = S;

  /** What a key does. */
  const KEYS = { ArrowRight: "step", n: "step", ArrowLeft: "back", b: "back", o: "over", ArrowDown: "over", u: "out", ArrowUp: "out", Home: "first", End: "last", p: "play" };
  const SPEEDS = [2400, 1200, 600, 300, 120];
  const inRange = (value) => typeof value !== "number" || Number.isFinite(value);
  const idle = globalThis.requestIdleCallback || ((work) => setTimeout(work, 50));
  /** Whether the address speaks of this player: of the one at the place that it names, or else of the first. */
  const isMeant = (player) => place(player) === Number(new URLSearchParams(location.hash.slice(1)).get("player"));

  class ScalarPlayer extends HTMLElement {
    connectedCallback() {
      if (this.shell) return;
      this.shell = html("div", { class: "player" });
      this.opener = this.querySelector(".player__open") || html("button", { type: "button", class: "player__open" }, "Step through it");
      this.opener.prepend(html("span", { html: icon("play") }), " ");
      const begin = () => this.open().then(() => this.shell.querySelector("[data-does='step']").focus({ preventScroll: true }));
      this.opener.addEventListener("click", begin);
      this.written = this.querySelector("script[type='application/json']");
      this.replaceChildren(this.opener, this.shell);
      this.asked = () => { if (isMeant(this) && /step=\d/.test(location.hash)) this._arrive(); };
      window.addEventListener("hashchange", this.asked);
      if (this.hasAttribute("open")) begin(); // so that keys work at once
      this.asked();
    }

    disconnectedCallback() {
      this._pause();
      window.removeEventListener("hashchange", this.asked);
    }

    /** Opens it, once its scripts are there. */
    open() {
      return (this.opening ||= this._open());
    }

    async _open() {
      this.opener.disabled = true;
      try {
        if (!S.mathematics) await script(new URL("mathematics.js", HERE).href);
        const data = this.data || JSON.parse(this.written.textContent);
        if (data.work && !S.worked) await script(new URL("worked.js", HERE).href);
        this.program = data.work ? new Work(data) : new Program(data);
        this.names = this.program.network.names;
      } catch (error) {
        this.opener.disabled = false;
        this.opening = undefined;
        this.shell.textContent = `The player did not start: ${error.message}.`;
        throw error;
      }
      const { step, refused } = take(this.program, isMeant(this) ? location.hash : "");
      this._build();
      this._run();
      if (refused.length) this.parts.note.textContent = `The link's ${refused.join(", ")} did not fit.`;
      this.opener.remove();
      this.at = step ? this._stopOf(step) : this._firstOf(this.getAttribute("focus"));
      this.show();
    }

    /** Where a link leads. */
    async _arrive() {
      if (this.program) {
        const { step } = take(this.program, location.hash);
        this.editor.draw();
        this.again();
        this.go(this._stopOf(step));
      } else await this.open();
      this.scrollIntoView();
    }

    /* ---- what is on the screen, once ---- */

    _build() {
      /** The link in "Take it with you", once that is open. @type {HTMLAnchorElement | null} */
      this.link = null;
      this.asking = new Asking(this);
      this.editor = new Editor(this);
      this.moving = new Moving(this);
      this.listing = new Listing((line) => this._toLine(line));
      this.derivation = new Derivation((step) => this.go(this._end(step)));
      this.table = new Names();
      this.parts = {
        position: html("output", { class: "player__position" }),
        note: html("p", { class: "player__note", role: "status" }),
        formula: html("div", { class: "player__formula", role: "group", "aria-label": "The step", tabindex: 0 }),
        reason: html("div", { class: "player__reason" }),
        said: html("div", { class: "player__said", role: "status", "aria-live": "polite" }),
        slider: html("input", { type: "range", min: 0, step: 1, value: 0, "aria-label": "Where in the run", oninput: () => this.go(Number(this.parts.slider.value)) }),
        picture: html("div", { class: "player__picture" }),
        shut: html("p", { class: "player__closed" }),
        why: html("div", { class: "player__why" }),
        taken: html("div", { class: "player__taken" }),
      };
      this.shell.setAttribute("role", "group");
      this.shell.setAttribute("aria-label", `Player: ${this.program.network.title}`);
      this.shell.addEventListener("keydown", (event) => this._key(event));
      const p = this.parts;
      const title = (words) => html("p", { class: "player__title" }, words);
      const fold = (words, inside, opened) => html("details", { class: "player__fold", ontoggle: (event) => { if (event.currentTarget.open) opened(); } }, html("summary", {}, words), inside);
      this.shell.replaceChildren(
        this._bar(), p.slider, p.note,
        html("div", { class: "player__now" }, p.position, p.formula, p.reason, this.asking.element),
        html("div", { class: "player__columns" },
          html("section", {}, this.listing.title, this.listing.element),
          html("section", {}, title("Derivation"), this.derivation.element),
          html("section", {}, this.networkTitle = title("Network"), p.picture, p.shut, html("div", { class: "player__names" }, p.why, title("Names here"), this.table.element))),
        fold("Your own numbers", this.editor.element, () => undefined),
        fold("What if one number moves", this.moving.element, () => this.moving.draw()),
        fold("Take it with you", p.taken, () => shareView(this)),
        p.said);
      this.editor.draw();
      if (this.program.network.layers.length && Picture.fits(this.program.network, this.program.given)) {
        this.picture = new Picture(this.program.network, this.program.given, (key) => this._why(key));
        p.picture.replaceChildren(this.picture.element);
      } else this.networkTitle.hidden = true;
      if (this.program.network.note) p.note.textContent = this.program.network.note;
    }

    _bar() {
      const button = (does, label, key) => html("button", { type: "button", "data-does": does, title: `${label} (${key})`, onclick: () => this[does](), html: face(does) });
      const speed = html("select", { "aria-label": "How fast it plays", onchange: (event) => { this.pause = SPEEDS[event.target.value]; } },
        ...["slowest", "slow", "as usual", "fast", "fastest"].map((word, n) => html("option", { value: n, selected: n === 2 }, word)));
      this.pause = SPEEDS[2];
      this.playing = button("play", "Play or pause", "p");
      const asking = html("input", { type: "checkbox", onchange: (event) => this.asking.turn(event.target.checked) });
      return html("div", { class: "player__bar" },
        button("first", "To the beginning", "Home"), button("back", "One back", "←"), this.playing, button("step", "One on", "→"),
        button("over", "Over a call", "o"), button("out", "Out of a function", "u"), button("last", "To the end", "End"),
        speed, html("label", { class: "player__asking" }, asking, " ask me first"));
    }

    /** Says which neurons are shut, and what that means. @param {number[][]} shut layer and neuron of each */
    _shut(shut) {
      const words = shut.map(([layer, j]) => `neuron ${j} of layer ${layer}`).join(", ");
      const text = words ? `Shut, and not learning from this sample: ${words}.` : "";
      if (this.parts.shut.textContent !== text) this.parts.shut.textContent = text;
    }

    /* ---- a run ---- */

    _run() {
      const recorder = this.program.record();
      this.stops = recorder.stops;
      this.values = recorder.values;
      this.steps = derivation(this.stops);
      this.stepAt = new Array(this.stops.length);
      this.known = new Map();
      for (const step of this.steps) for (const n of step.stops) this.stepAt[n] = step;
      this.stops.forEach((stop, n) => {
        if (stop.kind !== "step") return;
        const [name, ...at] = stop.row.targets[0];
        const found = resolve(stop.frame, stop.env, name, at.map((one) => stop.places[one]));
        if (found.frame.depth === 0) this.known.set(`${found.name}[${found.places}]`, n);
      });
      if (this.picture) this.picture.begins(this.names, this.program.activations);
      this.parts.slider.max = this.stops.length - 1;
      this.at = Math.min(this.at || 0, this.stops.length - 1);
      this.derivation.list(this.steps, this.stops);
      this.chain = null;
      this.parts.why.replaceChildren();
      const lost = this.steps.find((step) => !every(this.stops[this._end(step)].value, inRange));
      const words = lost ? `Step ${lost.number} is too large for floats: there the package ends with an error.` : this.program.network.note || "";
      if (this.parts.note.textContent !== words) this.parts.note.textContent = words;
    }

    /** Another run, shown where the last one was. @param {any} [by] what caused it, and is up to date */
    again(by) {
      const step = this.stepAt[this.at];
      const before = step ? step.number : 0;
      this.asking.forget();
      this._run();
      if (before && this.steps.length) this.at = this._stopOf(before);
      this.show();
      if (by !== this.moving && this.moving.element.parentElement.open) this.moving.draw();
      if (this.parts.taken.parentElement.open) shareView(this);
    }

    _firstOf(name) {
      const found = this.stops.findIndex((stop) => name && stop.frame.depth === 0 && stop.row.targets && stop.row.targets[0][0] === name);
      return Math.max(0, found);
    }

    /** The last stop of a step. */
    _end(step) { return step.stops[step.stops.length - 1]; }

    /** The last stop of the step of this number, or of the nearest. @param {number} number */
    _stopOf(number) { return this._end(this.steps[Math.max(1, Math.min(Math.round(number), this.steps.length)) - 1]); }

    /* ---- where the run is ---- */

    /** @param {string} [verdict] what is said first */
    show(verdict) {
      const stop = this.stops[this.at];
      this.listing.show(stop);
      this.derivation.show(this._done(), this.stepAt[this.at]);
      this.now(stop, verdict);
      this.table.show(stop, this.program.look(this.at), this.asksNow());
      if (this.picture) this._shut(this.picture.show((one) => this._valueOf(one), this.asksNow() ? null : stop));
      if (this.chain && !this.chain.has(this.stepAt[this.at])) {
        this.chain = null;
        this.parts.why.replaceChildren();
      }
      this.parts.slider.value = String(this.at);
      this.parts.position.textContent = this._where(stop);
      this.parts.slider.setAttribute("aria-valuetext", this.parts.position.textContent);
      if (this.link) this.link.href = linkOf(this);
      this._lookAhead();
    }

    /** In words: which step, and which term of it where it is a sum; between steps, which come next. */
    _where({ kind }) {
      const [step, n, all] = [this.stepAt[this.at], this.number, `of ${this.steps.length}`];
      if (!step) return kind === "call" && n < this.steps.length ? `before step ${n + 1} ${all}` : `after step ${n} ${all}`;
      const { length } = step.stops;
      return `step ${n} ${all}${length > 1 ? `, term ${step.stops.indexOf(this.at) + 1} of ${length}` : ""}`;
    }

    /** What the next stop will show is worked out while the browser has nothing else to do. */
    _lookAhead() {
      if (this.looking) return;
      this.looking = true;
      idle(() => {
        this.looking = false;
        if (this.at + 1 < this.stops.length) this.program.lookAhead(this.at + 1);
      });
    }

    /** The number of the step that is done last. */
    get number() {
      for (let n = this.at; n >= 0; n--) if (this.stepAt[n]) return this.stepAt[n].number;
      return 0;
    }

    /** Whether the result of this stop is still asked for. */
    asksNow() { return this.asking.isOpen; }

    /** The value of a name, if the run has come to it. */
    _valueOf({ name, places, key }) {
      let value = this.program.given[name];
      if (value === undefined) {
        const when = this.known.get(key) ?? this.known.get(`${name}[]`);
        if (when === undefined || when > this.at || (when === this.at && this.asksNow())) return undefined;
        value = this.values[name];
      }
      for (const one of places) value = Array.isArray(value) ? value[one] : value;
      return typeof value === "number" ? value : undefined;
    }

    _toLine(number) {
      const { frame } = this.stops[this.at];
      const same = (stop) => stop.row.line === number && (frame.depth === 0 ? stop.frame.depth === 0 : stop.frame.name === frame.name);
      let n = this.stops.findIndex((stop, at) => at > this.at && same(stop));
      if (n < 0) n = this.stops.findIndex(same);
      if (n >= 0) this.go(n);
    }

    /** How many steps are done. */
    _done() { return this.steps.filter((step) => this._end(step) < this.at || (this._end(step) === this.at && !this.asksNow())).length; }

    /** Formula, numbers put in, result. @param {any} stop @param {string} [verdict] what is said first */
    now(stop, verdict = "") {
      const { formula, reason } = this.parts;
      reason.textContent = "";
      formula.parentElement.scrollTop = 0;
      if (stop.kind !== "step") {
        const begins = stop.kind === "call" ? "next: " : "done: ";
        formula.innerHTML = "<bdi>" + begins + lineOf(stop.row);
        this._say(() => begins + (stop.row.says || stop.row.called));
        this.asking.show(stop);
        return;
      }
      const step = this.stepAt[this.at];
      const until = step.stops.slice(0, step.stops.indexOf(this.at) + 1).map((n) => this.stops[n]);
      const { target, parts, result } = formulaOf(until, MATH);
      const hidden = this.asksNow();
      const shown = hidden ? [...parts.slice(0, this.asking.hints).filter((part) => part !== result), "<mtext>?</mtext>"] : parts;
      formula.innerHTML = equation([target, ...shown], true);
      const why = hidden ? [] : reasonsOf(stop).map((one) => reasonText(one, MATH)).filter(Boolean);
      if (why.length) reason.innerHTML = since(why);
      this._say(() => verdict + (hidden ? `What is ${formulaOf(until, TEXT).target}?` : spoken(until)));
      this.asking.show(stop);
    }

    /** Says where the run is, once it rests there: who steps on at once is not read every step.
     * @param {() => string} words */
    _say(words) {
      clearTimeout(this.saying);
      this.saying = setTimeout(() => { this.parts.said.textContent = words(); }, 150);
    }

    /** The chain of factors that led to the newest number of a node or an edge. */
    _why(key) {
      const found = because(this, key);
      if (!found) {
        this.parts.why.textContent = "It is given.";
        return;
      }
      this.chain = new Set(found.chain);
      this.go(found.when);
      this.parts.why.replaceChildren(html("p", {}, "Why:"), html("ol", {}, ...found.chain.map((step) => {
        const { parts, reasons } = drawnStep(this, step);
        return html("li", {}, html("button", { type: "button", class: "player__because", onclick: () => this.go(this._end(step)), html: equation(parts) + (reasons.length ? ` <span>${since(reasons)}</span>` : "") }));
      })));
    }

    /* ---- moving through it ---- */

    /** @param {number} n */
    go(n) {
      this.at = Math.max(0, Math.min(this.stops.length - 1, n));
      this.asking.hints = 0;
      this.show();
    }

    step() { this._on(this.at + 1); }
    back() { this.go(this.at - 1); }
    first() { this.go(0); }
    last() { this.go(this.stops.length - 1); }
    over() { this._to((depth, now) => depth <= now); }
    out() { this._to((depth, now) => depth < now); }

    /** On to the next stop whose depth fits. */
    _to(fits) {
      const now = this.stops[this.at].frame.depth;
      const n = this.stops.findIndex((stop, at) => at > this.at && fits(stop.frame.depth, now));
      this._on(n < 0 ? this.stops.length - 1 : n);
    }

    /** On, unless an answer is wanted first. */
    _on(n) {
      if (this.asksNow()) this.asking.remind();
      else this.go(n);
    }

    /** Whether a key is for the field that has the focus: not where nothing can be done with it there. */
    _takes(field, key) {
      if (field === this.asking.answer && !field.value) return key.length === 1;
      if (field.type === "range") return key.length > 1;
      return field.type !== "checkbox" && /^(INPUT|SELECT|TEXTAREA)$/.test(field.tagName);
    }

    play() {
      if (this.timer) {
        this._pause();
        return;
      }
      if (this.at === this.stops.length - 1) this.go(0);
      this.playing.innerHTML = face("pause");
      const next = () => {
        if (this.at === this.stops.length - 1 || this.asksNow()) {
          this._pause();
          return;
        }
        this.step();
        this.timer = setTimeout(next, this.pause);
      };
      this.timer = setTimeout(next, this.pause);
    }

    _pause() {
      clearTimeout(this.timer);
      this.timer = undefined;
      if (this.playing) this.playing.innerHTML = face("play");
    }

    _key(event) {
      const does = KEYS[event.key];
      if (!does || event.altKey || event.ctrlKey || event.metaKey || this._takes(event.target, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      this[does]();
    }
  }

  /** What stands on a button: a sign, and its word below. @param {string} does */
  const face = (does) => `${icon(does)}<span>${does}</span>`;

  /** A step in words. */
  function spoken(stops) {
    const { target, formula, result } = formulaOf(stops, TEXT);
    const why = reasonsOf(stops[stops.length - 1]).map((one) => reasonText(one)).filter(Boolean);
    return `${target} is ${result}, from ${formula}${why.length ? `, since ${why.join(", ")}` : ""}`;
  }

  const since = (reasons) => `since ${math(reasons.join("<mtext>, </mtext>"))}`;

  Object.assign(S, { ScalarPlayer });
  customElements.define("scalar-player", ScalarPlayer);
})();
