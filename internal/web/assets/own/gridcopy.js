// Copying and pasting between the grid of grid.js and Excel: cells between tabs, rows between ends of line.
(function () {
  'use strict';
  var form = document.getElementById('report');
  var grid = form && form.grid;
  if (!grid) { return; }

  function list(nodes) { return Array.prototype.slice.call(nodes); }

  function textOf(td) {
    var field = grid.fieldIn(td);
    if (!grid.isField(field)) { return td.textContent.replace(/\s+/g, ' ').trim(); }
    return grid.isSelect(field) ? field.options[field.selectedIndex].text : field.value;
  }
  function quoted(text) { return /[\t\n"]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; }
  function copied() {
    var rows = [];
    grid.eachCell(grid.range(), function (td, r, c) {
      rows[r] = rows[r] || [];
      rows[r][c] = quoted(textOf(td));
    });
    return rows.map(function (row) { return row.join('\t'); }).join('\n');
  }

  function parse(text) {
    var rows = [[]], cell = '', within = false;
    function close() {
      rows[rows.length - 1].push(cell);
      cell = '';
    }
    text = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
    for (var i = 0; i < text.length; i++) {
      var c = text[i];
      if (within && c === '"' && text[i + 1] === '"') {
        cell += c;
        i++;
      } else if (c === '"' && (within || cell === '')) {
        within = !within;
      } else if (!within && (c === '\t' || c === '\n')) {
        close();
        if (c === '\n') { rows.push([]); }
      } else {
        cell += c;
      }
    }
    close();
    return rows;
  }

  function valueFor(field, text) {
    if (!grid.isSelect(field)) { return field.tagName === 'TEXTAREA' ? text : text.replace(/\n/g, ' '); }
    var plain = text.trim();
    var option = list(field.options).filter(function (o) { return o.text.trim() === plain || (plain !== '' && o.value === plain); })[0];
    return option ? option.value : null;
  }

  // changesOf are what a cell becomes by a text; null where it cannot hold it. A figure that is pasted where the other one
  // is given becomes the one that is given, unless both are pasted at once.
  function changesOf(td, text, both) {
    var field = grid.fieldIn(td);
    if (!grid.isField(field) || field.disabled) { return null; }
    var value = valueFor(field, text);
    if (value === null) { return null; }
    var change = { field: field, before: field.value, after: value };
    if (!field.readOnly) { return [change]; }
    var choice = both ? null : grid.choiceOf(field);
    return choice && [{ field: choice, before: choice.value, after: field.getAttribute('data-basis') }, change];
  }
  function holdsBoth(r) {
    var found = {};
    grid.eachCell({ top: r.top, bottom: r.top, left: r.left, right: r.right }, function (td) {
      var field = grid.fieldIn(td);
      if (field && field.hasAttribute('data-basis')) { found[field.getAttribute('data-basis')] = true; }
    });
    return Object.keys(found).length > 1;
  }
  function paste(text) {
    var rows = parse(text), r = grid.range(), sheet = grid.here().sheet;
    var wide = Math.max.apply(null, rows.map(function (row) { return row.length; }));
    var one = rows.length === 1 && wide === 1;
    if (!one) { r = { top: r.top, left: r.left, bottom: r.top + rows.length - 1, right: r.left + wide - 1 }; }
    var both = holdsBoth(r), changes = [], taken = 0, left = 0, last = { sheet: sheet, row: r.top, col: r.left };
    grid.eachCell(r, function (td, row, col) {
      var value = one ? rows[0][0] : rows[row][col];
      if (value === undefined) { return; }
      var made = td && changesOf(td, value, both);
      if (made) { changes = changes.concat(made); taken++; } else { left++; }
      if (td) { last = { sheet: sheet, row: r.top + row, col: r.left + col }; }
    });
    grid.write(changes);
    grid.pick({ sheet: sheet, row: r.top, col: r.left }, last);
    grid.say(left ? 'pasted-some' : 'pasted', [taken, left]);
  }

  // Within the text of one cell the browser copies and pastes by itself.
  function isOurs() { return Boolean(grid.here()) && (grid.moving() || grid.isRange()); }
  form.addEventListener('copy', function (event) {
    if (!isOurs()) { return; }
    event.preventDefault();
    event.clipboardData.setData('text/plain', copied());
    grid.say('copied');
  });
  form.addEventListener('cut', function (event) {
    if (!isOurs()) { return; }
    event.preventDefault();
    event.clipboardData.setData('text/plain', copied());
    grid.clear();
  });
  form.addEventListener('paste', function (event) {
    var text = event.clipboardData.getData('text/plain');
    if (!grid.here() || text === '' || (!isOurs() && !/[\t\n]/.test(text.trim()))) { return; }
    event.preventDefault();
    paste(text);
  });
})();
