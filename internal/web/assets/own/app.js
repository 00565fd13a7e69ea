// What the pages do better with a script than without: the menu on a telephone, what opens and closes, keys, and a word
// where the server does not answer. Written for browsers of ten years ago.
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('js');

  function each(selector, within, act) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), act);
  }

  // The menu on a narrow screen.
  function toggleMenu(button) {
    var menu = document.getElementById(button.getAttribute('aria-controls'));
    button.setAttribute('aria-expanded', String(menu.classList.toggle('open')));
  }

  // What is open closes when the reader goes elsewhere; Escape leads back to what opened it.
  function closeOthers(target) {
    each('details.pop[open]', document, function (d) {
      if (!d.contains(target)) { d.open = false; }
    });
  }
  function escape() {
    each('details.pop[open]', document, function (d) {
      d.open = false;
      d.querySelector('summary').focus();
    });
  }

  document.addEventListener('click', function (event) {
    closeOthers(event.target);
    var button = event.target.closest && event.target.closest('button');
    if (!button) { return; }
    if (button.hasAttribute('data-toggle')) { toggleMenu(button); }
    if (button.hasAttribute('data-print')) { window.print(); }
    if (button.hasAttribute('data-close')) { escape(); }
  });

  function typing(element) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable;
  }

  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { escape(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || typing(event.target)) { return; }
    if (event.key === '/') {
      var box = document.getElementById('search-box');
      if (box) { event.preventDefault(); box.focus(); }
    }
    if (event.key === '?') { window.location.href = '/help'; }
  });

  // A form that is on its way is not sent again by a second click; coming back by the browser's button it is free again.
  document.addEventListener('submit', function (event) {
    var form = event.target;
    if (form.method !== 'post' || form.hasAttribute('hx-post')) { return; }
    if (form.hasAttribute('data-sent')) { event.preventDefault(); return; }
    form.setAttribute('data-sent', '');
    form.setAttribute('aria-busy', 'true');
  });
  window.addEventListener('pageshow', function () {
    each('form[data-sent]', document, function (form) {
      form.removeAttribute('data-sent');
      form.removeAttribute('aria-busy');
    });
  });

  function say(text) {
    var place = document.getElementById('messages');
    var alert = document.createElement('div');
    alert.className = 'alert alert-danger';
    alert.setAttribute('role', 'alert');
    alert.textContent = text;
    place.textContent = '';
    place.appendChild(alert);
  }

  document.addEventListener('DOMContentLoaded', function () {
    each('[data-print], [data-close]', document, function (button) { button.hidden = false; });
    if (window.matchMedia && window.matchMedia('(max-width: 575.98px)').matches) {
      each('details[data-fold]', document, function (d) { d.open = false; });
    }
    var trouble = document.querySelector('[data-focus]');
    if (trouble) { trouble.focus(); }
    document.body.addEventListener('htmx:sendError', function () { say(document.body.getAttribute('data-offline')); });
    document.body.addEventListener('htmx:timeout', function () { say(document.body.getAttribute('data-offline')); });
    document.body.addEventListener('htmx:afterSwap', function (event) {
      each('[data-close]', event.target, function (button) { button.hidden = false; });
    });
  });
})();
