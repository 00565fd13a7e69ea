// A form that is filled like a spreadsheet: keys, ranges, undoing. The form works whole without this script. Every cell is
// a field of the form in a plain table, so that screen readers read it as they read any form; what is changed here is
// announced by the same events as if it had been typed. gridcopy.js copies and pastes, gridsave.js sends.
(function () {
  'use strict';
  var form = document.getElementById('report');
  if (!form || !form.querySelector('table.sheet')) { return; }

  var MOVE = 'move', TYPE = 'type', EDIT = 'edit';
  var PAGE = 10;

  function list(nodes) { return Array.prototype.slice.call(nodes); }
  function say(key, values) {
    var text = form.getAttribute('data-say-' + key);
    (values || []).forEach(function (value, i) { text = text.replace('{' + i + '}', String(value)); });
    document.getElementById('grid-said').textContent = text;
  }

  // Each table is a sheet: its rows are the first lines of its bodies, its columns their cells.
  var sheets = list(form.querySelectorAll('table.sheet')).map(function (table, s) {
    return list(table.tBodies).map(function (body, r) {
      body.place = { sheet: s, row: r };
      return list(body.rows[0].cells);
    });
  });

  function placeOf(element) {
    var td = element && element.closest ? element.closest('td, th') : null;
    var body = td && td.closest('tbody');
    if (!body || !body.place || td.parentNode !== body.rows[0]) { return null; }
    return { sheet: body.place.sheet, row: body.place.row, col: td.cellIndex };
  }
  function cellAt(place) {
    var row = sheets[place.sheet][place.row];
    return row ? row[place.col] : undefined;
  }
  function fieldIn(td) { return td ? td.querySelector('input:not([type=hidden]), select, textarea, button') : null; }
  function fieldAt(place) { return fieldIn(cellAt(place)); }
  function isField(field) { return Boolean(field) && /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName); }
  function isSelect(field) { return field.tagName === 'SELECT'; }
  function isOpen(field) { return isField(field) && !field.readOnly && !field.disabled; }

  // Where the reader is: the cell with the focus, how its keys are meant, what it held before; and the corners of the range.
  var here = null, mode = MOVE, before = '';
  var anchor = null, head = null;

  function focusOn(place) {
    var field = place && fieldAt(place);
    if (!field) { return false; }
    if (field === document.activeElement) { arrive(field); } else { field.focus(); }
    field.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  }
  function arrive(field) {
    here = placeOf(field);
    anchor = head = here;
    mode = MOVE;
    before = isField(field) ? field.value : '';
    mark(field);
    paint();
  }
  function mark(field) {
    if (isField(field) && !isSelect(field)) { field.select(); }
  }

  function range() {
    return {
      top: Math.min(anchor.row, head.row), bottom: Math.max(anchor.row, head.row),
      left: Math.min(anchor.col, head.col), right: Math.max(anchor.col, head.col)
    };
  }
  function isRange() { return Boolean(here) && (anchor.row !== head.row || anchor.col !== head.col); }
  function eachCell(r, act) {
    for (var row = r.top; row <= r.bottom; row++) {
      for (var col = r.left; col <= r.right; col++) {
        act(cellAt({ sheet: here.sheet, row: row, col: col }), row - r.top, col - r.left);
      }
    }
  }
  function paint() {
    list(form.querySelectorAll('.picked')).forEach(function (td) { td.classList.remove('picked'); });
    if (isRange()) { eachCell(range(), function (td) { td.classList.add('picked'); }); }
  }
  function pick(from, to) {
    anchor = from;
    head = to;
    paint();
    var r = range();
    say('picked', [r.bottom - r.top + 1, r.right - r.left + 1]);
  }
  function extend(place) {
    pick(anchor, place);
    cellAt(place).scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  // next is the nearest place in a direction that has a field in it; of a range any place.
  function next(from, down, right, any) {
    var place = from;
    do {
      place = { sheet: place.sheet, row: place.row + down, col: place.col + right };
    } while (cellAt(place) && !any && !fieldAt(place));
    return cellAt(place) ? place : null;
  }
  function farthest(from, down, right) {
    for (var place = from; place; place = next(place, down, right)) { from = place; }
    return from;
  }
  function go(down, right) {
    if (!focusOn(next(here, down, right))) { commit(); }
  }
  // commit takes what was typed without going elsewhere.
  function commit() {
    var field = fieldAt(here);
    field.blur();
    field.focus();
  }

  // What was done, to be undone: each entry is what several fields held before and after.
  var done = [], undone = [], applying = false;
  function set(field, value) {
    applying = true;
    field.value = value;
    ['input', 'change'].forEach(function (name) {
      var event = document.createEvent('Event');
      event.initEvent(name, true, false);
      field.dispatchEvent(event);
    });
    applying = false;
    if (field === document.activeElement) { before = field.value; }
  }
  // write sets several fields as one step.
  function write(changes) {
    changes = changes.filter(function (c) { return c.before !== c.after; });
    if (!changes.length) { return; }
    changes.forEach(function (c) { set(c.field, c.after); });
    remember(changes);
  }
  function remember(changes) {
    done.push(changes);
    undone = [];
  }
  function replay(from, to, which, key) {
    var changes = from.pop();
    if (!changes) { return; }
    changes.forEach(function (c) { set(c.field, c[which]); });
    to.push(changes);
    focusOn(placeOf(changes[0].field));
    say(key, [changes.length]);
  }
  function revert(field) {
    set(field, before);
    mode = MOVE;
    mark(field);
  }
  function undo() {
    var field = fieldAt(here);
    if (isField(field) && mode !== MOVE && field.value !== before) { revert(field); return; }
    replay(done, undone, 'before', 'undone');
  }
  function redo() { replay(undone, done, 'after', 'redone'); }

  // Figures as they are typed and pasted: full-width digits, thousands separators and percent signs are understood, and a
  // dash says that there is none. What cannot be read stays as it is and is marked; the server says what is wrong with it.
  function tidy(field) {
    var kind = field.getAttribute('data-figure');
    if (!kind) { return; }
    var text = (field.value.normalize ? field.value.normalize('NFKC') : field.value).replace(/[\s'’]/g, '');
    if (/^[-–—−/.…]*$/.test(text)) { text = ''; }
    text = text.replace(/^[−–—]/, '-').replace(/^\+/, '');
    if (/^-?\d{1,3}(,\d{3})+(\.\d*)?\D*$/.test(text)) { text = text.replace(/,/g, ''); }
    if (kind === 'percent') { text = text.replace(/%$/, ''); }
    var sound = /^(-?\d+(\.\d+)?)?$/.test(text) || (kind === 'money' && /^-?\d+(\.\d+)?(亿元?|万元?|元)$/.test(text));
    if (sound) { field.value = text; }
    field.classList.toggle('unread', !sound);
    if (sound) { field.removeAttribute('aria-invalid'); } else { field.setAttribute('aria-invalid', 'true'); }
  }

  // Of the two ways to state a figure one is given, and the other follows from it.
  function settle(choice) {
    list(choice.closest('tr').querySelectorAll('[data-basis]')).forEach(function (field) {
      var derived = field.getAttribute('data-basis') !== choice.value;
      field.readOnly = derived;
      field.tabIndex = derived ? -1 : 0;
      field.closest('td').classList.toggle('derived', derived);
    });
  }
  function choiceOf(field) { return field.hasAttribute('data-basis') ? field.closest('tr').querySelector('[data-given]') : null; }

  function clear() {
    var changes = [];
    eachCell(range(), function (td) {
      var field = fieldIn(td);
      if (isOpen(field) && !field.hasAttribute('data-given')) { changes.push({ field: field, before: field.value, after: '' }); }
    });
    write(changes);
    if (isRange()) { say('cleared', [changes.length]); }
  }

  // Keys: each answers whether it was its own.
  function edit(field) {
    var choice = choiceOf(field);
    if (field.readOnly && choice) {
      write([{ field: choice, before: choice.value, after: field.getAttribute('data-basis') }]);
      say('given');
    }
    mode = EDIT;
    if (isSelect(field)) {
      if (field.showPicker) { field.showPicker(); }
    } else {
      field.setSelectionRange(field.value.length, field.value.length);
    }
  }
  var ways = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  function arrow(event, field) {
    var way = ways[event.key];
    if (event.altKey || (mode === EDIT && isField(field))) { return false; }
    if (event.shiftKey) {
      var place = next(head, way[0], way[1], true);
      if (place) { extend(place); }
    } else if (event.ctrlKey || event.metaKey) {
      focusOn(farthest(here, way[0], way[1]));
    } else {
      go(way[0], way[1]);
    }
    return true;
  }
  function enter(event, field) {
    if (!isField(field)) { return false; }
    if (event.altKey && field.tagName === 'TEXTAREA') {
      mode = EDIT;
      field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end');
      return true;
    }
    go(event.shiftKey ? -1 : 1, 0);
    return true;
  }
  function erase() {
    if (mode === MOVE) { clear(); }
    return mode === MOVE;
  }
  function edge(right) {
    return function (event) {
      if (mode !== MOVE) { return false; }
      var place = farthest(here, 0, right);
      return focusOn(event.ctrlKey ? farthest(place, right, 0) : place);
    };
  }
  function leaf(down) {
    return function () {
      var place = here;
      for (var i = 0; i < PAGE; i++) { place = next(place, down, 0) || place; }
      return focusOn(place);
    };
  }
  function everything() {
    if (mode !== MOVE) { return false; }
    var rows = sheets[here.sheet];
    pick({ sheet: here.sheet, row: 0, col: 0 }, { sheet: here.sheet, row: rows.length - 1, col: rows[0].length - 1 });
    return true;
  }
  var plain = {
    ArrowUp: arrow, ArrowDown: arrow, ArrowLeft: arrow, ArrowRight: arrow,
    Enter: enter, Delete: erase, Backspace: erase, Home: edge(-1), End: edge(1), PageUp: leaf(-1), PageDown: leaf(1),
    F2: function (event, field) {
      if (isField(field)) { edit(field); }
      return true;
    },
    Escape: function (event, field) {
      if (isField(field) && mode !== MOVE) { revert(field); } else { arrive(field); }
      return true;
    }
  };
  var controlled = {
    ArrowUp: arrow, ArrowDown: arrow, ArrowLeft: arrow, ArrowRight: arrow, Home: plain.Home, End: plain.End, a: everything,
    y: function () { redo(); return true; },
    z: function (event) { if (event.shiftKey) { redo(); } else { undo(); } return true; }
  };
  form.addEventListener('keydown', function (event) {
    // The keys of an input method, with which characters are made, are its own.
    if (!here || !placeOf(event.target) || event.isComposing || event.keyCode === 229) { return; }
    var field = event.target, control = event.ctrlKey || event.metaKey;
    var act = control ? controlled[event.key.length === 1 ? event.key.toLowerCase() : event.key] : plain[event.key];
    if (act && act(event, field)) { event.preventDefault(); return; }
    if (event.key.length === 1 && !control && field.readOnly) { say('derived'); }
  });

  // Enter went to another cell; the character that comes of it neither sends the form nor breaks a line there.
  form.addEventListener('keypress', function (event) {
    if (event.key === 'Enter' && here && isField(event.target) && placeOf(event.target)) { event.preventDefault(); }
  });

  form.addEventListener('focusin', function (event) {
    if (event.target === fieldIn(event.target.closest('td'))) { arrive(event.target); }
  });
  form.addEventListener('focusout', function () {
    here = null;
    paint();
  });
  form.addEventListener('input', function (event) {
    if (applying || !here || !placeOf(event.target)) { return; }
    if (mode === MOVE) { mode = TYPE; }
    anchor = head = here;
    paint();
  });
  // Before anybody else hears of a change, what was typed is tidied and can be undone.
  form.addEventListener('change', function (event) {
    var field = event.target;
    tidy(field);
    if (field.hasAttribute('data-given')) { settle(field); }
    if (applying || !placeOf(field)) { return; }
    if (field.value !== before) { remember([{ field: field, before: before, after: field.value }]); }
    before = field.value;
  }, true);

  // The mouse: one click chooses a cell, the next one goes into its text; drawing or Shift chooses a range.
  var drawing = false;
  form.addEventListener('mousedown', function (event) {
    var place = placeOf(event.target);
    if (!place || event.button !== 0 || (isField(event.target) && isSelect(event.target))) { return; }
    if (event.shiftKey && here && here.sheet === place.sheet) {
      event.preventDefault();
      extend(place);
      return;
    }
    var field = fieldAt(place);
    if (!isField(field) || isSelect(field)) { return; }
    if (field === document.activeElement) {
      if (event.target === field && !isRange()) { mode = EDIT; }
      anchor = head = here;
      paint();
      return;
    }
    event.preventDefault();
    focusOn(place);
    drawing = true;
  });
  form.addEventListener('mouseover', function (event) {
    var place = drawing && event.buttons === 1 && here ? placeOf(event.target) : null;
    if (place && place.sheet === here.sheet) { extend(place); }
  });
  document.addEventListener('mouseup', function () { drawing = false; });

  list(form.querySelectorAll('[data-given]')).forEach(settle);
  form.grid = {
    say: say, range: range, isRange: isRange, eachCell: eachCell, fieldIn: fieldIn, isField: isField, isSelect: isSelect,
    choiceOf: choiceOf, write: write, clear: clear, pick: pick, settle: settle,
    here: function () { return here; },
    moving: function () { return mode === MOVE; }
  };
})();
