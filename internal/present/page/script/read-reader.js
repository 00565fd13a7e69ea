  function build() {
    speak();
    buildFacts();
    buildTabs();
    buildFilters();
    buildTable();
    buildDetail();
    byId('no-outline').hidden = current().sections.length > 0;
  }
  function openDocument(number) {
    choose(-1);
    state.document = number;
    all('.paper, .tree').forEach(function (element) { element.hidden = Number(element.dataset.doc) !== number; });
    byId('source').scrollTop = 0;
    state.text = state.measure = state.cmp = '';
    state.unit = null;
    byId('search').value = '';
    anchors = null;
    build();
    follow();
  }
  function toggleKind(kind) {
    state.hidden[kind] = !state.hidden[kind];
    byId('source').classList.toggle('hide-' + kind, state.hidden[kind]);
    buildTabs();
    filter();
  }
  function toggleTint() {
    state.tint = !state.tint;
    byId('source').classList.toggle('hide-tint', !state.tint);
    buildTabs();
  }
  function place(name) {
    document.body.dataset.view = name;
    document.body.classList.remove('unfolded');
    all('[data-place]').forEach(function (button) { button.setAttribute('aria-current', String(button.dataset.place === name)); });
  }

  // The outline follows the text

  var anchors = null, here = null, waiting = false;
  function follow() {
    waiting = false;
    if (!article() || !tree()) { return; }
    anchors = anchors || all('[data-s]', article());
    var line = byId('source').getBoundingClientRect().top + 90, low = 0, high = anchors.length;
    while (low < high) {
      var middle = low + high >> 1;
      if (anchors[middle].getBoundingClientRect().top <= line) { low = middle + 1; } else { high = middle; }
    }
    var link = low ? tree().querySelector('[data-to="' + anchors[low - 1].dataset.s + '"]') : null;
    while (link && !link.offsetParent && link.closest('details:not([open])')) {
      link = link.closest('details:not([open])').querySelector('summary > a');
    }
    if (link === here) { return; }
    if (here) { here.classList.remove('here'); here.removeAttribute('aria-current'); }
    here = link;
    if (link) {
      link.classList.add('here');
      link.setAttribute('aria-current', 'true');
      if (link.offsetParent) { link.scrollIntoView({ block: 'nearest' }); }
    }
  }

  // The tooltip

  function tip(mark) {
    var box = byId('tip');
    box.hidden = !mark;
    if (!mark) { return; }
    var q = current().quantities[mark.dataset.q];
    box.textContent = [say('kind.' + q.kind), q.subject, (q.cmp === 'eq' ? '' : say('cmp.' + q.cmp) + ' ') + amount(q),
      say('measure.' + q.measure), q.by].filter(Boolean).join(' · ');
    var at = mark.getClientRects()[0], width = box.offsetWidth, height = box.offsetHeight;
    box.style.left = Math.max(8, Math.min(at.left, window.innerWidth - width - 8)) + 'px';
    box.style.top = (at.top - height - 8 < 8 ? at.bottom + 8 : at.top - height - 8) + 'px';
  }

  // What the reader does

  byId('source').addEventListener('click', function (event) {
    if (String(window.getSelection())) { return; }
    var q = event.target.closest('[data-q]'), c = event.target.closest('[data-c]');
    if (q && !state.hidden[current().quantities[q.dataset.q].kind]) {
      pick('quantities', Number(q.dataset.q));
    } else if (c && state.tint && !state.hidden[current().clauses[c.dataset.c].kind]) {
      pick('clauses', Number(c.dataset.c));
    }
  });
  function pick(tab, number) {
    openTab(tab);
    if (visible.indexOf(number) < 0) { clearFilters(); }
    choose(number, 'mark');
  }
  byId('source').addEventListener('mouseover', function (event) {
    var mark = event.target.closest('[data-q]');
    tip(mark && !state.hidden[current().quantities[mark.dataset.q].kind] ? mark : null);
  });
  byId('source').addEventListener('scroll', function () {
    tip(null);
    if (!waiting) { waiting = true; window.requestAnimationFrame(follow); }
  }, { passive: true });
  byId('list').addEventListener('click', function (event) {
    var row = event.target.closest('[data-row]');
    if (!row) { return; }
    place('source');
    choose(Number(row.dataset.row), 'row');
    if (!narrow()) { row.focus({ preventScroll: true }); }
  });
  byId('outline').addEventListener('click', function (event) {
    var link = event.target.closest('[data-to]');
    if (!link) { return; }
    event.preventDefault();
    place('source');
    var anchor = article().querySelector('[data-s="' + link.dataset.to + '"]');
    if (anchor) {
      anchor.scrollIntoView({ block: 'start' });
      byId('source').scrollTop -= 72;
    }
  });
  byId('search').addEventListener('input', function (event) { state.text = event.target.value.trim().toLowerCase(); filter(); });
  ['measure', 'cmp'].forEach(function (name) {
    byId('filter-' + name).addEventListener('change', function (event) { state[name] = event.target.value; filter(); });
  });
  byId('filter-unit').addEventListener('change', function (event) {
    state.unit = event.target.value === '*' ? null : event.target.value.slice(1);
    filter();
  });
  byId('clear').addEventListener('click', clearFilters);
  all('[data-tab]').forEach(function (tab) { tab.addEventListener('click', function () { openTab(tab.dataset.tab); }); });
  all('.legend .kind').forEach(function (button) { button.addEventListener('click', function () { toggleKind(button.dataset.kind); }); });
  byId('tint').addEventListener('click', toggleTint);
  all('[data-place]').forEach(function (button) { button.addEventListener('click', function () { place(button.dataset.place); }); });
  byId('fold').addEventListener('click', function () {
    document.body.classList.toggle(window.matchMedia('(max-width: 1180px)').matches ? 'unfolded' : 'folded');
  });
  byId('print').addEventListener('click', function () { window.print(); });
  byId('help').addEventListener('click', function () { byId('keys').showModal(); });
  byId('language').addEventListener('click', function () {
    var chosen = state.chosen;
    state.lang = state.lang === 'zh' ? 'en' : 'zh';
    build();
    if (chosen >= 0 && visible.indexOf(chosen) >= 0) { choose(chosen, 'mark'); }
  });
  if (byId('chooser')) {
    byId('chooser').addEventListener('change', function (event) { openDocument(Number(event.target.value)); });
  }

