/* <scalar-player>: derivation, code, network and numbers of one run, which move together.
 *
 * Inside stands the program as JSON, in a script of type application/json, as the build wrote it. Attributes: `open`
 * (else a button opens it), `focus` (the name that it begins with), `moves` (the name that moves first). The script of
 * the mathematics is loaded when it opens, unless the page has it.
 */
(() => {
  "use strict";
  const S = globalThis.scalarnn;
  const { html, math, equation, icon, script, place, HERE, Asking, Editor, Moving, Picture, Program, Work, TEXT, MATH } = S;
  const { because, derivation, drawnStep, every, formulaOf, linkOf, reasonsOf, reasonText, readable, resolve, shareView, take } = S;

  const WORDS = /("[^"]*")|(#.*$)|\b(def|for|in|if|else|elif|return|continue|range|len|while|and|or|not|is|None)\b/g;
  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const coloured = (text) => escape(text).replace(WORDS, (word, string, comment) => `<span class="player__${comment ? "comment" : string ? "string" : "word"}">${word}</span>`);

  /** What a key does. */
  const KEYS = { ArrowRight: "step", n: "step", ArrowLeft: "back", b: "back", o: "over", ArrowDown: "over", u: "out", ArrowUp: "out", Home: "first", End: "last", p: "play" };
  const SPEEDS = [2400, 1200, 600, 300, 120];
  const inRange = (value) => typeof value !== "number" || Number.isFinite(value);
  const isFirst = (player) => document.querySelector("scalar-player") === player;

  class ScalarPlayer extends HTMLElement {
    connectedCallback() {
      if (this.shell) return;
      this.shell = html("div", { class: "player" });
      this.opener = this.querySelector(".player__open") || html("button", { type: "button", class: "player__open" }, "Step through it");
      this.opener.prepend(html("span", { html: icon("play") }), " ");
      this.opener.addEventListener("click", () => this.open().then(() => this.shell.querySelector("[data-does='step']").focus({ preventScroll: true })));
      this.written = this.querySelector("script[type='application/json']");
      this.replaceChildren(this.opener, this.shell);
      this.asked = () => { if (isFirst(this) && /(^#|&)step=\d/.test(location.hash)) this._arrive(); };
      window.addEventListener("hashchange", this.asked);
      if (this.hasAttribute("open")) this.open();
      this.asked();
    }

    disconnectedCallback() {
      this._pause();
      window.removeEventListener("hashchange", this.asked);
    }

    /** Opens it, once its scripts are there. */
    async open() {
      if (this.opening) return this.opening;
      this.opener.disabled = true;
      this.opening = this._open();
      return this.opening;
    }

    async _open() {
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
      const { step, refused } = isFirst(this) ? take(this.program, location.hash) : { step: 0, refused: [] };
      this._build();
      this._run();
      if (refused.length) this.parts.note.textContent = `The link's ${refused.join(", ")} did not fit, and was left out.`;
      this.opener.remove();
      this.at = step ? this._stopOf(step) : this._firstOf(this.getAttribute("focus"));
      this.show();
      this.dispatchEvent(new Event("ready"));
    }

    /** Where a link leads. */
    async _arrive() {
      const opened = Boolean(this.program);
      await this.open();
      if (opened) {
        const { step } = take(this.program, location.hash);
        this.editor.draw();
        this.again();
        if (step) this.go(this._stopOf(step));
      }
      this.scrollIntoView({ block: "start" });
    }

    /* ---- what is on the screen, once ---- */

    _build() {
      /** The link in "Take it with you", once that is open. @type {HTMLAnchorElement | null} */
      this.link = null;
      this.asking = new Asking(this);
      this.editor = new Editor(this);
      this.moving = new Moving(this);
      const group = (name, label) => html("div", { class: `player__${name}`, role: "group", "aria-label": label, tabindex: 0 });
      this.parts = {
        position: html("output", { class: "player__position" }),
        note: html("p", { class: "player__note", role: "status" }),
        formula: group("formula", "The step"),
        reason: html("div", { class: "player__reason" }),
        said: html("div", { class: "player__said", role: "status", "aria-live": "polite" }),
        slider: html("input", { type: "range", min: 0, step: 1, value: 0, "aria-label": "Where in the run", oninput: () => this.go(Number(this.parts.slider.value)) }),
        code: group("code", "The code"),
        steps: group("steps", "The derivation"),
        picture: html("div", { class: "player__picture" }),
        shut: html("p", { class: "player__closed" }),
        why: html("div", { class: "player__why" }),
        variables: group("variables", "Names and their numbers"),
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
        html("div", { class: "player__now" }, p.formula, p.reason, this.asking.element),
        html("div", { class: "player__columns" },
          html("section", {}, this.file = title("Code"), p.code),
          html("section", {}, title("Derivation"), p.steps),
          html("section", {}, this.networkTitle = title("Network"), p.picture, p.shut, p.why, title("Names here"), p.variables)),
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
      const button = (does, label, key) => html("button", { type: "button", "data-does": does, title: `${label} (${key})`, "aria-label": label, onclick: () => this[does](), html: icon(does) });
      const speed = html("select", { "aria-label": "How fast it plays", onchange: (event) => { this.pause = SPEEDS[event.target.value]; } },
        ...["slowest", "slow", "as usual", "fast", "fastest"].map((word, n) => html("option", { value: n, selected: n === 2 }, word)));
      this.pause = SPEEDS[2];
      this.playing = button("play", "Play", "p");
      const asking = html("input", { type: "checkbox", onchange: (event) => this.asking.turn(event.target.checked) });
      return html("div", { class: "player__bar" },
        button("first", "To the beginning", "Home"), button("back", "One back", "←"), this.playing, button("step", "Step", "→"),
        button("over", "Over a call", "o"), button("out", "Out of a function", "u"), button("last", "To the end", "End"),
        speed, html("label", { class: "player__asking" }, asking, " ask me first"), this.parts.position);
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
      if (this.picture) [this.picture.symbols, this.picture.activations] = [this.names, this.program.activations];
      this.parts.slider.max = this.stops.length - 1;
      this.at = Math.min(this.at || 0, this.stops.length - 1);
      this._list();
      this.codeOf = null;
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

    /** The derivation as a list, each step a button; what is as it was stays. */
    _list() {
      const drawn = this.steps.map((step) => formulaOf(step.stops.map((n) => this.stops[n]), MATH));
      const formulas = drawn.map(({ target, formula }) => math(`<mrow>${target}<mo>=</mo>${formula}</mrow>`));
      const results = drawn.map(({ formula, result }) => (formula === result ? "" : math(`<mo>=</mo>${result}`)));
      const headings = this.steps.map((step) => (this.stops[step.heading] ? this.stops[step.heading].row.says || this.stops[step.heading].row.called : ""));
      const same = this.drawn && String(headings) === String(this.drawn.headings) && formulas.every((one, n) => one === this.drawn.formulas[n]) && formulas.length === this.drawn.formulas.length;
      if (same) results.forEach((one, n) => { if (one !== this.drawn.results[n]) this.entries[n].lastChild.innerHTML = one; });
      else this._listAnew(formulas, results, headings);
      this.drawn = { formulas, results, headings };
      this.shown = undefined;
    }

    _listAnew(formulas, results, headings) {
      const items = [];
      this.entries = this.steps.map((step, n) => {
        if (n === 0 || step.heading !== this.steps[n - 1].heading) items.push(html("p", { class: "player__heading" }, headings[n]));
        const entry = html("button", { type: "button", class: "player__step player__later", tabindex: -1, onclick: () => this.go(this._end(this.steps[n])) },
          html("span", { class: "player__count" }, String(step.number)), html("span", { html: formulas[n] }), html("span", { class: "player__result", html: results[n] }));
        items.push(entry);
        return entry;
      });
      this.parts.steps.replaceChildren(...items);
    }

    /* ---- where the run is ---- */

    show() {
      const stop = this.stops[this.at];
      this._code(stop);
      this._steps();
      this.now(stop);
      this._variables();
      if (this.picture) this._shut(this.picture.show((name, places) => this._valueOf(name, places), this.asksNow() ? null : stop));
      if (this.chain && !this.chain.has(this.stepAt[this.at])) {
        this.chain = null;
        this.parts.why.replaceChildren();
      }
      this.parts.slider.value = String(this.at);
      this.parts.position.textContent = `step ${this.number} of ${this.steps.length}`;
      this.parts.slider.setAttribute("aria-valuetext", this.parts.position.textContent);
      if (this.link) this.link.href = linkOf(this);
    }

    /** The number of the step that is done last. */
    get number() {
      for (let n = this.at; n >= 0; n--) if (this.stepAt[n]) return this.stepAt[n].number;
      return 0;
    }

    /** Whether the result of this stop is still asked for. */
    asksNow() { return this.asking.isOpen; }

    /** The value of a name, if the run has come to it. */
    _valueOf(name, places) {
      let value = this.program.given[name];
      if (value === undefined) {
        const when = this.known.get(`${name}[${places}]`) ?? this.known.get(`${name}[]`);
        if (when === undefined || when > this.at || (when === this.at && this.asksNow())) return undefined;
        value = this.values[name];
      }
      for (const one of places) value = Array.isArray(value) ? value[one] : value;
      return typeof value === "number" ? value : undefined;
    }

    _code(stop) {
      const { frame } = stop;
      const key = frame.depth === 0 ? "work" : frame.name;
      if (this.codeOf !== key) {
        this.codeOf = key;
        this.file.textContent = frame.depth === 0 ? "Code: the work" : `Code: ${frame.says.file}`;
        this.lines = new Map();
        this.parts.code.replaceChildren(html("div", {}, ...frame.says.code.map(([number, text]) => {
          const line = html("button", { type: "button", class: "player__line", tabindex: -1, onclick: () => this._toLine(number) },
            html("span", { class: "player__count" }, String(number)), html("code", { html: coloured(text) || " " }));
          this.lines.set(number, line);
          return line;
        })));
      }
      const line = this.lines.get(stop.row.line);
      if (this.line && this.line !== line) mark(this.line, false);
      if (line) {
        mark(line, true);
        bring(this.parts.code, line);
      }
      this.line = line;
    }

    _toLine(number) {
      const { frame } = this.stops[this.at];
      const same = (stop) => stop.row.line === number && (frame.depth === 0 ? stop.frame.depth === 0 : stop.frame.name === frame.name);
      let n = this.stops.findIndex((stop, at) => at > this.at && same(stop));
      if (n < 0) n = this.stops.findIndex(same);
      if (n >= 0) this.go(n);
    }

    /** Which steps are done, and which is being done; only those between the last place and this one are touched. */
    _steps() {
      const here = this.stepAt[this.at];
      const done = this.steps.filter((step) => this._end(step) < this.at || (this._end(step) === this.at && !this.asksNow())).length;
      const before = this.shown || { done: 0, here: null };
      for (let n = Math.min(done, before.done); n < Math.max(done, before.done); n++) this.entries[n].classList.toggle("player__later", n >= done);
      if (before.here !== here) {
        if (before.here) mark(this.entries[before.here.number - 1], false);
        if (here) mark(this.entries[here.number - 1], true);
      }
      if (!this.shown) this.entries.forEach((entry, n) => { entry.classList.toggle("player__later", n >= done); if (!here || n !== here.number - 1) mark(entry, false); });
      this.shown = { done, here };
      if (done || here) bring(this.parts.steps, this.entries[(here ? here.number : done) - 1]);
    }

    /** Formula, numbers put in, result. */
    now(stop) {
      const { formula, reason, said } = this.parts;
      reason.textContent = "";
      if (stop.kind !== "step") {
        const words = `${stop.kind === "call" ? "next" : "done"}: ${stop.row.says || stop.row.called}`;
        formula.textContent = said.textContent = words;
        this.asking.element.hidden = true;
        return;
      }
      const step = this.stepAt[this.at];
      const until = step.stops.slice(0, step.stops.indexOf(this.at) + 1).map((n) => this.stops[n]);
      const drawn = formulaOf(until, MATH);
      const parts = [...new Set([drawn.formula, drawn.numbers, drawn.result])];
      const hidden = this.asksNow();
      const shown = hidden ? [...parts.slice(0, this.asking.hints).filter((part) => part !== drawn.result), "<mtext>?</mtext>"] : parts;
      formula.innerHTML = equation([drawn.target, ...shown], true);
      const reasons = reasonsOf(stop);
      const why = reasons.map((one) => reasonText(one)).filter(Boolean);
      if (why.length && !hidden) reason.innerHTML = since(reasons.map((one) => reasonText(one, MATH)).filter(Boolean));
      const text = formulaOf(until, TEXT);
      said.textContent = hidden ? `What is ${text.target}?` : `${text.target} is ${text.result}, from ${text.formula}${why.length ? `, since ${why.join(", ")}` : ""}`;
      this.asking.show(text.target, stop);
    }

    _variables() {
      const stop = this.stops[this.at];
      const { says, values } = this.program.look(this.at);
      const seen = Object.fromEntries([...says.shown, ...says.counters].map((name, n) => [name, values[n]]));
      const changed = new Set(stop.kind === "call" ? [] : bind(seen, stop));
      const rows = Object.entries(seen).map(([name, value]) => {
        const is = changed.has(name);
        if (value === undefined || value === null || name === "f" || (is && this.asksNow())) return "";
        return html("tr", { class: is ? "player__changed" : "" }, html("th", { scope: "row" }, html("code", {}, name)),
          html("td", {}, shortList(value), is ? html("span", { class: "player__new" }, " new") : ""));
      });
      this.parts.variables.replaceChildren(html("table", {}, html("tbody", {}, ...rows)));
      const now = this.parts.variables.querySelector(".player__changed");
      if (now) bring(this.parts.variables, now);
    }

    /** The chain of factors that led to the newest number of a node or an edge. */
    _why(key) {
      const found = because(this, key);
      if (!found) {
        this.parts.why.textContent = "This number is given.";
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

    play() {
      if (this.timer) {
        this._pause();
        return;
      }
      if (this.at === this.stops.length - 1) this.go(0);
      this.playing.innerHTML = icon("pause");
      this.playing.setAttribute("aria-label", "Pause");
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
      if (!this.playing) return;
      this.playing.innerHTML = icon("play");
      this.playing.setAttribute("aria-label", "Play");
    }

    _key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
      const does = KEYS[event.key];
      if (!does) return;
      event.preventDefault();
      event.stopPropagation();
      this[does]();
    }
  }

  const since = (reasons) => `since ${math(reasons.join("<mtext>, </mtext>"))}`;

  /** Puts what a line binds among the names, and tells which they are. */
  function bind(seen, stop) {
    const { targets = [], binds } = stop.row;
    if (binds) {
      seen[binds] = stop.value;
      return [binds];
    }
    return targets.map(([name, ...at], n) => {
      const value = targets.length > 1 ? stop.value[n] : stop.value;
      if (!at.length) seen[name] = value;
      else if (seen[name]) place(seen, { name, places: at.map((one) => stop.places[one]) }, value);
      return name;
    });
  }

  /** A list in full where it is short. */
  function shortList(value) {
    if (!Array.isArray(value)) return typeof value === "number" ? readable(value) : String(value);
    if (value.length > 8) return `[${value.slice(0, 3).map(shortList).join(", ")}, … ${value.length} in all]`;
    return `[${value.map(shortList).join(", ")}]`;
  }

  /** Marks the line or the step where the run is. */
  function mark(part, is) {
    part.classList.toggle("player__here", is);
    if (is) part.setAttribute("aria-current", "step");
    else part.removeAttribute("aria-current");
  }

  const wanted = new Map();

  /** Into sight within its box, without moving the page; measured when the browser lays out anyway. */
  function bring(box, part) {
    if (!wanted.size) requestAnimationFrame(() => { wanted.forEach((one, of) => scroll(of, one)); wanted.clear(); });
    wanted.set(box, part);
  }

  function scroll(box, part) {
    const [outer, inner] = [box.getBoundingClientRect(), part.getBoundingClientRect()];
    if (inner.top < outer.top + 8) box.scrollTop -= outer.top + 8 - inner.top;
    else if (inner.bottom > outer.bottom - 8) box.scrollTop += inner.bottom - outer.bottom + 8;
  }

  Object.assign(S, { ScalarPlayer });
  customElements.define("scalar-player", ScalarPlayer);
})();
