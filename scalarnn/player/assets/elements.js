/* What the elements are built with: parts of a page, icons, formulas, scripts that are fetched once. */
(() => {
  "use strict";
  const HERE = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

  /** @param {string} name @param {{ [key: string]: any }} attributes @param {any[]} children @returns {any} */
  function html(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (key === "html") element.innerHTML = value;
      else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  const math = (inside, large = false) => `<math${large ? ' displaystyle="true"' : ""}>${inside}</math>`;
  const equation = (parts, large = false) => parts.map((part, n) => math(`<mrow>${n ? "<mo>=</mo>" : ""}${part}</mrow>`, large)).join("");

  /** What stands on the buttons. */
  const ICONS = {
    first: "M4 4v12M16 4l-9 6 9 6z", back: "M17 10H5M9 5l-5 5 5 5", play: "M6 3l11 7-11 7z", pause: "M6 4v12M14 4v12", step: "M3 10h12M11 5l5 5-5 5",
    over: "M2 13c1-9 12-9 13-1M15 15l-4-3M15 15l2-5", out: "M10 17V5M5 9l5-5 5 5", last: "M16 4v12M4 4l9 6-9 6z",
  };
  const icon = (name) => `<svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;

  /** What a line says, such as w_out,j · zⱼ, with what stands below or above set there; or else what it calls. @param {any} row */
  const lineOf = ({ says, called }) => (says ? says.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/_\w+(,\w+)*[₀-₉]*|[₀-₉ᵢ-ᵪⱼₐ-ₜ]+/g, tagged("sub")).replace(/[⁰¹²³⁴-⁹⁺⁻ⁿᵀᶻ]+/g, tagged("sup")) : called);
  const tagged = (name) => (script) => `<${name}>${script.replace("_", "").replace(/([a-z])([₀-₉])/, "$1,$2").normalize("NFKC")}</${name}>`;

  const scripts = new Map();

  /** Loads a script once. @param {string} source */
  function script(source) {
    if (!scripts.has(source)) {
      scripts.set(source, new Promise((loaded, failed) => {
        document.head.append(html("script", { src: source, onload: loaded, onerror: () => failed(new Error(`${source} is not there`)) }));
      }));
    }
    return scripts.get(source);
  }

  /** Puts a number in its place among the names. @param {any} given @param {{ name: string, places: number[] }} where @param {number} value */
  function place(given, { name, places }, value) {
    if (!places.length) given[name] = value;
    else places.slice(0, -1).reduce((row, at) => row[at], given[name])[places[places.length - 1]] = value;
  }

  Object.assign((globalThis.scalarnn ||= {}), { html, math, equation, icon, lineOf, script, place, HERE });
})();
