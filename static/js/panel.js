/* The source beside its row. Without this file every link still works: it loads the page with the row open. */
(function () {
  "use strict";
  var root = document.querySelector("[data-panel-root]");
  var status = root && root.querySelector("[data-panel-status]");
  var asked = 0;

  function say(text) { if (status) status.textContent = text || ""; }
  function row(scope, uid) { return scope.querySelector('tr[data-uid="' + CSS.escape(uid) + '"]'); }
  function plain(address) { var url = new URL(address, location.href); url.hash = ""; return url; }

  /* Take over what the fetched page says about its rows: which is open, where each link leads, the panel itself. */
  function adopt(page) {
    var fresh = page.querySelector("[data-panel-root]");
    if (!fresh) throw new Error("no ranking in the answer");
    root.querySelectorAll(".panel-row").forEach(function (old) { old.remove(); });
    root.querySelectorAll("tr[data-uid]").forEach(function (old) {
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
    var owner = row(root, panel.previousElementSibling.dataset.uid);
    owner.after(document.importNode(panel, true));
    reveal();
    return owner;
  }

  function reveal() {
    document.querySelectorAll("[data-needs-script]").forEach(function (part) { part.hidden = false; });
  }

  async function open(address, options) {
    var url = plain(address);
    if (url.origin !== location.origin) { location.assign(address); return; }
    var turn = ++asked;
    say(status && status.dataset.loading);
    try {
      var answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      var page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn !== asked) return;
      var before = root.querySelector("tr.is-open");
      var owner = adopt(page);
      say("");
      if (options.push) history.pushState({ panel: true }, "", url);
      if (owner && options.focus) root.querySelector("#where-title").focus({ preventScroll: true });
      if (owner) owner.scrollIntoView({ block: "nearest" });
      if (!owner && before && options.focus) {
        var link = before.querySelector("[data-panel-link]");
        if (link) link.focus();
      }
    } catch (error) {
      if (turn === asked) { say(status && status.dataset.failed); location.assign(address); }
    }
  }

  if (root) {
    root.addEventListener("click", function (event) {
      var link = event.target.closest("[data-panel-link], [data-panel-close]");
      if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open(link.href, { push: true, focus: true });
    });
    root.addEventListener("keydown", function (event) {
      var close = event.key === "Escape" && root.querySelector("[data-panel-close]");
      if (close) open(close.href, { push: true, focus: true });
    });
    window.addEventListener("popstate", function () { open(location.href, { push: false, focus: false }); });
  }

  document.addEventListener("click", async function (event) {
    var button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    } catch (error) {
      window.prompt("", button.dataset.copy);
    }
  });
  reveal();
})();
