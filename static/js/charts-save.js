/* A chart as a file: the server's picture with its colours inside (SVG), the same drawn on a canvas (PNG), its data (CSV).
   Everything is made here, from what the page holds: nothing is fetched, no image is loaded, so the content policy has nothing to forbid. */
(function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg";
  var WIDE = 720;
  var EDGE = 24;
  var KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "opacity",
    "font-family", "font-size", "font-weight", "text-anchor", "paint-order", "vector-effect", "overflow"];
  var LEAVES = "path, line, circle, rect, text, polyline, polygon, ellipse";
  var pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  /* Any CSS colour as #rrggbb, which every reader of SVG knows; transparency stays apart. */
  function plain(colour) {
    if (!colour || colour === "none" || /^(#|url)/.test(colour)) return colour;
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = colour;
    pixel.fillRect(0, 0, 1, 1);
    var dots = pixel.getImageData(0, 0, 1, 1).data;
    if (!dots[3]) return "none";
    return "#" + [0, 1, 2].map(function (i) { return dots[i].toString(16).padStart(2, "0"); }).join("");
  }

  function token(name) { return plain(getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim()); }

  /* The picture laid out at the width of a page, though unseen, while `work` reads it. */
  function measured(figure, work) {
    var box = figure.querySelector(".chart-box");
    var picture = box.querySelector(".chart-svg");
    var was = picture.hidden;
    picture.hidden = false;
    box.classList.add("is-measured");
    try { return work(picture.querySelector(".chart-wide svg, :scope > svg") || picture.querySelector("svg")); } finally {
      box.classList.remove("is-measured");
      picture.hidden = was;
    }
  }

  /* A copy that says itself how it looks; pairs are made first, so that removing one element moves no other. */
  function dressed(svg) {
    var copy = svg.cloneNode(true);
    var pairs = [];
    (function pair(one, other) { pairs.push([one, other]); Array.from(one.children).forEach(function (child, i) { pair(child, other.children[i]); }); })(svg, copy);
    pairs.forEach(function (both) {
      var style = getComputedStyle(both[0]);
      if (style.display === "none" || style.visibility === "hidden") { both[1].remove(); return; }
      KEPT.forEach(function (name) {
        var value = style.getPropertyValue(name);
        if (!value || (name === "overflow" && both[0].tagName !== "svg")) return;
        both[1].setAttribute(name, name === "fill" || name === "stroke" ? plain(value) : value);
      });
      ["class", "focusable", "tabindex"].forEach(function (name) { both[1].removeAttribute(name); });
    });
    return copy;
  }

  /* --- The words round the picture --- */

  function broken(text, width, context) {
    var rows = [""];
    (text.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) || []).forEach(function (piece) {
      if (rows[rows.length - 1] && context.measureText(rows[rows.length - 1] + piece.trimEnd()).width > width) rows.push(piece.trimStart());
      else rows[rows.length - 1] += piece;
    });
    return rows;
  }

  function said(figure, selector) {
    return Array.from(figure.querySelectorAll(selector)).map(function (part) { return part.textContent.replace(/\s+/g, " ").trim(); }).filter(Boolean);
  }

  /* Every line of text with its size, weight, colour and place; the picture stands between `top` and `top + height`. */
  function layout(figure, height) {
    var face = getComputedStyle(document.body).fontFamily;
    var context = document.createElement("canvas").getContext("2d");
    var texts = [];
    var y = EDGE;
    function write(words, size, weight, colour) {
      context.font = weight + " " + size + "px " + face;
      broken(words, WIDE, context).forEach(function (row) {
        y += size * 1.4;
        texts.push({ words: row.trimEnd(), x: EDGE, y: y - size * 0.35, size: size, weight: weight, colour: colour });
      });
    }
    said(figure, ".chart-title").forEach(function (words) { write(words, 20, 600, token("ink")); });
    said(figure, ".chart-subtitle").forEach(function (words) { write(words, 14, 400, token("muted")); });
    var top = y + 14;
    y = top + height + 8;
    said(figure, ".chart-note").forEach(function (words) { write(words, 12, 400, token("muted")); });
    Array.from(figure.querySelectorAll(".chart-events li")).forEach(function (item) { write(item.value + "  " + item.textContent.replace(/\s+/g, " ").trim(), 12, 400, token("muted")); });
    said(figure, ".chart-source").forEach(function (words) { write(words, 12, 400, token("muted")); });
    write(address(figure), 12, 400, token("muted"));
    return { face: face, texts: texts, top: top, width: WIDE + 2 * EDGE, height: y + EDGE };
  }

  function address(figure) { return location.origin + location.pathname + location.search + "#" + figure.id; }

  /* --- SVG --- */

  function element(name, attributes, words) {
    var made = document.createElementNS(NS, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (words) made.textContent = words;
    return made;
  }

  function asSvg(figure) {
    return measured(figure, function (svg) {
      var size = svg.getBoundingClientRect();
      var page = layout(figure, size.height);
      var root = element("svg", { xmlns: NS, width: page.width, height: page.height, viewBox: "0 0 " + page.width + " " + page.height });
      root.append(element("title", {}, said(figure, ".chart-title").join(" ")), element("rect", { width: page.width, height: page.height, fill: token("paper") }));
      page.texts.forEach(function (text) {
        root.append(element("text", { x: text.x, y: text.y, fill: text.colour, "font-family": page.face, "font-size": text.size, "font-weight": text.weight }, text.words));
      });
      var copy = dressed(svg);
      Object.entries({ x: EDGE, y: page.top, width: size.width, height: size.height, overflow: "visible" }).forEach(function (pair) { copy.setAttribute(pair[0], pair[1]); });
      root.append(copy);
      root.querySelectorAll("a[href]").forEach(function (link) { link.setAttribute("href", new URL(link.getAttribute("href"), location.href).href); });
      return new Blob(['<?xml version="1.0" encoding="UTF-8"?>\n', new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
    });
  }

  /* --- PNG: the same picture, element by element --- */

  /* A radius may come from the stylesheet, or be a share of the picture. */
  function radius(circle) {
    var said = getComputedStyle(circle).r;
    return /px$/.test(said) ? parseFloat(said) : circle.r.baseVal.value;
  }

  /* What a picture inside the picture cuts off, as its own corners say; its bounding box holds what is cut off, too. */
  function cut(context, viewport, origin) {
    if (getComputedStyle(viewport).overflow !== "hidden") return;
    var place = viewport.ownerSVGElement && viewport.parentElement.getScreenCTM();
    var frame = place ? ["x", "y", "width", "height"].map(function (name) { return viewport[name].baseVal.value; }) : [0, 0, origin.width, origin.height];
    var inside = new Path2D();
    var shape = new Path2D();
    inside.rect(frame[0], frame[1], frame[2], frame[3]);
    shape.addPath(inside, place ? new DOMMatrix([place.a, place.b, place.c, place.d, place.e - origin.left, place.f - origin.top]) : new DOMMatrix());
    context.clip(shape);
  }

  function outline(leaf) {
    var path = new Path2D();
    function of(name) { return leaf[name].baseVal.value; }
    if (leaf.tagName === "path") path.addPath(new Path2D(leaf.getAttribute("d") || ""));
    else if (leaf.tagName === "line") { path.moveTo(of("x1"), of("y1")); path.lineTo(of("x2"), of("y2")); }
    else if (leaf.tagName === "circle") path.arc(of("cx"), of("cy"), radius(leaf), 0, 2 * Math.PI);
    else if (leaf.tagName === "ellipse") path.ellipse(of("cx"), of("cy"), of("rx"), of("ry"), 0, 0, 2 * Math.PI);
    else if (leaf.tagName === "rect") path.rect(of("x"), of("y"), of("width"), of("height"));
    else Array.from(leaf.points).forEach(function (point, i) { path[i ? "lineTo" : "moveTo"](point.x, point.y); });
    if (leaf.tagName === "polygon") path.closePath();
    return path;
  }

  function words(context, leaf, style) {
    if (!leaf.getNumberOfChars()) return;
    context.font = style.fontWeight + " " + style.fontSize + " " + style.fontFamily;
    var at = leaf.getStartPositionOfChar(0);
    if (style.stroke !== "none") context.strokeText(leaf.textContent, at.x, at.y);
    context.fillText(leaf.textContent, at.x, at.y);
  }

  function draw(context, leaf, origin) {
    var style = getComputedStyle(leaf);
    var matrix = leaf.getScreenCTM();
    if (style.display === "none" || style.visibility === "hidden" || !matrix) return;
    var place = new DOMMatrix([matrix.a, matrix.b, matrix.c, matrix.d, matrix.e - origin.left, matrix.f - origin.top]);
    context.save();
    context.globalAlpha = Number(style.opacity);
    context.fillStyle = style.fill === "none" ? "transparent" : style.fill;
    context.strokeStyle = style.stroke === "none" ? "transparent" : style.stroke;
    context.lineWidth = parseFloat(style.strokeWidth);
    context.lineCap = style.strokeLinecap;
    context.lineJoin = style.strokeLinejoin;
    if (style.strokeDasharray !== "none") context.setLineDash(style.strokeDasharray.split(/[\s,]+/).map(parseFloat));
    for (var viewport = leaf.ownerSVGElement; viewport; viewport = viewport.ownerSVGElement) cut(context, viewport, origin);
    if (leaf.tagName === "text") {
      context.transform(place.a, place.b, place.c, place.d, place.e, place.f);
      words(context, leaf, style);
    } else {
      var shape = new Path2D();
      shape.addPath(outline(leaf), place);
      if (style.fill !== "none") { context.save(); context.globalAlpha *= Number(style.fillOpacity); context.fill(shape); context.restore(); }
      if (style.vectorEffect !== "non-scaling-stroke") context.lineWidth *= Math.sqrt(Math.abs(place.a * place.d - place.b * place.c));
      if (style.stroke !== "none" && context.lineWidth > 0) context.stroke(shape);
    }
    context.restore();
  }

  function asPng(figure) {
    var canvas = document.createElement("canvas");
    measured(figure, function (svg) {
      var size = svg.getBoundingClientRect();
      var page = layout(figure, size.height);
      var context = canvas.getContext("2d");
      canvas.width = page.width * 2;
      canvas.height = Math.ceil(page.height * 2);
      context.scale(2, 2);
      context.fillStyle = token("paper");
      context.fillRect(0, 0, page.width, page.height);
      page.texts.forEach(function (text) {
        context.font = text.weight + " " + text.size + "px " + page.face;
        context.fillStyle = text.colour;
        context.fillText(text.words, text.x, text.y);
      });
      context.translate(EDGE, page.top);
      svg.querySelectorAll(LEAVES).forEach(function (leaf) { draw(context, leaf, size); });
    });
    return new Promise(function (resolve) { canvas.toBlob(resolve, "image/png"); });
  }

  /* --- CSV --- */

  function cell(value) {
    if (value === null || value === undefined) return "";
    var text = window.plainCell(String(value)); // copy.js
    return /[",\n\r]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  function rowsOf(data) {
    var scatter = data.type === "scatter";
    var rows = [scatter ? ["name", "x", "x_unit", "y", "y_unit", "kind", "words", "address"] : ["name", "x", "kind", "value", "low", "high", "unit", "words", "address"]];
    data.series.forEach(function (series) {
      series.points.forEach(function (point) {
        var url = point.url ? new URL(point.url, location.href).href : "";
        var absent = point.kind === "absent";
        rows.push(scatter ? [point.name || series.name, point.x, data.x_unit, point.y, data.y_unit, point.kind, point.label, url]
          : [series.name, point.x, point.kind, absent ? "" : point.y, absent ? "" : point.low, absent ? "" : point.high, data.unit, point.label, url]);
      });
    });
    return rows;
  }

  function asCsv(figure) {
    var rows = rowsOf(JSON.parse(figure.querySelector("script[type='application/json']").textContent));
    rows.push(["# " + [said(figure, ".chart-title"), said(figure, ".chart-subtitle"), said(figure, ".chart-source"), address(figure)].flat().join(" · ")]);
    var text = rows.map(function (row) { return row.map(cell).join(","); }).join("\r\n") + "\r\n";
    return new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" });
  }

  window.ChartSave = { svg: asSvg, png: asPng, csv: asCsv };
})();
