/* Names what the stock admin leaves nameless to a screen reader: search boxes, and fields in the rows of a table. */
(() => {
  const nameOf = (field) => {
    const label = field.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    if (label) return label.textContent.trim().replace(/:$/, "");
    if (field.closest("td.delete")) return field.closest("table").querySelector("thead th:last-child").textContent.trim();
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
        for (const part of box.querySelectorAll("[role=combobox], [role=textbox], .select2-search__field")) {
          part.setAttribute("aria-label", name);
        }
      }
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const content = document.querySelector("#content-main");
    if (!content) return;
    nameAll();
    new MutationObserver(nameAll).observe(content, { childList: true, subtree: true });
  });
})();
