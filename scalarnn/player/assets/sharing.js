/* The reader's numbers taken elsewhere: as an exercise file, as a command, and in a link. */
(() => {
  "use strict";
  const { repr, objection } = globalThis.scalarnn;

  const number = (x) => (Number.isInteger(x) && Math.abs(x) < 1e15 && !Object.is(x, -0) ? String(x) : repr(x));
  const list = (value) => (Array.isArray(value) ? `[${value.map(list).join(", ")}]` : number(value));
  const words = (name) => `"${name.replace(/_/g, " ")}"`;

  /** The exercise file of a program with its numbers of now. @param {any} program a Program */
  function toml(program) {
    const { network, given, activations } = program;
    const lines = [`title = ${JSON.stringify(network.title)}`, `${network.x} = ${list(given[network.x])}`];
    if (network.target) lines.push(`${network.target} = ${list(given[network.target])}`);
    if (network.like) lines.push(`like = "${network.like}"`, 'layout = "W"');
    if (network.loss) lines.push(`loss = ${network.liked ? `"${network.loss}"` : words(network.loss)}`);
    if (network.penalty) lines.push(`penalty = ${words(network.penalty)}`, `strength = ${list(given.strength)}`);
    if (network.optimizer) {
      lines.push(`learning_rate = ${list(given.learning_rate)}`);
      if (network.like) lines.push(`optimizer = "${network.optimizer}"`);
      else if (network.optimizer !== "gradient_descent") lines.push(`optimizer = ${words(network.optimizer)}`);
      for (const name of [...network.settings, "gamma", "decay"]) if (name in given) lines.push(`${name} = ${list(given[name])}`);
      const frozen = network.frozen.filter((name) => name[0] === "W" || network.layers[Number(name.slice(2, -1))].b);
      if (frozen.length) lines.push(`frozen = [${frozen.map((name) => JSON.stringify(name)).join(", ")}]`);
    }
    network.layers.forEach((layer, n) => {
      lines.push("", "[[layer]]", `W = ${list(given[layer.W])}`);
      if (layer.b) lines.push(`b = ${list(given[layer.b])}`);
      if (layer.made) lines.push(`activation = "${layer.said}"`);
      else if (activations[n] !== "identity" && !(network.inside && n === network.layers.length - 1)) lines.push(`activation = ${words(activations[n])}`);
      if (layer.alpha && (layer.made || activations[n] === "leaky_relu")) lines.push(`alpha = ${list(given[layer.alpha])}`);
    });
    return `${lines.join("\n")}\n`;
  }

  /** What differs from the numbers of the page, for a link: x=[1,2]&W0=[[1,2]]&activations=relu,sigmoid. */
  function changes(program) {
    const found = [];
    for (const name in program.given) {
      const text = list(program.given[name]).replace(/ /g, "");
      if (program.network.bench || text !== list(program.network.given[name]).replace(/ /g, "")) found.push(`${name}=${text}`);
    }
    const own = program.network.layers.map((layer) => layer.activation).join(",");
    if (program.activations.join(",") !== own) found.push(`activations=${program.activations.join(",")}`);
    return found;
  }

  /** Takes what a link says into a program, and tells the step and what did not fit. Nothing is run.
   * @returns {{ step: number, refused: string[] }} */
  function take(program, hash) {
    const settings = new URLSearchParams(hash.replace(/^#/, "")); /* a heading's name says nothing: its text is empty */
    const refused = [];
    for (const [name, text] of settings) {
      if (name === "activations") {
        const wanted = text.split(",");
        const fits = wanted.length === program.activations.length && wanted.every((one) => one in globalThis.scalarnn.CLASSES);
        if (fits) Object.assign(program, { activations: wanted }).tell();
        else refused.push(name);
      } else if (name in program.given && !(program.network.fixed || []).includes(name)) {
        const value = read(text);
        const fits = value !== null && shape(value) === shape(program.given[name]) && !objection(program.network, name, value);
        if (fits) program.given[name] = value;
        else refused.push(name);
      } else if (text && name !== "step" && name !== "bench" && name !== "player") refused.push(name);
    }
    return { step: Number(settings.get("step")) || 0, refused };
  }

  /** Which of the players on the page, from 0. @param {any} player */
  const place = (player) => [...document.querySelectorAll("scalar-player")].indexOf(player);

  /** A link to the step where a player is, with its numbers. @param {any} player */
  function linkOf(player) {
    const { bench } = player.program.network;
    const which = [`step=${player.number || 1}`, place(player) && `player=${place(player)}`, bench && `bench=${bench}`];
    return `${location.href.replace(/#.*/, "")}#${[...which, ...changes(player.program)].filter(Boolean).join("&")}`;
  }

  /** What stands in "Take it with you". @param {any} player */
  function shareView(player) {
    const { html } = globalThis.scalarnn;
    const { program } = player;
    const { network, given } = program;
    player.link = html("a", { href: linkOf(player) }, "a link to this step with these numbers");
    const shared = html("p", {}, "And as ", player.link, ".");
    const code = (text) => html("pre", { tabindex: 0 }, html("code", {}, text));
    if (network.work) {
      const own = Object.keys(given).filter((name) => list(given[name]) !== list(network.given[name]));
      const settings = [...Object.entries(network.changed || {}).map(([name, value]) => `--set ${name}=${value}`), ...own.map((name) => `--set '${name}=${list(given[name])}'`)];
      const command = ["python3 -m scalarnn show", network.example, ...settings, "--numbers float --portable"].join(" ");
      player.parts.taken.replaceChildren(...(network.example ? [html("p", {}, "In a terminal, to the same bits:"), code(command)] : []), shared);
      return;
    }
    const file = toml(program);
    const download = html("a", { download: "exercise.toml", href: `data:application/toml;charset=utf-8,${encodeURIComponent(file)}` }, "exercise.toml");
    player.parts.taken.replaceChildren(
      html("p", {}, "The same numbers as an exercise file, ", download, ":"), code(file),
      html("p", {}, "Worked in a terminal, to the same bits:"), code("python3 -m scalarnn show exercise.toml --numbers float --portable"), shared);
  }

  function read(text) {
    try {
      const value = JSON.parse(text);
      return numbers(value) ? value : null;
    } catch {
      return null;
    }
  }

  const numbers = (value) => (Array.isArray(value) ? value.every(numbers) : typeof value === "number");
  const shape = (value) => (Array.isArray(value) ? `[${value.map(shape).join()}]` : "1");

  Object.assign(globalThis.scalarnn, { toml, changes, take, place, linkOf, shareView, list });
})();
