// The year on a wall keeps itself fresh, goes from slide to slide and fills the screen by keys, and leads back by another.
(function () {
  'use strict';
  var board = document.getElementById('board');
  if (!board) { return; }
  var last = board.innerHTML; // as it came, before anything is unhidden
  var asked = 0;

  function unhide() {
    Array.prototype.forEach.call(board.querySelectorAll('[hidden]'), function (e) { e.hidden = false; });
  }

  function trouble(there) {
    var note = board.querySelector('.board-trouble');
    if (there && !note) {
      note = document.createElement('p');
      note.className = 'board-trouble';
      note.setAttribute('role', 'alert');
      note.textContent = board.getAttribute('data-failed');
      board.appendChild(note);
    } else if (!there && note) {
      note.parentNode.removeChild(note);
    }
  }

  // show puts a slide in the place of what is there, all at once and only where it differs, so that nothing flickers. Of
  // several that were asked for only the last is shown.
  function show(url) {
    var number = ++asked;
    return fetch(url, { credentials: 'same-origin', redirect: 'error' }).then(function (response) {
      if (!response.ok) { throw new Error(response.status); }
      return response.text();
    }).then(function (text) {
      if (number !== asked) { return; }
      var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('board');
      if (!fresh) { throw new Error('no board'); }
      if (fresh.innerHTML !== last) {
        var focused = board.contains(document.activeElement) && document.activeElement.getAttribute('data-board');
        last = fresh.innerHTML;
        board.replaceChildren.apply(board, Array.prototype.slice.call(fresh.childNodes));
        unhide();
        var again = focused && board.querySelector('[data-board=' + focused + ']');
        if (again) { again.focus(); }
      }
      trouble(false);
    }).catch(function () { if (number === asked) { trouble(true); } });
  }

  function refresh() { show(window.location.href); }

  // go leads to the slide of a link without leaving the page, for a browser leaves full screen with it.
  function go(name) {
    var link = board.querySelector('[data-board=' + name + ']');
    if (!link) { return; }
    history.replaceState(null, '', link.href);
    show(link.href);
  }

  function full() {
    if (document.fullscreenElement) { document.exitFullscreen(); } else if (document.documentElement.requestFullscreen) { document.documentElement.requestFullscreen(); }
  }

  var byKey = {
    f: full, F: full, r: refresh, R: refresh,
    ArrowRight: function () { go('next'); }, ArrowLeft: function () { go('previous'); },
    PageDown: function () { go('next'); }, PageUp: function () { go('previous'); },
    Escape: function () { if (!document.fullscreenElement) { board.querySelector('[data-board=back]').click(); } }
  };

  board.addEventListener('click', function (event) {
    var control = event.target.closest('[data-board]');
    var name = control && control.getAttribute('data-board');
    if (name === 'full') { full(); }
    if (name === 'next' || name === 'previous') { event.preventDefault(); go(name); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || !byKey[event.key]) { return; }
    event.preventDefault();
    byKey[event.key]();
  });
  setInterval(refresh, board.getAttribute('data-refresh') * 1000);
  unhide();
})();
