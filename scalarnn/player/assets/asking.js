/* Each number asked for before it is shown: two hints, the slip behind a wrong answer, progress in this browser alone. */
(() => {
  "use strict";
  const { html, math, script, HERE, parse, readable, symbolOf, MATH, TEXT } = globalThis.scalarnn;

  class Asking {
    /** @param {any} player */
    constructor(player) {
      this.player = player;
      this.element = html("div", { class: "player__ask", hidden: true });
      this.asks = false;
      this.hints = 0;
      /** The stop that was answered, and the one that is asked about. */
      this.answered = this.asked = -1;
    }

    /** From now on, or no longer; what names slips is fetched now. @param {boolean} asks */
    async turn(asks) {
      this.asks = asks;
      this.player.shell.classList.toggle("player--asks", asks);
      this.player.show();
      if (asks && HERE && !globalThis.scalarnn.slips) await script(new URL("slips.js", HERE).href).catch(() => undefined);
    }

    /** Another run: nothing is answered any more. */
    forget() { this.answered = this.asked = -1; }

    /** Whether the result of the stop where the player is is still to be found. */
    get isOpen() {
      const { stops, at } = this.player;
      return this.asks && stops[at].kind === "step" && typeof stops[at].value === "number" && this.answered !== at;
    }

    /** Says that an answer is wanted first. */
    remind() { this.verdict.textContent = "Answer first, or press Show it."; }

    /** The question, with the focus in its field, unless the reader is in another one.
     * @param {any} stop */
    show(stop) {
      const { activeElement } = document;
      const had = this.element.contains(activeElement);
      this.element.hidden = !this.isOpen;
      if (!this.isOpen && had) this.player.parts.formula.focus();
      if (!this.isOpen || this.asked === this.player.at) return;
      const target = (way) => way.symbol(symbolOf(stop, stop.row.targets[0]));
      this.asked = this.player.at;
      this.hints = 0;
      const answer = this.answer = html("input", { type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": `${target(TEXT)} is`, size: 14 });
      this.verdict = html("span", { class: "player__verdict", role: "status" });
      const hint = () => { this.hints = Math.min(2, this.hints + 1); this.player.now(stop); };
      this.element.replaceChildren(
        html("form", { onsubmit: (event) => { event.preventDefault(); this._check(answer.value.trim(), stop); } },
          html("span", { html: math(target(MATH)) }), " = ", answer, " ", html("button", {}, "Check"), " ",
          html("button", { type: "button", onclick: hint }, "Hint"), " ", html("button", { type: "button", onclick: () => this._reveal("") }, "Show it")),
        this.verdict, html("small", {}, "At least two digits that count; fractions too."));
      if (had || !activeElement.matches("input:not([type=checkbox]), select, textarea")) answer.focus({ preventScroll: true });
    }

    /** @param {string} text @param {any} stop */
    _check(text, stop) {
      const typed = parse(text);
      if (!Number.isFinite(typed)) this.verdict.textContent = "A number, please: 0.25, −3, 1e-4 or 1/4.";
      else if (agrees(text, typed, stop.value)) this._reveal(`Right: ${readable(stop.value)}.`);
      else if (digitsOf(text) < 2 && !text.includes("/") && Math.abs(typed - stop.value) < Math.abs(stop.value)) this.verdict.textContent = "At least two digits that count.";
      else this.verdict.textContent = `Not ${text}. ${this._slip(text, typed, stop)}`;
    }

    _reveal(words) {
      const { player } = this;
      this.answered = player.at;
      keep(player.program.network.title, player.stepAt[player.at].number);
      player.show(words && `${words} `);
    }

    /** What was done wrong, where that is known. */
    _slip(text, typed, stop) {
      if (typed === -stop.value) return "The sign is the other one.";
      const named = globalThis.scalarnn.slipOf ? globalThis.scalarnn.slipOf(text, typed, stop, this.player) : "";
      if (named) return named;
      const times = [[2, "Twice the right number."], [0.5, "Half of the right number."]].find(([factor]) => agrees(text, typed, Number(factor) * stop.value));
      return times ? String(times[1]) : "";
    }
  }

  /** How many digits of a number that is typed count. @param {string} text */
  const digitsOf = (text) => text.replace(/e.*$/i, "").replace(/[^\d.]/g, "").replace(/^[0.]*/, "").replace(".", "").length;

  /** Whether an answer is the value to the digits it has, at least two of them. */
  function agrees(text, typed, value) {
    if (typed === value) return true;
    if (text.includes("/")) return Math.abs(typed - value) <= 1e-9 * Math.abs(value);
    const digits = digitsOf(text);
    if (digits < 2) return false;
    return Number(value.toPrecision(Math.min(100, digits))) === typed || Math.abs(typed - value) <= 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  }

  /** Which steps were answered, in this browser alone. */
  function keep(title, number) {
    try {
      const known = new Set(JSON.parse(localStorage.getItem(`scalarnn ${title}`) || "[]"));
      localStorage.setItem(`scalarnn ${title}`, JSON.stringify([...known.add(number)]));
    } catch { /* a browser that keeps nothing */ }
  }

  Object.assign(globalThis.scalarnn, { Asking, agrees, digitsOf });
})();
