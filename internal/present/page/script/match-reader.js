  // Choosing a promise

  function choose(number, from, name) {
    if (rows[state.chosen]) { rows[state.chosen].removeAttribute('aria-current'); }
    unmark();
    state.chosen = number;
    if (number < 0) { return; }
    var pair = data.pairs[number], row = rows[number];
    row.setAttribute('aria-current', 'true');
    light([pair.plan].concat(pair.report || []));
    if (from !== 'row') { row.scrollIntoView({ block: 'nearest' }); }
    if (byId('rows').contains(document.activeElement) && from !== 'row') { row.querySelector('.go').focus({ preventScroll: true }); }
    if (from !== 'mark') { show(name || 'plan'); }
  }
  // show brings the sentence of the plan or of the report into view.
  function show(name) {
    var pair = data.pairs[state.chosen], place = pair && pair[name];
    if (place) { goTo(place); }
  }
  function openPaper(number) {
    showPaper(number);
    all('[data-side]').forEach(function (tab) { tab.setAttribute('aria-selected', String(Number(tab.dataset.side) === number)); });
  }
  function build() {
    var chosen = state.chosen;
    speak();
    byId('subline').textContent = data.documents.map(function (document) { return document.name; }).join(' → ');
    byId('sides').hidden = data.documents.length < 2;
    buildRows();
    if (chosen >= 0 && rows[chosen]) { rows[chosen].setAttribute('aria-current', 'true'); }
  }

  byId('rows').addEventListener('click', function (event) {
    var row = event.target.closest('[data-row]'), button = event.target.closest('[data-go]');
    if (!row || String(window.getSelection())) { return; }
    if (button) { view('source'); }
    choose(Number(row.dataset.row), 'row', button ? button.dataset.go : 'plan');
  });
  // A mark that shows several promises leads to one after the other.
  byId('source').addEventListener('click', function (event) {
    var mark = event.target.closest('[data-q]');
    if (!mark || String(window.getSelection())) { return; }
    var number = Number(mark.dataset.q), found = visible.filter(function (at) {
      return [data.pairs[at].plan, data.pairs[at].report].some(function (place) {
        return place && place.doc === state.document && place.marks[0] <= number && number < place.marks[1];
      });
    });
    if (!found.length) { return; }
    view('records');
    choose(found[(found.indexOf(state.chosen) + 1) % found.length], 'mark');
    all('[data-q="' + number + '"]', paper(state.document)).forEach(function (piece) { piece.classList.add('here'); });
  });
  all('[data-side]').forEach(function (tab) { tab.addEventListener('click', function () { openPaper(Number(tab.dataset.side)); }); });

