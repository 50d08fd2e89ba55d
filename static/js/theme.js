/* Light or dark: the reader's choice kept in this browser, else the system's. Runs in the head, so no page flashes. */
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");
  var kept = null;
  try { kept = localStorage.getItem("theme"); } catch (error) { kept = null; }
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;
  root.dataset.script = ""; // shows what works with script alone (.script-only)

  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : system.matches; }

  function show() {
    var paper = getComputedStyle(root).getPropertyValue("--paper").trim();
    document.querySelectorAll("meta[name=theme-color]").forEach(function (meta) { if (paper) meta.content = paper; });
    var button = document.querySelector("#theme button");
    if (button) button.textContent = isDark() ? button.dataset.light : button.dataset.dark;
    document.dispatchEvent(new CustomEvent("themechange"));
  }

  document.addEventListener("DOMContentLoaded", function () {
    var holder = document.getElementById("theme");
    if (!holder) return;
    holder.hidden = false;
    show();
    holder.querySelector("button").addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch (error) { /* private window: the choice lasts for this page */ }
      show();
    });
    system.addEventListener("change", show);
  });
})();
