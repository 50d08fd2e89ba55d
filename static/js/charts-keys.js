/* Arrow keys walk a chart's points; each is shown and said. Up and down change the series, on a scatter the height. */
(function () {
  "use strict";

  function sentence(data, series, point, x) {
    var height = window.ChartPaint.height(point);
    if (data.type === "scatter") {
      return (point.name || series.name) + ": " + (point.label || [point.x + " " + (data.x_unit || ""), point.y + " " + (data.y_unit || "")].join(", "));
    }
    var value = height === null ? (point && point.label) || "–" : point.label || String(point.y);
    var head = data.type === "bar" && data.series.length === 1 ? x : series.name + ", " + x;
    return head + ": " + value + (data.unit && height !== null ? " " + data.unit : "");
  }

  /* Every point of a scatter in the order of one axis. */
  function inOrder(chart, axis) {
    var found = [];
    chart.data.datasets.forEach(function (dataset, s) {
      dataset.data.forEach(function (point, i) { found.push({ s: s, i: i, at: point[axis] }); });
    });
    return found.sort(function (a, b) { return a.at - b.at || a.s - b.s || a.i - b.i; });
  }

  function scatterStep(chart, at, key) {
    var axis = key === "ArrowUp" || key === "ArrowDown" ? "y" : "x";
    var order = inOrder(chart, axis);
    if (key === "Home" || !at) return order[0];
    if (key === "End") return order[order.length - 1];
    var now = order.findIndex(function (one) { return one.s === at.s && one.i === at.i; });
    var by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[key];
    return by && order[Math.min(order.length - 1, Math.max(0, now + by))];
  }

  function gridStep(chart, data, at, key) {
    var along = data.type === "bar" ? { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 } : { ArrowRight: 1, ArrowLeft: -1 };
    var across = data.type !== "bar" && data.series.length > 1 ? { ArrowDown: 1, ArrowUp: -1 } : {};
    var last = chart.data.labels.length - 1;
    var s = at ? at.s : 0;
    var i = at ? at.i : 0;
    if (key in along) return { s: s, i: at ? Math.min(last, Math.max(0, i + along[key])) : 0 };
    if (key in across) return { s: (s + across[key] + data.series.length) % data.series.length, i: i };
    if (key === "Home") return { s: s, i: 0 };
    return key === "End" ? { s: s, i: last } : null;
  }

  function listen(figure, canvas, data, current) {
    var live = figure.querySelector("[data-chart-live]");
    var at = null;
    canvas.tabIndex = 0;

    function show(chart, active) {
      chart.setActiveElements(active);
      chart.tooltip.setActiveElements(active, { x: 0, y: 0 });
      chart.update("none");
    }

    canvas.addEventListener("focus", function () { live.textContent = canvas.dataset.hint || ""; });
    canvas.addEventListener("blur", function () { at = null; live.textContent = ""; show(current(), []); });
    canvas.addEventListener("keydown", function (event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      var chart = current();
      if (event.key === "Enter" && at) {
        window.ChartPaint.follow(chart.data.datasets[at.s].source[at.i]);
        return;
      }
      var next = data.type === "scatter" ? scatterStep(chart, at, event.key) : gridStep(chart, data, at, event.key);
      if (!next) return;
      at = next;
      var point = chart.data.datasets[at.s].source[at.i];
      show(chart, window.ChartPaint.height(point) === null ? [] : [{ datasetIndex: at.s, index: at.i }]);
      live.textContent = sentence(data, data.series[at.s], point, (chart.data.labels || [])[at.i]);
      event.preventDefault();
    });
  }

  window.ChartKeys = { listen: listen, sentence: sentence };
})();
