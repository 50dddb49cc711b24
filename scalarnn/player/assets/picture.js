/* The network as a picture: values going forward, gradients coming back, what a step uses and makes lit. */
(() => {
  "use strict";
  const { readable, resolve, symbol, symbolText, indices } = globalThis.scalarnn;

  const ACROSS = 132, DOWN = 62, RADIUS = 23, MOST = 12, MOST_LABELS = 14;

  /** @param {number} x */
  const short = (x) => (Number.isInteger(x) && Math.abs(x) < 1e6 ? readable(x) : readable(Number(x.toPrecision(4))));

  /** @param {string} name @param {{ [key: string]: any }} attributes @param {any[]} children @returns {any} */
  function svg(name, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) if (attributes[key] !== undefined) element.setAttribute(key, attributes[key]);
    element.append(...children);
    return element;
  }

  /** What the names of a network mean in its picture: node or edge, its layer, value or gradient. */
  function meanings(network) {
    const found = {};
    const node = (name, layer, what) => { if (name && !(name in found)) found[name] = { kind: "node", layer, what }; };
    const of = (name) => (network.batch ? `dLn_d${name}` : `dL_d${name}`);
    node(network.x, 0, "value");
    node(of(network.x), 0, "gradient");
    network.layers.forEach(({ W, b, z, a, W_new, b_new }, p) => {
      found[W] = { kind: "edge", layer: p, what: "value" };
      found[`dL_d${W}`] = { kind: "edge", layer: p, what: "gradient" };
      if (W_new && W_new !== W) found[W_new] = { kind: "edge", layer: p, what: "value" };
      node(b, p + 1, "bias");
      node(`dL_d${b}`, p + 1, "bias");
      node(b_new, p + 1, "bias");
      node(z, p + 1, z === a ? "value" : "z");
      node(of(z), p + 1, z === a ? "gradient" : "of z");
      node(a, p + 1, "value");
      node(of(a), p + 1, "gradient");
      node(`${z}_new`, p + 1, z === a ? "value" : "z");
      node(`${a}_new`, p + 1, "value");
    });
    return found;
  }

  class Picture {
    /** @param {any} network @param {any} given @param {(key: string) => void} chosen */
    constructor(network, given, chosen) {
      this.network = network;
      this.sizes = [given[network.layers[0].W][0].length, ...network.layers.map(({ W }) => given[W].length)];
      this.meanings = meanings(network);
      this.chosen = chosen;
      this.byPart = {};
      /** What the last step lit. @type {[string, string][]} */
      this.lit = [];
      /** Each part, with the numbers that it shows. @type {Map<string, { element: SVGGElement, value: SVGTextElement, gradient?: SVGTextElement, numbers?: (number | undefined)[], shut?: boolean }>} */
      this.parts = new Map();
      this.begins({}, []);
      this.element = this._drawn();
    }

    static fits(network, given) {
      const sizes = [given[network.layers[0].W][0].length, ...network.layers.map(({ W }) => given[W].length)];
      return !network.batch && Math.max(...sizes) <= MOST;
    }

    _drawn() {
      const most = Math.max(...this.sizes);
      const [width, height] = [(this.sizes.length - 1) * ACROSS + 96, most * DOWN + 34];
      this.at = (layer, j) => [48 + layer * ACROSS, 18 + (height - 34) * ((j + 0.5) / this.sizes[layer])];
      const drawing = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "The network: arrow keys go from part to part, Enter shows how a part came about", class: "player__network" });
      drawing.style.maxWidth = `${width}px`;
      this.network.layers.forEach((_, p) => {
        for (let j = 0; j < this.sizes[p + 1]; j++) for (let i = 0; i < this.sizes[p]; i++) drawing.append(this._edge(p, j, i));
      });
      this.sizes.forEach((size, layer) => { for (let j = 0; j < size; j++) drawing.append(this._node(layer, j)); });
      const first = drawing.querySelector("[data-part]");
      if (first) first.setAttribute("tabindex", "0");
      drawing.addEventListener("click", (event) => this._choose(event.target));
      drawing.addEventListener("keydown", (event) => this._key(event));
      return drawing;
    }

    _edge(p, j, i) {
      const [x1, y1] = this.at(p, i);
      const [x2, y2] = this.at(p + 1, j);
      const share = 0.32 + 0.1 * (j % 3);
      const labelled = this.sizes[p] * this.sizes[p + 1] <= MOST_LABELS;
      const value = svg("text", { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share - 4, class: "player__weight" });
      const group = svg("g", { "data-part": `edge ${p} ${j} ${i}`, role: "button", tabindex: -1, class: "player__edge" },
        svg("line", { x1, y1, x2, y2, class: "player__hit" }), svg("line", { x1, y1, x2, y2, class: "player__wire" }));
      if (labelled) group.append(value);
      this.parts.set(`edge ${p} ${j} ${i}`, { element: group, value });
      return group;
    }

    _node(layer, j) {
      const [x, y] = this.at(layer, j);
      const value = svg("text", { x, y: y + 4, class: "player__value" });
      const gradient = svg("text", { x, y: y + RADIUS + 12, class: "player__gradient" });
      const group = svg("g", { "data-part": `node ${layer} ${j}`, role: "button", tabindex: -1, class: "player__node" },
        svg("circle", { cx: x, cy: y, r: RADIUS }), value, gradient);
      this.parts.set(`node ${layer} ${j}`, { element: group, value, gradient });
      return group;
    }

    _choose(target) {
      const part = target.closest("[data-part]");
      if (!part) return;
      this._rove(part);
      this.chosen(part.dataset.part);
    }

    _key(event) {
      const parts = [...this.element.querySelectorAll("[data-part]")];
      const n = parts.indexOf(document.activeElement);
      const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (n < 0) return;
      if (move) {
        const next = parts[(n + move + parts.length) % parts.length];
        this._rove(next);
        next.focus();
      } else if (event.key === "Enter" || event.key === " ") this._choose(parts[n]);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    _rove(part) {
      for (const one of this.element.querySelectorAll("[tabindex='0']")) one.setAttribute("tabindex", "-1");
      part.setAttribute("tabindex", "0");
    }

    /** The part that a name of the program is about.
     * @param {string} name @param {number[]} places */
    partOf(name, places) {
      const meaning = this.meanings[name];
      if (!meaning) return null;
      if (meaning.kind === "edge") return places.length === 2 ? [`edge ${meaning.layer} ${places[0]} ${places[1]}`, meaning.what] : null;
      return places.length <= 1 ? [`node ${meaning.layer} ${places[0] || 0}`, meaning.what] : null;
    }

    /** Which names a part stands for. */
    namesOf(key) {
      return (this.byPart[key] ||= this._namesOf(key));
    }

    _namesOf(key) {
      const [kind, layer, j, i] = key.split(" ").map((word, n) => (n ? Number(word) : word));
      const [found, places] = [[], kind === "edge" ? [j, i] : [j]];
      for (const name in this.meanings) {
        const meaning = this.meanings[name];
        if (meaning.kind === kind && meaning.layer === layer) found.push({ name, places, key: `${name}[${places}]`, what: meaning.what });
      }
      return found;
    }

    /** Another run. @param {any} symbols what the names look like @param {string[]} activations of each layer */
    begins(symbols, activations) {
      this.symbols = symbols;
      this.activations = activations;
      this.called = {};
      for (const part of this.parts.values()) part.numbers = undefined;
    }

    /**
     * @param {(one: { name: string, places: number[], key: string }) => number | undefined} known a value, if the run has come to it
     * @param {any | null} stop where the run is
     * @returns {number[][]} layer and number of each neuron whose gate is shut
     */
    show(known, stop) {
      this._light(stop);
      const closed = [];
      for (const [key, part] of this.parts) if (this._fill(key, part, known)) closed.push(key.split(" ").slice(1).map(Number));
      return closed.map(([layer, j]) => [layer - 1, j]);
    }

    /** Lights what a step uses and what it makes. */
    _light(stop) {
      const lit = [];
      const part = (place, how) => {
        const [name, ...at] = place;
        const found = resolve(stop.frame, stop.env, name, at.map((one) => stop.places[one]));
        const [key] = this.partOf(found.name, found.places) || [];
        if (key) lit.push([key, how]);
      };
      if (stop && stop.kind === "step") {
        for (const place of stop.row.slots || []) part(place, "player__used");
        for (const place of stop.row.targets || []) part(place, "player__made");
      }
      for (const [key, how] of this.lit) this.parts.get(key).element.classList.remove(how);
      for (const [key, how] of lit) this.parts.get(key).element.classList.add(how);
      this.lit = lit;
    }

    /** A name with its places as a symbol. */
    _called({ name, places, key }) {
      return (this.called[key] ||= symbolText(indices(symbol(this.symbols[name] || [name, 1]), places)));
    }

    /** Writes the numbers of a part, unless they are there; returns whether its gate is shut. */
    _fill(key, part, known) {
      const names = this.namesOf(key);
      const numbers = names.map(known);
      if (part.numbers && numbers.every((number, n) => number === part.numbers[n])) return part.shut;
      part.numbers = numbers;
      const last = (...whats) => numbers.filter((number, n) => number !== undefined && whats.includes(names[n].what)).pop();
      const [is, of, z] = [last("value"), last("gradient", "of z"), last("z")];
      const { element, value, gradient } = part;
      const [kind, layer] = key.split(" ");
      const gate = Number(layer) > 0 ? this.network.layers[Number(layer) - 1].gate || this.activations[Number(layer) - 1] : "";
      part.shut = kind === "node" && z !== undefined && z <= 0 && gate === "relu";
      element.classList.toggle("player__shut", part.shut);
      if (kind === "edge") {
        element.style.setProperty("--wide", String(Math.min(4, 0.8 + Math.abs(is || 0) * 1.4)));
        element.classList.toggle("player__learns", of !== undefined && of !== 0);
      }
      value.textContent = is === undefined ? "" : short(is);
      if (gradient) gradient.textContent = of === undefined ? "" : short(of);
      const said = names.map((one, n) => (numbers[n] === undefined ? "" : `${this._called(one)} = ${readable(numbers[n])}`)).filter(Boolean);
      element.setAttribute("aria-label", said.length ? `${said.join(", ")}${part.shut ? ", its gate is shut" : ""}` : `${kind}, not yet computed`);
      return part.shut;
    }
  }

  Object.assign(globalThis.scalarnn, { Picture, svg, short });
})();
