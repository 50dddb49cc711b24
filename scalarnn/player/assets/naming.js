/* A wrong answer is named: every slip of the catalogue is tried on the numbers that stand there now. */
(() => {
  "use strict";
  const { resolve, repr } = globalThis.scalarnn;

  /* What the translated slips compute with, and cannot be translated: decimal digits, shapes, any number of arguments. */
  const over = (value, does) => (Array.isArray(value) ? value.map((one) => over(one, does)) : does(value));
  const each = (does, value, ...others) => (Array.isArray(value[0]) ? value.map((one, n) => does(one, ...others.map((other) => other[n]))) : does(value, ...others));
  const transposed = (W) => {
    if (W.length !== W[0].length) throw new RangeError("not square");
    return W[0].map((_, i) => W.map((row) => row[i]));
  };

  const entry = (list, i) => {
    const found = list.at(i);
    if (found === undefined) throw new RangeError("no such entry");
    return found;
  };
  const taken = (value, i, other) => {
    if (!(i < value.length) || other === undefined) throw new RangeError("no such entry");
    return value.map((one, n) => (n === i ? other : one));
  };

  /** Rounded to `places` behind the point, half up, as by hand. @param {number} x @param {number} places @param {boolean} [cut] */
  function rounded(x, places, cut = false) {
    const [mantissa, power = "0"] = repr(Math.abs(x)).split("e");
    const [whole, after = ""] = mantissa.split(".");
    const shift = Number(power) - after.length + places;
    const digits = BigInt(whole + after);
    if (shift >= 0) return x;
    const unit = 10n ** BigInt(-shift);
    const found = (cut ? digits : digits + unit / 2n) / unit;
    return (x < 0 ? -1 : 1) * Number(`${found}e${-places}`);
  }

  const tools = {
    each, entry, taken, transposed,
    bound: (object, method) => (...given) => object[method](...given),
    first: (value) => value,
    decimals: (value, k) => over(value, (x) => rounded(x, k)),
    cut_decimals: (value, k) => over(value, (x) => rounded(x, k, true)),
    digits: (value, k) => over(value, (x) => (x === 0 ? 0 : rounded(x, k - 1 - Math.floor(Math.log10(Math.abs(x)))))),
    sum: (list) => list.reduce((total, one) => total + one, 0),
    most: (...given) => Math.max(...(given.length > 1 ? given : given[0])),
    least: (...given) => Math.min(...(given.length > 1 ? given : given[0])),
    numbered: (list) => list.map((one, n) => [n, one]),
    sliced: (list, from, to, by) => list.slice(from ?? 0, to ?? undefined).filter((_, n) => n % (by || 1) === 0),
  };

  /** The program with some of its lines done by a slip. */
  class Slipped {
    /** @param {any} program */
    constructor(program) {
      this.program = program;
      this.M = globalThis.scalarnn.mathematics.run;
      const { PATTERNS } = globalThis.scalarnn.slips;
      this.patterns = Object.fromEntries(Object.entries(PATTERNS).map(([name, text]) => [name, new RegExp(`^(?:${text})$`)]));
    }

    /** The lines that a slip may stand in. */
    lines(slip) {
      return this.program.lines.filter((line) => this.patterns[slip.line].test(line.text));
    }

    /** Every name with its value, if a slip is made in these lines.
     * @param {any} slip @param {any[]} lines @param {number[]} indices */
    values(slip, lines, indices) {
      const { program, M } = this;
      const objects = program._objects(M);
      const v = structuredClone(program.given);
      for (const line of program.lines) {
        const usual = () => program._ready(line, M, objects)(v);
        if (lines.includes(line)) slip.does(this._known(slip, line, v, objects, usual, indices));
        else usual();
      }
      return v;
    }

    /** What the code of a slip is given. */
    _known(slip, line, v, objects, usual, indices) {
      const { M, program } = this;
      const [i, j] = indices;
      /** @type {any} */
      const groups = { ...this.patterns[slip.line].exec(line.text).groups, i, j };
      const value = (text) => (typeof text === "number" ? text : text in v ? v[text] : JSON.parse(text));
      const list = (text) => text.split(", ").filter(Boolean).map((one) => value(one.replace(/^\w+=/, "")));
      return {
        v, M, line: usual,
        of: (name) => (name === "state" || name === "more" ? list(groups[name]) : name in groups ? value(groups[name]) : this._beside(name, groups, v)),
        fn: (end) => {
          const [, layer] = /^f(\d+)\./.exec(line.call) || [];
          return layer !== undefined && !end ? objects[Number(layer)] : M[`${groups.f}${end}`];
        },
        set: (names, found) => names.forEach((name, n) => {
          if ((names.length > 1 ? found[n] : found) === undefined) throw new RangeError("no such entry");
          if (name === "all") groups.all.split(", ").forEach((one, k, all) => { v[one] = all.length > 1 ? found[k] : found; });
          else v[groups[name] || name] = names.length > 1 ? found[n] : found;
        }),
        update: () => {
          const { W } = this._layer(groups);
          const update = program.lines.find((one) => one.call.endsWith("_step") && one.given[0] === W);
          if (!update) throw new RangeError("no update");
          const copy = { ...v };
          for (const one of program.lines) if (one.call === "zeros_like" && update.given.includes(one.targets[0])) program._ready(one, M, objects)(copy);
          program._ready(update, M, objects)(copy);
          v.updated = copy[update.targets[0]];
        },
        n_outputs: () => program.network.classes,
      };
    }

    /** The layer that a line is about. */
    _layer(groups) {
      const digits = /\d+/.exec(groups.W || groups.dW || groups.theta || groups.z || "");
      return this.program.network.layers[digits ? Number(digits[0]) : 0];
    }

    /** What belongs to the layer of a line. */
    _beside(name, groups, v) {
      const { layers, x, batch } = this.program.network;
      const layer = this._layer(groups);
      const n = layers.indexOf(layer);
      const last = layers[layers.length - 1];
      const of = (one) => (batch ? `dLn_d${one}` : `dL_d${one}`);
      const found = {
        own: layer.a, weights: layer.W, given_W: layer.W, given_b: layer.b, b: layer.b, scores: last.z, p: last.a, at: n ? layers[n - 1].a : x,
        z_before: n ? layers[n - 1].z : "", x_first: n ? x : "", da: layer.z === layer.a ? "" : of(layer.a),
      }[name];
      if (!found || !(found in v)) throw new RangeError(`nothing is called ${name}`);
      return v[found];
    }
  }

  const [FEW, MOST_WEIGHTS] = [5, 12];

  /** What {i} and {j} stand for. @param {string} over_ */
  function indicesOf(over_, program) {
    if (!over_) return [[]];
    const weights = program.network.layers.map(({ W }) => program.given[W]);
    if (over_ === "weights") {
      if (Math.max(...weights.map((W) => W.length * W[0].length)) > MOST_WEIGHTS) return [];
      const rows = Math.max(...weights.map((W) => W.length));
      const columns = Math.max(...weights.map((W) => W[0].length));
      return Array.from({ length: rows * columns }, (_, k) => [Math.floor(k / columns), k % columns]);
    }
    const n = Math.min(12, Math.max(...program.network.layers.map(({ W }) => Math.max(program.given[W].length, program.given[W][0].length)), program.network.batch ? program.given[program.network.x].length : 0));
    if (over_ === "entries") return Array.from({ length: n }, (_, i) => [i]);
    const all = Array.from({ length: Math.min(n, FEW) }, (_, i) => i);
    const two = all.flatMap((i) => all.map((j) => [i, j]));
    return two.filter(([i, j]) => (over_ === "pairs" ? i < j : i !== j));
  }

  /** The layer's number in what a line binds. */
  const layerIn = (line) => line.targets[0].replace(/\D/g, "");

  /** All lines at once, those of each layer, each alone; what is about two places stays in one layer, as a rule.
   * @param {any[]} lines @param {string} [over_] */
  function groupsOf(lines, over_ = "") {
    const layers = [...new Set(lines.map(layerIn))].map((n) => lines.filter((line) => layerIn(line) === n));
    const groups = new Map([lines, ...layers, ...lines.map((line) => [line])].map((group) => [group.map((line) => line.number).join(), group]));
    const isOfTwo = ["pairs", "others", "weights"].includes(over_);
    return [...groups.values()].filter((group) => group.length && (!isOfTwo
      || ((over_ === "pairs" || group.every((line) => layerIn(line) === layerIn(group[0]))) && !(group.length === 1 && group[0].targets[0].includes("_new")))));
  }

  /** The slips that give an answer.
   * @param {any} program @param {string} name @param {number[]} places @param {(value: number) => boolean} fits */
  function slipsThatGive(program, name, places, fits) {
    const { all } = globalThis.scalarnn.slips;
    const slipped = new Slipped(program);
    const found = [];
    const at = (v) => places.reduce((value, place) => (value === undefined || value === null ? undefined : value[place]), v[name]);
    const note = (slip, v) => {
      const value = at(v);
      if (typeof value === "number" && fits(value) && !found.includes(slip)) found.push(slip);
    };
    for (const slip of all) {
      if (slip.inside) {
        inside(slip, () => note(slip, program.values()));
        continue;
      }
      for (const lines of groupsOf(slipped.lines(slip), slip.over)) {
        for (const indices of indicesOf(slip.over, program)) {
          try {
            note(slip, slipped.values(slip, lines, indices));
          } catch {
            if (indices.length === 1) break; /* there is no such entry, and none behind it */
          }
        }
      }
    }
    for (const [slip, values] of othersOf(program)) note(slip, values);
    return found.sort((a, b) => a.rank - b.rank);
  }

  /** Another loss, another activation, the rate left out: the slip, and what comes of it. @param {any} program */
  function* othersOf(program) {
    const { run } = globalThis.scalarnn.mathematics;
    const { losses, activations } = globalThis.scalarnn.slips.others;
    const { loss, layers } = program.network;
    for (const [other, slip] of Object.entries((loss && losses[loss]) || {})) {
      const lines = program.lines.map((line) => (line.call.startsWith(loss) ? { ...line, call: line.call.replace(loss, other) } : line));
      if (lines.every(({ call }) => call.startsWith("f") || run[call])) yield* tried(slip, program, { lines });
    }
    for (const [n, mine] of program.activations.entries()) {
      for (const [other, slip] of Object.entries(activations[mine] || {})) {
        if (other === "softmax" || (program.network.inside && n === layers.length - 1)) continue;
        for (const places of [[n], program.activations.map((_, k) => k).filter((k) => program.activations[k] === mine)]) {
          yield* tried(slip, program, { activations: program.activations.map((one, k) => (places.includes(k) ? other : one)) });
        }
      }
    }
    if ("learning_rate" in program.given) {
      yield* tried({ name: "the learning rate left out", used: "θ − ∂L/∂θ", right: "θ − η ∂L/∂θ", rank: 1 }, program, { given: { ...program.given, learning_rate: 1 } });
    }
  }

  /** What comes of a program that is another in some of its parts. */
  function* tried(slip, program, changed) {
    try {
      yield [slip, Object.assign(Object.create(Object.getPrototypeOf(program)), program, changed).values()];
    } catch { /* it does not fit this network */ }
  }

  /** With a function that has a slip inside. */
  function inside(slip, does) {
    const { run } = globalThis.scalarnn.mathematics;
    const before = run.exchange[slip.inside](slip.does(run));
    try {
      does();
    } catch { /* it cannot be worked */ } finally {
      run.exchange[slip.inside](before);
    }
  }

  /** What is to be said of a wrong answer at a stop.
   * @param {string} text as typed @param {number} typed @param {any} stop @param {any} player */
  function slipOf(text, typed, stop, player) {
    if (!globalThis.scalarnn.slips) return "";
    const [own, ...at] = stop.row.targets[0];
    const { frame, name, places } = resolve(stop.frame, stop.env, own, at.map((one) => stop.places[one]));
    if (frame.depth > 0) return "";
    const digits = globalThis.scalarnn.digitsOf(text);
    const found = slipsThatGive(player.program, name, places, (value) => globalThis.scalarnn.agrees(text, typed, value));
    if (!found.length) return "No slip that is known here gives that.";
    const said = found.slice(0, 3).map((slip) => `${slip.name}${slip.used ? ` (${slip.used}${slip.right ? ` instead of ${slip.right}` : ""})` : ""}`);
    const few = digits < 4 ? " So few digits fit by chance as well." : "";
    return `That comes out with: ${said.join("; or ")}.${few}`;
  }

  Object.assign(globalThis.scalarnn, { slipTools: tools, slipParts: { Slipped, groupsOf, indicesOf, inside }, slipsThatGive, slipOf });
})();
