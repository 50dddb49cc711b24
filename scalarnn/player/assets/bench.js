/* <scalar-bench>: a network built by clicking, of the lines that the build wrote for every loss and every rule. */
(() => {
  "use strict";
  const { ScalarPlayer, html, script, HERE, told, objection, CLASSES } = globalThis.scalarnn;
  const [MOST_LAYERS, MOST_NEURONS] = [4, 6];
  const ANY = ["relu", "leaky_relu", "sigmoid", "tanh", "identity"];
  /** What an activation gives, where that is not every number: a target beyond it could not be reached. */
  const GIVES = { relu: [0, Infinity], sigmoid: [0, 1], tanh: [-1, 1] };
  const PARTS = ["forward", "backward", "update", "after", "begin", "learn"];

  /** Names and indices of layer `from` in those of layer `to`.
   * @param {string} text @param {number} by */
  const moved = (text, by) => text.replace(/\b(?!beta|f\d)([A-Za-z_]+?)(\d)(?=_new|\b)/g, (_, name, n) => `${name}${Number(n) + by}`)
    .replace(/\bf(\d)(?=\.)/g, (_, n) => `f${Number(n) + by}`);
  const movedFormula = (text, by) => text.replace(/(?<!β)([₀₁₂])/g, (_, n) => "₀₁₂₃"["₀₁₂".indexOf(n) + by])
    .replace(/_([A-Za-z])(\d)/g, (_, name, n) => `_${name}${Number(n) + by}`);

  /** @param {any} data of a symbol @param {number} by */
  function movedSymbol(data, by) {
    const mark = (text) => text.replace(/^([A-Za-z])(\d)/, (_, name, n) => `${name}${Number(n) + by}`);
    return data.map((one, n) => (n === 3 && one ? String(Number(one) + by) : n === 2 && one ? mark(one) : Array.isArray(one) && n > 5 ? movedSymbol(one, by) : one));
  }

  /**
   * The program of a network, as the build would write it.
   * @param {{ sizes: number[], activations: string[], loss: string, target: string, optimizer: string }} wanted
   * @param {any} given its numbers
   */
  function composed({ sizes, activations, loss, target, optimizer }, given) {
    const { kinds, models, steps, slope, slopes } = globalThis.scalarnn.catalogue;
    const n = sizes.length - 1;
    const last = activations[n - 1];
    const fits = kinds.filter((kind) => kind.loss === loss && kind.target === target);
    const ending = fits.length === 1 ? fits[0].ending : last === "identity" ? "identity" : "tanh";
    const size = n === 1 ? 1 : 3;
    const model = models[`${loss} ${ending} ${target} ${size}`];
    const step = steps[`${optimizer} ${size}`];
    const names = {};
    const letter = (name, layer) => (n === 1 ? name : `${name}${layer}`);
    const parts = {};
    let number = 1;
    for (const part of PARTS) {
      const lines = (step.parts[part] || model.parts[part] || []).filter(Boolean);
      const order = Array.from({ length: n }, (_, layer) => layer);
      if (part === "backward") order.reverse();
      const own = (layer) => (n === 1 ? 0 : layer === 0 ? 0 : layer === n - 1 ? 2 : 1);
      const isLoss = (line) => /^(L|L_new)$/.test(line.targets[0]) || line.call.endsWith("_gradient");
      const taken = order.flatMap((layer) => lines.filter((line) => line.layer === own(layer) && !isLoss(line)).map((line) => [line, layer]));
      const ends = lines.filter(isLoss).map((line) => [line, n - 1]);
      parts[part] = (part === "backward" ? [...ends, ...taken] : [...taken, ...ends]).map(([line, layer]) => {
        const by = n === 1 ? 0 : layer - line.layer;
        const made = { ...line, number: number++, text: moved(line.text, by), says: movedFormula(line.says, by), targets: line.targets.map((name) => moved(name, by)), call: moved(line.call, by), given: line.given.map((name) => moved(name, by)) };
        for (const source of [model.names, step.names]) for (const name in source) names[moved(name, by)] ||= movedSymbol(source[name], by);
        return told(made, ending === "tanh" && layer === n - 1 ? "tanh" : "relu", activations[layer], letter("alpha", layer));
      });
    }
    const layers = activations.map((activation, p) => {
      const isLast = p === n - 1;
      const isLinear = isLast && ending === "identity";
      return {
        W: letter("W", p), b: letter("b", p), z: isLinear ? "y_hat" : letter("z", p), a: isLast ? "y_hat" : letter("a", p),
        W_new: `${letter("W", p)}_new`, b_new: `${letter("b", p)}_new`, activation, alpha: activation === "leaky_relu" ? letter("alpha", p) : "",
      };
    });
    const all = { ...given };
    layers.forEach(({ alpha }, p) => {
      if (!alpha) return;
      names[alpha] = n === 1 ? slopes.alpha : movedSymbol(slopes.alpha0, p);
      all[alpha] = alpha in given ? given[alpha] : slope;
    });
    return {
      title: `A ${sizes.join("-")} network`, x: "x", target, loss, inside: model.inside, wanted: model.wanted, optimizer, settings: Object.keys(step.settings),
      frozen: [], batch: false, layers, classes: sizes[n], names, parts, given: { ...all, ...settled(given, step.settings) },
    };
  }

  /** The settings of a rule, as they are or as the package has them. */
  const settled = (given, settings) => Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, name in given ? given[name] : value]));

  /** Numbers with one decimal, by a seed. @param {number} seed */
  function numbers(seed) {
    let state = seed * 7919 + 17;
    return () => {
      state = (state * 48271) % 2147483647;
      return Math.round((state / 2147483647) * 20 - 10) / 10 || 0.3;
    };
  }

  class ScalarBench extends HTMLElement {
    constructor() {
      super();
      this.sizes = [2, 3, 1];
      this.activations = ["relu", "identity"];
      this.loss = "half_squared_error";
      this.target = "y";
      this.optimizer = "gradient_descent";
      this.seed = 1;
      /** @type {any} */
      this.given = {};
    }

    connectedCallback() {
      if (this.opener) return;
      this.opener = this.querySelector("button") || html("button", { type: "button", class: "player__open" }, "Build a network");
      this.opener.addEventListener("click", () => this.open());
      this.replaceChildren(this.opener);
      const asked = new URLSearchParams(location.hash.slice(1)).get("bench");
      if (asked && this._take(asked)) this.open();
    }

    /** What a link says of the network, as `linkOf` writes it; whether it fits. @param {string} text */
    _take(text) {
      const [sizes, activations, loss, target, optimizer] = text.split(";");
      const counts = sizes.split("-").map(Number);
      const kinds = (activations || "").split(",");
      const fits = counts.length >= 2 && counts.length <= MOST_LAYERS + 1 && counts.every((n) => Number.isInteger(n) && n >= 1 && n <= MOST_NEURONS)
        && kinds.length === counts.length - 1 && kinds.every((one) => one in CLASSES);
      if (!fits) return false;
      Object.assign(this, { sizes: counts, activations: kinds, loss, target, optimizer });
      return true;
    }

    async open() {
      this.controls = html("div", { class: "player bench" });
      this.stage = html("div", {});
      this.replaceChildren(this.controls, this.stage);
      if (!globalThis.scalarnn.mathematics) await script(new URL("mathematics.js", HERE).href);
      this._draw();
    }

    /** The controls, then the player. */
    _draw() {
      const { kinds, steps } = globalThis.scalarnn.catalogue;
      const n = this.sizes.length - 1;
      const button = (label, text, does, disabled) => html("button", { type: "button", "aria-label": label, title: label, disabled, onclick: () => {
        does();
        this._fit();
        this._draw();
        const same = [...this.controls.querySelectorAll("button")].find((one) => one.getAttribute("aria-label") === label);
        if (same) same.focus();
      } }, text);
      const columns = this.sizes.map((size, layer) => {
        const name = layer === 0 ? "inputs" : layer === n ? "outputs" : `neurons of layer ${layer - 1}`;
        return html("div", { class: "bench__column", role: "group", "aria-label": name },
          html("span", {}, `${size} ${size === 1 ? name.replace(/s(?= of|$)/, "") : name}`), button(`one more of the ${name}`, "+", () => { this.sizes[layer] += 1; }, size >= MOST_NEURONS), button(`one fewer of the ${name}`, "−", () => { this.sizes[layer] -= 1; }, size <= (layer === n && this._isOfClasses() ? 2 : 1)),
          layer ? this._activation(layer - 1) : "");
      });
      const choice = (label, values, value, does) => html("label", {}, `${label} `, html("select", { onchange: (event) => { does(event.target.value); this._fit(); this._draw(); } },
        ...values.map((one) => html("option", { value: one, selected: one === value }, one.replace(/_/g, " ")))));
      const losses = [...new Set(kinds.map((kind) => kind.loss))];
      const targets = kinds.filter((kind) => kind.loss === this.loss).map((kind) => kind.target);
      const rules = [...new Set(Object.keys(steps).map((key) => key.split(" ")[0]))];
      this.controls.replaceChildren(
        html("div", { class: "bench__columns" }, ...columns,
          html("div", { class: "bench__column" }, html("span", {}, "layers"), button("one more layer", "+", () => { this.sizes.splice(n, 0, 2); this.activations.splice(n - 1, 0, "relu"); }, n >= MOST_LAYERS), button("one layer fewer", "−", () => { this.sizes.splice(n - 1 || 1, 1); this.activations.splice(Math.max(0, n - 2), 1); }, n <= 1))),
        html("div", { class: "bench__choices" }, choice("loss", losses, this.loss, (value) => { this.loss = value; }), targets.includes("label") ? choice("target", ["label", "y"], this.target, (value) => { this.target = value; }) : "",
          choice("rule", rules, this.optimizer, (value) => { this.optimizer = value; }),
          html("button", { type: "button", onclick: () => { this.seed += 1; this.given = {}; this._fit(); this._draw(); } }, "Draw other numbers")));
      this._play();
    }

    _activation(layer) {
      const isLast = layer === this.activations.length - 1;
      const { kinds } = globalThis.scalarnn.catalogue;
      const ends = [...new Set(kinds.filter((kind) => kind.loss === this.loss).map((kind) => kind.ending))];
      const values = isLast && ends.length === 1 ? ends : ANY;
      return html("select", { "aria-label": `activation of layer ${layer}`, onchange: (event) => { this.activations[layer] = event.target.value; this._draw(); } },
        ...values.map((one) => html("option", { value: one, selected: one === this.activations[layer] }, one.replace("_", " "))));
    }

    /** Whether the loss is one of classes, of which there are two at least. */
    _isOfClasses() { return globalThis.scalarnn.catalogue.kinds.some((kind) => kind.loss === this.loss && kind.target === "label"); }

    /** Makes what was chosen fit together: the ending that a loss wants, a target that it takes. */
    _fit() {
      const { kinds } = globalThis.scalarnn.catalogue;
      const own = kinds.filter((kind) => kind.loss === this.loss);
      if (!own.some((kind) => kind.target === this.target)) this.target = own[0].target;
      const n = this.activations.length;
      if (this._isOfClasses() && this.sizes[n] < 2) this.sizes[n] = 2;
      const ends = [...new Set(own.map((kind) => kind.ending))];
      if (ends.length === 1) this.activations[n - 1] = ends[0];
      else if (this.activations[n - 1] === "softmax") this.activations[n - 1] = "identity";
    }

    /** Numbers of the right shapes: those that fit stay, others are drawn. */
    _given() {
      const draw = numbers(this.seed);
      const n = this.sizes.length - 1;
      const [least, most] = GIVES[this.activations[n - 1]] || [-Infinity, Infinity];
      const vector = (size) => Array.from({ length: size }, draw);
      const made = { x: vector(this.sizes[0]) };
      if (this.target === "label") made.label = 0;
      else made.y = this.loss.includes("entropy") ? vector(this.sizes[n]).map((_, k) => (k === 0 ? 1 : 0)) : vector(this.sizes[n]).map((t) => (t < least ? -t : t));
      for (let p = 0; p < n; p++) {
        const end = n === 1 ? "" : p;
        made[`W${end}`] = Array.from({ length: this.sizes[p + 1] }, () => vector(this.sizes[p]));
        made[`b${end}`] = vector(this.sizes[p + 1]);
      }
      made.learning_rate = 0.1;
      const before = (this.player && this.player.program && this.player.program.given) || this.given;
      const network = { wanted: this._wanted(), classes: this.sizes[n] };
      const fits = (name, value) => shape(value) === shape(made[name]) && !objection(network, name, value) && (name !== "y" || value.every((t) => t >= least && t <= most));
      for (const name in made) if (name in before && fits(name, before[name])) made[name] = before[name];
      return made;
    }

    _wanted() {
      const n = this.sizes.length > 2 ? 3 : 1;
      const { kinds, models } = globalThis.scalarnn.catalogue;
      const kind = kinds.find((one) => one.loss === this.loss && one.target === this.target);
      return models[`${this.loss} ${kind.ending} ${this.target} ${n}`].wanted;
    }

    _play() {
      const given = this._given();
      this.given = given;
      const player = new ScalarPlayer();
      player.data = composed(this, given);
      player.data.bench = [this.sizes.join("-"), this.activations.join(","), this.loss, this.target, this.optimizer].join(";");
      player.setAttribute("open", "");
      this.player = player;
      this.stage.replaceChildren(player);
    }
  }

  const shape = (value) => (Array.isArray(value) ? `[${value.map(shape).join()}]` : "1");

  Object.assign(globalThis.scalarnn, { composed });
  if (globalThis.customElements) customElements.define("scalar-bench", ScalarBench);
})();
