/* A run of the translated mathematics, line by line: each stop with its place, its numbers and its names. */
(() => {
  "use strict";

  /**
   * A call that is being recorded.
   * @typedef {object} Frame
   * @property {string} name
   * @property {Says} says what is known of the function
   * @property {Frame | null} parent
   * @property {number} depth
   * @property {Env} env which names stand for others now
   * @property {Row | null} call the line that calls it
   * @property {number[]} callPlaces
   * @property {Env} callEnv
   * @property {number[]} path where in lists a rule of one number works
   * @property {Row | null} pending the line that is calling
   * @property {number[]} pendingPlaces
   * @property {Reason[]} reasons
   * @property {() => unknown[]} see
   *
   * @typedef {{ frame: Frame, env: Env, name: string, places: number[], entries?: [string, number[]][] }} Alias
   * @typedef {{ [name: string]: Alias }} Env
   * @typedef {[string, ...number[]]} Place a name, and which of the recorded places are its indices
   * @typedef {{ line: number, kind: string, formula?: Tree, slots?: Place[], targets?: Place[], arguments?: any[], alone?: boolean,
   *   binds?: string, says?: string, called?: string }} Row
   * @typedef {{ file: string, code: [number, string][], parameters: string[], results: string[], counters: string[],
   *   shown: string[], names: { [name: string]: unknown[] }, lines: Row[] }} Says
   * @typedef {number | [string, ...unknown[]]} Tree
   * @typedef {{ row: Row, truth: boolean, values: number[], places: number[], frame: Frame, env: Env }} Reason
   *
   * @typedef {object} Stop
   * @property {"call" | "step" | "done"} kind
   * @property {Frame} frame
   * @property {Row} row
   * @property {Env} env
   * @property {number[]} places
   * @property {unknown} [value]
   * @property {number[]} [values]
   * @property {Reason[]} reasons
   * @property {number} [begins] of a line that is done: where it was called
   */

  /** @type {Reason[]} */
  const NO_REASONS = [];
  /** @type {Env} */
  const NO_NAMES = {};

  class Recorder {
    /** @param {{ [name: string]: Says }} functions */
    constructor(functions) {
      this.functions = functions;
      /** @type {Stop[]} */
      this.stops = [];
      /** @type {number[]} */
      this.calling = [];
      /** @type {Frame | null} */
      this.frame = null;
      /** @type {number[]} */
      this.path = [];
    }

    /** @param {string} name @param {() => unknown[]} see */
    begin(name, see) {
      const parent = this.frame;
      const says = this.functions[name];
      const call = parent ? parent.pending : null;
      /** @type {Frame} */
      const frame = {
        name, says, parent, see, call,
        depth: parent ? parent.depth + 1 : 0,
        env: NO_NAMES,
        callPlaces: parent ? parent.pendingPlaces : [],
        callEnv: parent ? parent.env : NO_NAMES,
        path: this.path.length ? [...this.path] : [],
        pending: null,
        pendingPlaces: [],
        reasons: NO_REASONS,
      };
      this.path = [];
      if (parent && call && call.arguments) {
        frame.env = {};
        call.arguments.forEach((place, at) => {
          const parameter = says.parameters[at];
          if (place === null || parameter === undefined) return;
          const of = (one) => one.slice(1).map((index) => frame.callPlaces[index]);
          if (place.of) {
            frame.env[parameter] = { frame: parent, env: frame.callEnv, name: "", places: [], entries: place.of.map((one) => [one[0], of(one)]) };
            return;
          }
          const isList = frame.path.length > 0 && !SETTINGS.has(parameter);
          const places = of(place);
          frame.env[parameter] = { frame: parent, env: frame.callEnv, name: place[0], places: isList ? [...places, ...frame.path] : places };
        });
      }
      this.frame = frame;
    }

    /** @template T @param {T} value @returns {T} */
    end(value) {
      const frame = /** @type {Frame} */ (this.frame);
      this.frame = frame.parent;
      this.path = frame.path.length ? [...frame.path] : this.path;
      return value;
    }

    /**
     * A line that takes a step.
     * @param {number} row @param {number} value @param {number[]} values @param {number[]} places
     */
    at(row, value, values, places) {
      const frame = /** @type {Frame} */ (this.frame);
      const says = frame.says.lines[row];
      this.stops.push({ kind: "step", frame, row: says, env: frame.env, value, values, places, reasons: frame.reasons });
      frame.reasons = NO_REASONS;
      this._bind(frame, says, places);
      return value;
    }

    /** @param {number} row @param {boolean} truth @param {number[]} values @param {number[]} places */
    when(row, truth, values, places) {
      const frame = /** @type {Frame} */ (this.frame);
      const reason = { row: frame.says.lines[row], truth, values, places, frame, env: frame.env };
      frame.reasons = [...frame.reasons, reason];
      return truth;
    }

    /** @param {number} row @param {number[]} places */
    call(row, places) {
      const frame = /** @type {Frame} */ (this.frame);
      frame.pending = frame.says.lines[row];
      frame.pendingPlaces = places;
      if (frame.pending.kind === "each") return;
      this.stops.push({ kind: "call", frame, row: frame.pending, env: frame.env, places, reasons: frame.reasons });
      frame.reasons = NO_REASONS;
      this.calling.push(this.stops.length - 1);
    }

    /** @template T @param {number} row @param {T} value @param {number[]} places @returns {T} */
    done(row, value, places) {
      const frame = /** @type {Frame} */ (this.frame);
      const says = frame.says.lines[row];
      const begins = /** @type {number[]} */ (this.calling).pop();
      this.stops.push({ kind: "done", frame, row: says, env: frame.env, places, value, reasons: NO_REASONS, begins });
      this._bind(frame, says, places);
      return value;
    }

    /** @param {string} name @param {string} of @param {number[]} places */
    alias(name, of, places) {
      const frame = /** @type {Frame} */ (this.frame);
      frame.env = { ...frame.env, [name]: { frame, env: frame.env, name: of, places } };
    }

    /** @param {Frame} frame @param {Row} says @param {number[]} places */
    _bind(frame, says, places) {
      if (!says.binds || !says.targets) return;
      const [name, ...at] = says.targets[0];
      this.alias(says.binds, name, at.map((one) => places[/** @type {number} */ (one)]));
    }
  }

  /** What ends a run that has come to where it is looked at. */
  const REACHED = { reached: true };

  /** Counts the stops of a run, and looks at the names of the call that it has then come to. */
  class Looker {
    /** @param {{ [name: string]: Says }} functions */
    constructor(functions) {
      this.functions = functions;
      this.begins(0);
    }

    /** Another run, until that stop. @param {number} stop */
    begins(stop) {
      this.left = stop;
      /** @type {{ name: string, see: () => unknown[] }[]} */
      this.calls = [];
      /** @type {number[]} */
      this.path = [];
    }

    begin(name, see) { this.calls.push({ name, see }); }
    end(value) { this.calls.pop(); return value; }
    when(_row, truth) { return truth; }
    alias() {}
    at(_row, value) { return this._count(value); }
    done(_row, value) { return this._count(value); }
    call(row) {
      const { name } = this.calls[this.calls.length - 1];
      if (this.functions[name].lines[row].kind !== "each") this._count(0);
    }

    _count(value) {
      if (this.left-- > 0) return value;
      const { name, see } = this.calls[this.calls.length - 1];
      this.seen = { says: this.functions[name], values: see().map((one) => (typeof one === "function" ? null : one)) };
      throw REACHED;
    }
  }

  /** What a rule takes beside lists, which has no place in them. */
  const SETTINGS = new Set(["t", "strength", "learning_rate", "beta", "beta1", "beta2", "epsilon"]);

  /**
   * Whose number a name is: a parameter is what the caller gave, a result what the caller called it.
   * @param {Frame} frame @param {Env} env @param {string} name @param {number[]} places
   * @returns {{ frame: Frame, name: string, places: number[] }}
   */
  function resolve(frame, env, name, places) {
    for (let round = 0; round < 100; round++) {
      const alias = env[name];
      const at = alias || !frame.says.results ? -1 : frame.says.results.indexOf(name);
      if (alias && alias.entries) {
        if (!places.length) break;
        const [entry, within] = alias.entries[places[0]];
        places = [...within, ...places.slice(1)];
        ({ frame, env } = alias);
        name = entry;
      } else if (alias) {
        places = [...alias.places, ...places];
        ({ frame, env, name } = alias);
      } else if (at >= 0 && frame.parent && frame.call && frame.call.targets && frame.call.targets[at]) {
        const [target, ...indices] = frame.call.targets[at];
        const { callPlaces } = frame;
        if (frame.call.alone) places = places.slice(1);
        places = [...indices.map((one) => callPlaces[/** @type {number} */ (one)]), ...frame.path, ...places];
        [name, env, frame] = [target, frame.callEnv, frame.parent];
      } else break;
    }
    return { frame, name, places };
  }

  Object.assign((globalThis.scalarnn ||= {}), { Recorder, Looker, REACHED, resolve });
})();
