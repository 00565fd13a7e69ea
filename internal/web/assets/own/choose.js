// Choosing among hundreds of units: a field above a long choice in which a few characters narrow it down. The choice
// itself stays the browser's own, so that keyboards, screen readers and forms find what they know; without this script it
// is simply long. Characters need not stand next to each other: 发改局 finds 发展和改革局.
(function () {
  'use strict';
  var LONG = 12;
  var SHOWN = 8;

  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function plain(text) { return text.toLowerCase().replace(/\s+/g, ' ').trim(); }

  // rank is 0 where the text holds all words, 1 where it holds the characters in their order, -1 where it does not.
  function rank(text, typed) {
    var words = typed.split(' ');
    if (words.every(function (w) { return text.indexOf(w) >= 0; })) { return 0; }
    var at = 0;
    each(typed.replace(/ /g, ''), function (c) { at = at < 0 ? at : text.indexOf(c, at) + 1 || -1; });
    return at < 0 ? -1 : 1;
  }

  function say(key, count) {
    return document.body.getAttribute('data-choose-' + key).replace('{}', String(count));
  }

  // newFilter makes the field, named after the label of the choice, and the line that says how many are left.
  function newFilter(choice, id, label) {
    var box = document.createElement('div');
    box.className = 'chooser d-print-none';
    var input = document.createElement('input');
    input.type = 'search';
    input.className = 'form-control form-control-sm';
    input.id = id + '-filter';
    input.autocomplete = 'off';
    input.placeholder = say('hint', '');
    input.setAttribute('aria-label', say('label', label));
    input.setAttribute('aria-controls', id);
    var status = document.createElement('span');
    status.className = 'chooser-found';
    status.setAttribute('role', 'status');
    box.appendChild(input);
    box.appendChild(status);
    choice.parentNode.insertBefore(box, choice);
    return { input: input, status: status };
  }

  function labelOf(select) {
    return select.getAttribute('aria-label') || (select.labels && select.labels[0] ? select.labels[0].textContent.trim() : '');
  }

  // A choice of one: while something is typed, the options that fit lie open below the field.
  function one(select) {
    var options = Array.prototype.slice.call(select.options);
    var texts = options.map(function (o) { return plain(o.textContent); });
    var filter = newFilter(select, select.id, labelOf(select));
    var found = [];

    function show(list) {
      var chosen = select.value;
      while (select.firstChild) { select.removeChild(select.firstChild); }
      each(list, function (o) { select.appendChild(o); });
      select.value = chosen;
    }

    function close() {
      filter.input.value = '';
      filter.status.textContent = '';
      select.removeAttribute('size');
      show(options);
    }

    function narrow() {
      var typed = plain(filter.input.value);
      if (typed === '') { close(); return; }
      var ranked = [[], []];
      each(options, function (o, i) {
        var r = o.value === '' ? -1 : rank(texts[i], typed);
        if (r >= 0) { ranked[r].push(o); }
      });
      found = ranked[0].concat(ranked[1]);
      var kept = options.filter(function (o) { return o.selected && found.indexOf(o) < 0; });
      show(found.concat(kept));
      select.size = Math.max(2, Math.min(SHOWN, found.length + kept.length));
      filter.status.textContent = found.length ? say('found', found.length) : say('none', '');
    }

    function take(option) {
      select.value = option.value;
      close();
      select.dispatchEvent(new Event('change', { bubbles: true }));
      select.focus();
    }

    filter.input.addEventListener('input', narrow);
    filter.input.addEventListener('keydown', function (event) {
      if (event.isComposing || filter.input.value === '') { return; }
      if (event.key === 'Enter') {
        event.preventDefault();
        if (found.length) { take(found[0]); }
      } else if (event.key === 'ArrowDown' && found.length) {
        event.preventDefault();
        select.value = found[0].value;
        select.focus();
      } else if (event.key === 'Escape') {
        event.stopPropagation();
        close();
      }
    });
    select.addEventListener('keydown', function (event) {
      if (!select.hasAttribute('size') || (event.key !== 'Enter' && event.key !== 'Escape')) { return; }
      event.preventDefault();
      close();
      select.focus();
    });
    select.addEventListener('click', function (event) {
      if (select.hasAttribute('size') && event.target.tagName === 'OPTION') { take(event.target); }
    });
    select.addEventListener('blur', function () {
      if (select.hasAttribute('size')) { close(); }
    });
    window.addEventListener('pageshow', function () { if (select.hasAttribute('size')) { close(); } });
  }

  // A choice of several: what does not fit is out of sight, but what is ticked never is.
  function several(list) {
    var labels = Array.prototype.slice.call(list.querySelectorAll('label'));
    if (labels.length <= LONG) { return; }
    var filter = newFilter(list, list.id, list.getAttribute('data-choices'));
    function narrow() {
      var typed = plain(filter.input.value);
      var found = 0;
      each(labels, function (label) {
        var fits = typed === '' || rank(plain(label.textContent), typed) >= 0;
        found += fits ? 1 : 0;
        label.hidden = !fits && !label.querySelector('input').checked;
      });
      filter.status.textContent = typed === '' ? '' : found ? say('found', found) : say('none', '');
    }
    filter.input.addEventListener('input', narrow);
    filter.input.addEventListener('keydown', function (event) {
      if (event.isComposing || filter.input.value === '') { return; }
      if (event.key === 'Enter') { event.preventDefault(); }
      if (event.key === 'Escape') {
        event.stopPropagation();
        filter.input.value = '';
        narrow();
      }
    });
  }

  function enhance(within) {
    each(within.querySelectorAll('select'), function (select) {
      if (select.id && !select.multiple && !select.disabled && select.options.length > LONG && !select.hasAttribute('data-choosing')) {
        select.setAttribute('data-choosing', '');
        one(select);
      }
    });
    each(within.querySelectorAll('[data-choices]:not([data-choosing])'), function (list) {
      list.setAttribute('data-choosing', '');
      several(list);
    });
  }

  enhance(document);
  document.body.addEventListener('htmx:afterSwap', function (event) { enhance(event.target); });
})();
