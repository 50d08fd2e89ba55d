/* What the charts' canvases show beside lines and bars: marks, arrows, whiskers, names, values, flags. No state. */
(function () {
  "use strict";
  var OPEN = { bound_low: true, bound_high: true, estimate: true, range: true };
  /* The same ten marks as in indicators/drawing/charts.py. */
  var SHAPES = [
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M-4.5-4.5h9v9h-9z", "M0-5.8 5.6 4.4h-11.2z", "M0-6 6 0 0 6-6 0z", "M0 5.8 5.6-4.4h-11.2z",
    "M0-5.8 5.6-1.8 3.5 4.8h-7L-5.6-1.8z", "M-1.9-5.6h3.8v3.7h3.7v3.8h-3.7v3.7h-3.8v-3.7h-3.7v-3.8h3.7z", "M-5.6 0-2.8-5h5.6l2.8 5-2.8 5h-5.6z",
    "M-5.3-2.6l2.7-2.7L0-2.7l2.6-2.6 2.7 2.7L2.7 0l2.6 2.6-2.7 2.7L0 2.7l-2.6 2.6-2.7-2.7L-2.7 0z", "M0-6.4 1.6-2.2l4.6.2-3.6 2.9 1.2 4.4L0 2.8l-3.8 2.5 1.2-4.4L-6.2-2l4.6-.2z"
  ].map(function (path) { return new Path2D(path); });

  function face() { return window.Chart.defaults.font.family; }

  function token(name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); }

  function palette() {
    var colours = { series: [] };
    ["paper", "raised", "ink", "muted", "hairline", "rule", "accent", "bar"].forEach(function (name) { colours[name] = token(name); });
    for (var i = 1; i <= 10; i += 1) colours.series.push(token("c" + i));
    return colours;
  }

  /* Where a point is drawn; null for what is absent. */
  function height(point) {
    if (!point || point.kind === "absent") return null;
    if (typeof point.y === "number") return point.y;
    if (typeof point.low === "number" && typeof point.high === "number") return (point.low + point.high) / 2;
    return typeof point.low === "number" ? point.low : typeof point.high === "number" ? point.high : null;
  }

  /* To the page of a point, on this site alone. */
  function follow(point) {
    if (point && point.url && new URL(point.url, location.href).origin === location.origin) location.assign(point.url);
  }

  function clip(context, text, width) {
    if (context.measureText(text).width <= width) return text;
    while (text.length > 1 && context.measureText(text + "…").width > width) text = text.slice(0, -1);
    return text + "…";
  }

  /* In as many rows as the width asks for, at most three; Chinese breaks between any two characters. */
  function wrap(context, text, width) {
    var rows = [""];
    (text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) || []).forEach(function (piece) {
      if (rows[rows.length - 1] && rows.length < 3 && context.measureText((rows[rows.length - 1] + piece).trimEnd()).width > width) rows.push("");
      rows[rows.length - 1] += piece;
    });
    return rows.map(function (row) { return clip(context, row.trim(), width); });
  }

  function arrow(context, x, y, dx, dy) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + dx * 11, y + dy * 11);
    context.moveTo(x + dx * 11 - (dx ? dx * 4 : 4), y + dy * 11 - (dy ? dy * 4 : 4));
    context.lineTo(x + dx * 11, y + dy * 11);
    context.lineTo(x + dx * 11 - (dx ? dx * 4 : -4), y + dy * 11 - (dy ? dy * 4 : -4));
    context.stroke();
  }

  function mark(context, x, y, dataset, point, colours, scale) {
    context.save();
    context.translate(x, y);
    context.scale(scale, scale);
    context.lineWidth = 2 / scale;
    context.fillStyle = OPEN[point.kind] ? colours.paper : dataset.borderColor;
    context.strokeStyle = OPEN[point.kind] ? dataset.borderColor : colours.paper;
    if (!OPEN[point.kind]) context.lineWidth = 1 / scale;
    context.fill(SHAPES[dataset.shape]);
    context.stroke(SHAPES[dataset.shape]);
    context.restore();
  }

  function marks(chart, dataset, d, colours) {
    var context = chart.ctx;
    var y = chart.scales.y;
    var up = y.options.reverse ? 1 : -1;
    var active = chart.getActiveElements();
    chart.getDatasetMeta(d).data.forEach(function (element, i) {
      var point = dataset.source[i];
      if (height(point) === null) return;
      var on = active.some(function (one) { return one.datasetIndex === d && one.index === i; });
      context.strokeStyle = dataset.borderColor;
      context.lineWidth = 2;
      if (typeof point.low === "number" && typeof point.high === "number" && point.low !== point.high) {
        context.beginPath();
        context.moveTo(element.x, y.getPixelForValue(point.low));
        context.lineTo(element.x, y.getPixelForValue(point.high));
        context.stroke();
      }
      if (point.kind === "bound_low") arrow(context, element.x, element.y + up * 6, 0, up);
      if (point.kind === "bound_high") arrow(context, element.x, element.y - up * 6, 0, -up);
      mark(context, element.x, element.y, dataset, point, colours, (dataset.quiet ? 0.6 : 1) * (on ? 1.5 : 1));
    });
  }

  /* More names than rows: each stands at its own line in small letters, the marked ones first; what finds no room is left to the keyboard. */
  function crowded(ends, bottom) {
    if (ends.length * 16 <= bottom) return false;
    var taken = [];
    ends.sort(function (a, b) { return a.quiet - b.quiet; }).forEach(function (end) {
      end.small = true;
      end.left = taken.some(function (other) { return Math.abs(other.y - end.y) < 12 && other.x < end.x + end.wide && end.x < other.x + other.wide; });
      if (!end.left) taken.push(end);
    });
    return true;
  }

  /* Names at the last place move apart from each other; one that ends earlier looks for a free height near its own. */
  function spread(ends, bottom) {
    if (crowded(ends, bottom)) return;
    var right = Math.max.apply(null, ends.map(function (end) { return end.x; }));
    var last = ends.filter(function (end) { return right - end.x < 30; }).sort(function (a, b) { return a.y - b.y; });
    var limit = bottom + 8;
    last.forEach(function (end, i) { if (i) end.y = Math.max(end.y, last[i - 1].y + last[i - 1].high); });
    last.slice().reverse().forEach(function (end) { end.y = Math.min(end.y, limit - end.high); limit = end.y; });
    var taken = last.slice();
    ends.filter(function (end) { return right - end.x >= 30; }).forEach(function (end) {
      var free = [0, 15, -15, 30, -30, 45, -45].find(function (by) {
        var top = end.y + by;
        return taken.every(function (other) {
          return top >= other.y + other.high - 1 || other.y >= top + end.high - 1 || other.x > end.x + end.wide || end.x > other.x + other.wide;
        });
      });
      end.y += free || 0;
      taken.push(end);
    });
  }

  function halo(context, words, x, y, colour, colours) {
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = colours.paper;
    context.strokeText(words, x, y);
    context.fillStyle = colour;
    context.fillText(words, x, y);
  }

  function lineNames(chart, data, colours) {
    var context = chart.ctx;
    var ends = [];
    context.textBaseline = "middle";
    context.font = "600 13px " + face();
    chart.data.datasets.forEach(function (dataset, d) {
      var known = chart.getDatasetMeta(d).data.filter(function (_, i) { return height(dataset.source[i]) !== null; });
      if (!known.length) return;
      var last = known[known.length - 1];
      var rows = wrap(context, data.series[d].name, chart.width - last.x - 14);
      ends.push({ rows: rows, x: last.x + 12, y: last.y, high: 15 * rows.length + 1, quiet: dataset.quiet, colour: dataset.quiet ? colours.muted : dataset.borderColor,
        wide: Math.max.apply(null, rows.map(function (row) { return context.measureText(row).width; })) });
    });
    var room = chart.chartArea.bottom - chart.chartArea.top;
    if (ends.reduce(function (sum, end) { return sum + end.high; }, 0) > room + 16) ends = ends.filter(function (end) { return !end.quiet; }); // too many: the coloured lines alone
    if (ends.length) spread(ends, chart.chartArea.bottom);
    ends.forEach(function (end) {
      if (end.left) return;
      context.font = (end.quiet ? "" : "600 ") + (end.small ? "12px " : "13px ") + face();
      end.rows.forEach(function (row, i) { halo(context, row, end.x, end.y + 15 * i, end.colour, colours); });
    });
  }

  /* Beside its mark, on the first side where it covers neither a mark nor a name; marked places first; else left to the keyboard. */
  function pointNames(chart, data, colours) {
    var context = chart.ctx;
    var taken = [];
    var found = [];
    chart.data.datasets.forEach(function (dataset, d) {
      chart.getDatasetMeta(d).data.forEach(function (element, i) {
        var point = dataset.source[i];
        var own = Boolean(data.highlight && data.highlight.indexOf(point.name) >= 0);
        taken.push({ left: element.x - 5, right: element.x + 5, top: element.y - 5, bottom: element.y + 5 });
        found.push({ x: element.x, y: element.y, name: point.name || "", own: own });
      });
    });
    found.sort(function (a, b) { return b.own - a.own; });
    context.textBaseline = "middle";
    found.forEach(function (one) {
      context.font = (one.own ? "600 " : "") + "12px " + face();
      var wide = context.measureText(one.name).width;
      var spots = [[one.x + 9, one.y], [one.x - 9 - wide, one.y], [one.x - wide / 2, one.y - 13], [one.x - wide / 2, one.y + 13]];
      spots.some(function (spot) {
        var box = { left: spot[0] - 1, right: spot[0] + wide + 1, top: spot[1] - 7, bottom: spot[1] + 7 };
        if (box.left < 0 || box.right > chart.width || box.top < 0 || box.bottom > chart.chartArea.bottom) return false;
        if (taken.some(function (other) { return box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top; })) return false;
        taken.push(box);
        halo(context, one.name, spot[0], spot[1], one.own ? colours.accent : colours.muted, colours);
        return true;
      });
    });
  }

  function barEnds(chart, dataset, d, colours) {
    var context = chart.ctx;
    var zero = chart.scales.x.getPixelForValue(0);
    chart.getDatasetMeta(d).data.forEach(function (element, i) {
      var point = dataset.source[i];
      var absent = height(point) === null;
      var x = absent ? zero : Math.max(element.x, zero);
      context.strokeStyle = dataset.strong[i];
      context.lineWidth = 2;
      if (!absent && point.kind === "bound_low") { arrow(context, x + 2, element.y, 1, 0); x += 16; }
      if (!absent && point.kind === "bound_high") arrow(context, x - 4, element.y, -1, 0);
      context.textBaseline = "middle";
      context.textAlign = "left";
      context.font = "13px " + face();
      context.fillStyle = absent ? colours.muted : colours.ink;
      var words = point && point.label ? point.label : absent ? "–" : String(point.y);
      context.fillText(clip(context, words, chart.width - x - 8), x + 6, element.y);
    });
  }

  /* Numbered flags under the zero line, in the rows that `flagRows` gave them. */
  function flags(chart, rows, colours) {
    var context = chart.ctx;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.font = "600 11px " + face();
    rows.forEach(function (flag) {
      var x = chart.scales.x.getPixelForValue(flag.at);
      var y = chart.chartArea.bottom + 13 + 19 * flag.row;
      context.beginPath();
      context.arc(x, y, 8.5, 0, 2 * Math.PI);
      context.fillStyle = colours.paper;
      context.fill();
      context.lineWidth = 1;
      context.strokeStyle = colours.ink;
      context.stroke();
      context.fillStyle = colours.ink;
      context.fillText(String(flag.number), x, y + 0.5);
    });
  }

  function flagRows(data, places, width) {
    var taken = [];
    return (data.annotations || []).map(function (flag) {
      var x = (flag.at + 0.5) / places * width;
      var row = taken.findIndex(function (last) { return x - last >= 20; });
      if (row < 0) row = taken.length;
      taken[row] = x;
      return { at: flag.at, number: flag.number, row: row };
    });
  }

  function all(chart, data, colours, rows) {
    var context = chart.ctx;
    context.save();
    if (data.type === "bar") chart.data.datasets.forEach(function (dataset, d) { barEnds(chart, dataset, d, colours); });
    else {
      chart.data.datasets.map(function (dataset, d) { return [dataset, d]; }).sort(function (a, b) { return b[0].quiet - a[0].quiet; })
        .forEach(function (pair) { marks(chart, pair[0], pair[1], colours); });
      if (data.type === "scatter") pointNames(chart, data, colours); else lineNames(chart, data, colours);
      flags(chart, rows, colours);
    }
    context.restore();
  }

  window.ChartPaint = { OPEN: OPEN, palette: palette, height: height, follow: follow, clip: clip, wrap: wrap, flagRows: flagRows, all: all };
})();
