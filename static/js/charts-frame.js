/* Full screen and saving, for every figure.chart; the buttons appear only with this script. Works without Chart.js. */
(function () {
  "use strict";
  if (window.ChartFrame) return; // a page may name this file twice
  window.ChartFrame = true;

  function show() {
    document.querySelectorAll("[data-chart-tools]").forEach(function (tools) {
      tools.hidden = false;
      if (!document.fullscreenEnabled) tools.querySelector("[data-full]").hidden = true;
    });
  }

  function say(figure, words) {
    var live = figure.querySelector("[data-chart-live]");
    if (live) live.textContent = words;
  }

  function fileName(figure, kind) {
    var path = location.pathname.split("/").filter(Boolean);
    return [path[path.length - 1] || "chart", figure.id].join("-") + "." + kind;
  }

  async function save(figure, kind) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(await window.ChartSave[kind](figure));
    link.download = fileName(figure, kind);
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    say(figure, figure.querySelector("[data-chart-live]").dataset.saved + " " + link.download);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-save], [data-full]");
    var figure = button && button.closest("figure.chart");
    if (!figure) return;
    if (button.dataset.save) save(figure, button.dataset.save);
    else if (document.fullscreenElement === figure) document.exitFullscreen();
    else figure.requestFullscreen();
  });

  document.addEventListener("fullscreenchange", function () {
    document.querySelectorAll("[data-full]").forEach(function (button) {
      button.dataset.enter = button.dataset.enter || button.textContent;
      button.textContent = document.fullscreenElement === button.closest("figure") ? button.dataset.full : button.dataset.enter;
    });
  });

  document.addEventListener("contentchange", show);
  show();
})();
