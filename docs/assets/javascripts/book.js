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

  function name() {
    for (const [selector, label] of names) {
      for (const element of document.querySelectorAll(selector)) element.setAttribute("aria-label", label);
    }
    document.querySelectorAll(".md-code__nav").forEach((element, at) => {
      element.setAttribute("aria-label", `Code ${at + 1}`);
    });
  }

  function reach() {
    for (const [selector, label] of wide) {
      for (const box of document.querySelectorAll(selector)) {
        if (box.scrollWidth > box.clientWidth + 1) {
          box.tabIndex = 0;
          box.setAttribute("role", "group");
          box.setAttribute("aria-label", `${label}, scrolls sideways`);
        } else {
          for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
        }
      }
    }
  }

  function start() {
    name();
    reach();
    window.addEventListener("resize", reach);
    new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
