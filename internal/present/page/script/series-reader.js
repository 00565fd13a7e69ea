  // The indicators, their charts and the index that leads to them

  function links() { return all('#index [data-to]').filter(function (link) { return !link.parentElement.hidden; }); }
  function choose(id, jump) {
    state.chosen = id;
    all('#index [data-to]').forEach(function (link) {
      if (link.dataset.to !== id) { link.removeAttribute('aria-current'); return; }
      link.setAttribute('aria-current', 'true');
      if (link.offsetParent) { link.scrollIntoView({ block: 'nearest' }); }
    });
    if (id && jump) {
      view('records');
      byId(id).scrollIntoView({ block: 'start' });
    }
  }
  function step(by) {
    var list = links(), at = list.findIndex(function (link) { return link.dataset.to === state.chosen; });
    if (!list.length) { return; }
    choose(list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1)].dataset.to, true);
  }
  function filter() {
    var any = false;
    all('#index [data-to]').forEach(function (link) {
      var section = byId(link.dataset.to), shown = !state.text || section.textContent.toLowerCase().indexOf(state.text) >= 0;
      if (section.hasAttribute('data-track')) { shown = !state.text || haystack(section).indexOf(state.text) >= 0; }
      link.parentElement.hidden = section.hidden = !shown;
      any = any || shown;
    });
    all('[data-promise]').forEach(function (item) { item.hidden = state.text !== '' && item.textContent.toLowerCase().indexOf(state.text) < 0; });
    all('.vanished details').forEach(function (year) {
      year.hidden = !year.querySelector('[data-promise]:not([hidden])');
      if (state.text) { year.open = true; }
    });
    byId('nothing').hidden = any;
  }
  function haystack(section) {
    var name = section.querySelector('h2');
    return (name.dataset.zh + ' ' + name.dataset.en).toLowerCase();
  }
  function view(name) {
    document.body.dataset.view = name;
    all('[data-place]').forEach(function (button) { button.setAttribute('aria-current', String(button.dataset.place === name)); });
  }
  function build() {
    speak();
    all('[data-zh]').forEach(function (element) { element.textContent = element.dataset[state.lang]; });
    byId('heading').textContent = say('series.title');
    byId('subline').textContent = byId('subline-words').textContent;
  }

  byId('index').addEventListener('click', function (event) {
    var link = event.target.closest('[data-to]');
    if (!link) { return; }
    event.preventDefault();
    choose(link.dataset.to, true);
  });
  byId('search').addEventListener('input', function (event) { state.text = event.target.value.trim().toLowerCase(); filter(); });
  all('[data-place]').forEach(function (button) { button.addEventListener('click', function () { view(button.dataset.place); }); });
  byId('print').addEventListener('click', function () { window.print(); });
  byId('help').addEventListener('click', function () { byId('keys').showModal(); });
  byId('language').addEventListener('click', function () {
    state.lang = state.lang === 'zh' ? 'en' : 'zh';
    build();
  });

  var keys = {
    j: function () { step(1); }, k: function () { step(-1); },
    Enter: function () {
      var rows = state.chosen && byId(state.chosen).querySelector('details');
      if (rows) { rows.open = !rows.open; }
    },
    '/': function () { view('index'); byId('search').focus(); byId('search').select(); },
    '?': function () { byId('keys').showModal(); },
    Escape: function () { choose(''); }
  };

