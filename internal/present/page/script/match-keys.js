  var keys = {
    j: function () { step(1); }, ArrowDown: function () { step(1); },
    k: function () { step(-1); }, ArrowUp: function () { step(-1); },
    p: function () { view('source'); show('plan'); },
    r: function () { view('source'); show('report'); },
    '/': function () { view('records'); byId('search').focus(); byId('search').select(); },
    '?': function () { byId('keys').showModal(); },
    Escape: function () { choose(-1); }
  };
  data.verdicts.forEach(function (verdict, i) { keys[i + 1] = function () { toggle(verdict); }; });
