// Search in the public pages as files: the list of all promises is loaded once and looked through in the browser.
"use strict";

(() => {
  const form = document.querySelector("form[data-search]");
  if (!form) return;
  const box = form.querySelector("input"), list = document.getElementById("results"), said = document.getElementById("found");
  const most = 200;
  let promises = null;

  const load = async () => {
    if (!promises) promises = await (await fetch(form.dataset.search)).json();
    return promises;
  };

  const item = (p) => {
    const li = document.createElement("li"), a = document.createElement("a"), facts = document.createElement("div");
    li.className = "public-promise";
    facts.className = "public-promise-facts";
    a.href = new URL(p.page, new URL(form.dataset.page, location.href)).href;
    a.textContent = p.title;
    facts.textContent = [p.number, p.unit].filter(Boolean).join("  ");
    li.lang = "zh-CN";
    li.append(a, facts);
    return li;
  };

  const search = async () => {
    const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) {
      list.replaceChildren();
      said.textContent = "";
      return;
    }
    const found = (await load()).filter((p) => words.every((w) => p.words.includes(w)));
    list.replaceChildren(...found.slice(0, most).map(item));
    said.textContent = found.length === 0 ? form.dataset.none : form.dataset.found.replace("{}", found.length);
  };

  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
})();
