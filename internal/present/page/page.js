'use strict';
(function () {
  var data = JSON.parse(document.getElementById('data').textContent);
  var kinds = ['target', 'result', 'context'];
  var htmlLang = { zh: 'zh-CN', en: 'en' };
  var state = {
    lang: data.lang, document: 0, tab: data.tab, hidden: {}, tint: true,
    text: '', measure: '', cmp: '', unit: null, chosen: -1
  };
  var rows = [];    // table rows of the tab, by number of the record
  var visible = []; // numbers of the records that the filters let through

  function byId(id) { return document.getElementById(id); }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function say(key) {
    var message = data.words[state.lang][key];
    if (message === undefined) { return key; }
    for (var i = 1; i < arguments.length; i++) { message = message.split('{' + (i - 1) + '}').join(arguments[i]); }
    return message;
  }
  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  }
  function fill(element, content) {
    element.textContent = '';
    if (content) { element.appendChild(content); }
  }
  function current() { return data.documents[state.document] || { name: '', title: '', facts: [], quantities: [], clauses: [], sections: [] }; }
  function records() { return current()[state.tab]; }
  function article() { return document.querySelector('.paper[data-doc="' + state.document + '"]'); }
  function tree() { return document.querySelector('.tree[data-doc="' + state.document + '"]'); }
  function narrow() { return window.matchMedia('(max-width: 780px)').matches; }

  // Words for values

  function grouped(digits) {
    var parts = digits.split('.');
    parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, ',');
    return parts.join('.');
  }
  function amount(q) {
    var digits = grouped(q.value) + (q.value2 ? ' – ' + grouped(q.value2) : '');
    return q.unit ? digits + ' ' + q.unit : digits;
  }
  function path(section) {
    var titles = [];
    for (var s = section; s >= 0; s = current().sections[s].parent) { titles.unshift(current().sections[s].title); }
    return titles.join(' › ');
  }

  // The table

  var columns = {
    quantities: [
      ['field.subject', function (q) { return make('td', 'clamp', q.subject); }],
      ['column.figure', function (q) {
        var cell = make('td', 'figure');
        if (q.cmp !== 'eq') { cell.appendChild(make('em', '', say('cmp.' + q.cmp))); }
        cell.appendChild(document.createTextNode(q.surface));
        return cell;
      }],
      ['field.measure', function (q) { return make('td', 'minor', say('measure.' + q.measure)); }],
      ['field.by', function (q) { return make('td', 'date', q.by); }],
      ['field.kind', kindCell]
    ],
    clauses: [
      ['field.text', function (c) { return make('td', 'clamp', c.text); }],
      ['field.verb', function (c) { return make('td', 'minor', c.verb); }],
      ['field.by', function (c) { return make('td', 'date', c.by); }],
      ['field.kind', kindCell]
    ]
  };
  function kindCell(record) {
    var cell = make('td');
    cell.appendChild(make('span', 'chip ' + record.kind, say('kind.' + record.kind)));
    return cell;
  }
  function buildTable() {
    var list = byId('list'), head = make('tr'), body = document.createDocumentFragment();
    list.className = state.tab;
    columns[state.tab].forEach(function (column) {
      var cell = make('th', column[0] === 'column.figure' ? 'figure' : '', say(column[0]));
      cell.setAttribute('role', 'columnheader');
      cell.scope = 'col';
      head.appendChild(cell);
    });
    head.setAttribute('role', 'row');
    fill(list.querySelector('thead'), head);
    rows = records().map(function (record, number) {
      var row = make('tr', record.kind);
      row.setAttribute('role', 'row');
      row.setAttribute('aria-selected', 'false');
      row.setAttribute('aria-rowindex', number + 2);
      row.dataset.row = number;
      row.tabIndex = -1;
      columns[state.tab].forEach(function (column) {
        var cell = column[1](record);
        cell.setAttribute('role', 'gridcell');
        row.appendChild(cell);
      });
      body.appendChild(row);
      return row;
    });
    fill(list.querySelector('tbody'), body);
    list.querySelector('table').setAttribute('aria-rowcount', rows.length + 1);
    filter();
  }

  // Filters

  function haystack(record) {
    return [record.subject, record.surface, record.unit, record.text, record.verb, record.object, record.owner, record.by]
      .filter(Boolean).join(' ').toLowerCase();
  }
  function passes(record) {
    if (state.hidden[record.kind]) { return false; }
    if (state.tab === 'quantities') {
      if (state.measure && record.measure !== state.measure) { return false; }
      if (state.cmp && record.cmp !== state.cmp) { return false; }
      if (state.unit !== null && record.unit !== state.unit) { return false; }
    }
    return !state.text || haystack(record).indexOf(state.text) >= 0;
  }
  function filter() {
    var list = records();
    visible = [];
    rows.forEach(function (row, number) {
      var shown = passes(list[number]);
      row.hidden = !shown;
      if (shown) { visible.push(number); }
    });
    if (state.chosen >= 0 && visible.indexOf(state.chosen) < 0) { choose(-1); }
    if (state.chosen < 0 && visible.length) { rows[visible[0]].tabIndex = 0; }
    byId('shown').textContent = say('shown', visible.length, list.length);
    byId('nothing').hidden = visible.length > 0;
    byId('clear').hidden = !(state.text || state.measure || state.cmp || state.unit !== null);
    ['measure', 'cmp', 'unit'].forEach(function (name) {
      var select = byId('filter-' + name);
      select.classList.toggle('set', select.selectedIndex > 0);
    });
  }
  function clearFilters() {
    state.text = state.measure = state.cmp = '';
    state.unit = null;
    byId('search').value = '';
    buildFilters();
    filter();
  }
  function option(select, value, text, chosen) {
    var element = make('option', '', text);
    element.value = value;
    element.selected = chosen;
    select.appendChild(element);
  }
  function tallyOf(name) {
    var counts = new Map();
    current().quantities.forEach(function (q) { counts.set(q[name], (counts.get(q[name]) || 0) + 1); });
    return Array.from(counts).sort(function (a, b) { return b[1] - a[1]; });
  }
  function buildFilters() {
    ['measure', 'cmp'].forEach(function (name) {
      var select = byId('filter-' + name);
      fill(select);
      option(select, '', say('filter.' + name), !state[name]);
      tallyOf(name).forEach(function (pair) {
        option(select, pair[0], say(name + '.' + pair[0]) + ' (' + pair[1] + ')', state[name] === pair[0]);
      });
    });
    var units = byId('filter-unit');
    fill(units);
    option(units, '*', say('filter.unit'), state.unit === null);
    tallyOf('unit').forEach(function (pair) {
      option(units, '=' + pair[0], (pair[0] || say('unit.none')) + ' (' + pair[1] + ')', state.unit === pair[0]);
    });
    document.querySelector('.filters').hidden = state.tab !== 'quantities';
  }

  // Choosing a record

  function pieces(tab, number) {
    var attribute = tab === 'quantities' ? 'data-q' : 'data-c';
    return article() ? all('[' + attribute + '="' + number + '"]', article()) : [];
  }
  function unmark() {
    all('.on, .with, .arrived').forEach(function (element) { element.classList.remove('on', 'with', 'arrived'); });
  }
  // choose marks a record in the table and in the text, and brings into view what was not clicked on.
  function choose(number, from) {
    var before = rows[state.chosen];
    if (before) { before.setAttribute('aria-selected', 'false'); before.tabIndex = -1; }
    unmark();
    state.chosen = number;
    if (number >= 0) {
      var row = rows[number], marks = pieces(state.tab, number), record = records()[number];
      row.setAttribute('aria-selected', 'true');
      row.tabIndex = 0;
      marks.forEach(function (mark) { mark.classList.add('on'); });
      if (state.tab === 'quantities' && record.clause >= 0) {
        pieces('clauses', record.clause).forEach(function (piece) { piece.classList.add('with'); });
      }
      if (from !== 'row') { row.scrollIntoView({ block: 'center' }); }
      if (from !== 'mark') { showSource(marks[0]); }
    }
    buildDetail();
  }
  function showSource(element) {
    if (!element || narrow() && document.body.dataset.view !== 'source') { return; }
    element.scrollIntoView({ block: 'center', inline: 'nearest' });
    element.classList.add('arrived');
  }
  function step(by) {
    if (!visible.length) { return; }
    var at = visible.indexOf(state.chosen);
    var next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : Math.min(Math.max(at + by, 0), visible.length - 1);
    choose(visible[next]);
    if (byId('list').contains(document.activeElement)) { rows[visible[next]].focus({ preventScroll: true }); }
  }
  function openTab(tab) {
    if (state.tab === tab) { return; }
    choose(-1);
    state.tab = tab;
    buildTabs();
    buildFilters();
    buildTable();
  }

  // The detail panel

  function buildDetail() {
    var panel = byId('detail'), record = records()[state.chosen];
    fill(panel);
    if (!record) {
      panel.appendChild(make('p', 'quiet', say('detail.hint')));
      return;
    }
    panel.appendChild(lead(record));
    var fields = make('dl', 'fields ' + record.kind);
    function add(key, value, wide) {
      if (value === '' || value === undefined) { return; }
      fields.appendChild(make('dt', '', say('field.' + key)));
      var cell = make('dd', wide ? 'wide' : '');
      if (typeof value === 'string') { cell.textContent = value; } else { cell.appendChild(value); cell.classList.add('said'); }
      fields.appendChild(cell);
    }
    var firm = record.kind === 'target' ? say('firm.' + record.firm) : '';
    if (state.tab === 'quantities') {
      add('value', amount(record), true);
      add('cmp', say('cmp.' + record.cmp));
      add('measure', say('measure.' + record.measure));
      add('by', record.by);
      add('firm', firm);
      add('sentence', said(record), true);
    } else {
      add('object', record.object, true);
      add('owner', record.owner, true);
      add('by', record.by);
      add('firm', firm);
    }
    add('path', path(record.section), true);
    add('at', String(record.at));
    panel.appendChild(fields);
    panel.scrollTop = 0;
  }
  function lead(record) {
    var line = make('div', 'lead'), title = make('p'), nav = make('nav');
    title.textContent = state.tab === 'quantities' ? record.subject + ' ' + record.surface : record.text;
    title.appendChild(make('span', 'chip ' + record.kind, say('kind.' + record.kind)));
    [[-1, '↑', 'previous'], [1, '↓', 'next']].forEach(function (entry) {
      var button = make('button', '', entry[1]);
      button.type = 'button';
      button.setAttribute('aria-label', say(entry[2]));
      button.addEventListener('click', function () { step(entry[0]); });
      nav.appendChild(button);
    });
    line.appendChild(title);
    line.appendChild(nav);
    return line;
  }
  // said is the passage with the figure marked: the clause, or the row of a table.
  function said(q) {
    var passage = document.createDocumentFragment(), clause = current().clauses[q.clause];
    if (clause) {
      var text = Array.from(clause.text), start = q.at - clause.at, end = start + Array.from(q.surface).length;
      passage.appendChild(document.createTextNode(text.slice(0, start).join('')));
      passage.appendChild(make('mark', '', text.slice(start, end).join('')));
      passage.appendChild(document.createTextNode(text.slice(end).join('')));
      return passage;
    }
    var mark = pieces('quantities', state.chosen)[0], row = mark && mark.closest('tr');
    if (row) {
      passage.appendChild(document.createTextNode(all('th, td', row).map(function (cell) { return cell.textContent; }).join(' | ')));
    } else if (mark) {
      passage.appendChild(document.createTextNode(mark.closest('.b').textContent));
    }
    return passage;
  }

  // What surrounds the table

  function buildTabs() {
    all('[data-tab]').forEach(function (tab) {
      tab.setAttribute('aria-selected', String(tab.dataset.tab === state.tab));
      tab.querySelector('b').textContent = current()[tab.dataset.tab].length;
    });
    all('.legend .kind').forEach(function (button) {
      var kind = button.dataset.kind;
      button.querySelector('b').textContent = records().filter(function (r) { return r.kind === kind; }).length;
      button.setAttribute('aria-pressed', String(!state.hidden[kind]));
    });
    byId('tint').setAttribute('aria-pressed', String(state.tint));
  }
  function buildFacts() {
    var list = byId('facts'), said = {};
    fill(list);
    current().facts.forEach(function (fact) {
      var value = fact.code ? say(fact.code) : fact.value, cell = make('dd');
      said[fact.field] = value;
      if (fact.block >= 0) {
        var button = make('button', '', value);
        button.type = 'button';
        button.addEventListener('click', function () {
          place('source');
          showSource(article().querySelector('[data-b="' + fact.block + '"]'));
        });
        cell.appendChild(button);
      } else {
        cell.textContent = value;
      }
      list.appendChild(make('dt', '', say('field.' + fact.field)));
      list.appendChild(cell);
    });
    byId('subline').textContent = [said.issuer, said.date, said.document_kind, said.plan_year && say('field.plan_year') + ' ' + said.plan_year,
      said.report_period && say('field.report_period') + ' ' + said.report_period].filter(Boolean).join(' · ') || say('tagline');
  }
  function speak() {
    document.documentElement.lang = htmlLang[state.lang];
    all('[data-t]').forEach(function (element) { element.textContent = say(element.dataset.t); });
    all('[data-t-label]').forEach(function (element) {
      var label = say(element.dataset.tLabel);
      element.setAttribute('aria-label', label);
      if (element.tagName === 'BUTTON') { element.title = label; }
    });
    all('[data-t-placeholder]').forEach(function (element) { element.placeholder = say(element.dataset.tPlaceholder); });
    byId('language').lang = state.lang === 'zh' ? 'en' : 'zh-CN';
  }
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

  // Dark and light: as the system is set, until the reader chooses

  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function paint(isDark) { document.documentElement.dataset.theme = isDark ? 'dark' : 'light'; }
  paint(dark.matches);
  dark.addEventListener('change', function () { paint(dark.matches); });
  byId('theme').addEventListener('click', function () { paint(document.documentElement.dataset.theme !== 'dark'); });
  var painted = false;
  window.addEventListener('beforeprint', function () { painted = document.documentElement.dataset.theme === 'dark'; paint(false); });
  window.addEventListener('afterprint', function () { paint(painted); });

  var keys = {
    j: function () { step(1); }, ArrowDown: function () { step(1); },
    k: function () { step(-1); }, ArrowUp: function () { step(-1); },
    Enter: function () { place('source'); showSource(pieces(state.tab, state.chosen)[0]); },
    '/': function () { place('records'); byId('search').focus(); byId('search').select(); },
    t: function () { openTab(state.tab === 'quantities' ? 'clauses' : 'quantities'); },
    '?': function () { byId('keys').showModal(); },
    Escape: function () { document.body.classList.remove('unfolded'); tip(null); choose(-1); }
  };
  kinds.forEach(function (kind, i) { keys[i + 1] = function () { toggleKind(kind); }; });
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || byId('keys').open) { return; }
    var within = event.target.closest('input, select, button, a, summary');
    if (within) {
      if (event.key === 'Escape') { within.blur(); }
      if (within.matches('input') && event.key === 'Enter') { within.blur(); step(1); }
      if (within.matches('input, select') || event.key === 'Enter' || event.key === ' ') { return; }
    }
    // Within a pane that scrolls, the arrows scroll.
    if (/^Arrow/.test(event.key) && event.target.closest('#source, #outline')) { return; }
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  build();
  follow();
})();
