// Saving the rows of a form while it is filled: what was changed is sent after a moment, and kept in the browser until the
// server has it. Where the connection drops nothing is lost, not even when the page is closed: it is sent when the same
// account opens the same form again. Without this script the form has its button.
(function () {
  'use strict';
  var form = document.getElementById('report');
  var settled = document.querySelector('.grid-form[data-report]:not(form)');
  if (!window.JSON || (!form && !settled)) { return; }

  var PAUSE = 1200, KEEP = 250, AGAIN = 5000, SLOWEST = 60000, PATIENCE = 30000, UNANSWERED = 5;
  var place = 'luoshi.report|' + (form || settled).getAttribute('data-account') + '|' + (form || settled).getAttribute('data-report') + '|';

  // A form that went in whole, as its page without fields shows, took along what was kept.
  function went(whole) {
    try {
      if (whole && sessionStorage.getItem(place)) {
        Object.keys(localStorage).forEach(function (key) { if (key.indexOf(place) === 0) { localStorage.removeItem(key); } });
      }
      sessionStorage.removeItem(place);
    } catch (e) { /* a browser that keeps nothing has nothing to forget */ }
  }
  function goes() {
    try { sessionStorage.setItem(place, 'whole'); } catch (e) { /* nor has it anything kept */ }
  }
  went(!form);
  if (!form) { return; }
  var line = document.getElementById('grid-state');

  function list(nodes) { return Array.prototype.slice.call(nodes); }
  function say(key, values) {
    var text = line.getAttribute('data-' + key) || '';
    (values || []).forEach(function (value, i) { text = text.replace('{' + i + '}', String(value)); });
    if (line.textContent !== text) { line.textContent = text; }
    line.setAttribute('data-state', key);
  }

  // The rows of the form by their subjects. A row is at rest, waits to be sent, or is held: the server could not take it.
  var rows = {};
  list(form.querySelectorAll('tbody[data-subject]')).forEach(function (body) {
    var subject = body.getAttribute('data-subject');
    rows[subject] = { subject: subject, body: body, changed: 0, sent: 0, held: false, posted: [] };
  });
  function all() { return Object.keys(rows).map(function (subject) { return rows[subject]; }); }
  function waits(row) { return row.changed > row.sent && !row.held; }
  function unsent(row) { return row.changed > row.sent; }
  function fieldsOf(row) {
    return list(row.body.querySelectorAll('[name]')).filter(function (f) { return f.type !== 'submit' && f.tagName !== 'BUTTON'; });
  }
  function named(row, field) {
    return fieldsOf(row).filter(function (f) { return f.name === row.subject + '|' + field; })[0];
  }
  function rowOf(element) {
    var body = element.closest('tbody[data-subject]');
    return body ? rows[body.getAttribute('data-subject')] : null;
  }

  // What is kept in the browser: each row under its own key, so that two windows do not overwrite each other's.
  var keptOut = false;
  function valuesOf(row) {
    var fields = {};
    fieldsOf(row).forEach(function (f) { fields[f.name] = f.value; });
    return fields;
  }
  function keep(row) {
    try {
      localStorage.setItem(place + row.subject, JSON.stringify({ fields: valuesOf(row), posted: row.posted }));
    } catch (e) {
      keptOut = true;
    }
  }
  function forget(row) {
    try { localStorage.removeItem(place + row.subject); } catch (e) { keptOut = true; }
  }
  function kept(row) {
    try {
      return JSON.parse(localStorage.getItem(place + row.subject));
    } catch (e) {
      return null;
    }
  }
  // What was posted without an answer may have arrived. Where it is what stands there now, nobody else has changed the row.
  function plain(value) {
    return String(value === undefined ? '' : value).trim().replace(/[\uff0c, ]/g, '').replace(/[\uff01-\uff5e]/g, function (c) {
      return String.fromCharCode(c.charCodeAt(0) - 0xfee0);
    });
  }
  function arrived(row, standing) {
    return row.posted.some(function (post) {
      return Object.keys(standing).every(function (field) {
        var f = named(row, field);
        return !f || f.readOnly || post[f.name] === undefined || plain(post[f.name]) === plain(standing[field]);
      });
    });
  }
  function rebase(row) {
    var theirs = row.held && row.body.querySelector('.findings button[data-theirs]');
    if (!theirs || !arrived(row, JSON.parse(theirs.getAttribute('data-theirs')))) { return; }
    named(row, 'revision').value = theirs.getAttribute('data-revision');
    row.held = false;
    row.changed++;
  }
  var keeping = null;
  function keepAll() {
    window.clearTimeout(keeping);
    keeping = null;
    all().filter(unsent).forEach(keep);
  }

  // Sending. One request is under way at a time; it carries every row that waits.
  var sending = false, later = null, pause = AGAIN, lastSaved = '', leaving = false, cut = false, signedOut = false, button = null;
  function count(test) { return all().filter(test).length; }
  function status() {
    if (cut) { say(keptOut && count(unsent) ? 'unkept' : count(unsent) ? 'offline' : 'cut', [count(unsent)]); return; }
    var held = count(function (row) { return row.held; });
    if (sending) { say('saving'); return; }
    if (held) { say('held', [held]); return; }
    if (count(waits)) { say(keptOut ? 'unkept' : 'waiting', [count(waits)]); return; }
    say(lastSaved ? 'saved' : 'rest', [lastSaved]);
  }
  function plan(after) {
    window.clearTimeout(later);
    later = window.setTimeout(send, after);
  }
  function encode(waiting) {
    var parts = [];
    waiting.forEach(function (row) {
      fieldsOf(row).forEach(function (f) { parts.push(encodeURIComponent(f.name) + '=' + encodeURIComponent(f.value)); });
    });
    return parts.join('&');
  }
  function send() {
    window.clearTimeout(later);
    var waiting = all().filter(waits);
    if (sending || !waiting.length || leaving) { return; }
    waiting.forEach(function (row) { row.under = row.changed; });
    var request = new XMLHttpRequest();
    request.open('POST', form.getAttribute('action'));
    request.timeout = PATIENCE;
    request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('HX-Request', 'true');
    request.onload = function () {
      sending = false;
      window.setTimeout(submitHeld, 0);
      if (request.status === 200) { taken(waiting, JSON.parse(request.responseText)); } else { refused(request, waiting); }
    };
    request.onerror = request.ontimeout = function () {
      sending = false;
      button = null;
      broken();
    };
    sending = true;
    status();
    request.send(encode(waiting));
    waiting.forEach(function (row) { row.posted = row.posted.concat(valuesOf(row)).slice(-UNANSWERED); });
    keepAll();
  }
  // The server is out of reach: what was typed stays here and is sent again, ever more patiently.
  function broken() {
    cut = true;
    keepAll();
    status();
    plan(pause);
    pause = Math.min(pause * 2, SLOWEST);
  }
  function refused(request, waiting) {
    if (request.status >= 500 || request.status === 429) { broken(); return; }
    cut = false;
    signedOut = request.status === 401;
    waiting.forEach(function (row) { row.held = true; });
    keepAll();
    say(signedOut ? 'signed-out' : 'refused', [count(unsent)]);
    var place = document.getElementById('messages');
    place.innerHTML = request.responseText;
    place.scrollIntoView({ block: 'nearest' });
  }
  function taken(waiting, answer) {
    pause = AGAIN;
    cut = signedOut = false;
    lastSaved = answer.saved;
    waiting.forEach(function (row) {
      var said = answer.rows[row.subject];
      if (!said) { return; }
      row.held = Boolean(said.held);
      if (!row.held) { row.sent = row.under; }
      show(row, said);
      rebase(row);
      row.posted = [];
      if (!unsent(row)) { forget(row); }
    });
    list(document.querySelectorAll('[data-filled]')).forEach(function (place) { place.textContent = answer.filled; });
    status();
    if (count(waits)) { plan(PAUSE); }
  }

  // show puts what the server answers into a row: its figures as they are kept, those that follow from them, and what is
  // to be said of them. What is being typed stays as it is.
  function show(row, said) {
    if (said.revision) { named(row, 'revision').value = said.revision; }
    Object.keys(said.values || {}).forEach(function (field) {
      var f = named(row, field);
      if (!f || (unsent(row) && !f.readOnly) || (f === document.activeElement && f.value !== said.values[field] && !f.readOnly)) { return; }
      if (f.value !== said.values[field]) { f.value = said.values[field]; }
      f.classList.remove('unread');
      f.removeAttribute('aria-invalid');
    });
    row.body.querySelector('.findings').innerHTML = said.findings;
    point(row);
    var override = row.body.querySelector('.override');
    override.hidden = !said.override;
    row.body.querySelector('.under').hidden = !said.findings.trim() && !said.override && !row.body.querySelector('.more, .held-already');
    row.body.classList.toggle('waiting', waits(row));
    row.body.classList.toggle('held', row.held);
  }
  // point ties what is said of a field to the field.
  function point(row) {
    list(row.body.querySelectorAll('.has-error, .has-warning')).forEach(function (td) {
      td.classList.remove('has-error', 'has-warning');
      td.querySelector('[name]').removeAttribute('aria-describedby');
      td.querySelector('[name]').removeAttribute('aria-invalid');
    });
    list(row.body.querySelectorAll('.findings [data-field]')).forEach(function (li) {
      var f = named(row, li.getAttribute('data-field'));
      var td = f && f.closest('td');
      if (!td) { return; }
      var worst = li.getAttribute('data-severity');
      td.classList.add('has-' + worst);
      f.setAttribute('aria-describedby', ((f.getAttribute('aria-describedby') || '') + ' ' + li.id).trim());
      if (worst === 'error') { f.setAttribute('aria-invalid', 'true'); }
    });
  }

  function touched(event) {
    var row = event.target.name ? rowOf(event.target) : null;
    if (!row) { return; }
    row.changed++;
    row.held = false;
    row.body.classList.add('waiting');
    if (!keeping) { keeping = window.setTimeout(keepAll, KEEP); }
    if (sending) { return; }
    status();
    if (!cut) { plan(PAUSE); }
  }
  form.addEventListener('input', touched);
  form.addEventListener('change', touched);
  // What was typed is sent at once when the reader goes on to another row.
  form.addEventListener('focusout', function (event) {
    var row = rowOf(event.target);
    var to = event.relatedTarget ? rowOf(event.relatedTarget) : null;
    if (row && to && to !== row && waits(row) && !cut) { plan(0); }
  });
  form.addEventListener('keydown', function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      event.preventDefault();
      if (document.activeElement && document.activeElement.blur) {
        var field = document.activeElement;
        field.blur();
        field.focus();
      }
      plan(0);
    }
  });
  // A conflict: one's own row is sent again over the other's, or the other's is taken over.
  form.addEventListener('click', function (event) {
    var button = event.target.closest('button[data-mine], button[data-theirs]');
    if (!button) { return; }
    event.preventDefault();
    var row = rowOf(button);
    named(row, 'revision').value = button.getAttribute('data-revision');
    row.held = false;
    if (button.hasAttribute('data-theirs')) {
      var theirs = JSON.parse(button.getAttribute('data-theirs'));
      Object.keys(theirs).forEach(function (field) {
        var f = named(row, field);
        if (f) { f.value = theirs[field]; }
      });
      list(row.body.querySelectorAll('[data-given]')).forEach(form.grid ? form.grid.settle : function () {});
    }
    row.changed++;
    plan(0);
  });

  function again() {
    pause = AGAIN;
    cut = false;
    status();
    plan(0);
  }
  window.addEventListener('online', again);
  // Who signed in anew in another window and comes back.
  window.addEventListener('focus', function () {
    if (!signedOut) { return; }
    all().forEach(function (row) { row.held = false; });
    again();
  });
  window.addEventListener('offline', broken);
  window.addEventListener('pagehide', keepAll);
  // The whole form goes to the server once the rows that are under way have arrived, so that it meets their revisions;
  // and not at all while the server is out of reach.
  form.addEventListener('submit', function (event) {
    keepAll();
    if (sending || (cut && count(waits))) {
      event.preventDefault();
      event.stopPropagation();
      button = event.submitter || form.querySelector('[type=submit]');
      plan(0);
      return;
    }
    leaving = true;
    goes();
  });
  function submitHeld() {
    var pressed = button;
    button = null;
    if (pressed) { pressed.click(); }
  }
  window.addEventListener('pageshow', function () { leaving = false; });
  window.addEventListener('beforeunload', function (event) {
    keepAll();
    if (leaving || !count(unsent)) { return; }
    event.preventDefault();
    event.returnValue = '';
  });

  // What an earlier visit could not send. Where the server has it by now there is nothing to do; where somebody changed the
  // row meanwhile, the server finds that by the revision that is kept with it.
  function restore() {
    var found = 0;
    all().forEach(function (row) {
      var draft = kept(row);
      if (!draft) { return; }
      var fields = draft.fields;
      var differs = fieldsOf(row).some(function (f) {
        return !/\|(revision|was)$/.test(f.name) && fields[f.name] !== undefined && fields[f.name] !== f.value && !f.readOnly;
      });
      if (!differs) { forget(row); return; }
      row.posted = draft.posted;
      fieldsOf(row).forEach(function (f) { if (fields[f.name] !== undefined) { f.value = fields[f.name]; } });
      list(row.body.querySelectorAll('[data-given]')).forEach(form.grid ? form.grid.settle : function () {});
      row.changed++;
      row.body.classList.add('waiting');
      found++;
    });
    if (found) { say('restored', [found]); plan(0); }
  }
  line.hidden = false;
  status();
  restore();
})();
