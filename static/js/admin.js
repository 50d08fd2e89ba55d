/* Names what the stock admin leaves nameless to a screen reader: search boxes, and fields in the rows of a table. */
(() => {
  const nameOf = (field) => {
    const label = field.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    if (label) return label.textContent.trim().replace(/:$/, "");
    const cell = field.closest("td[class*='field-']");
    const column = cell && cell.className.match(/field-(\S+)/)[1];
    const head = cell && cell.closest("table").querySelector(`thead .column-${column}`);
    return head ? head.textContent.trim() : "";
  };

  const nameAll = () => {
    for (const field of document.querySelectorAll("#content-main select, #content-main input, #content-main textarea")) {
      const name = nameOf(field);
      if (!name) continue;
      if (field.closest("td")) field.setAttribute("aria-label", name);
      const box = field.nextElementSibling;
      if (box && box.classList.contains("select2")) {
        box.querySelector("[role=combobox]")?.setAttribute("aria-label", name);
        box.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
      }
    }
  };

  window.addEventListener("load", nameAll);
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
