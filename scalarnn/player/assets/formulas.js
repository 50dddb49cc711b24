/* Formulas of a recorded line: with symbols, with numbers put in, as text and as MathML. */
(() => {
  "use strict";
  const { readable, resolve } = globalThis.scalarnn;

  const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
  const LOW = { i: "ᵢ", j: "ⱼ", k: "ₖ", n: "ₙ", m: "ₘ", t: "ₜ", l: "ₗ" };
  const HATS = { y: "ŷ", a: "â", w: "ŵ", z: "ẑ" };
  const FLIPPED = { ">": "≤", ">=": "<", "<": "≥", "<=": ">", "=": "≠", "!=": "=" };
  const SHOWN = { ">=": "≥", "<=": "≤", "!=": "≠" };
  const ROUNDS = "round_to_float32";
  const NAMES = { log: "ln", log1p: "ln1p", [ROUNDS]: "float32" };

  /** @typedef {{ letter: string, word: boolean, hat: boolean, mark: string, number: string, indices: (number | string)[],
   *   prefix: string, over: Symbol_ | null, under: Symbol_ | null }} Symbol_ */

  /** @param {any} data @returns {Symbol_} */
  function symbol(data) {
    const [letter, flags = 0, mark = "", number = "", indices = [], prefix = "", over = 0, under = 0] = data;
    return {
      letter, word: (flags & 1) === 1, hat: (flags & 2) === 2, mark, number, indices, prefix,
      over: over ? symbol(over) : null, under: under ? symbol(under) : null,
    };
  }

  /** With further indices: of ∂L/∂W the lower one gets them; of ∂Lₙ/∂Z the first is n too.
   * @param {Symbol_} one @param {number[]} more @returns {Symbol_} */
  function at(one, more) {
    if (!more.length) return one;
    if (one.over && one.under) {
      const over = one.under.indices.length ? one.over : withValues(one.over, { n: more[0] });
      return { ...one, over, under: at(one.under, more) };
    }
    return { ...one, indices: [...one.indices, ...more] };
  }

  /** With the numbers that index letters stand for.
   * @param {Symbol_} one @param {{ [letter: string]: number }} values @returns {Symbol_} */
  function withValues(one, values) {
    const indices = one.indices.map((index) => (typeof index === "string" && index in values ? values[index] : index));
    return {
      ...one, indices,
      over: one.over && withValues(one.over, values), under: one.under && withValues(one.under, values),
    };
  }

  /** @param {(number | string)[]} indices */
  function below(indices) {
    const texts = indices.map((index) =>
      String(index).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]).replace(/[a-z]/g, (letter) => LOW[letter] || letter));
    return texts.join(texts.some((text) => text.length > 1) ? "," : "");
  }

  /** @param {Symbol_} one @returns {string} */
  function symbolText(one) {
    if (one.over && one.under) return `∂${symbolText(one.over)}/∂${symbolText(one.under)}`;
    const letter = one.hat ? HATS[one.letter] || `${one.letter}\u0302` : one.letter;
    if (one.word && one.indices.length) return `${one.prefix}${letter}[${one.indices.join(", ")}]`;
    const number = one.number ? below([one.number]) : "";
    return `${one.prefix}${letter}${one.mark ? `_${one.mark}` : ""}${number}${number && one.indices.length ? "," : ""}${below(one.indices)}`;
  }

  const escape = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const tag = (name, ...inside) => `<${name}>${inside.join("")}</${name}>`;
  const sign = (text) => tag("mo", escape(text));

  /** @param {Symbol_} one @returns {string} */
  function symbolMath(one) {
    if (one.over && one.under) {
      const partial = (of) => tag("mrow", sign("∂"), symbolMath(of));
      return tag("mfrac", partial(one.over), partial(one.under));
    }
    let letter = one.word ? tag("mtext", escape(one.letter.replace(/_/g, " "))) : tag("mi", escape(one.letter));
    if (one.hat) letter = `<mover accent="true">${letter}<mo stretchy="false">^</mo></mover>`;
    const low = [];
    if (one.mark) low.push(tag("mtext", escape(one.mark)));
    if (one.number) low.push(tag("mn", one.number));
    if (one.indices.length) low.push(tag("mn", indexText(one.indices)));
    const whole = low.length ? tag("msub", letter, low.length > 1 ? tag("mrow", low.join(tag("mo", ","))) : low[0]) : letter;
    if (!one.prefix) return whole;
    const [word, minus] = one.prefix.trim().split(" ");
    return tag("mrow", minus ? tag("mn", word) + sign(minus) : tag("mi", escape(word)) + tag("mspace").replace(">", ' width="0.2em">'), whole);
  }

  /** @param {(number | string)[]} indices */
  function indexText(indices) {
    return indices.join(indices.some((index) => String(index).length > 1) ? "," : "");
  }

  /* ---- trees with their numbers ---- */

  /** Whose number a slot or a target is: the symbol that the whole run has for it.
   * @param {any} stop @param {any} place */
  function symbolOf(stop, place) {
    const [name, ...indices] = place;
    return named(stop, name, indices.map((one) => stop.places[one]));
  }

  /** @param {any} stop @param {string} name @param {number[]} places @returns {Symbol_} */
  function named(stop, name, places) {
    const found = resolve(stop.frame, stop.env, name, places);
    const data = found.frame.says.names[found.name];
    const own = data ? symbol(data) : symbol([found.name.replace(/^len\((.*)\)$/, "n"), 1]);
    const { counters } = stop.frame.says;
    /** @type {{ [letter: string]: number }} */
    const values = {};
    if (found.frame === stop.frame) {
      counters.forEach((letter, k) => {
        const value = stop.places[stop.places.length - counters.length + k];
        if (value !== undefined) values[letter] = value;
      });
    }
    return at(withValues(own, values), found.places);
  }

  /** @param {any} tree @param {any} stop @returns {any} */
  function evaluate(tree, stop) {
    if (!Array.isArray(tree)) return tree;
    const [head, ...parts] = tree;
    if (head === "$") return stop.values[parts[0]];
    const [a, b] = parts.map((part) => evaluate(part, stop));
    const { mathematics } = globalThis.scalarnn;
    switch (head) {
      case "+": return a + b;
      case "-": return parts.length === 1 ? -a : a - b;
      case "*": return a * b;
      case "/": return a / b;
      case "^": return mathematics.pow(a, b);
      case ">": return a > b;
      case ">=": return a >= b;
      case "<": return a < b;
      case "<=": return a <= b;
      case "=": return a === b;
      case "!=": return a !== b;
      case "and": return parts.every((part) => evaluate(part, stop));
      case "?": return a ? evaluate(parts[1], stop) : evaluate(parts[2], stop);
      default: return mathematics[head](a);
    }
  }

  /** What is left of a tree when choices are made. */
  function chosen(tree, stop) {
    if (!Array.isArray(tree) || tree[0] === "$") return tree;
    if (tree[0] === "?") return chosen(evaluate(tree[1], stop) ? tree[2] : tree[3], stop);
    return [tree[0], ...tree.slice(1).map((part) => chosen(part, stop))];
  }

  const BINDS = { and: 1, ">": 2, ">=": 2, "<": 2, "<=": 2, "=": 2, "!=": 2, "+": 3, "-": 3, "*": 5, "/": 5, neg: 4, "^": 7 };

  /** What a tree is drawn with: two ways to write, text and MathML. */
  const TEXT = {
    number: (x, alone) => {
      if (Array.isArray(x)) return `[${x.map((one) => TEXT.number(one, true)).join(", ")}]`;
      return alone || !(x < 0 || Object.is(x, -0)) ? readable(x) : `(${readable(x)})`;
    },
    symbol: symbolText,
    joined: (parts) => parts.join(""),
    sign: (text) => text,
    brackets: (inside) => `(${inside})`,
    quotient: null,
    power: (base, exponent) => `${base}^${exponent}`,
    call: (name, inside) => (name === "sqrt" ? `√(${inside})` : `${name}(${inside})`),
  };
  const MATH = {
    number: (x, alone) => {
      if (Array.isArray(x)) return tag("mrow", sign("["), x.map((one) => MATH.number(one, true)).join(sign(",")), sign("]"));
      const [mantissa, power] = readable(x).split("e");
      const isBare = alone || !(x < 0 || Object.is(x, -0));
      if (!power) return tag("mn", isBare ? mantissa : `(${mantissa})`);
      const text = tag("mrow", tag("mn", mantissa), sign("·"), tag("msup", tag("mn", "10"), tag("mn", power.replace(/^\+?(−?)0*/, "$1"))));
      return isBare ? text : MATH.brackets(text);
    },
    symbol: symbolMath,
    joined: (parts) => parts.join(""),
    sign: (text) => (text.trim() ? sign(text.trim()) : ""),
    brackets: (inside) => tag("mrow", sign("("), inside, sign(")")),
    quotient: (top, bottom) => tag("mfrac", tag("mrow", top), tag("mrow", bottom)),
    power: (base, exponent) => tag("msup", tag("mrow", base), tag("mrow", exponent)),
    call: (name, inside) =>
      name === "sqrt" ? tag("msqrt", inside) : tag("mrow", tag("mi", name), sign("("), inside, sign(")")),
  };

  /**
   * @param {any} tree @param {any} stop @param {typeof TEXT | typeof MATH} way @param {boolean | "rounded"} numbers put in, or rounded to float32 too
   * @param {number} [least] how strongly it has to bind
   * @param {boolean} [first] whether nothing stands before it
   * @returns {string}
   */
  function drawn(tree, stop, way, numbers, least = 0, first = true) {
    if (!Array.isArray(tree)) return way.number(tree, first && least <= BINDS["+"]);
    const [head, ...parts] = tree;
    if (head === "$") {
      const value = stop.values[parts[0]];
      const place = stop.row.slots[parts[0]];
      const isLength = place[0].startsWith("len(");
      if (numbers || isLength) return way.number(value, first && least <= BINDS["+"]);
      const own = symbolOf(stop, place);
      return own.prefix.startsWith("1") && least > BINDS["+"] ? way.brackets(way.symbol(own)) : way.symbol(own);
    }
    const isMinus = head === "-" && parts.length === 1;
    const binds = isMinus ? BINDS.neg : BINDS[head];
    let text;
    if (isMinus) text = way.joined([way.sign("−"), drawn(parts[0], stop, way, numbers, BINDS["*"], false)]);
    else if (numbers === "rounded" && head === ROUNDS) return way.number(evaluate(tree, stop), first && least <= BINDS["+"]);
    else if (binds === undefined) return way.call(NAMES[head] || head, parts.map((part) => drawn(part, stop, way, numbers)).join(", "));
    else if (head === "^") text = way.power(drawn(parts[0], stop, way, numbers, 8, false), drawn(parts[1], stop, way, numbers));
    else if (head === "/" && way.quotient) return way.quotient(drawn(parts[0], stop, way, numbers), drawn(parts[1], stop, way, numbers));
    else {
      const left = drawn(parts[0], stop, way, numbers, binds, first);
      const right = drawn(parts[1], stop, way, numbers, binds + (head === "-" || head === "/" ? 1 : 0), false);
      text = way.joined([left, way.sign(between(head, parts, stop)), right]);
    }
    return binds < least ? way.brackets(text) : text;
  }

  /** The sign between two parts: none between w and x, a dot otherwise. */
  function between(head, parts, stop) {
    const [a, b] = parts;
    if (head !== "*") return ` ${head === "-" ? "−" : SHOWN[head] || head} `;
    const isPlain = (tree) => Array.isArray(tree) && tree[0] === "$" && isLetter(symbolOf(stop, stop.row.slots[tree[1]]));
    return isPlain(a) && isPlain(b) && !stop.isNumbers ? "" : " · ";
  }

  const isLetter = (one) => !one.word && !one.over && !one.prefix;

  /** The reason why a line was reached, in words. */
  function reasonText(reason, way = TEXT) {
    const tree = reason.truth ? reason.row.formula : negated(reason.row.formula);
    if (!Array.isArray(tree)) return "";
    const stop = { ...reason };
    const [head, a, b] = tree;
    if (head === "and") return drawn(tree, stop, way, false);
    const known = way.joined([drawn(a, stop, way, false), way.sign(" = "), drawn(a, stop, way, true)]);
    const left = Array.isArray(a) ? known : drawn(a, stop, way, false);
    return way.joined([left, way.sign(` ${SHOWN[head] || head} `), drawn(b, stop, way, false)]);
  }

  /** Why a line was reached, and why its choice fell as it did. */
  function reasonsOf(stop) {
    const { formula } = stop.row;
    if (!Array.isArray(formula) || formula[0] !== "?") return stop.reasons;
    return [...stop.reasons, { ...stop, row: { ...stop.row, formula: formula[1] }, truth: evaluate(formula[1], stop) }];
  }

  function negated(tree) {
    const [head, ...parts] = tree;
    return FLIPPED[head] ? [FLIPPED[head], ...parts] : null;
  }

  /**
   * Formula, numbers put in, result; of a sum all its terms. All that differ are its parts: where a number is rounded to
   * float32 on the way, with the rounded one too.
   * @param {any[]} stops of one step
   * @param {typeof TEXT | typeof MATH} way
   */
  function formulaOf(stops, way) {
    const last = stops[stops.length - 1];
    const target = way.symbol(symbolOf(last, last.row.targets[0]));
    const draw = (numbers) => (last.row.kind === "sum" ? sumOf(stops, way, numbers) : drawn(chosen(last.row.formula, last), { ...last, isNumbers: numbers }, way, numbers));
    const [formula, numbers, result] = [draw(false), draw(true), way.number(last.value, true)];
    const rounded = numbers.includes(NAMES[ROUNDS]) ? draw("rounded") : numbers;
    return { target, formula, result, parts: [...new Set([formula, numbers, rounded, result])] };
  }

  /** The terms of a sum in their order; what it begins with, unless that is 0. */
  function sumOf(stops, way, numbers) {
    const begin = stops[0].values[0];
    const parts = begin === 0 ? [] : [way.number(begin, true)];
    for (const stop of stops) {
      const [head, , term] = stop.row.formula;
      const isFirst = !parts.length;
      if (!isFirst || head === "-") parts.push(way.sign(isFirst ? "−" : head === "-" ? " − " : " + "));
      parts.push(drawn(chosen(term, stop), { ...stop, isNumbers: numbers }, way, numbers, BINDS["+"] + (head === "-" ? 1 : 0), isFirst && head === "+"));
    }
    return way.joined(parts);
  }

  Object.assign(globalThis.scalarnn, { TEXT, MATH, symbol, symbolText, symbolMath, symbolOf, named, formulaOf, reasonText, reasonsOf, evaluate, chosen, indices: at });
})();
