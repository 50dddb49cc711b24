/* <scalar-player>: derivation, code, network and numbers of one run, which move together.
 *
 * Inside stands the program as JSON, in a script of type application/json, as the build wrote it. Attributes: `open` (else a button opens it), `focus` (the name that
 * it begins with). The script of the mathematics is loaded when it opens, unless the page has it.
 */
(() => {
  "use strict";
  const S = globalThis.scalarnn;
  const HERE = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";
  const { Program, Work, Picture, TEXT, MATH, derivation, formulaOf, reasonText, reasonsOf, resolve, symbol, symbolMath, symbolText, indices, readable, parse, plot, toml, changes, take, list } = S;

  /** @param {string} name @param {{ [key: string]: any }} attributes @param {any[]} children @returns {any} */
  function html(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key === "html") element.innerHTML = value;
      else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  const math = (inside) => `<math>${inside}</math>`;
  const large = (inside) => `<math displaystyle="true">${inside}</math>`;
  const WORDS = /("[^"]*")|(#.*$)|\b(def|for|in|if|else|elif|return|continue|range|len|while|and|or|not|is|None)\b/g;
  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const coloured = (text) => escape(text).replace(WORDS, (word, string, comment) => `<span class="player__${comment ? "comment" : string ? "string" : "word"}">${word}</span>`);

  /** What a key does. */
  const KEYS = { ArrowRight: "step", n: "step", ArrowLeft: "back", b: "back", o: "over", ArrowDown: "over", u: "out", ArrowUp: "out", Home: "first", End: "last", p: "play" };
  const SPEEDS = [2400, 1200, 600, 300, 120];

  class ScalarPlayer extends HTMLElement {
    connectedCallback() {
      if (this.shell) return;
      this.shell = html("div", { class: "player" });
      this.opener = this.querySelector(".player__open") || html("button", { type: "button", class: "player__open" }, "Step through it");
      this.opener.prepend(html("span", { html: icon("play") }), " ");
      this.opener.addEventListener("click", () => this.open());
      this.written = this.querySelector("script[type='application/json']");
      this.replaceChildren(this.opener, this.shell);
      const asked = /(^#|&)step=\d/.test(location.hash) && document.querySelector("scalar-player") === this;
      if (this.hasAttribute("open") || asked) this.open();
    }

    disconnectedCallback() { this._pause(); }

    /** Opens it, once its scripts are there. */
    async open() {
      if (this.program) return;
      this.opener.disabled = true;
      try {
        if (!S.mathematics) await script(new URL("mathematics.js", HERE).href);
        const data = this.data || JSON.parse(this.written.textContent);
        if (data.work && !S.worked) await script(new URL("worked.js", HERE).href);
        this.program = data.work ? new Work(data) : new Program(data);
        this.names = this.program.network.names;
      } catch (error) {
        this.opener.disabled = false;
        this.shell.textContent = `The player did not start: ${error.message}.`;
        return;
      }
      const isFirst = document.querySelector("scalar-player") === this;
      const step = isFirst ? take(this.program, location.hash) : 0;
      this._build();
      this._run();
      this.opener.remove();
      this.at = step ? this.steps[Math.min(step, this.steps.length) - 1].stops.slice(-1)[0] : this._firstOf(this.getAttribute("focus"));
      this._show();
      this.dispatchEvent(new Event("ready"));
    }

    /* ---- what is on the screen, once ---- */

    _build() {
      const button = (does, label, key) => html("button", { type: "button", "data-does": does, title: `${label} (${key})`, "aria-label": label, onclick: () => this[does](), html: icon(does) });
      this.parts = {
        position: html("output", { class: "player__position" }),
        formula: html("div", { class: "player__formula", role: "group", "aria-label": "The step", tabindex: 0 }),
        reason: html("div", { class: "player__reason" }),
        said: html("div", { class: "player__said", role: "status", "aria-live": "polite" }),
        slider: html("input", { type: "range", min: 0, step: 1, value: 0, "aria-label": "Where in the run", oninput: () => this.go(Number(this.parts.slider.value)) }),
        code: html("div", { class: "player__code", role: "group", "aria-label": "The code", tabindex: 0 }),
        steps: html("div", { class: "player__steps", role: "group", "aria-label": "The derivation", tabindex: 0 }),
        picture: html("div", { class: "player__picture" }),
        shut: html("p", { class: "player__closed" }),
        why: html("div", { class: "player__why" }),
        variables: html("div", { class: "player__variables", role: "group", "aria-label": "Names and their numbers", tabindex: 0 }),
        numbers: html("div", { class: "player__numbers" }),
        moved: html("div", { class: "player__moved" }),
        taken: html("div", { class: "player__taken" }),
        ask: html("div", { class: "player__ask", hidden: true }),
      };
      const p = this.parts;
      const speed = html("select", { "aria-label": "How fast it plays", onchange: (event) => { this.pause = SPEEDS[event.target.value]; } },
        ...["slowest", "slow", "as usual", "fast", "fastest"].map((word, n) => html("option", { value: n, selected: n === 2 }, word)));
      this.pause = SPEEDS[2];
      const asking = html("input", { type: "checkbox", onchange: (event) => this._askFirst(event.target.checked) });
      this.shell.setAttribute("role", "group");
      this.shell.setAttribute("aria-label", `Player: ${this.program.network.title}`);
      this.shell.addEventListener("keydown", (event) => this._key(event));
      this.playing = button("play", "Play", "p");
      this.shell.replaceChildren(
        html("div", { class: "player__bar" },
          button("first", "To the beginning", "Home"), button("back", "One back", "←"), this.playing, button("step", "Step", "→"),
          button("over", "Over a call", "o"), button("out", "Out of a function", "u"), button("last", "To the end", "End"),
          speed, html("label", { class: "player__asking" }, asking, " ask me first"), p.position),
        p.slider,
        html("div", { class: "player__now" }, p.formula, p.reason, p.ask),
        html("div", { class: "player__columns" },
          html("section", {}, this.file = html("p", { class: "player__title" }, "Code"), p.code),
          html("section", {}, html("p", { class: "player__title" }, "Derivation"), p.steps),
          html("section", {}, this.networkTitle = html("p", { class: "player__title" }, "Network"), p.picture, p.shut, p.why, html("p", { class: "player__title" }, "Names here"), p.variables)),
        html("details", { class: "player__fold" }, html("summary", {}, "Your own numbers"), p.numbers),
        html("details", { class: "player__fold", ontoggle: (event) => { if (event.currentTarget.open) this._moving(); } }, html("summary", {}, "What if one number moves"), p.moved),
        html("details", { class: "player__fold", ontoggle: (event) => { if (event.currentTarget.open) this._taking(); } }, html("summary", {}, "Take it with you"), p.taken),
        p.said);
      this._editor();
      if (this.program.network.layers.length && Picture.fits(this.program.network, this.program.given)) this._picture();
      else this.networkTitle.hidden = true;
    }

    _picture() {
      this.picture = new Picture(this.program.network, this.program.given, (key) => this._why(key));
      this.parts.picture.replaceChildren(this.picture.element);
    }

    /** Says which neurons are shut, and what that means. @param {[number, number][]} shut layer and neuron of each */
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
    }

    _firstOf(name) {
      if (!name) return 0;
      const found = this.stops.findIndex((stop) => stop.frame.depth === 0 && stop.row.targets && stop.row.targets[0][0] === name);
      return Math.max(0, found);
    }

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

    /** The last stop of a step. */
    _end(step) { return step.stops[step.stops.length - 1]; }

    /* ---- where the run is ---- */

    _show() {
      const stop = this.stops[this.at];
      this._code(stop);
      this._steps();
      this._now(stop);
      this._variables();
      if (this.picture) this._shut(this.picture.show((name, places) => this._valueOf(name, places), this.asksNow() ? null : stop));
      this.parts.slider.value = this.at;
      const step = this.stepAt[this.at];
      const done = step ? step.number : this._before();
      this.parts.position.textContent = `step ${done} of ${this.steps.length}`;
      this.parts.slider.setAttribute("aria-valuetext", this.parts.position.textContent);
    }

    /** How many steps are done at a stop that is none itself. */
    _before() {
      for (let n = this.at; n >= 0; n--) if (this.stepAt[n]) return this.stepAt[n].number;
      return 0;
    }

    /** Whether the result of this stop is still asked for. */
    asksNow() {
      return Boolean(this.asks && this.stops[this.at].kind === "step" && this.answered !== this.at);
    }

    /** The value of a name, if the run has come to it. */
    _valueOf(name, places) {
      let value = this.program.given[name];
      if (value === undefined) {
        const when = this.known.get(`${name}[${places}]`);
        if (when === undefined || when > this.at || (when === this.at && this.asksNow())) return undefined;
        value = this.values[name];
      }
      for (const place of places) value = value === undefined ? undefined : value[place];
      return typeof value === "number" ? value : undefined;
    }

    _code(stop) {
      const { frame } = stop;
      const key = frame.depth === 0 ? "work" : frame.name;
      if (this.codeOf !== key) {
        this.codeOf = key;
        const lines = frame.says.code;
        this.file.textContent = frame.depth === 0 ? "Code: the work" : `Code: ${frame.says.file}`;
        this.lines = new Map();
        this.parts.code.replaceChildren(html("div", {}, ...lines.map(([number, text]) => {
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
      const frame = this.stops[this.at].frame;
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
      if (here) bring(this.parts.steps, this.entries[here.number - 1]);
    }

    /** Formula, numbers put in, result. */
    _now(stop) {
      const { formula, reason, said, ask } = this.parts;
      reason.textContent = "";
      if (stop.kind !== "step") {
        const { called, says } = stop.row;
        const about = says || called;
        const words = stop.kind === "call" ? `next: ${about}` : `done: ${about}`;
        formula.textContent = words;
        said.textContent = words;
        ask.hidden = true;
        return;
      }
      const step = this.stepAt[this.at];
      const until = step.stops.slice(0, step.stops.indexOf(this.at) + 1).map((n) => this.stops[n]);
      const drawn = formulaOf(until, MATH);
      const parts = [drawn.formula, drawn.numbers, drawn.result].filter((part, n, all) => all.indexOf(part) === n);
      const hidden = this.asksNow();
      const shown = hidden ? [...parts.slice(0, this.hints === 2 ? 2 : this.hints ? 1 : 0).filter((part) => part !== drawn.result), "<mtext>?</mtext>"] : parts;
      formula.innerHTML = [drawn.target, ...shown].map((part, n) => large(`<mrow>${n ? "<mo>=</mo>" : ""}${part}</mrow>`)).join("");
      const reasons = reasonsOf(stop);
      const why = reasons.map((one) => reasonText(one)).filter(Boolean);
      if (why.length && !hidden) reason.innerHTML = `since ${math(reasons.map((one) => reasonText(one, MATH)).filter(Boolean).join("<mtext>, </mtext>"))}`;
      const text = formulaOf(until, TEXT);
      said.textContent = hidden ? `What is ${text.target}?` : `${text.target} is ${text.result}, from ${text.formula}${why.length ? `, since ${why.join(", ")}` : ""}`;
      if (!hidden) ask.hidden = true;
      else if (this.asked !== this.at) this._ask(text.target, stop);
    }

    /* ---- asked first ---- */

    /** From now on, or no longer; what names slips is fetched now. */
    async _askFirst(asks) {
      this.asks = asks;
      this._show();
      if (asks && HERE && !S.slips) await script(new URL("slips.js", HERE).href).catch(() => undefined);
    }

    _ask(target, stop) {
      this.asked = this.at;
      this.hints = 0;
      const answer = html("input", { type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": `${target} is`, size: 14 });
      const verdict = html("span", { class: "player__verdict", role: "status" });
      const check = () => {
        const value = parse(answer.value);
        if (Number.isNaN(value)) verdict.textContent = "A number, please: 0.25, −3, 1e-4 or 1/4.";
        else if (agrees(answer.value, value, stop.value)) {
          this._reveal(`Right: ${readable(stop.value)}.`);
        } else verdict.textContent = `Not ${answer.value.trim()}. ${this._slip(answer.value.trim(), value, stop)}`;
      };
      const hint = () => { this.hints = Math.min(2, this.hints + 1); this._now(stop); };
      this.parts.ask.replaceChildren(
        html("form", { onsubmit: (event) => { event.preventDefault(); check(); } },
          html("span", { html: math(formulaOf([stop], MATH).target) }), " = ", answer, " ", html("button", {}, "Check"), " ",
          html("button", { type: "button", onclick: hint }, "Hint"), " ", html("button", { type: "button", onclick: () => this._reveal("") }, "Show it")),
        verdict, html("small", {}, "As many digits as you like, at least two that count; fractions too."));
      this.parts.ask.hidden = false;
    }

    _reveal(words) {
      const had = this.parts.ask.contains(document.activeElement);
      this.answered = this.at;
      keep(this.program.network.title, this.stepAt[this.at].number);
      this._show();
      if (words) this.parts.said.textContent = `${words} ${this.parts.said.textContent}`;
      if (had) this.parts.formula.focus();
    }

    /** What was done wrong, where that is known. */
    _slip(text, value, stop) {
      return S.slipOf ? S.slipOf(text, value, stop, this) : "";
    }

    /* ---- why a part is what it is ---- */

    /** The chain of factors that led to the newest number of a node or an edge. */
    _why(key) {
      const found = this.picture.namesOf(key)
        .map(({ name, places, what }) => ({ name, places, what, when: this.known.get(`${name}[${places}]`) }))
        .filter((one) => one.when !== undefined);
      const wanted = found.find((one) => one.what === "gradient") || found[found.length - 1];
      const { why } = this.parts;
      if (!wanted) {
        why.textContent = "This number is given.";
        return;
      }
      this.go(wanted.when);
      const chain = [];
      for (let n = wanted.when, left = 12; n !== undefined && left; left--) {
        const step = this.stepAt[n];
        const stop = this.stops[n];
        chain.push(step);
        n = this._cause(stop);
      }
      why.replaceChildren(html("p", {}, "Why:"), html("ol", {}, ...chain.map((step) => {
        const drawn = formulaOf(step.stops.map((n) => this.stops[n]), MATH);
        const parts = [...new Set([drawn.target, drawn.formula, drawn.numbers, drawn.result])];
        return html("li", {}, html("button", { type: "button", class: "player__because", onclick: () => this.go(step.stops[step.stops.length - 1]), html: math(parts.map((part, at) => `<mrow>${at ? "<mo>=</mo>" : ""}${part}</mrow>`).join("")) }));
      })));
    }

    /** The stop that made the gradient that a stop goes on from. */
    _cause(stop) {
      for (const place of stop.row.slots || []) {
        const [name, ...at] = place;
        const found = resolve(stop.frame, stop.env, name, at.map((one) => stop.places[one]));
        if (!found.name.startsWith("dL")) continue;
        const when = this.known.get(`${found.name}[${found.places}]`);
        if (when !== undefined && when < this.stops.indexOf(stop)) return when;
      }
      return undefined;
    }

    /* ---- names and numbers ---- */

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

    _editor() {
      const { network, given } = this.program;
      this.fields = {};
      const rows = Object.keys(given).map((name) => {
        const field = (value, places) => {
          if (Array.isArray(value)) return value.map((one, n) => field(one, [...places, n]));
          const label = `${name}${places.map((one) => `[${one}]`).join("")}`;
          return html("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", value: readable(value), "aria-label": label, size: 6, oninput: () => this._edit(name) });
        };
        const box = (one) => (Array.isArray(one) ? html("span", { class: Array.isArray(one[0]) ? "player__matrix" : "player__row" }, ...one.map(box)) : one);
        this.fields[name] = field(given[name], []);
        return html("div", { class: "player__given" }, html("span", { class: "player__name", html: math(symbolMath(symbol(this.names[name] || [name, 1]))) }), box(this.fields[name]));
      });
      const choices = network.layers.map((layer, n) => {
        if (!layer.activation || layer.activation === "softmax" || (network.inside && n === network.layers.length - 1) || layer.z === layer.a) return "";
        const options = ["relu", "leaky_relu", "sigmoid", "tanh", "identity"];
        return html("label", {}, `activation of layer ${n} `, html("select", { onchange: (event) => { this.program.activations[n] = event.target.value; this.program.tell(); this._again(); } },
          ...options.map((one) => html("option", { value: one, selected: one === this.program.activations[n] }, one.replace("_", " ")))));
      });
      this.wrong = html("p", { class: "player__wrong", role: "status" });
      this.parts.numbers.replaceChildren(...rows, ...choices, html("p", {}, html("button", { type: "button", onclick: () => this._restore() }, "The numbers of the page"), " Fractions such as 1/3 are taken too."), this.wrong);
    }

    /** Takes all numbers of a name from their fields, if they are such as it takes. */
    _edit(name) {
      const fields = this.fields[name];
      const typed = (one) => (Array.isArray(one) ? one.map(typed) : parse(one.value));
      const value = typed(fields);
      const wrong = S.objection(this.program.network, name, value);
      [fields].flat(3).forEach((field) => field.setAttribute("aria-invalid", String(wrong !== "" && (!Number.isFinite(parse(field.value)) || !wrong.includes("such as")))));
      this.wrong.textContent = wrong;
      if (wrong) return;
      this.program.given[name] = value;
      this._again();
    }

    _restore() {
      this.program.given = structuredClone(this.program.network.given);
      this.program.activations = this.program.network.layers.map((layer) => layer.activation);
      this.program.tell();
      this._editor();
      this._again();
    }

    /** Another run, shown where the last one was. */
    _again() {
      const step = this.stepAt[this.at];
      const before = step ? step.number : 0;
      this.answered = this.asked = undefined;
      this._run();
      if (before && this.steps.length) this.at = this.steps[Math.min(before, this.steps.length) - 1].stops.slice(-1)[0];
      this._show();
      if (this.parts.moved.parentElement.open) this._moving();
      if (this.parts.taken.parentElement.open) this._taking();
    }

    /* ---- one number moves ---- */

    _moving() {
      const { given, network } = this.program;
      const names = [];
      const collect = (name, value, places) => (Array.isArray(value) ? value.forEach((one, n) => collect(name, one, [...places, n])) : names.push({ name, places }));
      const first = ["learning_rate", ...network.settings];
      const targets = ["y", "Y", "label", "labels"];
      for (const name of [...first.filter((one) => one in given), ...Object.keys(given).filter((one) => !first.includes(one) && !targets.includes(one))]) collect(name, given[name], []);
      if (!names.length) return;
      const label = ({ name, places }) => symbolText(indices(symbol(this.names[name] || [name, 1]), places));
      const before = this.moving && names.find((one) => label(one) === label(this.moving));
      this.moving = before || names[0];
      const choice = html("select", { "aria-label": "Which number moves", onchange: (event) => { this.moving = names[event.target.value]; draw(true); } },
        ...names.slice(0, 400).map((one, n) => html("option", { value: n, selected: one === this.moving }, label(one))));
      const slider = html("input", { type: "range", min: 0, max: 80, step: 1, "aria-label": "Its value" });
      const shown = html("output", {});
      const picture = html("div", {});
      const read = () => this.moving.places.reduce((value, place) => value[place], given[this.moving.name]);
      let from = { low: 0, width: 1 };
      let [points, second] = [[], []];
      const draw = (anew) => {
        const now = read();
        const isRate = this.moving.name in given && ["learning_rate", ...network.settings].includes(this.moving.name);
        if (anew) {
          const isBeta = /^beta/.test(this.moving.name);
          const width = isBeta ? 0.0125 : isRate ? Math.abs(now) / 10 || 0.05 : Math.max(0.05, Math.abs(now) / 20);
          from = { low: isBeta ? 0 : isRate ? width / 4 : now - 40 * width, width: isBeta ? 0.0124 : isRate ? width / 2 : width };
          const at = Array.from({ length: 81 }, (_, n) => from.low + n * from.width);
          const found = at.map((value) => [value, this._with(value)]);
          points = found.map(([value, v]) => [value, loss(v, isRate)]);
          const output = network.layers.length ? network.layers[network.layers.length - 1].a : "";
          const predictions = found.map(([, v]) => (isRate && v[`${output}_new`]) || v[output]);
          second = network.batch || !Array.isArray(predictions[0]) ? [] : predictions[0].slice(0, 6).map((_, k) => ({ points: found.map(([value], n) => [value, predictions[n][k]]) }));
          slider.value = Math.round((now - from.low) / from.width);
        }
        shown.textContent = `${label(this.moving)} = ${readable(now)}`;
        const v = this._with(now);
        const name = isRate && "L_new" in v ? "the loss after the step" : "the loss";
        const mark = [now, loss(v, isRate)];
        const has = Number.isFinite(mark[1]);
        picture.replaceChildren(
          has ? html("figure", {}, plot([{ points, class_: "player__loss" }], { label: `${name} as ${label(this.moving)} moves`, x: label(this.moving), mark }), html("figcaption", {}, `${name}: ${readable(mark[1])}`)) : "",
          second.length ? html("figure", {}, plot(second, { label: `the prediction as ${label(this.moving)} moves`, x: label(this.moving) }), html("figcaption", {}, second.length > 1 ? "all predictions" : "the prediction")) : "");
      };
      slider.addEventListener("input", () => {
        const value = from.low + Number(slider.value) * from.width;
        this._set(Number(value.toPrecision(6)));
        draw(false);
      });
      slider.addEventListener("change", () => { this._editor(); this._again(); });
      this.parts.moved.replaceChildren(html("p", {}, choice, " ", slider, " ", shown), picture, this._training());
      draw(true);
    }

    /** All values, with another number in the place of the one that moves. */
    _with(value) {
      const given = structuredClone(this.program.given);
      place(given, this.moving, value);
      return this.program.values(given);
    }

    _set(value) { place(this.program.given, this.moving, value); }

    /** Many steps, and the loss of each. */
    _training() {
      if (!this.program.network.optimizer) return "";
      const picture = html("div", {});
      const go = (steps) => {
        const { losses } = this.program.train(steps);
        const points = losses.map((L, n) => [n + 1, L]);
        picture.replaceChildren(html("figure", {}, plot([{ points }], { label: `the loss over ${steps} steps`, x: "step", log: losses.every((L) => L > 0) }),
          html("figcaption", {}, `after ${steps} steps: L = ${readable(losses[losses.length - 1])}`)));
      };
      return html("div", {}, ...[20, 200, 2000].flatMap((steps) => [html("button", { type: "button", onclick: () => go(steps) }, `${steps} steps`), " "]), picture);
    }

    /* ---- taken elsewhere ---- */

    _taking() {
      const { network, given } = this.program;
      const step = this.stepAt[this.at];
      const link = `${location.href.replace(/#.*/, "")}#${[`step=${step ? step.number : 1}`, ...changes(this.program)].join("&")}`;
      const shared = html("p", {}, "And as ", html("a", { href: link }, "a link to this step with these numbers"), ".");
      if (network.work) {
        const own = Object.keys(given).filter((name) => list(given[name]) !== list(network.given[name]));
        if (!network.example) {
          this.parts.taken.replaceChildren(shared);
          return;
        }
        const command = [`python3 -m scalarnn show ${network.example}`, ...own.map((name) => `--set '${name}=${list(given[name])}'`), "--numbers float --portable"].join(" ");
        this.parts.taken.replaceChildren(html("p", {}, "In a terminal, to the same bits:"), html("pre", { tabindex: 0 }, html("code", {}, command)), shared);
        return;
      }
      const file = toml(this.program);
      const download = html("a", { download: "exercise.toml", href: `data:application/toml;charset=utf-8,${encodeURIComponent(file)}` }, "exercise.toml");
      this.parts.taken.replaceChildren(
        html("p", {}, "The same numbers as an exercise file, ", download, ":"), html("pre", { tabindex: 0 }, html("code", {}, file)),
        html("p", {}, "Worked in a terminal, to the same bits:"), html("pre", { tabindex: 0 }, html("code", {}, "python3 -m scalarnn show exercise.toml --numbers float --portable")),
        shared);
    }

    /* ---- moving through it ---- */

    /** @param {number} n */
    go(n) {
      this.at = Math.max(0, Math.min(this.stops.length - 1, n));
      this.hints = 0;
      this._show();
    }

    step() { if (!this.asksNow()) this.go(this.at + 1); }
    back() { this.go(this.at - 1); }
    first() { this.go(0); }
    last() { this.go(this.stops.length - 1); }

    over() {
      if (this.asksNow()) return;
      const { depth } = this.stops[this.at].frame;
      const n = this.stops.findIndex((stop, at) => at > this.at && stop.frame.depth <= depth);
      this.go(n < 0 ? this.stops.length - 1 : n);
    }

    out() {
      if (this.asksNow()) return;
      const { depth } = this.stops[this.at].frame;
      const n = this.stops.findIndex((stop, at) => at > this.at && stop.frame.depth < depth);
      this.go(n < 0 ? this.stops.length - 1 : n);
    }

    play() {
      if (this.timer) return this._pause();
      if (this.at === this.stops.length - 1) this.go(0);
      this.playing.innerHTML = icon("pause");
      this.playing.setAttribute("aria-label", "Pause");
      const next = () => {
        if (this.at === this.stops.length - 1 || this.asksNow()) return this._pause();
        this.step();
        this.timer = setTimeout(next, this.pause);
      };
      this.timer = setTimeout(next, this.pause);
      return undefined;
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

  /** @param {any} given @param {{ name: string, places: number[] }} where @param {number} value */
  function place(given, { name, places }, value) {
    if (!places.length) given[name] = value;
    else places.slice(0, -1).reduce((row, at) => row[at], given[name])[places[places.length - 1]] = value;
  }

  /** Whether an answer is the value to the digits it has, at least two of them. */
  function agrees(text, typed, value) {
    if (typed === value) return true;
    if (text.includes("/")) return Math.abs(typed - value) <= 1e-9 * Math.abs(value);
    const digits = text.replace(/e.*$/i, "").replace(/[^\d.]/g, "").replace(/^[0.]*/, "").replace(".", "").length;
    if (digits < 2) return false;
    return Number(value.toPrecision(digits)) === typed || Math.abs(typed - value) <= 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  }

  /** Which steps were answered, in this browser alone. */
  function keep(title, number) {
    try {
      const known = new Set(JSON.parse(localStorage.getItem(`scalarnn ${title}`) || "[]"));
      localStorage.setItem(`scalarnn ${title}`, JSON.stringify([...known.add(number)]));
    } catch { /* a browser that keeps nothing */ }
  }

  /** Puts what a line binds among the names, and tells which they are. */
  function bind(seen, stop) {
    const { targets = [], binds } = stop.row;
    if (binds) seen[binds] = stop.value;
    if (binds) return [binds];
    return targets.map(([name, ...at], n) => {
      const value = targets.length > 1 ? stop.value[n] : stop.value;
      if (!at.length) seen[name] = value;
      else if (seen[name]) place(seen, { name, places: at.map((one) => stop.places[one]) }, value);
      return name;
    });
  }

  /** The loss: after the step, where the number that moves belongs to the step. */
  const loss = (v, isRate) => [isRate ? v.L_new : NaN, v.L, v.C].find((one) => Number.isFinite(one));

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

  /** What stands on the buttons. */
  const ICONS = {
    first: "M4 4v12M16 4l-9 6 9 6z", back: "M14 4l-9 6 9 6z", play: "M6 3l11 7-11 7z", pause: "M6 4v12M14 4v12", step: "M5 4l9 6-9 6zM16 4v12",
    over: "M2 13c1-9 12-9 13-1M15 15l-4-3M15 15l2-5", out: "M10 17V5M5 9l5-5 5 5", last: "M16 4v12M4 4l9 6-9 6z",
  };
  const icon = (name) => `<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;

  const scripts = new Map();

  /** Loads a script once. @param {string} source */
  function script(source) {
    if (!scripts.has(source)) {
      scripts.set(source, new Promise((loaded, failed) => {
        document.head.append(html("script", { src: source, onload: loaded, onerror: () => failed(new Error(`${source} is not there`)) }));
      }));
    }
    return scripts.get(source);
  }

  Object.assign(S, { ScalarPlayer, agrees, html, script, HERE });
  customElements.define("scalar-player", ScalarPlayer);
})();
