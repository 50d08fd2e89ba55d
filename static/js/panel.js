/* The source beside its row. Without this file every link still works: it loads the page with the row open.
   All listeners stand on the document, so that a page whose content was exchanged (states.js) needs nothing more. */
(function () {
  "use strict";
  var asked = 0;

  function root() { return document.querySelector("[data-panel-root]"); }
  function say(text) {
    var status = document.querySelector("[data-panel-status]");
    if (status) status.textContent = text || "";
  }
  function told(name) {
    var status = document.querySelector("[data-panel-status]");
    return status ? status.dataset[name] : "";
  }
  function row(scope, uid) { return scope.querySelector('tr[data-uid="' + CSS.escape(uid) + '"]'); }
  function plain(address) { var url = new URL(address, location.href); url.hash = ""; return url; }

  /* What the address asks for apart from the open row: the panel alone can answer only where this stays the same. */
  function list(address) {
    var url = plain(address);
    url.searchParams.delete("open");
    url.searchParams.sort();
    return url.pathname + "?" + url.searchParams;
  }
  var shown = list(location.href);
  /* Where the reader is, without the fragment: links within the page stir history too, and fetch nothing. */
  function where() { return location.pathname + location.search; }
  var last = where();
  document.addEventListener("contentchange", function () { asked += 1; shown = list(location.href); last = where(); reveal(); });

  /* Take over what the fetched page says about its rows: which is open, where each link leads, the panel itself. */
  function adopt(page) {
    var here = root();
    var fresh = page.querySelector("[data-panel-root]");
    if (!fresh || !here) throw new Error("no ranking in the answer");
    here.querySelectorAll(".panel-row").forEach(function (old) { old.remove(); });
    here.querySelectorAll("tr[data-uid]").forEach(function (old) {
      var now = row(fresh, old.dataset.uid);
      if (!now) return;
      old.className = now.className;
      if (now.id) old.id = now.id; else old.removeAttribute("id");
      var link = old.querySelector("[data-panel-link]");
      var newLink = now.querySelector("[data-panel-link]");
      if (link && newLink) { link.setAttribute("href", newLink.getAttribute("href")); link.innerHTML = newLink.innerHTML; }
    });
    var panel = fresh.querySelector(".panel-row");
    if (!panel) return null;
    var owner = row(here, panel.previousElementSibling.dataset.uid);
    owner.after(document.importNode(panel, true));
    reveal();
    return owner;
  }

  function reveal() {
    document.querySelectorAll("[data-needs-script]").forEach(function (part) { part.hidden = false; });
  }

  async function open(address, options) {
    var url = plain(address);
    if (url.origin !== location.origin || !root()) { location.assign(address); return; }
    var turn = ++asked;
    say(told("loading"));
    try {
      var answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      var page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== asked) return;
      var before = root().querySelector("tr.is-open");
      var owner = adopt(page);
      say("");
      if (options.push) history.pushState({ panel: true }, "", url);
      last = where();
      if (owner && options.focus) root().querySelector("#where-title").focus({ preventScroll: true });
      if (owner) owner.scrollIntoView({ block: "nearest" });
      if (!owner && before && options.focus) {
        var link = before.querySelector("[data-panel-link]");
        if (link) link.focus();
      }
      document.dispatchEvent(new CustomEvent("panelchange"));
    } catch (error) {
      if (turn === asked) { say(told("failed")); location.assign(address); }
    }
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-panel-root] [data-panel-link], [data-panel-root] [data-panel-close]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link.href, { push: true, focus: true });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented || !event.target.closest("[data-panel-root]")) return;
    var close = root() && root().querySelector("[data-panel-close]");
    if (close) open(close.href, { push: true, focus: true });
  });
  window.addEventListener("popstate", function () {
    var moved = last !== where();
    last = where();
    if (moved && root() && list(location.href) === shown) open(location.href, { push: false, focus: false });
  });

  reveal();
})();
