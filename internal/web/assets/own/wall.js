// The wall chart: a deadline or milestone is drawn to another day, or moved there by keys, and then asked for on a form; in a meeting
// room the chart keeps itself up to date and turns its pages. Nothing here changes anything by itself.
(function () {
  'use strict';
  var dayLength = 24 * 60 * 60 * 1000;

  function dayOf(text) { return Date.parse(text + 'T00:00:00Z'); }
  function textOf(day) { return new Date(day).toISOString().slice(0, 10); }
  function add(day, days) { return day + days * dayLength; }

  // Moving a deadline, which stands at the end of its day, or a milestone, which stands in the middle of its.
  var moving = null;

  function begin(link) {
    var table = link.closest('table');
    var svg = link.closest('svg');
    var sign = link.querySelector('svg');
    var tip = document.createElement('div');
    tip.className = 'wall-tip';
    tip.setAttribute('role', 'status');
    document.body.appendChild(tip);
    moving = {
      link: link, svg: svg, sign: sign, tip: tip, at: sign.getAttribute('x'),
      from: dayOf(table.getAttribute('data-from')), to: dayOf(table.getAttribute('data-to')),
      first: dayOf(link.getAttribute('data-day')), day: dayOf(link.getAttribute('data-day')),
      place: Number(link.getAttribute('data-at') || 1), words: table.getAttribute('data-moved')
    };
  }

  function show() {
    var all = (moving.to - moving.from) / dayLength + 1;
    var share = ((moving.day - moving.from) / dayLength + moving.place) / all;
    moving.sign.setAttribute('x', share * 100 + '%');
    var box = moving.svg.getBoundingClientRect();
    moving.tip.textContent = moving.words.replace('{0}', textOf(moving.day));
    moving.tip.style.left = Math.max(8, Math.min(window.innerWidth - moving.tip.offsetWidth - 8, box.left + share * box.width - moving.tip.offsetWidth / 2)) + 'px';
    moving.tip.style.top = Math.max(8, box.top - moving.tip.offsetHeight - 4) + 'px';
  }

  function put(day) {
    moving.day = Math.max(moving.from, Math.min(moving.to, day));
    show();
  }

  // end leaves the sign where it stood: it stands elsewhere only once an amendment is in force.
  function end() {
    if (!moving) { return; }
    moving.sign.setAttribute('x', moving.at);
    moving.tip.parentNode.removeChild(moving.tip);
    moving = null;
  }

  function ask() {
    var to = moving.link.getAttribute('href');
    if (moving.day !== moving.first) { to += (to.indexOf('?') < 0 ? '?' : '&') + 'to=' + textOf(moving.day); }
    end();
    window.location.assign(to);
  }

  function linkAt(event) { return event.target.closest ? event.target.closest('a.wall-move') : null; }

  document.addEventListener('pointerdown', function (event) {
    var link = linkAt(event);
    if (!link || event.button !== 0) { return; }
    event.preventDefault();
    link.focus();
    end();
    begin(link);
    moving.drawn = true;
    moving.x = event.clientX;
    if (link.setPointerCapture) { link.setPointerCapture(event.pointerId); }
  });
  document.addEventListener('pointermove', function (event) {
    if (!moving || !moving.drawn) { return; }
    var box = moving.svg.getBoundingClientRect();
    var days = Math.round((event.clientX - moving.x) / box.width * ((moving.to - moving.from) / dayLength + 1));
    put(add(moving.first, days));
  });
  document.addEventListener('pointerup', function () {
    if (moving && moving.drawn) { ask(); }
  });
  document.addEventListener('pointercancel', end);
  document.addEventListener('dragstart', function (event) { if (linkAt(event)) { event.preventDefault(); } });
  document.addEventListener('click', function (event) {
    if (linkAt(event) && event.detail > 0) { event.preventDefault(); } // the pointer has asked already
  });
  document.addEventListener('focusout', function (event) { if (moving && !moving.drawn && linkAt(event)) { end(); } });

  function keyOnDeadline(event, link) {
    var steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 };
    if (steps[event.key]) {
      event.preventDefault();
      if (!moving) { begin(link); }
      put(add(moving.day, steps[event.key] * (event.shiftKey ? 7 : 1)));
    } else if (moving && event.key === 'Escape') {
      event.preventDefault();
      end();
    } else if (moving && event.key === 'Enter') {
      event.preventDefault();
      ask();
    }
  }
  document.addEventListener('keydown', function (event) {
    var link = linkAt(event);
    if (link) { keyOnDeadline(event, link); } else if (event.key === 'Escape') { end(); }
  });

  // The meeting room.
  var screen = document.getElementById('wall-screen');
  if (!screen) { return; }
  var busy = false, rotation = 0, last = '';

  function unhide() {
    Array.prototype.forEach.call(screen.querySelectorAll('[hidden]'), function (e) { e.hidden = false; });
    var button = screen.querySelector('[data-wall=rotate]');
    button.setAttribute('aria-pressed', String(rotation !== 0));
    if (rotation) { button.textContent = screen.getAttribute('data-rotating'); }
  }

  // load puts what an address shows in the place of what is there, all at once and only where it differs, so that nothing
  // flickers and the screen stays full.
  function load(address, keep) {
    if (busy) { return; }
    busy = true;
    fetch(address, { credentials: 'same-origin', redirect: 'error' }).then(function (response) {
      if (!response.ok) { throw new Error(response.status); }
      return response.text();
    }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('wall-screen');
      if (!fresh) { throw new Error('no chart'); }
      if (!keep) { window.history.replaceState(null, '', address); }
      if (fresh.innerHTML !== last) {
        var focused = document.activeElement && document.activeElement.getAttribute('data-wall');
        last = fresh.innerHTML;
        screen.setAttribute('data-pages', fresh.getAttribute('data-pages'));
        screen.replaceChildren.apply(screen, Array.prototype.slice.call(fresh.childNodes));
        unhide();
        if (focused) { screen.querySelector('[data-wall=' + focused + ']').focus(); }
      }
      trouble(false);
    }).catch(function () { trouble(true); }).then(function () { busy = false; });
  }

  function trouble(there) {
    var note = screen.querySelector('.wall-trouble');
    if (there && !note) {
      note = document.createElement('p');
      note.className = 'wall-trouble';
      note.setAttribute('role', 'alert');
      note.textContent = screen.getAttribute('data-failed');
      screen.appendChild(note);
    } else if (!there && note) {
      note.parentNode.removeChild(note);
    }
  }

  function turn(rel) {
    var link = screen.querySelector('.wall-controls a[rel=' + rel + ']');
    if (link) { load(link.href); }
    return !!link;
  }

  function rotate() {
    if (rotation) {
      clearInterval(rotation);
      rotation = 0;
      last = ''; // so that the button says again what it does
      load(window.location.href, true);
    } else {
      rotation = setInterval(function () {
        if (turn('next')) { return; }
        var first = new URL(window.location.href);
        first.searchParams.delete('page');
        load(first.href);
      }, screen.getAttribute('data-rotate') * 1000);
      unhide();
    }
  }

  function full() {
    if (document.fullscreenElement) { document.exitFullscreen(); } else if (document.documentElement.requestFullscreen) { document.documentElement.requestFullscreen(); }
  }

  screen.addEventListener('click', function (event) {
    var link = event.target.closest('.wall-controls a[rel]');
    var button = event.target.closest('[data-wall]');
    if (link) {
      event.preventDefault();
      load(link.href);
    } else if (button && button.getAttribute('data-wall') === 'rotate') {
      rotate();
    } else if (button && button.getAttribute('data-wall') === 'full') {
      full();
    }
  });

  var keys = {
    ArrowRight: function () { turn('next'); }, PageDown: function () { turn('next'); },
    ArrowLeft: function () { turn('prev'); }, PageUp: function () { turn('prev'); },
    ' ': rotate, f: full, F: full, r: function () { load(window.location.href, true); },
    Escape: function () { if (!document.fullscreenElement) { screen.querySelector('[data-wall=back]').click(); } }
  };
  document.addEventListener('keydown', function (event) {
    var onButton = event.key === ' ' && event.target.closest && event.target.closest('button, a');
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || onButton || !keys[event.key]) { return; }
    event.preventDefault();
    keys[event.key]();
  });

  setInterval(function () { load(window.location.href, true); }, screen.getAttribute('data-refresh') * 1000);
  unhide();
})();
