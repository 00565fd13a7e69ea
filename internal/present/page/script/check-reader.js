  // Choosing a finding

  function choose(number, from) {
    var before = cards[state.chosen];
    if (before) { open(before, false); }
    unmark();
    state.chosen = number;
    state.place = 0;
    if (number < 0) { return; }
    var finding = data.findings[number], item = cards[number];
    open(item, true);
    light(finding.places);
    if (from !== 'card') { item.scrollIntoView({ block: 'nearest' }); }
    var focused = document.activeElement;
    if (byId('cards').contains(focused)) { item.querySelector('.head').focus({ preventScroll: true }); }
    if (from === 'mark') {
      state.place = Math.max(0, finding.places.findIndex(function (place) {
        return place.doc === state.document && place.marks[0] <= state.stretch && state.stretch < place.marks[1];
      }));
      pieces(finding.places[state.place]).forEach(function (piece) { piece.classList.add('here'); });
      site();
    } else {
      goToSite(firstHere(finding));
    }
  }
  function open(item, chosen) {
    item.classList.toggle('chosen', chosen);
    item.querySelector('.head').setAttribute('aria-expanded', String(chosen));
  }
  // firstHere is the first place of a finding in the document that is shown.
  function firstHere(finding) {
    return Math.max(0, finding.places.findIndex(function (place) { return place.doc === state.document; }));
  }
  function site() {
    all('.site').forEach(function (button) { button.removeAttribute('aria-current'); });
    var button = cards[state.chosen] && cards[state.chosen].querySelector('[data-site="' + state.place + '"]');
    if (button) { button.setAttribute('aria-current', 'true'); }
  }
  function goToSite(n) {
    var finding = data.findings[state.chosen];
    if (!finding || !finding.places.length) { return; }
    state.place = n % finding.places.length;
    goTo(finding.places[state.place]);
    site();
  }
  // openPaper shows another document without losing the finding that led there.
  function openPaper(number) {
    var chosen = state.chosen, place = state.place;
    state.stretch = -1;
    showPaper(number);
    if (byId('chooser')) { byId('chooser').value = String(number); }
    state.chosen = -1;
    if (state.rule && !listed().some(function (n) { return data.findings[n].rule === state.rule; })) { state.rule = ''; }
    build();
    if (cards[chosen] && !cards[chosen].hidden) {
      state.chosen = chosen;
      state.place = place;
      open(cards[chosen], true);
      light(data.findings[chosen].places);
      cards[chosen].scrollIntoView({ block: 'nearest' });
    }
  }
  function build() {
    var chosen = state.chosen, place = state.place;
    speak();
    byId('subline').textContent = [data.documents[state.document].name, say('check.compared', data.documents[state.document].relations)].join(' · ');
    buildRules();
    buildCards();
    if (chosen >= 0 && cards[chosen]) {
      state.place = place;
      open(cards[chosen], true);
      site();
    }
  }

  // Many notes would bury what is worse, so the page opens without them.
  var notes = data.findings.filter(function (finding) { return finding.severity === 'note'; }).length;
  var worse = data.findings.some(function (finding) { return /error|warning/.test(finding.severity); });
  state.hidden.note = worse && notes > 30;

  byId('cards').addEventListener('click', function (event) {
    var item = event.target.closest('[data-card]'), button = event.target.closest('[data-site]');
    if (!item || String(window.getSelection())) { return; }
    var number = Number(item.dataset.card);
    if (button) {
      view('source');
      if (number !== state.chosen) { choose(number, 'card'); }
      goToSite(Number(button.dataset.site));
    } else if (number === state.chosen && event.target.closest('.head')) {
      choose(-1);
    } else {
      choose(number, 'card');
    }
  });
  byId('source').addEventListener('click', function (event) {
    var mark = event.target.closest('[data-q]:not(.off)');
    if (!mark || String(window.getSelection())) { return; }
    state.text = '';
    byId('search').value = '';
    state.stretch = Number(mark.dataset.q);
    filter();
    view('records');
    if (visible.length) { choose(visible[0], 'mark'); }
  });
  byId('all-figures').addEventListener('click', function () {
    state.stretch = -1;
    filter();
    if (cards[state.chosen]) { cards[state.chosen].scrollIntoView({ block: 'nearest' }); }
  });
  byId('filter-rule').addEventListener('change', function (event) {
    state.rule = event.target.value;
    buildRuleDoc();
    filter();
  });
  byId('order').addEventListener('change', function (event) {
    state.order = event.target.value;
    build();
  });
  if (byId('chooser')) {
    byId('chooser').addEventListener('change', function (event) {
      choose(-1);
      clearFilters();
      openPaper(Number(event.target.value));
    });
  }

