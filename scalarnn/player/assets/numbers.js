/* Numbers as Python writes them, and as people type them. */
(() => {
  "use strict";

  /**
   * What Python's repr gives: the shortest digits that lead back to the number.
   * @param {number} x
   * @returns {string}
   */
  function repr(x) {
    if (Number.isNaN(x)) return "nan";
    if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
    const sign = x < 0 || Object.is(x, -0) ? "-" : "";
    const [mantissa, power] = Math.abs(x).toExponential().split("e");
    const digits = mantissa.replace(".", "");
    const exponent = Number(power);
    if (exponent < -4 || exponent >= 16) {
      const rest = digits.length > 1 ? `.${digits.slice(1)}` : "";
      const places = String(Math.abs(exponent)).padStart(2, "0");
      return `${sign}${digits[0]}${rest}e${exponent < 0 ? "-" : "+"}${places}`;
    }
    if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
    const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
    return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
  }

  /**
   * A number in full, as a written solution has it: a whole one without a point, with a true minus sign.
   * @param {number} x
   * @returns {string}
   */
  function readable(x) {
    const text = Number.isInteger(x) && Math.abs(x) < 1e15 ? String(x) : repr(x);
    return text.replace(/-/g, "−").replace("inf", "∞").replace("nan", "NaN");
  }

  /**
   * What somebody typed: 0.5, −2, 1e-3, 1/3. NaN for anything else.
   * @param {string} text
   * @returns {number}
   */
  function parse(text) {
    const clean = text.trim().replace(/[−–]/g, "-").replace(/^([+-]?\d*),(\d+)$/, "$1.$2");
    const parts = clean.split("/");
    if (parts.length > 2 || !parts.every((part) => /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(part))) return NaN;
    return parts.length === 2 ? quotient(parts[0].trim(), parts[1].trim()) : Number(clean);
  }

  /**
   * The float nearest to p/q: of whole numbers beyond 2⁵³, and of decimals, too.
   * @param {string} p
   * @param {string} q
   * @returns {number}
   */
  function quotient(p, q) {
    if (/^[+-]?\d{1,15}$/.test(p) && /^[+-]?\d{1,15}$/.test(q)) return Number(p) / Number(q);
    const [a, m] = decimal(p);
    const [b, n] = decimal(q);
    if (b === 0n) return NaN;
    return nearest(a * 10n ** BigInt(Math.max(0, m - n)), b * 10n ** BigInt(Math.max(0, n - m)));
  }

  /**
   * A decimal as whole number · 10^power.
   * @param {string} text
   * @returns {[bigint, number]}
   */
  function decimal(text) {
    const [mantissa, power = "0"] = text.toLowerCase().split("e");
    const [whole, after = ""] = mantissa.split(".");
    return [BigInt(`${whole}${after}`.replace(/^([+-]?)$/, "$10").replace("+", "")), Number(power) - after.length];
  }

  /**
   * a / b, correctly rounded.
   * @param {bigint} a
   * @param {bigint} b
   * @returns {number}
   */
  function nearest(a, b) {
    if (a === 0n) return 0;
    const negative = a < 0n !== b < 0n;
    const [top, bottom] = [a < 0n ? -a : a, b < 0n ? -b : b];
    let shift = 64 - (top.toString(2).length - bottom.toString(2).length);
    shift = Math.min(shift, 1200);
    const scaled = shift >= 0 ? (top << BigInt(shift)) / bottom : top / (bottom << BigInt(-shift));
    const rest = shift >= 0 ? (top << BigInt(shift)) % bottom : top % (bottom << BigInt(-shift));
    /* 64 bits and one that says whether there is more: Number() rounds that once, to nearest and even */
    const found = Number((scaled << 1n) | (rest ? 1n : 0n));
    const value = shift + 1 <= 1000 ? found / 2 ** (shift + 1) : found / 2 ** 1000 / 2 ** (shift + 1 - 1000);
    return negative ? -value : value;
  }

  /**
   * Whether a value fits, or each one in its lists.
   * @param {any} value @param {(one: any) => boolean} fits
   * @returns {boolean}
   */
  const every = (value, fits) => (Array.isArray(value) ? value.every((one) => every(one, fits)) : fits(value));

  Object.assign((globalThis.scalarnn ||= {}), { repr, readable, parse, every });
})();
