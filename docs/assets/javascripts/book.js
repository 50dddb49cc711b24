/* Five things that HTML and CSS cannot do: give the theme's landmarks names of their own, let the keyboard reach
   what scrolls sideways, print folded answers behind everything else, fetch the player where it is needed, and search
   for words that no key has typed. */
(function () {
  "use strict";

  const names = [
    ["[data-md-component='search']", "Search"],
    [".md-search__options", "Search options"],
    [".md-nav--primary", "Chapters"],
    [".md-nav--secondary", "On this page"],
  ];
  const wide = [
    [".math__scroll", "Formula"],
    [".picture", "Picture"],
    [".highlight pre", "Code"],
    [".md-typeset__scrollwrap", "Table"],
  ];
  const ours = "scalar-player, scalar-training, scalar-paths, scalar-python"; /* nothing of the theme is in there */
  const boxes = wide.map(([selector]) => selector).join(",");

  function name() {
    for (const [selector, label] of names) {
      for (const element of document.querySelectorAll(selector)) element.setAttribute("aria-label", label);
    }
    document.querySelectorAll(".md-code__nav").forEach((element, at) => {
      element.setAttribute("aria-label", `Code ${at + 1}`);
    });
  }

  /* Parts of a table of contents that are called the same, but for capitals. */
  function tellApart() {
    for (const list of document.querySelectorAll(".md-nav--primary, .md-nav--secondary")) {
      const counts = {};
      for (const part of list.querySelectorAll(".md-nav[aria-label]")) {
        const label = part.getAttribute("aria-label");
        const key = label.toLowerCase();
        counts[key] = (counts[key] || 0) + 1;
        if (counts[key] > 1) part.setAttribute("aria-label", `${label}, ${counts[key]}`);
      }
    }
  }

  function reach(box) {
    const [, label] = wide.find(([selector]) => box.matches(selector));
    const first = box.querySelector("tr > :first-child");
    box.classList.toggle("keeps-first", !!first && first.offsetWidth < box.clientWidth * 0.45);
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      if (box.localName === "figure") return; /* has a role and a caption of its own */
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", `${label}, scrolls sideways`);
    } else {
      for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
    }
  }

  /* A picture that is wider than its box brings a step into its middle. */
  function bring(picture, step, behavior) {
    if (picture.scrollWidth <= picture.clientWidth + 1) return;
    const drawn = picture.querySelector(`svg .picture__step[style*="--step:${step}"]`);
    if (!drawn) return;
    const [part, box] = [drawn, picture].map((one) => one.getBoundingClientRect());
    const left = picture.scrollLeft + (part.left + part.right - box.left - box.right) / 2;
    picture.scrollTo({ left, behavior });
  }

  function follow(chosen) {
    const picture = chosen.closest(".picture--steps");
    if (picture && chosen.value > 0) bring(picture, chosen.value, "auto");
  }

  /* While it plays it goes along, unless the reader takes hold of it. */
  const along = new WeakSet();

  function goAlong(picture) {
    if (along.has(picture)) return;
    along.add(picture);
    let [reached, held] = [0, false];
    const hold = () => (held = true);
    for (const kind of ["pointerdown", "wheel"]) picture.addEventListener(kind, hold, { once: true, passive: true });
    const look = setInterval(() => {
      if (held || !picture.getAnimations().some((one) => one.playState === "running")) {
        clearInterval(look);
        along.delete(picture);
        return;
      }
      const step = Math.round(getComputedStyle(picture).getPropertyValue("--picture-at"));
      if (step !== reached) bring(picture, step, "smooth");
      reached = step;
    }, 150);
  }

  /* To measure a box lays it out, also one out of sight: so a few at a time, when the browser has nothing else to do. */
  const idle = window.requestIdleCallback || ((work) => setTimeout(() => work({ timeRemaining: () => 8 }), 50));
  const queue = new Set();

  function measure(deadline) {
    for (const box of queue) {
      queue.delete(box);
      reach(box);
      if (deadline.timeRemaining() < 4) break;
    }
    if (queue.size) idle(measure);
  }

  function enqueue(found) {
    if (!queue.size) idle(measure);
    for (const box of found) queue.add(box);
  }

  const seen = new WeakSet();

  function watch() {
    const found = [...document.querySelectorAll(boxes)].filter((box) => !seen.has(box));
    if (found.length) enqueue(found);
    found.forEach((box) => seen.add(box));
  }

  /* On paper an answer that is folded stays folded, whatever the theme opens; its text follows on a page of its own. */
  function collectAnswers() {
    const folded = document.querySelectorAll(".md-content details.answer:not([open])");
    if (!folded.length || document.querySelector(".answers")) return;
    const answers = document.createElement("section");
    answers.className = "answers";
    answers.append(Object.assign(document.createElement("h2"), { textContent: "Answers" }));
    for (const details of folded) {
      details.classList.add("answer--folded");
      const answer = answers.appendChild(document.createElement("div"));
      const question = details.previousElementSibling && details.previousElementSibling.querySelector("strong");
      if (question) answer.append(question.cloneNode(true));
      answer.append(...[...details.children].slice(1).map((part) => part.cloneNode(true))); /* the first is "Answer" */
      for (const part of answer.querySelectorAll("[id]")) part.removeAttribute("id");
    }
    folded[0].closest(".md-content__inner").append(answers);
  }

  function removeAnswers() {
    for (const answers of document.querySelectorAll(".answers")) answers.remove();
    for (const details of document.querySelectorAll(".answer--folded")) details.classList.remove("answer--folded");
  }

  /* The player, where a page has one. */
  const here = document.currentScript.src;

  function bringPlayer() {
    const more = document.querySelector("scalar-bench, scalar-training, scalar-paths");
    const python = document.querySelector("scalar-python");
    if (!more && !python && !document.querySelector("scalar-player")) return;
    for (const name of ["player.js", ...(more ? ["bench.js"] : []), ...(python ? ["live.js"] : [])]) {
      document.head.append(Object.assign(document.createElement("script"), { src: new URL(name, here).href, async: false }));
    }
  }

  function start() {
    bringPlayer();
    tellApart();
    name();
    watch();
    document.addEventListener("change", (event) => follow(event.target));
    document.addEventListener("input", ({ target }) => {
      if (target.matches(".md-search__input")) target.dispatchEvent(new KeyboardEvent("keyup")); /* it listens to that */
    });
    document.addEventListener("animationstart", (event) => {
      if (event.target.matches(".picture--steps")) goAlong(event.target);
    });
    for (const picture of document.querySelectorAll(".picture--steps")) goAlong(picture);
    window.addEventListener("resize", () => enqueue(document.querySelectorAll(boxes)));
    document.addEventListener("toggle", (event) => enqueue(event.target.querySelectorAll(boxes)), true);
    let waiting = false;
    new MutationObserver((changes) => {
      if (waiting || changes.every(({ target }) => target.closest(ours))) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        name();
        watch();
      });
    }).observe(document.body, { childList: true, subtree: true });
  }

  /* Now, and not when the page has loaded: the theme does so then, and would open them first. */
  window.addEventListener("beforeprint", collectAnswers);
  window.addEventListener("afterprint", removeAnswers);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
