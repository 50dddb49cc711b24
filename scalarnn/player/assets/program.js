/* A program with its numbers: run, recorded, read as a derivation, and trained. */
(() => {
  "use strict";
  const { Recorder, Looker, REACHED, TEXT, formulaOf, symbolOf, resolve } = globalThis.scalarnn;

  const SHOWN = ["forward", "backward", "update", "after"];

  class Program {
    /** @param {any} program what the build wrote */
    constructor(program) {
      this.program = program;
      this.network = program.network;
      this.given = structuredClone(program.network.given);
      this.activations = program.network.layers.map((layer) => layer.activation);
    }

    /** The activation of each layer, as objects of the shipped classes. */
    _objects(mathematics) {
      return this.network.layers.map((layer, n) => {
        const kind = CLASSES[this.activations[n]];
        return layer.alpha && this.activations[n] === "leaky_relu" ? new mathematics[kind](this.given[layer.alpha]) : new mathematics[kind]();
      });
    }

    /** Every name with its value. */
    values(given = this.given) {
      const { run } = globalThis.scalarnn.mathematics;
      return this._through(this.program.run(run), this._objects(run), structuredClone(given));
    }

    _through(parts, objects, v) {
      for (const name of SHOWN) if (parts[name]) Object.assign(v, parts[name](v, objects));
      return v;
    }

    /** The run with all its stops. */
    record() {
      const { functions } = globalThis.scalarnn.mathematics;
      const R = new Recorder({ ...functions, ...this.program.says });
      R.values = this._with(R);
      return R;
    }

    /** The names of the call that the run is in at a stop, each with its value before that line.
     * @param {number} stop */
    look(stop) {
      const { functions } = globalThis.scalarnn.mathematics;
      const R = new Looker({ ...functions, ...this.program.says }, stop);
      try {
        this._with(R);
      } catch (end) {
        if (end !== REACHED) throw end;
      }
      return { says: R.says, values: R.values };
    }

    _with(R) {
      const mathematics = globalThis.scalarnn.mathematics.recorded(R);
      return this._through(this.program.recorded(mathematics, R), this._objects(mathematics), structuredClone(this.given));
    }

    /** Many steps in a row: the loss before each.
     * @param {number} steps @param {{ v?: any, t?: number }} [state] of an earlier call, to go on */
    train(steps, state = {}) {
      const { run } = globalThis.scalarnn.mathematics;
      const parts = (state.parts ||= this.program.run(run));
      const objects = (state.objects ||= this._objects(run));
      const v = (state.v ||= Object.assign(structuredClone(this.given), parts.begin(this.given, objects)));
      const losses = [];
      for (let step = 0; step < steps; step++) {
        v.step = state.t = (state.t || 0) + 1;
        Object.assign(v, parts.forward(v, objects));
        losses.push(v.L);
        Object.assign(v, parts.backward(v, objects));
        Object.assign(v, parts.learn(v, objects));
      }
      return { losses, state };
    }
  }

  const CLASSES = { identity: "Identity", relu: "ReLU", leaky_relu: "LeakyReLU", sigmoid: "Sigmoid", tanh: "Tanh", softmax: "Softmax" };

  /**
   * The derivation: the steps in their order, each with its stops; a sum is one step.
   * @param {any[]} stops
   */
  function derivation(stops) {
    const sums = new Map();
    const steps = [];
    let heading = -1;
    stops.forEach((stop, n) => {
      if (stop.frame.depth === 0 && stop.kind === "call") heading = n;
      if (stop.kind !== "step") return;
      if (stop.row.kind !== "sum") {
        steps.push({ stops: [n], heading });
        return;
      }
      const [name, ...indices] = stop.row.targets[0];
      const found = resolve(stop.frame, stop.env, name, indices.map((one) => stop.places[one]));
      const frames = sums.get(found.frame) || sums.set(found.frame, new Map()).get(found.frame);
      const own = stop.frame.says.counters.length > 1 && !found.places.length ? ownPlaces(stop, name) : "";
      const key = `${stop.frame === found.frame ? "" : stop.frame.name}${found.name}[${found.places}]${own}`;
      let step = frames.get(key);
      if (step && stops[step.stops[step.stops.length - 1]].frame !== stop.frame) step = undefined;
      if (step) step.stops.push(n);
      else {
        step = { stops: [n], heading };
        frames.set(key, step);
        steps.push(step);
      }
    });
    steps.sort((a, b) => a.stops[a.stops.length - 1] - b.stops[b.stops.length - 1]);
    steps.forEach((step, n) => { step.number = n + 1; });
    return steps;
  }

  /** Of s_j the j: a sum that has no place in a list is told apart by the letters of its name. */
  function ownPlaces(stop, name) {
    return globalThis.scalarnn.symbolText(globalThis.scalarnn.named(stop, name, []));
  }

  /** A step as text: s₀ = W₀₀x₀ + W₀₁x₁ = (…)(…) + … = 5. */
  function stepText(stops, step) {
    const { target, formula, numbers, result } = formulaOf(step.stops.map((n) => stops[n]), TEXT);
    return [target, ...new Set([formula, numbers, result])].join(" = ");
  }

  Object.assign(globalThis.scalarnn, { Program, derivation, stepText, CLASSES, symbolOf });
})();
