/* What stands beside the step: the code, the derivation, the names. Each touches only what has changed. */
(() => {
  "use strict";
  const { html, lineOf, math, place, readable, formulaOf, MATH } = globalThis.scalarnn;

  const WORDS = /("[^"]*")|(#.*$)|\b(def|for|in|if|else|elif|return|continue|range|len|while|and|or|not|is|None)\b/g;
  const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const coloured = (text) => escape(text).replace(WORDS, (word, string, comment) => `<span class="player__${comment ? "comment" : string ? "string" : "word"}">${word}</span>`);
  const panel = (name, label) => html("div", { class: `player__${name}`, role: "group", "aria-label": label, tabindex: 0 });

  /** The source of the call where the run is; a click on a line goes there. */
  class Listing {
    /** @param {(line: number) => void} chosen */
    constructor(chosen) {
      this.chosen = chosen;
      this.title = html("p", { class: "player__title" }, "Code");
      this.element = panel("code", "The code");
      /** Each function that was shown, with its lines. @type {Map<any, { page: any, lines: Map<number, any> }>} */
      this.known = new Map();
      this.at = { says: null, line: null };
    }

    /** @param {any} stop */
    show({ frame, row }) {
      const { says } = frame;
      if (this.at.says !== says) {
        this.title.textContent = frame.depth === 0 ? "Code: the work" : `Code: ${says.file}`;
        turn(this.element, this.known, this.at.says, says, () => this._listed(says));
      }
      const line = this.known.get(says).lines.get(row.line);
      if (this.at.line !== line) {
        if (this.at.line) mark(this.at.line, false);
        if (line) mark(line, true);
      }
      if (line) bring(this.element, line);
      this.at = { says, line };
    }

    _listed(says) {
      const lines = new Map(says.code.map(([number, text]) => [number, html("button", { type: "button", class: "player__line", tabindex: -1, onclick: () => this.chosen(number) },
        html("span", { class: "player__count" }, String(number)), html("code", { html: coloured(text) || " " }))]));
      return { page: html("div", {}, ...lines.values()), lines };
    }
  }

  /** The derivation as a list, each step a button. */
  class Derivation {
    /** @param {(step: any) => void} chosen */
    constructor(chosen) {
      this.chosen = chosen;
      this.element = panel("steps", "The derivation");
      this.drawn = { headings: [], formulas: [], results: [] };
      this.entries = [];
    }

    /** Another run: what is as it was stays. @param {any[]} steps @param {any[]} stops */
    list(steps, stops) {
      this.steps = steps;
      const drawn = steps.map((step) => formulaOf(step.stops.map((n) => stops[n]), MATH));
      const formulas = drawn.map(({ target, formula }) => math(`<mrow>${target}<mo>=</mo>${formula}</mrow>`));
      const results = drawn.map(({ formula, result }) => (formula === result ? "" : math(`<mo>=</mo>${result}`)));
      const headings = steps.map(({ heading }) => (stops[heading] ? lineOf(stops[heading].row) : ""));
      const before = this.drawn;
      const same = String(headings) === String(before.headings) && formulas.length === before.formulas.length && formulas.every((one, n) => one === before.formulas[n]);
      if (same) results.forEach((one, n) => { if (one !== before.results[n]) this.entries[n].lastChild.innerHTML = one; });
      else this._listAnew(formulas, results, headings);
      this.drawn = { formulas, results, headings };
    }

    _listAnew(formulas, results, headings) {
      const items = [];
      this.entries = this.steps.map((step, n) => {
        if (n === 0 || step.heading !== this.steps[n - 1].heading) items.push(html("p", { class: "player__heading", html: headings[n] }));
        const entry = html("button", { type: "button", class: "player__step player__later", tabindex: -1, onclick: () => this.chosen(this.steps[n]) },
          html("span", { class: "player__count" }, String(step.number)), html("span", { html: formulas[n] }), html("span", { class: "player__result", html: results[n] }));
        items.push(entry);
        return entry;
      });
      this.shown = { done: 0, here: null };
      this.element.replaceChildren(...items);
    }

    /** Which steps are done, and which is being done; only those between the last place and this one are touched.
     * @param {number} done how many @param {any | undefined} here the step */
    show(done, here) {
      const before = this.shown;
      const now = here && this.entries[here.number - 1];
      for (let n = Math.min(done, before.done); n < Math.max(done, before.done); n++) this.entries[n].classList.toggle("player__later", n >= done);
      if (before.here !== now) {
        if (before.here) mark(before.here, false);
        if (now) mark(now, true);
      }
      this.shown = { done, here: now };
      if (done || now) bring(this.element, now || this.entries[done - 1]);
    }
  }

  /** The names of the call where the run is, each with its value. */
  class Names {
    constructor() {
      this.element = panel("variables", "Names and their numbers");
      this.table = html("table", { class: "player__table" });
      this.element.append(this.table);
      /** Each function that was shown, with a row for each name. @type {Map<any, { page: any, rows: { name: string, row: any, text: any, fresh: any }[] }>} */
      this.known = new Map();
      this.says = null;
    }

    /** @param {any} stop @param {any} look what the names are before its line @param {boolean} isAsked its value is not told */
    show(stop, { says, values }, isAsked) {
      if (this.says !== says) turn(this.table, this.known, this.says, says, () => rowsOf(says));
      this.says = says;
      const { rows } = this.known.get(says);
      const seen = Object.fromEntries(rows.map(({ name }, n) => [name, values[n]]));
      const changed = new Set(stop.kind === "call" ? [] : bind(seen, stop));
      for (const { name, row, text, fresh } of rows) {
        const [value, isNew] = [seen[name], changed.has(name)];
        const isThere = value !== undefined && value !== null && name !== "f" && !(isAsked && isNew);
        if (row.hidden === isThere) row.hidden = !isThere;
        if (!isThere) continue;
        const words = shortList(value);
        if (text.data !== words) text.data = words;
        if (fresh.hidden === isNew) {
          fresh.hidden = !isNew;
          row.classList.toggle("player__changed", isNew);
        }
        if (isNew) bring(this.element, row);
      }
    }
  }

  function rowsOf(says) {
    const rows = [...says.shown, ...says.counters].map((name) => {
      const [text, fresh] = [document.createTextNode(""), html("span", { class: "player__new", hidden: true }, " new")];
      return { name, text, fresh, row: html("tr", { hidden: true }, html("th", { scope: "row" }, html("code", {}, name)), html("td", {}, text, fresh)) };
    });
    return { page: html("tbody", {}, ...rows.map(({ row }) => row)), rows };
  }

  /** Turns from the page of one function to that of another, which is made when it is first wanted. */
  function turn(box, known, before, says, made) {
    if (!known.has(says)) {
      known.set(says, made());
      box.append(known.get(says).page);
    }
    if (before) known.get(before).page.hidden = true;
    known.get(says).page.hidden = false;
  }

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

  Object.assign(globalThis.scalarnn, { Listing, Derivation, Names });
})();
