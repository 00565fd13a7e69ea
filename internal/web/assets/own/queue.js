// Lists of which several are ticked and dealt with at once: the queue of approvals with its keys, and the boxes of a board.
// Without this script the boxes, the buttons and the links do.
(function () {
  'use strict';
  function list(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function boxes() { return list('main input[type=checkbox][name=id], main input[type=checkbox][name=unit]'); }
  function chosen() { return boxes().filter(function (b) { return b.checked; }); }
  var keys = document.getElementById('keys');
  var count = document.querySelector('[data-count]');

  list('[data-choose-all], [data-keys], [data-brief]').forEach(function (b) { b.hidden = false; });

  function paint() {
    boxes().forEach(function (b) {
      var item = b.closest('.queue-item') || b.closest('tr');
      item.classList.toggle('chosen', b.checked);
    });
    if (count) { count.textContent = chosen().length ? count.getAttribute('data-text').replace('{}', chosen().length) : ''; }
  }
  function chooseAll() {
    var on = chosen().length < boxes().length;
    boxes().forEach(function (b) { b.checked = on; });
    paint();
  }
  function help() {
    if (!keys) { return; }
    keys.hidden = !keys.hidden;
    keys.open = !keys.hidden;
  }

  // A click with Shift ticks a range.
  var last = null;
  document.addEventListener('click', function (event) {
    var target = event.target;
    if (target.closest('[data-choose-all]')) { chooseAll(); return; }
    if (target.closest('[data-keys]')) { help(); return; }
    var brief = target.closest('[data-brief]');
    if (brief) { look(brief); return; }
    var at = boxes().indexOf(target);
    if (at >= 0) {
      if (event.shiftKey && last) { range(boxes().indexOf(last), at, target.checked); }
      last = target;
      paint();
    }
    var item = target.closest('.queue-item');
    if (item && !target.closest('a, button, input')) { make(item); }
  });
  function range(a, b, on) {
    boxes().slice(Math.min(a, b), Math.max(a, b) + 1).forEach(function (box) { box.checked = on; });
  }

  // What a submission says, beside the period before, within the queue.
  function look(button) {
    var cell = document.getElementById(button.getAttribute('aria-controls'));
    var row = cell.parentNode;
    var open = row.hidden;
    row.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (!open || cell.firstChild) { return; }
    fetch(button.getAttribute('data-brief'), { headers: { 'HX-Request': 'true' }, credentials: 'same-origin' }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (text) { cell.innerHTML = text; }).catch(function () {
      cell.textContent = document.body.getAttribute('data-offline');
    });
  }

  function items() { return list('.queue-item'); }
  if (!items().length) { paint(); return; }

  function current() { return document.querySelector('.queue-item.current'); }
  function make(item) {
    if (!item) { return; }
    items().forEach(function (i) { i.classList.remove('current'); });
    item.classList.add('current');
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: 'nearest' });
  }
  function box(item) { return item && item.querySelector('input[name=id]'); }
  function move(by, choosing) {
    var all = items(), at = all.indexOf(current());
    var next = all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + by))];
    if (choosing && current()) {
      [current(), next].forEach(function (i) { box(i).checked = true; });
      paint();
    }
    make(next);
  }
  function toggle() {
    var b = box(current());
    if (b) { b.checked = !b.checked; last = b; paint(); }
  }
  function press(selector, within) {
    var button = within && within.querySelector(selector);
    if (button) { button.click(); }
  }
  // A step is that of all that are ticked, and of the present one where none is.
  function step(key) {
    if (!chosen().length) { toggle(); }
    if (key === 'r') {
      var reason = document.getElementById('reason');
      if (reason && !reason.value.trim()) { reason.focus(); return; }
    }
    press('[data-step="' + key + '"]', document);
  }
  function leave() {
    boxes().forEach(function (b) { b.checked = false; });
    paint();
    if (document.activeElement && document.activeElement.id === 'reason') { make(current() || items()[0]); }
  }

  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) { return; }
    var target = event.target, key = event.key;
    if (key === 'Escape') { leave(); return; }
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== 'checkbox';
    if (typing) {
      // Enter in the reason returns, and takes no other step.
      if (key === 'Enter' && target.id === 'reason') { event.preventDefault(); press('[data-step="r"]', document); }
      return;
    }
    var pressed = /^(BUTTON|A|SUMMARY)$/.test(target.tagName);
    if (key === 'j' || key === 'k') { move(key === 'j' ? 1 : -1); }
    else if (key === 'J' || key === 'K') { move(key === 'J' ? 1 : -1, true); }
    else if (key === 'x' || key === ' ' && !pressed && target.type !== 'checkbox') { toggle(); }
    else if (key === 'v') { press('[data-brief]', current()); }
    else if (key === 'Enter' && !pressed) { press('[data-open]', current()); }
    else if (/^[aclr]$/.test(key)) { step(key); }
    else if (key === '?') { help(); }
    else { return; }
    event.preventDefault();
    event.stopPropagation();
  }, true);

  paint();
  if (!document.querySelector('[data-focus]')) { make(items()[0]); }
})();
