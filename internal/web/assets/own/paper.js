// The words of a report with its figures as chips that cannot be typed into. Each field stands in for a textarea in which
// figures are written in braces; without this script that is the form.
(function () {
  'use strict';
  var braces = /\{[^{}\n]+\}/g;

  function chip(token) {
    var c = document.createElement('span');
    c.className = 'paper-chip';
    c.contentEditable = 'false';
    c.setAttribute('data-token', token);
    c.textContent = token.slice(1, -1).split('|')[0];
    return c;
  }

  function fill(box, text) {
    var at = 0;
    text.replace(braces, function (token, where) {
      box.appendChild(document.createTextNode(text.slice(at, where)));
      box.appendChild(chip(token));
      at = where + token.length;
    });
    box.appendChild(document.createTextNode(text.slice(at)));
  }

  function read(node) {
    var text = '';
    Array.prototype.forEach.call(node.childNodes, function (n) {
      if (n.nodeType === Node.TEXT_NODE) { text += n.nodeValue; return; }
      if (n.nodeType !== Node.ELEMENT_NODE) { return; }
      if (n.hasAttribute('data-token')) { text += n.getAttribute('data-token'); return; }
      if (n.tagName === 'BR') { text += '\n'; return; }
      text += (text && !/\n$/.test(text) ? '\n' : '') + read(n);
    });
    return text.replace(/\u00a0/g, ' ');
  }

  // What is pasted comes in as plain text: what looks like a figure in braces stays words until it is saved.
  function paste(event) {
    event.preventDefault();
    var text = (event.clipboardData || window.clipboardData).getData('text');
    document.execCommand('insertText', false, text);
  }

  function enrich(area) {
    var box = document.createElement('div');
    var label = area.id && document.querySelector('label[for="' + CSS.escape(area.id) + '"]');
    box.className = 'form-control paper-chips';
    box.contentEditable = 'true';
    box.lang = area.lang;
    box.setAttribute('role', 'textbox');
    box.setAttribute('aria-multiline', 'true');
    if (label) {
      label.id = label.id || area.id + '-label';
      box.setAttribute('aria-labelledby', label.id);
      label.addEventListener('click', function () { box.focus(); });
    }
    fill(box, area.value);
    box.addEventListener('paste', paste);
    box.addEventListener('input', function () {
      area.value = read(box);
      area.dispatchEvent(new Event('input', { bubbles: true }));
    });
    area.parentNode.insertBefore(box, area);
  }

  Array.prototype.forEach.call(document.querySelectorAll('textarea[data-chips]'), enrich);
})();
