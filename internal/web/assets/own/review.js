// The review of a document: its text and its items lead to each other, and the keys. Without this script the page works
// by its links and forms. Pages of documents use the first half, for findings.
(function () {
  'use strict';
  if (!document.querySelector('.doc-text')) { return; }

  function byID(id) { return document.getElementById(id); }
  function list(nodes) { return Array.prototype.slice.call(nodes); }
  function marksOf(id) {
    return list(document.querySelectorAll('.doc-text [data-item="' + id + '"]'));
  }
  // Into sight, and no farther than needed: only what scrolls of itself moves.
  function show(element) {
    if (element) { element.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }
  }
  function light(id) {
    list(document.querySelectorAll('.lit')).forEach(function (e) { e.classList.remove('lit'); });
    marksOf(id).forEach(function (e) { e.classList.add('lit'); });
  }

  var desk = function () { return byID('steps'); };
  function cards() { return list(document.querySelectorAll('.item')); }
  function current() { return document.querySelector('.item.current'); }
  var lastID = '';
  function make(card, how) {
    if (!card) { return; }
    lastID = card.id;
    var folded = card.closest('details');
    if (folded) { folded.open = true; }
    list(document.querySelectorAll('.current')).forEach(function (e) { e.classList.remove('current'); });
    card.classList.add('current');
    light(card.id);
    if (how !== 'stay') { show(card); }
    if (how !== 'quiet') { card.focus({ preventScroll: true }); }
    var marks = marksOf(card.id);
    if (how !== 'text' && marks.length) { centre(marks[0]); }
  }
  // To the middle of the text: where the text scrolls of itself, the page stays where it is, and with it what is clicked.
  function centre(mark) {
    var pane = byID('desk-text');
    if (!pane) { mark.scrollIntoView({ block: 'center' }); return; }
    var m = mark.getBoundingClientRect(), p = pane.getBoundingClientRect();
    pane.scrollTop += m.top - p.top - (pane.clientHeight - m.height) / 2;
  }

  document.addEventListener('click', function (event) {
    var mark = event.target.closest('.doc-text [data-item], .doc-text .ref');
    if (!mark || String(window.getSelection())) { return; }
    var card = byID(mark.getAttribute('data-item') || mark.getAttribute('href').slice(1));
    if (card) { event.preventDefault(); make(card, 'text'); }
  });

  if (!desk()) { return; }

  // The items: a click makes one the present one, a click with Shift chooses a range.
  var lastBox = null;
  document.addEventListener('click', function (event) {
    var card = event.target.closest('.item');
    if (event.target.matches('.item input[name=item]')) {
      if (event.shiftKey && lastBox) { range(lastBox, event.target, event.target.checked); }
      lastBox = event.target;
      paint();
    }
    if (card && !event.target.closest('button, input, select, textarea, label, a.btn')) { make(card, 'stay'); }
    if (event.target.closest('.item-no')) { event.preventDefault(); show(marksOf(card.id)[0]); }
    if (event.target.closest('[data-keys]')) { keys(); }
    if (event.target.closest('[data-choose-all]')) { chooseAll(); }
  });
  function boxes() { return list(document.querySelectorAll('.item input[name=item]')); }
  function paint() { boxes().forEach(function (b) { b.closest('.item').classList.toggle('chosen', b.checked); }); }
  function range(from, to, on) {
    var all = boxes();
    var a = all.indexOf(from), b = all.indexOf(to);
    if (a < 0 || b < 0) { return; }
    all.slice(Math.min(a, b), Math.max(a, b) + 1).forEach(function (box) { box.checked = on; });
  }
  function chosen() { return boxes().filter(function (b) { return b.checked; }); }
  function chooseAll() {
    var on = chosen().length < boxes().length;
    boxes().forEach(function (b) { b.checked = on; });
    paint();
  }
  function keys() {
    var box = byID('keys');
    if (!box) { return; }
    box.hidden = !box.hidden;
    box.open = !box.hidden;
  }

  // The keys.
  function move(by, choosing) {
    var all = cards();
    var at = all.indexOf(current());
    var next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))];
    if (choosing && current() && next) {
      [current(), next].forEach(function (card) {
        var box = card.querySelector('input[name=item]');
        if (box) { box.checked = true; lastBox = box; }
      });
      paint();
    }
    make(next);
  }
  function press(key) {
    var all = document.querySelector('[data-all="' + key + '"]');
    if (all && (chosen().length || key === 'u' || key === 'U' || key === 'm')) { all.click(); return; }
    var card = current();
    var one = card && card.querySelector('[data-key="' + key + '"]');
    if (one) { one.click(); }
  }
  function leave() {
    var out = document.querySelector('[data-key=leave]');
    if (out) { out.click(); return; }
    boxes().forEach(function (b) { b.checked = false; });
    paint();
    hideAdd();
  }
  function toggle() {
    var box = current() && current().querySelector('input[name=item]');
    if (box) { box.checked = !box.checked; lastBox = box; paint(); }
  }
  var typing = /^(INPUT|TEXTAREA|SELECT)$/;
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    var target = event.target;
    if (event.key === 'Escape') { leave(); return; }
    if (typing.test(target.tagName) && !(target.type === 'checkbox' && target.name === 'item')) { return; }
    var key = event.key;
    var onButton = /^(BUTTON|A|SUMMARY)$/.test(target.tagName);
    if (key === 'j' || key === 'k') { move(key === 'j' ? 1 : -1); }
    else if (key === 'J' || key === 'K') { move(key === 'J' ? 1 : -1, true); }
    else if (key === ' ' && !onButton && target.name !== 'item') { toggle(); }
    else if (/^[aroesmuU]$/.test(key)) { press(key); }
    else if (key === '?') { keys(); }
    else { return; }
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // Words that are selected in the text can be added as an item.
  var add = document.createElement('button');
  add.type = 'button';
  add.className = 'btn btn-sm btn-primary select-add';
  add.hidden = true;
  var form = byID('add-form');
  if (form) {
    add.textContent = form.querySelector('button').textContent;
    document.body.appendChild(add);
  }
  function hideAdd() { add.hidden = true; }
  // place is the code point of the document at a place of the page.
  function place(node, offset) {
    var element = node.nodeType === 3 ? node.parentNode : node;
    var piece = element.closest && element.closest('[data-at]');
    if (!piece) {
      var inside = node.childNodes && node.childNodes[offset];
      piece = inside && inside.querySelector && (inside.matches('[data-at]') ? inside : inside.querySelector('[data-at]'));
      return piece ? Number(piece.getAttribute('data-at')) : -1;
    }
    var before = node.nodeType === 3 ? node.data.slice(0, offset) : offset > 0 ? piece.textContent : '';
    return Number(piece.getAttribute('data-at')) + Array.from(before).length;
  }
  function selection() {
    var s = window.getSelection();
    if (!s || s.isCollapsed || !s.rangeCount) { return null; }
    var r = s.getRangeAt(0);
    var pane = byID('desk-text');
    if (!pane || !pane.contains(r.startContainer) || !pane.contains(r.endContainer)) { return null; }
    var at = place(r.startContainer, r.startOffset), end = place(r.endContainer, r.endOffset);
    return at >= 0 && end > at ? { at: at, end: end, words: String(s), box: r.getBoundingClientRect() } : null;
  }
  document.addEventListener('mouseup', function (event) {
    if (event.target === add) { return; }
    setTimeout(function () {
      var s = form && selection();
      if (!s) { hideAdd(); return; }
      add.style.left = Math.max(4, s.box.left + window.scrollX) + 'px';
      add.style.top = s.box.bottom + window.scrollY + 4 + 'px';
      add.hidden = false;
    }, 0);
  });
  add.addEventListener('mousedown', function (event) { event.preventDefault(); });
  add.addEventListener('click', function () {
    var s = selection();
    if (!s) { hideAdd(); return; }
    form.elements.at.value = s.at;
    form.elements.end.value = s.end;
    form.elements.words.value = s.words;
    hideAdd();
    window.getSelection().removeAllRanges();
    form.querySelector('button').click();
  });

  // What a step changed: marks take the state of their items, and the next item is made the present one.
  function settle() {
    cards().forEach(function (card) {
      var state = 'st-' + card.getAttribute('data-status');
      marksOf(card.id).concat(list(document.querySelectorAll('.ref[id="at-' + card.id + '"]'))).forEach(function (mark) {
        if (!mark.classList.contains(state)) {
          mark.classList.remove('st-pending', 'st-accepted', 'st-rejected');
          mark.classList.add(state);
        }
      });
    });
    paint();
    unhide();
  }
  function unhide() {
    list(document.querySelectorAll('[data-choose-all], [data-keys]')).forEach(function (b) { b.hidden = false; });
  }
  var stepped = false;
  document.body.addEventListener('htmx:beforeRequest', function (event) {
    if (event.detail.requestConfig.verb === 'post') { stepped = true; }
  });
  document.body.addEventListener('htmx:afterSettle', function (event) {
    if (!event.detail.requestConfig || event.detail.requestConfig.verb !== 'get') { return; }
    var opened = document.querySelector('.item-form');
    var card = opened ? opened.closest('.item') : byID(event.detail.elt.id);
    make(card, opened ? 'quiet' : '');
    var first = opened && opened.querySelector('input:not([type=hidden]), select, textarea');
    if (first) { first.focus(); }
  });
  document.body.addEventListener('htmx:afterRequest', function (event) {
    if (event.detail.requestConfig.verb !== 'post' || !stepped) { return; }
    stepped = false;
    if (event.detail.successful && form) { form.reset(); form.elements.at.value = ''; form.elements.end.value = ''; }
    settle();
    var refused = document.querySelector('.item-form [data-focus]');
    if (refused) { refused.focus(); return; }
    if (!event.detail.successful) {
      if (!current()) { make(byID(lastID) || byID(byID('bar').getAttribute('data-focus-item')), 'stay'); }
      var trouble = byID('messages');
      if (trouble) { trouble.scrollIntoView({ block: 'nearest' }); }
      return;
    }
    make(byID(byID('bar').getAttribute('data-focus-item')));
  });
  // The panes are set anew by some steps, and scroll where they were.
  var top = {};
  document.body.addEventListener('htmx:oobBeforeSwap', function () {
    ['desk-text', 'desk-list'].forEach(function (id) { if (byID(id)) { top[id] = byID(id).scrollTop; } });
  });
  document.body.addEventListener('htmx:oobAfterSwap', function () {
    Object.keys(top).forEach(function (id) { if (byID(id)) { byID(id).scrollTop = top[id]; } });
  });

  unhide();
  var edited = document.querySelector('.item-form');
  var target = edited ? edited.closest('.item') : byID(window.location.hash.slice(1));
  make(target && target.classList.contains('item') ? target : byID(byID('bar').getAttribute('data-focus-item')) || cards()[0], 'quiet');
})();
