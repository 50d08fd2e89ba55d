/* Copies sentences ([data-copy]) and tables ([data-tsv]). Without this file the sentences stand as text on the page. */
(function () {
  "use strict";
  var SKIP = ".vh, svg, canvas, button, .panel-row, [hidden], .tsv-skip";
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

  /* What a reader sees in the cell: marks and units stay, words for screen readers and pictures go. */
  function seen(cell) {
    var copy = cell.cloneNode(true);
    copy.querySelectorAll(SKIP).forEach(function (part) { part.remove(); });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function spread(row, skipped) {
    var texts = [];
    var column = 0;
    Array.from(row.cells).forEach(function (cell) {
      if (!skipped[column]) {
        texts.push(seen(cell));
        for (var more = 1; more < cell.colSpan; more++) texts.push("");
      }
      column += cell.colSpan;
    });
    return texts.join("\t");
  }

  function tabbed(table) {
    var rows = Array.from(table.rows).filter(function (row) { return !row.matches(".panel-row, .tsv-skip, [hidden]"); });
    var skipped = {};
    var column = 0;
    Array.from(rows[0] ? rows[0].cells : []).forEach(function (cell) {
      skipped[column] = cell.matches(".c-bar, .c-source, .tsv-skip");
      column += cell.colSpan;
    });
    return rows.map(function (row) { return spread(row, skipped); });
  }

  function tableOf(button) {
    if (button.dataset.tsv) return document.querySelector(button.dataset.tsv);
    var around = button.parentElement;
    while (around && !around.querySelector("table")) around = around.parentElement;
    return around && around.querySelector("table");
  }

  function textOf(button) {
    if (button.dataset.copy) return button.dataset.copy;
    var table = tableOf(button);
    var source = button.dataset.source || document.title;
    return table ? tabbed(table).concat(source + " " + location.href.split("#")[0]).join("\n") + "\n" : "";
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy], button[data-tsv]");
    if (!button) return;
    var text = textOf(button);
    var label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    write(text).then(function () {
      button.textContent = button.dataset.done;
      say(button.dataset.done);
      setTimeout(function () { button.textContent = label; say(""); }, 3000);
    }, function () { window.prompt("", text); });
  });
})();
