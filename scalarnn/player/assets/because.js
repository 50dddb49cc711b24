/* Why a node or an edge has the gradient that it has: the chain of factors, from it up to the loss. */
(() => {
  "use strict";
  const { resolve, formulaOf, reasonsOf, reasonText, MATH } = globalThis.scalarnn;
  const MOST = 14;

  /** The steps that led to the newest number of a part, that number first.
   * @param {any} player @param {string} key of the part */
  function because(player, key) {
    const found = player.picture.namesOf(key)
      .map((one) => ({ ...one, when: player.known.get(`${one.name}[${one.places}]`) }))
      .filter((one) => one.when !== undefined);
    const wanted = ["of z", "gradient"].map((what) => found.find((one) => one.what === what)).find(Boolean) || found[found.length - 1];
    if (!wanted) return null;
    const chain = [];
    for (let n = wanted.when; n !== undefined && chain.length < MOST;) {
      const stop = player.stops[n];
      chain.push(player.stepAt[n]);
      const slope = slopeOf(player, stop, n);
      if (slope !== undefined) chain.push(player.stepAt[slope]);
      n = causeOf(player, stop, n);
    }
    return { when: wanted.when, chain };
  }

  /** The stop that made the gradient that a stop goes on from. */
  function causeOf(player, stop, n) {
    for (const [name, ...at] of stop.row.slots || []) {
      const found = resolve(stop.frame, stop.env, name, at.map((one) => stop.places[one]));
      const when = found.name.startsWith("dL") ? player.known.get(`${found.name}[${found.places}]`) : undefined;
      if (when !== undefined && when < n) return when;
    }
    return undefined;
  }

  /** The stop that made the slope of the activation that a stop multiplies by, such as ∂a/∂z. */
  function slopeOf(player, stop, n) {
    const name = (stop.row.slots || []).map(([one]) => one).find((one) => /^da_dz|^d[a-z]_dz/.test(one));
    for (let at = n - 1; name && at >= 0; at--) {
      const other = player.stops[at];
      const isIt = other.kind === "step" && (other.frame === stop.frame || other.frame.parent === stop.frame) && other.row.targets[0][0] === name;
      if (isIt) return at;
    }
    return undefined;
  }

  /** A step as an equation, and why it is so. @returns {{ parts: string[], reasons: string[] }} */
  function drawnStep(player, step) {
    const stops = step.stops.map((n) => player.stops[n]);
    const { target, parts } = formulaOf(stops, MATH);
    const reasons = reasonsOf(stops[stops.length - 1]).map((one) => reasonText(one, MATH)).filter(Boolean);
    return { parts: [target, ...parts], reasons };
  }

  Object.assign(globalThis.scalarnn, { because, drawnStep });
})();
