/* A program with its numbers: run, recorded, read as a derivation, and trained. */
(() => {
  "use strict";
  const { Recorder, Looker, REACHED, TEXT, formulaOf, resolve, named, symbolText } = globalThis.scalarnn;

  const SHOWN = ["forward", "backward", "update", "after"];
  const CLASSES = { identity: "Identity", relu: "ReLU", leaky_relu: "LeakyReLU", sigmoid: "Sigmoid", tanh: "Tanh", softmax: "Softmax" };

  /**
   * @typedef {{ number: number, text: string, says: string, targets: string[], call: string, given: string[], each?: boolean[] }} ProgramLine
   */

  class Program {
    /** @param {any} network what the build wrote: layers, given numbers, lines */
    constructor(network) {
      this.network = network;
      this.given = structuredClone(network.given);
      this.activations = network.layers.map((layer) => layer.activation);
      this.tell();
    }

    /** Its lines, with the activations that are chosen now. */
    tell() {
      const { layers, parts, names } = this.network;
      /** @type {ProgramLine[]} */
      this.lines = SHOWN.flatMap((name) => parts[name] || []).map((line) => {
        const [, n] = /^f(\d+)\./.exec(line.call) || [];
        return n ? told(line, layers[n].activation, this.activations[n], layers[n].alpha) : line;
      });
      this.says = asFunction(this.lines, names);
    }

    /** Every name with its value. */
    values(given = this.given) {
      const { run } = globalThis.scalarnn.mathematics;
      const v = structuredClone(given);
      this._do(this.lines, v, run, this._objects(run));
      return v;
    }

    /** The run with all its stops. */
    record() {
      const R = new Recorder({ ...globalThis.scalarnn.mathematics.functions, work: this.says });
      R.values = this._recorded(R);
      this.looker = new Looker(R.functions);
      this.ahead = { stop: -1, seen: null };
      return R;
    }

    /** The names of the call that the recorded run is in at a stop, each with its value before that line.
     * @param {number} stop */
    look(stop) {
      const { ahead } = this;
      this.ahead = { stop: -1, seen: null };
      return ahead.stop === stop ? ahead.seen : this._look(stop);
    }

    /** Looks there before it is asked to. @param {number} stop */
    lookAhead(stop) { this.ahead = { stop, seen: this._look(stop) }; }

    _look(stop) {
      this.looker.begins(stop);
      try {
        this._recorded(this.looker);
      } catch (end) {
        if (end !== REACHED) throw end;
      }
      return this.looker.seen;
    }

    /** Many steps in a row: the loss before each.
     * @param {number} steps @param {any} [state] of an earlier call, to go on */
    train(steps, state = {}) {
      const { run } = globalThis.scalarnn.mathematics;
      const { forward, backward, begin = [], learn } = this.network.parts;
      const objects = (state.objects ||= this._objects(run));
      if (!state.v) {
        state.v = { ...structuredClone(this.given), step: 0 };
        this._do(begin, state.v, run, objects);
      }
      const lines = [...forward, ...backward, ...learn].map((line) => this._ready(line, run, objects));
      const losses = [];
      for (let n = 0; n < steps; n++) {
        state.v.steps_done = state.v.step;
        state.v.step += 1;
        state.v.steps_ahead = state.v.step + 1;
        for (const line of lines) line(state.v);
        losses.push(state.v.L);
      }
      return { losses, state };
    }

    /** The activation of each layer, as objects of the shipped classes. */
    _objects(mathematics) {
      return this.network.layers.map((layer, n) => {
        if (layer.made) return mathematics[layer.made](this.given[layer.alpha]);
        const kind = CLASSES[this.activations[n]];
        return layer.alpha && this.activations[n] === "leaky_relu" ? new mathematics[kind](this.given[layer.alpha]) : new mathematics[kind]();
      });
    }

    _do(lines, v, mathematics, objects) {
      for (const line of lines) this._ready(line, mathematics, objects)(v);
    }

    /** A line as a function of all names. @param {ProgramLine} line */
    _ready(line, mathematics, objects) {
      const does = called(line.call, mathematics, objects);
      const { each, given, targets } = line;
      return (v) => {
        const found = each ? v[given[each.indexOf(true)]].map((_, n) => does(...values(given, v, each, n))) : does(...values(given, v));
        if (targets.length === 1) v[targets[0]] = found;
        else targets.forEach((name, n) => { v[name] = found[n]; });
      };
    }

    /** The lines, with a recorder that is told of each. */
    _recorded(R) {
      const mathematics = mathematicsOf(R);
      const objects = this._objects(mathematics);
      const v = structuredClone(this.given);
      R.begin("work", () => this.says.shown.map((name) => v[name]));
      this.lines.forEach(({ call, given, each, targets }, n) => {
        const does = called(call, mathematics, objects);
        if (call === "sum") {
          v[targets[0]] = R.at(2 * n, does(...values(given, v)), values(given, v), []);
          return;
        }
        R.call(2 * n, []);
        const found = each
          ? v[given[each.indexOf(true)]].map((_, k) => { R.call(2 * n + 1, [k]); return does(...values(given, v, each, k)); })
          : does(...values(given, v));
        targets.forEach((name, k) => { v[name] = targets.length > 1 ? found[k] : found; });
        R.done(2 * n, found, []);
      });
      return R.end(v);
    }
  }

  /** The mathematics that tells a recorder of its lines; made once for each. */
  const mathematicsOf = (R) => (R.mathematics ||= globalThis.scalarnn.mathematics.recorded(R));

  /** The work of an example, whose lines are a translated function. */
  class Work extends Program {
    constructor(network) {
      super({ ...network, parts: {} });
      this.says = globalThis.scalarnn.mathematics.functions[network.work];
    }

    values(given = this.given) {
      return this._named(given, globalThis.scalarnn.mathematics.run);
    }

    _recorded(R) {
      return this._named(this.given, mathematicsOf(R));
    }

    _named(given, mathematics) {
      const v = structuredClone(given);
      const found = mathematics[this.network.work](...Object.keys(given).map((name) => v[name]));
      this.network.bound.forEach((name, n) => { v[name] = found[n]; });
      return v;
    }
  }

  const SYMBOLS = { identity: "", relu: "ReLU", leaky_relu: "LeakyReLU", sigmoid: "σ", tanh: "tanh", softmax: "softmax" };

  /** A line with another activation, in its code and in its formula.
   * @param {ProgramLine} line @param {string} [slope] what that of leaky ReLU is called */
  function told(line, from, to, slope = "") {
    if (from === to || !/^f\d+\./.test(line.call)) return line;
    const [old, now] = [SYMBOLS[from], SYMBOLS[to]];
    const text = line.text.replace(new RegExp(`\\b${CLASSES[from]}\\(\\w*\\)`), `${CLASSES[to]}(${to === "leaky_relu" ? slope : ""})`);
    if (!old || line.call.endsWith("backward") && to === "identity") return { ...line, text, says: line.says.replace(/ ⊙ .*$/, "") };
    const says = line.says.replace(`${old}′(`, `${now}′(`).replace(`= ${old}(`, now ? `= ${now}(` : "= (");
    return { ...line, text, says: now ? says : says.replace(/\((.*)\)$/, "$1") };
  }

  /** What a line calls: a function, or a method of the activation of a layer. */
  function called(name, mathematics, objects) {
    if (name === "sum") return (...terms) => terms.reduce((total, one) => total + one);
    const [, layer, method] = /^f(\d+)\.(\w+)$/.exec(name) || [];
    return method ? (...given) => objects[Number(layer)][method](...given) : mathematics[name];
  }

  /** The values of names; a number, or a list of zeros, stands for itself. */
  function values(given, v, each, n) {
    return given.map((name, at) => (name in v ? (each && each[at] ? v[name][n] : v[name]) : JSON.parse(name)));
  }

  /** What the recorder knows of the lines of a program: two rows a line, the second for each sample. */
  function asFunction(lines, names) {
    const rows = lines.flatMap(({ number, says, targets, call, given, each }) => {
      const own = (name) => (name in names ? [name] : null);
      const whole = { line: number, kind: "call", says, called: call, targets: targets.map((name) => [name]), arguments: given.map(own) };
      const one = { ...whole, kind: "each", targets: [[targets[0], 0]], arguments: given.map((name, n) => (own(name) && each && each[n] ? [name, 0] : own(name))) };
      if (call === "sum") Object.assign(whole, { kind: "step", formula: given.map((_, n) => ["$", n]).reduce((a, b) => ["+", a, b]), slots: given.map((name) => [name]) });
      return [each ? { ...whole, arguments: undefined } : whole, one];
    });
    return { file: "", code: lines.map(({ number, text, says }) => [number, says ? `${text}  # ${says}` : text]), parameters: [], results: [], counters: [], shown: Object.keys(names), names, lines: rows };
  }

  /**
   * The derivation: the steps in their order, each with its stops; a sum is one step.
   * @param {any[]} stops
   */
  function derivation(stops) {
    const sums = new Map();
    const steps = [];
    let heading = -1;
    stops.forEach((stop, n) => {
      if (stop.frame.depth === 0 && (stop.kind === "call" || stop.row.called === "sum")) heading = n;
      if (stop.kind !== "step") return;
      const step = stop.row.kind === "sum" ? sumOf(stop, sums) : { stops: [], heading };
      if (!step.stops.length) steps.push(Object.assign(step, { heading }));
      step.stops.push(n);
    });
    steps.sort((a, b) => a.stops[a.stops.length - 1] - b.stops[b.stops.length - 1]);
    steps.forEach((step, n) => { step.number = n + 1; });
    return steps;
  }

  /** The sum that a line adds to: of one call, and of one number. */
  function sumOf(stop, sums) {
    const [name, ...at] = stop.row.targets[0];
    const places = at.map((one) => stop.places[one]);
    const key = symbolText(named(stop, name, places));
    const own = sums.get(stop.frame) || sums.set(stop.frame, {}).get(stop.frame);
    return (own[key] ||= { stops: [] });
  }

  /** A step as text: s₀ = W₀₀x₀ + W₀₁x₁ = (…)(…) + … = 5. */
  function stepText(stops, step) {
    const { target, parts } = formulaOf(step.stops.map((n) => stops[n]), TEXT);
    return [target, ...parts].join(" = ");
  }

  Object.assign(globalThis.scalarnn, { Program, Work, told, derivation, stepText, CLASSES, resolve });
})();
