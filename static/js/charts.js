/* Charts drawn by Chart.js over the picture the server made. Each figure[data-chart] holds its data as JSON:
   {type: "bar" | "line" | "slope" | "scatter", labels: [], unit, x_unit, y_unit, highlight: [names], annotations: [{at, number}],
    series: [{name, colour, points: [{x, y, low, high, label, name, url, kind: "exact" | "bound_low" | "bound_high" | "range" | "estimate" | "absent"}]}]}
   `at` counts places of the axis from the first. A slope with several years is a bump chart. Colours come from the page's custom properties at the
   moment of drawing; nothing is drawn for what is absent. */
(function () {
  "use strict";
  var Chart = window.Chart;
  var paint = window.ChartPaint;
  if (!Chart || !paint) return;
  var charts = new Map();

  /* Years keep their distance: 2019, 2020, 2023 become five places, two of them empty. */
  function places(labels) {
    var years = labels.map(Number);
    var first = Math.min.apply(null, years);
    var last = Math.max.apply(null, years);
    if (!labels.length || !labels.every(function (label) { return /^\d{4}$/.test(label); }) || last - first > 60) return labels;
    return Array.from({ length: last - first + 1 }, function (_, i) { return String(first + i); });
  }

  function pointAt(series, x) { return series.points.find(function (point) { return String(point.x) === String(x); }) || null; }

  function numbers(data, of) {
    var values = [];
    data.series.forEach(function (series) {
      series.points.forEach(function (point) {
        (of === "x" ? [point.x] : [paint.height(point), point.low, point.high]).forEach(function (value) { if (typeof value === "number") values.push(value); });
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

  function look(data, series, s, colours) {
    var only = data.highlight && data.highlight.length && data.type !== "scatter";
    var marked = !only || data.highlight.indexOf(series.name) >= 0;
    var slot = (only ? Math.max(0, data.highlight.indexOf(series.name)) : series.colour ? series.colour - 1 : s) % 10;
    return { colour: marked ? colours.series[slot] : data.type === "slope" ? colours.bar : colours.rule, shape: marked ? slot : 0, quiet: !marked };
  }

  function lineData(data, colours, labels) {
    return data.series.map(function (series, s) {
      var source = labels.map(function (x) { return pointAt(series, x); });
      var own = look(data, series, s, colours);
      return {
        label: series.name, source: source, data: source.map(paint.height), spanGaps: false, order: own.quiet ? 1 : 0, shape: own.shape, quiet: own.quiet,
        borderColor: own.colour, borderWidth: own.quiet ? 1.25 : 2.25, tension: 0, pointRadius: 0, pointHoverRadius: 0, pointHitRadius: 14,
        segment: { borderDash: function (part) {
          return [part.p0DataIndex, part.p1DataIndex].some(function (i) { return source[i] && paint.OPEN[source[i].kind]; }) ? [5, 4] : undefined;
        } }
      };
    });
  }

  function scatterData(data, colours) {
    return data.series.map(function (series, s) {
      var own = look(data, series, s, colours);
      var source = series.points.filter(function (point) { return typeof point.x === "number" && paint.height(point) !== null; });
      return { label: series.name, source: source, data: source.map(function (point) { return { x: point.x, y: paint.height(point) }; }),
        shape: own.shape, quiet: false, borderColor: own.colour, pointRadius: 0, pointHoverRadius: 0, pointHitRadius: 14 };
    });
  }

  function barData(data, colours, labels) {
    return data.series.map(function (series, s) {
      var source = labels.map(function (x) { return pointAt(series, x); });
      var strong = labels.map(function (x) {
        if (data.highlight && data.highlight.indexOf(x) >= 0) return colours.accent;
        return data.series.length > 1 ? colours.series[s % 10] : colours.bar;
      });
      var hollow = source.map(function (point) { return Boolean(point && paint.OPEN[point.kind] && point.kind !== "bound_low"); });
      return {
        label: series.name, source: source, strong: strong, maxBarThickness: 18, categoryPercentage: 0.9, barPercentage: 0.8, borderSkipped: false,
        data: source.map(function (point) {
          return point && point.kind === "range" && typeof point.low === "number" && typeof point.high === "number" ? [point.low, point.high] : paint.height(point);
        }),
        backgroundColor: strong.map(function (colour, i) { return hollow[i] ? colours.paper : colour; }),
        borderColor: strong, borderWidth: hollow.map(function (is) { return is ? 1.5 : 0; })
      };
    });
  }

  /* How much room the longest name or value takes at the right of the plot. */
  function sideRoom(data, box) {
    var bar = data.type === "bar";
    var measure = document.createElement("canvas").getContext("2d");
    measure.font = "600 13px " + Chart.defaults.font.family;
    var texts = data.type === "scatter" ? [] : bar ? [].concat.apply([], data.series.map(function (series) { return series.points.map(function (point) { return point.label || ""; }); }))
      : data.series.map(function (series) { return series.name; });
    return Math.min(box.clientWidth * (bar ? 0.28 : 0.36), 18 + Math.max.apply(null, texts.map(function (text) { return measure.measureText(text).width; }).concat(0)));
  }

  function scales(data, colours, box, flagRows) {
    var values = numbers(data);
    var largest = Math.max.apply(null, values);
    var measure = document.createElement("canvas").getContext("2d");
    measure.font = "13px " + Chart.defaults.font.family;
    var short = function (_, i) { return paint.clip(measure, String(this.getLabelForValue(i)), Math.max(72, box.clientWidth * (box.clientWidth < 500 ? 0.42 : 0.32))); };
    var below = flagRows.length ? Math.ceil((19 * (1 + Math.max.apply(null, flagRows.map(function (flag) { return flag.row; })))) / 14.4) : 0;
    var lowered = function (_, i) { return below ? Array(below).fill("").concat(this.getLabelForValue(i)) : this.getLabelForValue(i); };
    var quiet = { grid: { display: false }, offset: flagRows.length > 0, border: { color: colours.rule },
      ticks: { color: colours.muted, maxRotation: 0, autoSkipPadding: 16, callback: lowered } };
    var grid = { color: function (line) { return line.tick && line.tick.value === 0 ? colours.rule : colours.hairline; }, drawTicks: false };
    var value = { beginAtZero: true, grid: grid, border: { display: false }, ticks: { color: colours.muted, padding: 8, maxTicksLimit: 6, callback: formatter(values) } };
    var title = function (text) { return { display: Boolean(text), text: text, align: "end", color: colours.muted, padding: 4 }; };
    if (data.type === "scatter") {
      var x = { grace: "4%", grid: { display: false }, border: { color: colours.rule }, title: title(data.x_unit),
        ticks: { color: colours.muted, maxRotation: 0, maxTicksLimit: box.clientWidth < 500 ? 4 : 8, callback: formatter(numbers(data, "x")) } };
      return { x: x, y: Object.assign(value, { beginAtZero: false, grace: "4%", title: title(data.y_unit) }) };
    }
    if (data.type === "bar") {
      value.ticks.maxTicksLimit = 4;
      return { x: value, y: Object.assign(quiet, { offset: true, ticks: { color: colours.ink, autoSkip: false, font: { size: 13 }, callback: short } }) };
    }
    if (data.type === "slope") Object.assign(value, { reverse: true, beginAtZero: false, min: 0.5, max: largest + 0.5, grid: { display: false },
      afterBuildTicks: function (scale) { scale.ticks = Array.from({ length: largest }, function (_, i) { return { value: i + 1 }; }); },
      ticks: { color: colours.muted, padding: 10, autoSkip: true, callback: function (tick) { return String(tick); } } });
    return { x: quiet, y: value };
  }

  function flagLines(flagRows, colours) {
    var lines = {};
    flagRows.forEach(function (flag, i) {
      lines["flag" + i] = { type: "line", scaleID: "x", value: flag.at, borderColor: colours.rule, borderWidth: 1, borderDash: [2, 3], drawTime: "beforeDatasetsDraw" };
    });
    return lines;
  }

  function options(data, colours, box, flagRows) {
    var room = sideRoom(data, box);
    var bar = data.type === "bar";
    function under(found, chart) { return found.length ? chart.data.datasets[found[0].datasetIndex].source[found[0].index] : null; }
    return {
      animation: false, responsive: true, maintainAspectRatio: false, indexAxis: bar ? "y" : "x", events: ["mousemove", "mouseout", "click", "touchstart"],
      layout: { padding: { right: bar ? room + 18 : room, top: bar ? 6 : 24, left: data.type === "slope" ? 4 : 0 } },
      interaction: { mode: "nearest", axis: bar ? "y" : "xy", intersect: false },
      scales: scales(data, colours, box, flagRows),
      onClick: function (event, found, chart) {
        var point = under(found, chart);
        paint.follow(point);
      },
      onHover: function (event, found, chart) {
        var point = under(found, chart);
        chart.canvas.classList.toggle("is-link", Boolean(point && point.url));
      },
      plugins: {
        legend: { display: false }, annotation: { annotations: flagLines(flagRows, colours) },
        tooltip: { backgroundColor: colours.ink, titleColor: colours.paper, bodyColor: colours.paper, displayColors: false, cornerRadius: 2, padding: 8, caretSize: 5,
          callbacks: { title: function () { return ""; }, label: function (item) {
            var words = window.ChartKeys.sentence(data, data.series[item.datasetIndex], item.dataset.source[item.dataIndex], item.label);
            return paint.wrap(item.chart.ctx, words, item.chart.width - 40);
          } } }
      }
    };
  }

  function datasets(data, colours, labels) {
    if (data.type === "bar") return barData(data, colours, labels);
    return data.type === "scatter" ? scatterData(data, colours) : lineData(data, colours, labels);
  }

  function draw(figure) {
    var data = JSON.parse(figure.querySelector("script[type='application/json']").textContent);
    var canvas = figure.querySelector("canvas");
    var picture = figure.querySelector(".chart-svg");
    var box = figure.querySelector(".chart-box");
    var colours = paint.palette();
    var labels = data.type === "line" ? places(data.labels.map(String)) : (data.labels || []).map(String);
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 12;
    var before = charts.get(figure);
    if (before) before.destroy();
    if (picture) picture.hidden = true;
    canvas.hidden = false;
    var flagRows = paint.flagRows(data, labels.length, box.clientWidth - sideRoom(data, box) - 44);
    var chart = new Chart(canvas, {
      type: data.type === "bar" || data.type === "scatter" ? data.type : "line",
      data: { labels: data.type === "scatter" ? undefined : labels, datasets: datasets(data, colours, labels) },
      options: options(data, colours, box, flagRows),
      plugins: [{ id: "marks", afterDatasetsDraw: function (drawn) { paint.all(drawn, data, colours, flagRows); } }]
    });
    charts.set(figure, chart);
    figure.dataset.ready = "true";
    figure.dataset.drawnAt = String(box.clientWidth);
    if (before) return;
    window.ChartKeys.listen(figure, canvas, data, function () { return charts.get(figure); });
    sizes.observe(box);
  }

  function again() { charts.forEach(function (_, figure) { draw(figure); }); }

  /* Room for names depends on the width, so a real change of it draws anew; small ones Chart.js follows by itself. */
  var sizes = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      var figure = entry.target.closest("figure");
      var width = entry.target.clientWidth;
      if (width && charts.has(figure) && Math.abs(width - Number(figure.dataset.drawnAt)) > 24) draw(figure);
    });
  });

  var near = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      near.unobserve(entry.target);
      draw(entry.target);
    });
  }, { rootMargin: "300px" });

  /* Charts of the page as it is now; those that left it are forgotten. */
  function lookRound() {
    charts.forEach(function (chart, figure) {
      if (figure.isConnected) return;
      sizes.unobserve(figure.querySelector(".chart-box"));
      chart.destroy();
      charts.delete(figure);
    });
    document.querySelectorAll("figure[data-chart]").forEach(function (figure) { if (!charts.has(figure)) near.observe(figure); });
  }

  lookRound();
  document.addEventListener("contentchange", lookRound);
  document.addEventListener("themechange", again);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  window.addEventListener("beforeprint", function () { charts.forEach(function (chart) { chart.resize(); }); });
})();
