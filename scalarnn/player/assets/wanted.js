/* What kind of number a name takes; the words are those of an exercise file. */
(() => {
  "use strict";

  const { every } = globalThis.scalarnn;
  const share = (p) => p >= 0 && p <= 1;
  const rows = (value) => (Array.isArray(value[0]) ? value : [value]);

  /** For each kind whether a value is of it. @type {{ [words: string]: (value: any, classes: number) => boolean }} */
  const KINDS = {
    "a number above 0": (x) => x > 0,
    "a number from 0 up": (x) => x >= 0,
    "a number from 0 up, below 1": (x) => x >= 0 && x < 1,
    "a number above 0, at most 1": (x) => x > 0 && x <= 1,
    probabilities: (y) => every(y, share),
    "a distribution": (y) => rows(y).every((row) => row.every(share) && Math.abs(row.reduce((sum, p) => sum + p, 0) - 1) < 1e-9),
    "a class": (label, classes) => every(label, (one) => Number.isInteger(one) && one >= 0 && one < classes),
  };
  const WORDS = {
    probabilities: "numbers from 0 to 1", "a distribution": "numbers from 0 to 1 that add up to 1", "a class": "a whole number below the number of classes",
  };

  /**
   * What is wrong with the value of a name; "" if nothing is.
   * @param {any} network @param {string} name @param {any} value
   */
  function objection(network, name, value) {
    if (!every(value, Number.isFinite)) return `${name}: a number is wanted, such as 0.5, −2, 1e-3 or 1/3`;
    const kind = network.wanted && network.wanted[name];
    return kind && !KINDS[kind](value, network.classes) ? `${name}: ${WORDS[kind] || kind} ${kind === "probabilities" || kind === "a distribution" ? "are" : "is"} wanted` : "";
  }

  Object.assign((globalThis.scalarnn ||= {}), { objection });
})();
