/* Charts drawn by Chart.js over the picture the server made. Each figure[data-chart] holds its data as JSON:
   {type: "bar" | "line" | "slope", labels: [], unit, y_title, highlight: [names], annotations: [{x, label, number}],
    series: [{name, marker, points: [{x, y, low, high, label, url, kind: "exact" | "bound_low" | "bound_high" | "range" | "estimate" | "absent"}]}]}
   Colours come from the page's custom properties at the moment of drawing; nothing is drawn for what is absent. */
(function () {
  "use strict";
  var Chart = window.Chart;
  if (!Chart) return;
  var MARKERS = ["circle", "rect", "triangle", "rectRot", "star", "crossRot", "cross", "rectRounded", "dash", "line"];
  var OPEN = { bound_low: true, bound_high: true, estimate: true, range: true };
  var charts = new Map();

  function token(name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); }

  function palette() {
    var colours = { series: [] };
    ["paper", "raised", "ink", "muted", "hairline", "rule", "accent", "bar"].forEach(function (name) { colours[name] = token(name); });
    for (var i = 1; i <= 10; i += 1) colours.series.push(token("c" + i));
    return colours;
  }

  /* Years keep their distance: 2019, 2020, 2023 become five places, two of them empty. */
  function places(labels) {
    var years = labels.map(Number);
    var first = Math.min.apply(null, years);
    var last = Math.max.apply(null, years);
    if (!labels.length || !labels.every(function (label) { return /^\d{4}$/.test(label); }) || last - first > 60) return labels;
    return Array.from({ length: last - first + 1 }, function (_, i) { return String(first + i); });
  }

  function height(point) {
    if (!point || point.kind === "absent") return null;
    if (point.y !== null && point.y !== undefined) return point.y;
    if (point.low !== null && point.low !== undefined && point.high !== null && point.high !== undefined) return (point.low + point.high) / 2;
    return point.low !== undefined && point.low !== null ? point.low : point.high === undefined ? null : point.high;
  }

  function pointAt(series, x) { return series.points.find(function (point) { return String(point.x) === String(x); }) || null; }

  function numbers(data) {
    var values = [];
    data.series.forEach(function (series) {
      series.points.forEach(function (point) {
        [height(point), point.low, point.high].forEach(function (value) { if (typeof value === "number") values.push(value); });
      });
    });
    return values;
  }

  function formatter(values) {
    var lang = document.documentElement.lang;
    var chinese = lang.indexOf("zh") === 0;
    var large = Math.max.apply(null, values.concat(0)) >= (chinese ? 1e5 : 1e6);
    var format = new Intl.NumberFormat(lang, large ? { notation: "compact", maximumFractionDigits: 1 } : { maximumFractionDigits: 2 });
    return function (value) { return format.format(value); };
  }

  function sentence(data, series, point, x) {
    var value = !point || height(point) === null ? (point && point.label) || "–" : point.label || String(point.y);
    var head = data.type === "bar" && data.series.length === 1 ? x : series.name + ", " + x;
    return head + ": " + value + (data.unit && height(point) !== null ? " " + data.unit : "");
  }

  function clip(context, text, width) {
    if (context.measureText(text).width <= width) return text;
    while (text.length > 1 && context.measureText(text + "…").width > width) text = text.slice(0, -1);
    return text + "…";
  }

  function arrow(context, x, y, dx, dy) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + dx * 14, y + dy * 14);
    context.moveTo(x + dx * 14 - (dx ? dx * 4 : 4), y + dy * 14 - (dy ? dy * 4 : 4));
    context.lineTo(x + dx * 14, y + dy * 14);
    context.lineTo(x + dx * 14 - (dx ? dx * 4 : -4), y + dy * 14 - (dy ? dy * 4 : -4));
    context.stroke();
  }

  /* Arrows for bounds, whiskers for ranges, names at line ends, values at bar ends. */
  function drawMarks(chart, data, colours) {
    var context = chart.ctx;
    var ends = [];
    context.save();
    chart.data.datasets.forEach(function (dataset, d) {
      var series = data.series[d];
      var last = null;
      chart.getDatasetMeta(d).data.forEach(function (element, i) {
        var point = dataset.source[i];
        if (data.type === "bar") { barEnd(chart, data, colours, element, point, dataset.strong[i]); return; }
        if (height(point) === null) return;
        last = { element: element, index: i };
        context.strokeStyle = dataset.borderColor;
        context.lineWidth = 2;
        var up = chart.scales.y.options.reverse ? 1 : -1;
        if (point.kind === "bound_low") arrow(context, element.x, element.y + up * 6, 0, up);
        if (point.kind === "bound_high") arrow(context, element.x, element.y - up * 6, 0, -up);
        if (typeof point.low === "number" && typeof point.high === "number" && point.low !== point.high) {
          context.beginPath();
          context.moveTo(element.x, chart.scales.y.getPixelForValue(point.low));
          context.lineTo(element.x, chart.scales.y.getPixelForValue(point.high));
          context.stroke();
        }
      });
      if (last) ends.push({ name: series.name, x: last.element.x + 12, y: last.element.y, colour: dataset.borderColor === colours.rule ? colours.muted : dataset.borderColor });
    });
    spread(ends, chart.chartArea.bottom - 4);
    context.textBaseline = "middle";
    context.font = "600 13px " + Chart.defaults.font.family;
    ends.forEach(function (end) {
      var words = clip(context, end.name, chart.width - end.x - 2);
      context.lineWidth = 4;
      context.strokeStyle = colours.paper;
      context.strokeText(words, end.x, end.y);
      context.fillStyle = end.colour;
      context.fillText(words, end.x, end.y);
    });
    context.restore();
  }

  /* Names that would cover each other move apart; only those that end at the same place. */
  function spread(ends, bottom) {
    var columns = {};
    ends.forEach(function (end) { var key = Math.round(end.x / 60); (columns[key] = columns[key] || []).push(end); });
    Object.values(columns).forEach(function (column) {
      column.sort(function (a, b) { return a.y - b.y; });
      column.forEach(function (end, i) { if (i) end.y = Math.max(end.y, column[i - 1].y + 16); });
      for (var i = column.length - 1; i >= 0; i -= 1) column[i].y = Math.min(column[i].y, i === column.length - 1 ? bottom : column[i + 1].y - 16);
    });
  }

  function barEnd(chart, data, colours, element, point, strong) {
    var context = chart.ctx;
    var absent = height(point) === null;
    var zero = chart.scales.x.getPixelForValue(0);
    var x = absent ? zero : Math.max(element.x, zero);
    context.strokeStyle = strong;
    context.lineWidth = 2;
    if (!absent && point.kind === "bound_low") { arrow(context, x, element.y, 1, 0); x += 16; }
    if (!absent && point.kind === "bound_high") { arrow(context, x - 4, element.y, -1, 0); }
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.font = "13px " + Chart.defaults.font.family;
    context.fillStyle = absent ? colours.muted : colours.ink;
    var words = point && point.label ? point.label : absent ? "–" : String(point.y);
    context.fillText(clip(context, words, chart.width - x - 8), x + 6, element.y);
  }

  function lineData(data, colours, labels) {
    return data.series.map(function (series, s) {
      var only = data.highlight && data.highlight.length;
      var marked = !only || data.highlight.indexOf(series.name) >= 0;
      var colour = marked ? colours.series[(only ? data.highlight.indexOf(series.name) : s) % 10] : colours.rule;
      var source = labels.map(function (x) { return pointAt(series, x); });
      return {
        label: series.name, source: source, data: source.map(height), spanGaps: false, order: marked ? 0 : 1,
        borderColor: colour, borderWidth: marked ? 2.25 : 1.25, tension: 0,
        pointStyle: series.marker || MARKERS[s % MARKERS.length], pointHoverRadius: 7, pointBorderColor: colour, pointBorderWidth: 2, pointHitRadius: 14,
        pointRadius: source.map(function (point) { return point && point.kind === "range" ? 0 : marked ? 5 : 3.5; }),
        pointBackgroundColor: source.map(function (point) { return point && OPEN[point.kind] ? colours.paper : colour; }),
        pointHoverBackgroundColor: colour,
        segment: { borderDash: function (part) {
          return [part.p0DataIndex, part.p1DataIndex].some(function (i) { return source[i] && source[i].kind !== "exact"; }) ? [5, 4] : undefined;
        } }
      };
    });
  }

  function barData(data, colours, labels) {
    return data.series.map(function (series, s) {
      var source = labels.map(function (x) { return pointAt(series, x); });
      var strong = labels.map(function (x) {
        if (data.highlight && data.highlight.indexOf(x) >= 0) return colours.accent;
        return data.series.length > 1 ? colours.series[s % 10] : colours.bar;
      });
      return {
        label: series.name, source: source, strong: strong, data: source.map(height), maxBarThickness: 18, categoryPercentage: 0.9, barPercentage: 0.8,
        backgroundColor: source.map(function (point, i) { return point && OPEN[point.kind] ? colours.paper : strong[i]; }),
        borderColor: strong, borderWidth: source.map(function (point) { return point && OPEN[point.kind] ? 1.5 : 0; }), borderSkipped: false
      };
    });
  }

  function flags(data, colours) {
    var lines = {};
    (data.annotations || []).forEach(function (event, i) {
      lines["event" + i] = {
        type: "line", scaleID: "x", value: String(event.x), borderColor: colours.rule, borderWidth: 1, borderDash: [2, 3], drawTime: "beforeDatasetsDraw",
        label: { display: true, content: String(event.number), position: "end", backgroundColor: colours.paper, color: colours.ink, borderColor: colours.ink, borderWidth: 1,
          borderRadius: 9, padding: { x: 6, y: 3 }, font: { size: 11, weight: "600" } }
      };
    });
    return lines;
  }

  function options(data, colours, box) {
    var values = numbers(data);
    var format = formatter(values);
    var bar = data.type === "bar";
    var slope = data.type === "slope";
    var largest = Math.max.apply(null, values);
    var measure = document.createElement("canvas").getContext("2d");
    measure.font = "600 13px " + Chart.defaults.font.family;
    var texts = bar ? [].concat.apply([], data.series.map(function (series) { return series.points.map(function (point) { return point.label || ""; }); }))
      : data.series.map(function (series) { return series.name; });
    var room = Math.min(box.clientWidth * (bar ? 0.28 : 0.36), 18 + Math.max.apply(null, texts.map(function (text) { return measure.measureText(text).width; }).concat(0)));
    measure.font = "13px " + Chart.defaults.font.family;
    var short = function (_, i) { return clip(measure, String(this.getLabelForValue(i)), Math.max(72, box.clientWidth * 0.32)); };
    var quiet = { grid: { display: false }, border: { color: colours.rule }, ticks: { color: colours.muted, maxRotation: 0, autoSkipPadding: 16 } };
    var grid = { color: function (line) { return line.tick && line.tick.value === 0 ? colours.rule : colours.hairline; }, drawTicks: false };
    var value = { beginAtZero: true, grid: grid, border: { display: false },
      ticks: { color: colours.muted, padding: 8, maxTicksLimit: 6, callback: format } };
    if (slope) Object.assign(value, { reverse: true, beginAtZero: false, min: 0.5, max: largest + 0.5, grid: { display: false },
      afterBuildTicks: function (scale) { scale.ticks = Array.from({ length: largest }, function (_, i) { return { value: i + 1 }; }); },
      ticks: { color: colours.muted, padding: 10, autoSkip: true, callback: function (tick) { return String(tick); } } });
    return {
      animation: false, responsive: true, maintainAspectRatio: false, indexAxis: bar ? "y" : "x", events: ["mousemove", "mouseout", "click", "touchstart"],
      layout: { padding: { right: bar ? room + 18 : room, top: bar ? 6 : 24, left: slope ? 4 : 0 } }, interaction: { mode: "nearest", axis: bar ? "y" : "xy", intersect: false },
      scales: bar ? { x: Object.assign(value, { ticks: Object.assign(value.ticks, { maxTicksLimit: 4 }) }), y: Object.assign(quiet, { ticks: { color: colours.ink, autoSkip: false, font: { size: 13 }, callback: short } }) } : { x: quiet, y: value },
      onClick: function (event, found, chart) {
        var point = found.length && chart.data.datasets[found[0].datasetIndex].source[found[0].index];
        if (point && point.url && new URL(point.url, location.href).origin === location.origin) location.assign(point.url);
      },
      onHover: function (event, found, chart) {
        var point = found.length && chart.data.datasets[found[0].datasetIndex].source[found[0].index];
        chart.canvas.classList.toggle("is-link", Boolean(point && point.url));
      },
      plugins: {
        legend: { display: false }, annotation: { annotations: flags(data, colours) },
        tooltip: { backgroundColor: colours.ink, titleColor: colours.paper, bodyColor: colours.paper, displayColors: false, cornerRadius: 2, padding: 8, caretSize: 5,
          callbacks: { title: function () { return ""; }, label: function (item) { return sentence(data, data.series[item.datasetIndex], item.dataset.source[item.dataIndex], item.label); } } }
      }
    };
  }

  function draw(figure) {
    var data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    var canvas = figure.querySelector("canvas");
    var picture = figure.querySelector(".chart-svg");
    var colours = palette();
    var labels = data.type === "line" ? places(data.labels.map(String)) : data.labels.map(String);
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    if (charts.has(figure)) charts.get(figure).destroy();
    if (picture) picture.hidden = true;
    canvas.hidden = false;
    var chart = new Chart(canvas, {
      type: data.type === "bar" ? "bar" : "line",
      data: { labels: labels, datasets: data.type === "bar" ? barData(data, colours, labels) : lineData(data, colours, labels) },
      options: options(data, colours, figure.querySelector(".chart-box")),
      plugins: [{ id: "marks", afterDatasetsDraw: function (drawn) { drawMarks(drawn, data, colours); } }]
    });
    if (!charts.has(figure)) listen(figure, canvas, data);
    charts.set(figure, chart);
    figure.dataset.ready = "true";
  }

  /* Arrow keys walk the points; each is shown and said. Up and down change the series where there are several. */
  function listen(figure, canvas, data) {
    var live = figure.querySelector("[data-chart-live]");
    var at = null;
    canvas.tabIndex = 0;
    function show(chart, s, i) {
      var length = chart.data.labels.length;
      at = { s: (s + data.series.length) % data.series.length, i: Math.min(length - 1, Math.max(0, i)) };
      var active = [{ datasetIndex: at.s, index: at.i }];
      var dataset = chart.data.datasets[at.s];
      var empty = dataset.data[at.i] === null;
      chart.setActiveElements(empty ? [] : active);
      chart.tooltip.setActiveElements(empty ? [] : active, { x: 0, y: 0 });
      chart.update("none");
      live.textContent = sentence(data, data.series[at.s], dataset.source[at.i], chart.data.labels[at.i]);
    }
    canvas.addEventListener("focus", function () { live.textContent = canvas.dataset.hint || ""; });
    canvas.addEventListener("blur", function () {
      var chart = charts.get(figure);
      at = null; live.textContent = "";
      chart.setActiveElements([]); chart.tooltip.setActiveElements([], { x: 0, y: 0 }); chart.update("none");
    });
    canvas.addEventListener("keydown", function (event) {
      var chart = charts.get(figure);
      var along = data.type === "bar" ? { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 } : { ArrowRight: 1, ArrowLeft: -1 };
      var across = data.type !== "bar" && data.series.length > 1 ? { ArrowDown: 1, ArrowUp: -1 } : {};
      if (event.key in along) show(chart, at ? at.s : 0, at ? at.i + along[event.key] : 0);
      else if (event.key in across) show(chart, (at ? at.s : 0) + across[event.key], at ? at.i : 0);
      else if (event.key === "Home") show(chart, at ? at.s : 0, 0);
      else if (event.key === "End") show(chart, at ? at.s : 0, chart.data.labels.length - 1);
      else if (event.key === "Enter" && at) {
        var point = chart.data.datasets[at.s].source[at.i];
        if (point && point.url) location.assign(point.url);
      } else return;
      event.preventDefault();
    });
  }

  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      near.unobserve(entry.target);
      draw(entry.target);
    });
  }, { rootMargin: "300px" });
  document.querySelectorAll("figure[data-chart]").forEach(function (figure) { near.observe(figure); });

  function again() { charts.forEach(function (_, figure) { draw(figure); }); }
  document.addEventListener("themechange", again);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  window.addEventListener("beforeprint", function () { charts.forEach(function (chart) { chart.resize(); }); });
})();
