/* Tables of the atlas: a field above a long one that leaves the rows with its words, and headings that sort. Without
   this script they are plain tables. The room for the field is there before, so that nothing moves. */
(function () {
  "use strict";

  function filter(table) {
    const field = document.createElement("input");
    field.type = "search";
    field.placeholder = "Filter, such as Keras";
    field.className = "atlas__filter";
    field.setAttribute("aria-label", "Filter this table");
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase().replaceAll("\u00a0", " ");
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
    return field;
  }

  function sortable(table) {
    const rows = [...table.tBodies[0].rows];
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      if (column) for (const row of rows) row.cells[column].dataset.label = heading.textContent; /* where it is a card */
      const button = document.createElement("button");
      button.type = "button";
      button.className = "atlas__sort";
      button.textContent = heading.textContent;
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const before = heading.getAttribute("aria-sort");
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        if (before === "descending") {
          table.tBodies[0].append(...rows); /* the third click: as it was */
          return;
        }
        const sign = before === "ascending" ? -1 : 1;
        heading.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        const text = (row) => row.cells[column].textContent;
        const sorted = [...rows].sort((a, b) => sign * text(a).localeCompare(text(b), "en", { numeric: true }));
        table.tBodies[0].append(...sorted);
      });
    });
  }

  for (const table of document.querySelectorAll(".atlas table")) {
    if (!table.tHead || !table.tBodies.length) continue;
    sortable(table);
    const room = table.closest(".atlas").querySelector(".atlas__room");
    if (room) room.append(filter(table));
  }
})();
