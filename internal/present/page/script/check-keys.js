  var keys = {
    j: function () { step(1); }, ArrowDown: function () { step(1); },
    k: function () { step(-1); }, ArrowUp: function () { step(-1); },
    n: function () { view('source'); goToSite(state.place + 1); },
    Enter: function () { view('source'); goToSite(state.place + 1); },
    '/': function () { view('records'); byId('search').focus(); byId('search').select(); },
    '?': function () { byId('keys').showModal(); },
    Escape: function () { choose(-1); state.stretch = -1; filter(); }
  };
  grades.forEach(function (grade, i) { keys[i + 1] = function () { toggle(grade); }; });
