// The year on a wall keeps itself fresh, fills the screen by a key, and leads back by another.
(function () {
  'use strict';
  var board = document.getElementById('board');
  if (!board) { return; }
  var last = '';

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

  // refresh puts what is new in the place of what is there, all at once and only where it differs, so that nothing flickers.
  function refresh() {
    fetch(window.location.href, { credentials: 'same-origin', redirect: 'error' }).then(function (response) {
      if (!response.ok) { throw new Error(response.status); }
      return response.text();
    }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, 'text/html').getElementById('board');
      if (!fresh) { throw new Error('no board'); }
      if (fresh.innerHTML !== last) {
        var focused = document.activeElement && document.activeElement.getAttribute('data-board');
        last = fresh.innerHTML;
        board.replaceChildren.apply(board, Array.prototype.slice.call(fresh.childNodes));
        unhide();
        if (focused) { board.querySelector('[data-board=' + focused + ']').focus(); }
      }
      trouble(false);
    }).catch(function () { trouble(true); });
  }

  function full() {
    if (document.fullscreenElement) { document.exitFullscreen(); } else if (document.documentElement.requestFullscreen) { document.documentElement.requestFullscreen(); }
  }

  board.addEventListener('click', function (event) {
    if (event.target.closest('[data-board=full]')) { full(); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) { return; }
    if (event.key === 'f' || event.key === 'F') { full(); }
    if (event.key === 'r') { refresh(); }
    if (event.key === 'Escape' && !document.fullscreenElement) { board.querySelector('[data-board=back]').click(); }
  });
  setInterval(refresh, board.getAttribute('data-refresh') * 1000);
  unhide();
})();
