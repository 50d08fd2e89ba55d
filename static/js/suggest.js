/* Suggestions while typing, for every <input data-suggest>: an ARIA combobox with a list box below it.
   Without this script the form leads to the page of results; with it too, on Enter when nothing is chosen. */
(function () {
  "use strict";
  var WAIT = 150; // milliseconds without a key before the site is asked
  var count = 0;

  function combobox(input) {
    var form = input.form;
    var holder = input.parentElement;
    var list = document.createElement("ul");
    var status = document.createElement("p");
    var answers = new Map(); // what was asked on this page already
    var found = [];
    var active = -1;
    var timer = null;
    var request = null;

    list.id = "suggestions-" + (++count);
    list.className = "suggest-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0] ? input.labels[0].textContent : input.placeholder);
    list.hidden = true;
    status.className = "vh";
    status.setAttribute("role", "status");
    holder.classList.add("suggest");
    holder.append(list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() {
      list.hidden = true;
      active = -1;
      status.textContent = "";
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function stop() {
      clearTimeout(timer);
      if (request) request.abort();
      request = null;
    }

    function choose(index) {
      var options = list.children;
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = index;
      if (!options[active]) { active = -1; input.removeAttribute("aria-activedescendant"); return; }
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[active].id);
    }

    function piece(tag, name, text, lang) {
      var element = document.createElement(tag);
      element.className = name;
      element.textContent = text;
      if (lang) element.lang = lang;
      return element;
    }

    function show(answer) {
      found = answer.suggestions;
      list.replaceChildren();
      found.forEach(function (one, index) {
        var option = document.createElement("li");
        var names = document.createElement("span");
        option.id = list.id + "-" + index;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        names.append(one.name);
        if (one.other) names.append(" ", piece("span", "other", one.other.text, one.other.lang));
        option.append(names, piece("span", "kind", one.kind));
        list.append(option);
      });
      close();
      if (!found.length) return;
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      status.textContent = (input.dataset.said || "").replace("{n}", String(found.length));
    }

    async function ask(text) {
      if (answers.has(text)) { show(answers.get(text)); return; }
      var mine = request = new AbortController();
      var query = new URLSearchParams({ q: text, suggest: "1" });
      try {
        var response = await fetch(form.getAttribute("action") + "?" + query, { signal: mine.signal, credentials: "same-origin" });
        if (!response.ok) throw new Error(String(response.status));
        var answer = await response.json();
        answers.set(text, answer);
        if (request === mine && input.value.trim() === text) show(answer);
      } catch (error) {
        if (request === mine) close(); // no suggestions; the form works without them
      }
    }

    function typed(event) {
      if (event.isComposing) return; // pinyin on its way to characters
      stop();
      var text = input.value.trim();
      if (!text) { close(); return; }
      timer = setTimeout(function () { ask(text); }, WAIT);
    }

    input.addEventListener("input", typed);
    input.addEventListener("compositionend", typed);
    input.addEventListener("blur", function () { stop(); close(); });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      var open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) { stop(); if (input.value.trim()) ask(input.value.trim()); return; }
        var step = event.key === "ArrowDown" ? 1 : -1;
        var places = found.length + 1; // the field itself is one of them
        choose((active + 1 + step + places) % places - 1);
      } else if (event.key === "Enter" && open && active >= 0) {
        event.preventDefault();
        location.assign(found[active].url);
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        stop();
        close();
      }
    });
    list.addEventListener("pointerdown", function (event) { event.preventDefault(); }); // the field keeps the focus
    list.addEventListener("click", function (event) {
      var option = event.target.closest("[role=option]");
      if (option) location.assign(found[Array.from(list.children).indexOf(option)].url);
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(combobox);
})();
