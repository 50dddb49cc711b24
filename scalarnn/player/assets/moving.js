/* What if one number moves, and many steps in a row. */
(() => {
  "use strict";
  const { html, place, plot, readable, symbol, symbolText, indices } = globalThis.scalarnn;
  const [POINTS, MOST_NAMES, MOST_LINES] = [80, 400, 6];

  /** What is no number of the network. */
  const ratesOf = (network) => ["learning_rate", ...network.settings, "strength"];

  class Moving {
    /** @param {any} player */
    constructor(player) {
      this.player = player;
      this.element = html("div", { class: "player__moved" });
      /** @type {{ name: string, places: number[] } | null} */
      this.moves = null;
      this.from = { low: 0, width: 1 };
      /** Of the loss, and of each prediction. @type {any[]} */
      this.points = [];
      this.others = [];
    }

    draw() {
      const names = this._names();
      if (!names.length) return;
      this.moves = (this.moves && names.find((one) => this._label(one) === this._label(this.moves))) || this._first(names);
      const choice = html("select", { "aria-label": "Which number moves", onchange: (event) => { this.moves = names[event.target.value]; this._begin(); } },
        ...names.slice(0, MOST_NAMES).map((one, n) => html("option", { value: n, selected: one === this.moves }, this._label(one))));
      this.slider = html("input", { type: "range", min: 0, max: POINTS, step: 1, "aria-label": "Its value", oninput: () => this._move(), onchange: () => { this.player.editor.draw(); this.player.again(this); } });
      this.shown = html("output", {});
      this.picture = html("div", {});
      this.element.replaceChildren(html("p", {}, choice, " ", this.slider, " ", this.shown), this.picture, this._training());
      this._begin();
    }

    /** Every number that can move: the rate first, then what the network is given. */
    _names() {
      const { given, network } = this.player.program;
      const names = [];
      const collect = (name, value, places) => (Array.isArray(value) ? value.forEach((one, n) => collect(name, one, [...places, n])) : names.push({ name, places }));
      const rates = ratesOf(network);
      const left = ["label", "labels", ...(network.fixed || [])];
      for (const name of [...rates.filter((one) => one in given), ...Object.keys(given).filter((one) => !rates.includes(one) && !left.includes(one))]) collect(name, given[name], []);
      return names;
    }

    /** What moves at first: what the page is about, the rate where there is a loss after the step, or else an input. */
    _first(names) {
      const wanted = this.player.getAttribute("moves");
      return names.find((one) => one.name === wanted) || (this.player.program.network.optimizer ? names[0] : names.find((one) => !ratesOf(this.player.program.network).includes(one.name)) || names[0]);
    }

    _label({ name, places }) { return symbolText(indices(symbol(this.player.program.network.names[name] || [name, 1]), places)); }

    get isRate() { return ratesOf(this.player.program.network).includes(this.moves.name); }

    get value() { return this.moves.places.reduce((value, one) => value[one], this.player.program.given[this.moves.name]); }

    /** The curves of another number, and the slider where it stands. */
    _begin() {
      const { isRate, value } = this;
      const { network } = this.player.program;
      const isBeta = /^beta/.test(this.moves.name);
      const width = isRate ? Math.abs(value) / 20 || 0.025 : Math.max(0.05, Math.abs(value) / 20);
      this.from = isBeta ? { low: 0, width: 0.999 / POINTS } : { low: isRate ? width / 2 : value - (POINTS / 2) * width, width };
      const found = Array.from({ length: POINTS + 1 }, (_, n) => this.from.low + n * this.from.width).map((one) => [one, this._with(one)]);
      this.points = found.map(([one, v]) => [one, loss(v, isRate)]);
      const output = network.layers.length ? network.layers[network.layers.length - 1].a : "";
      const predictions = found.map(([, v]) => (isRate && v[`${output}_new`]) || v[output]);
      this.others = network.batch || !Array.isArray(predictions[0]) ? [] : predictions[0].slice(0, MOST_LINES)
        .map((_, k) => ({ name: predictions[0].length > 1 ? `ŷ${"₀₁₂₃₄₅"[k]}` : "", points: found.map(([one], n) => [one, predictions[n][k]]) }));
      this.slider.value = String(Math.round((value - this.from.low) / this.from.width));
      this._picture();
    }

    _move() {
      const value = Number((this.from.low + Number(this.slider.value) * this.from.width).toPrecision(6));
      place(this.player.program.given, this.moves, value);
      this._picture();
    }

    _picture() {
      const [label, value] = [this._label(this.moves), this.value];
      const v = this._with(value);
      const said = `${label} = ${readable(value)}`;
      this.shown.textContent = said;
      this.slider.setAttribute("aria-valuetext", said);
      const name = this.isRate && "L_new" in v ? "the loss after the step" : "the loss";
      const L = loss(v, this.isRate);
      const figure = (drawn, words) => html("figure", {}, drawn, html("figcaption", {}, words));
      this.picture.replaceChildren(
        Number.isFinite(L) ? figure(plot([{ points: this.points, class_: "player__loss" }], { label: `${name} as ${label} moves`, x: label, mark: [value, L] }), `${name}: ${readable(L)}`) : html("p", {}, "The loss is too large for floats here."),
        this.others.length ? figure(plot(this.others, { label: `the prediction as ${label} moves`, x: label }), this.others.length > 1 ? "the predictions" : "the prediction") : "");
    }

    /** All values, with another number in the place of the one that moves. */
    _with(value) {
      const given = structuredClone(this.player.program.given);
      place(given, this.moves, value);
      return this.player.program.values(given);
    }

    /** Many steps, the loss of each, and the way to go on from there. */
    _training() {
      const { program, editor } = this.player;
      if (!program.network.optimizer) return "";
      const picture = html("div", {});
      const go = (steps) => {
        const { losses, state } = program.train(steps);
        const lost = losses.findIndex((L) => !Number.isFinite(L));
        const points = losses.slice(0, lost < 0 ? steps : lost).map((L, n) => [n + 1, L]);
        const words = lost < 0 ? `after ${steps} steps: L = ${readable(losses[losses.length - 1])} ` : `in step ${lost + 1} the loss becomes too large for floats `;
        const take = () => {
          for (const { W, b } of program.network.layers) for (const name of [W, b]) if (name) program.given[name] = structuredClone(state.v[name]);
          editor.draw();
          this.player.again();
        };
        picture.replaceChildren(html("figure", {}, plot([{ points }], { label: `the loss over ${steps} steps`, x: "step", log: points.every(([, L]) => L > 0) }),
          html("figcaption", {}, words, lost < 0 ? html("button", { type: "button", onclick: take }, "Go on from there") : "")));
      };
      return html("div", {}, ...[20, 200, 2000].flatMap((steps) => [html("button", { type: "button", onclick: () => go(steps) }, `${steps} steps`), " "]), picture);
    }
  }

  /** The loss: after the step, where the number that moves belongs to the step. */
  const loss = (v, isRate) => [isRate ? v.L_new : NaN, v.L, v.C].find((one) => Number.isFinite(one));

  Object.assign(globalThis.scalarnn, { Moving });
})();
