/* Loaded only where numbers are printed in full: links and forms of this site keep that choice. Without it the switch stands on each page. */
(function () {
  "use strict";
  var ELSEWHERE = /^\/(static|media|admin|zh-hans\/admin)\//;

  function carry(link) {
    var url = new URL(link.getAttribute("href"), location.href); /* of a link in a picture, href is an object */
    if (url.origin !== location.origin || link.hasAttribute("data-numbers-short") || link.hasAttribute("download")) return;
    if (ELSEWHERE.test(url.pathname) || url.searchParams.has("numbers")) return;
    if (url.pathname === location.pathname && url.search === location.search) return;
    link.setAttribute("href", url.pathname + url.search + (url.search ? "&" : "?") + "numbers=full" + url.hash);
  }

  ["pointerdown", "focusin", "click"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var link = event.target.closest && event.target.closest("a[href]");
      if (link) carry(link);
    }, true);
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "get" || form.elements.numbers) return;
    var field = document.createElement("input");
    field.type = "hidden";
    field.name = "numbers";
    field.value = "full";
    form.append(field);
  }, true);
})();
