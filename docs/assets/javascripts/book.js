/* Two things that HTML and CSS cannot do: give the theme's landmarks names of their own,
   and let the keyboard reach what scrolls sideways. */
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
  const boxes = wide.map(([selector]) => selector).join(",");

  function name() {
    for (const [selector, label] of names) {
      for (const element of document.querySelectorAll(selector)) element.setAttribute("aria-label", label);
    }
    document.querySelectorAll(".md-code__nav").forEach((element, at) => {
      element.setAttribute("aria-label", `Code ${at + 1}`);
    });
  }

  function reach(box) {
    const [, label] = wide.find(([selector]) => box.matches(selector));
    if (box.scrollWidth > box.clientWidth + 1) {
      box.tabIndex = 0;
      if (box.localName === "figure") return; // has a role and a caption of its own
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", `${label}, scrolls sideways`);
    } else {
      for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
    }
  }

  /* Only what is near the window is measured: to measure the rest would lay it all out before anyone reads it. */
  const near = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => reach(entry.target)),
    { rootMargin: "100%" },
  );

  const watched = new WeakSet();

  function watch() {
    for (const box of document.querySelectorAll(boxes)) {
      if (!watched.has(box)) near.observe(box);
      watched.add(box);
    }
  }

  function again() {
    for (const box of document.querySelectorAll(boxes)) {
      near.unobserve(box);
      near.observe(box);
    }
  }

  function start() {
    name();
    watch();
    window.addEventListener("resize", again);
    let waiting = false;
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        name();
        watch();
      });
    }).observe(document.body, { childList: true, subtree: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
