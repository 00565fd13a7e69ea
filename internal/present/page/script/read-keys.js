  var keys = {
    j: function () { step(1); }, ArrowDown: function () { step(1); },
    k: function () { step(-1); }, ArrowUp: function () { step(-1); },
    Enter: function () { place('source'); showSource(pieces(state.tab, state.chosen)[0]); },
    '/': function () { place('records'); byId('search').focus(); byId('search').select(); },
    t: function () { openTab(state.tab === 'quantities' ? 'clauses' : 'quantities'); },
    '?': function () { byId('keys').showModal(); },
    Escape: function () { document.body.classList.remove('unfolded'); tip(null); choose(-1); }
  };
  kinds.forEach(function (kind, i) { keys[i + 1] = function () { toggleKind(kind); }; });
