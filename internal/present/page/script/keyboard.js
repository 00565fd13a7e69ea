  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || byId('keys').open) { return; }
    var within = event.target.closest('input, select, button, a, summary');
    if (within) {
      if (event.key === 'Escape') { within.blur(); }
      if (within.matches('input') && event.key === 'Enter') { within.blur(); step(1); }
      if (within.matches('input, select') || event.key === 'Enter' || event.key === ' ') { return; }
    }
    // Within a pane that scrolls, the arrows scroll.
    if (/^Arrow/.test(event.key) && event.target.closest('#source, #outline')) { return; }
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

