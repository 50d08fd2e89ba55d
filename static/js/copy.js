/* Copies sentences (button[data-copy]) and tables (table[data-tsv]) as tab-separated text; works after a change of
   content too. Without this file the sentences stand as text on the page.
   table[data-tsv]: the value is the last line's source, default the page's title. data-tsv-words: the words for screen
   readers in place of the marks. Columns whose head is .c-bar or .c-source and rows .panel-row stay out. */
(function () {
  "use strict";
  var told = document.currentScript.dataset;
  var PICTURES = "svg, canvas, button, [hidden]";
  var SCROLLS = ".ranking-wrap, .cmp-wide, .coverage-wide, .matrix-scroll, .table-scroll";
  var status;

  function say(text) {
    if (!status) {
      status = document.createElement("p");
      status.className = "vh";
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = text;
  }

  /* Where the clipboard is closed to scripts (no https) the old way is left. */
  function write(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    var box = document.createElement("textarea");
    box.value = text;
    box.className = "vh";
    document.body.append(box);
    box.select();
    var copied = document.execCommand("copy");
    box.remove();
    return copied ? Promise.resolve() : Promise.reject(new Error("not copied"));
  }

  /* A spreadsheet must not take a text for a formula: a shared rank "=7" becomes "7=", other beginnings of formulas get an
     apostrophe; numbers stay numbers. charts-save.js writes its files by the same rule. */
  window.plainCell = function (text) {
    text = text.replace(/^=(\d+)(?=\s|$)/, "$1=");
    return /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d[\d,]*(\.\d+)?(e[+-]?\d+)?%?$/i.test(text) ? "'" + text : text;
  };

  /* What a reader sees in the cell: marks and units stay, words for screen readers and pictures go. */
  function seen(cell, skip) {
    var copy = cell.cloneNode(true);
    copy.querySelectorAll(skip).forEach(function (part) { part.remove(); });
    copy.querySelectorAll(".other, br").forEach(function (part) { part.before(" "); });
    copy.querySelectorAll(".sub, .cmp-tag").forEach(function (part) { part.before(" · "); });
    return window.plainCell(copy.textContent.replace(/\s+/g, " ").replace(/−(?=\d)/g, "-").trim());
  }

  function spread(row, skipped, skip) {
    var texts = [];
    var column = 0;
    Array.from(row.cells).forEach(function (cell) {
      if (!skipped[column]) {
        texts.push(seen(cell, skip));
        for (var more = 1; more < cell.colSpan; more++) texts.push("");
      }
      column += cell.colSpan;
    });
    return texts.join("\t");
  }

  function tabbed(table) {
    var skip = PICTURES + ("tsvWords" in table.dataset ? ", [aria-hidden=true]" : ", .vh");
    var rows = Array.from(table.rows).filter(function (row) { return !row.matches(".panel-row, [hidden]"); });
    var skipped = {};
    var column = 0;
    Array.from(rows[0] ? rows[0].cells : []).forEach(function (cell) {
      skipped[column] = cell.matches(".c-bar, .c-source");
      column += cell.colSpan;
    });
    var source = (table.dataset.tsv || document.title) + " " + location.href.split("#")[0];
    return rows.map(function (row) { return spread(row, skipped, skip); }).concat(source).join("\n") + "\n";
  }

  /* A button under every table that may be copied; it stays out of the table's scrolling. */
  function offer() {
    document.querySelectorAll("table[data-tsv]").forEach(function (table) {
      var last = table.closest(SCROLLS) || table;
      if (last.nextElementSibling && last.nextElementSibling.matches(".copy-table")) return;
      var line = document.createElement("p");
      line.className = "copy-table";
      var button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.dataset.copyTable = "";
      button.textContent = told.tableLabel;
      line.append(button);
      last.after(line);
    });
  }

  function tableOf(button) {
    var before = button.parentElement.previousElementSibling;
    return before.matches("table") ? before : before.querySelector("table[data-tsv]");
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy], [data-copy-table]");
    if (!button) return;
    var text = button.dataset.copy || tabbed(tableOf(button));
    var label = button.dataset.label = button.dataset.label || button.textContent;
    write(text).then(function () {
      button.textContent = told.copied;
      say(told.copied);
      setTimeout(function () { button.textContent = label; say(""); }, 3000);
    }, function () { window.prompt("", text); });
  });
  document.addEventListener("contentchange", offer);
  offer();
})();
