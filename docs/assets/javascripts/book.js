/* Two things HTML and CSS cannot do: give every landmark its own name, and let the keyboard reach what scrolls. */
(function () {
  "use strict";

  const names = [
    ["[data-md-component='search'][role='dialog']", "Search"],
    [".md-search__options", "Search options"],
    [".md-nav--primary", "Chapters"],
    [".md-nav--secondary", "On this page"],
  ];

  function name() {
    for (const [selector, label] of names) {
      for (const element of document.querySelectorAll(selector)) element.setAttribute("aria-label", label);
    }
  }

  const scrolling = ".math__scroll, .picture, .source__lines pre, .md-typeset__scrollwrap";

  function reach() {
    for (const box of document.querySelectorAll(scrolling)) {
      if (box.scrollWidth > box.clientWidth + 1) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", box.dataset.name || "Scrolls sideways");
      } else {
        for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
      }
    }
  }

  function start() {
    name();
    reach();
    window.addEventListener("resize", reach);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
