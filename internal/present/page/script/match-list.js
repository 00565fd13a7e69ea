  // The table of promises

  function buildRows() {
    var body = document.createDocumentFragment();
    rows = data.pairs.map(function (pair, number) {
      var row = make('tr', pair.verdict);
      row.dataset.row = number;
      row.appendChild(badge(pair));
      row.appendChild(make('th', 'subject', pair.subject)).scope = 'row';
      row.appendChild(side(pair.plan, 'plan'));
      row.appendChild(pair.report ? side(pair.report, 'report') : make('td', 'report silent', pair.verdict === 'not_reported' ? say('match.silent') : '—'));
      row.appendChild(judged(pair));
      body.appendChild(row);
      return row;
    });
    fill(byId('rows'), body);
    filter();
  }
  function badge(pair) {
    var cell = make('td', 'badge');
    cell.appendChild(make('span', 'chip', say('verdict.' + pair.verdict)));
    return cell;
  }
  // side is a sentence that leads to its place; the label says of which document where the columns have no heads.
  function side(place, name) {
    var cell = make('td', name), button = make('button', 'go');
    button.type = 'button';
    button.dataset.go = name;
    button.appendChild(make('span', 'label', say('match.' + name)));
    button.appendChild(said(place));
    if (place.path) { button.appendChild(make('span', 'path', place.path)); }
    cell.appendChild(button);
    return cell;
  }
  function judged(pair) {
    var cell = make('td', 'judged');
    if (pair.gap) {
      var gap = make('p', 'gap');
      gap.appendChild(make('span', 'label', say('match.gap')));
      gap.appendChild(document.createTextNode(pair.gap));
      cell.appendChild(gap);
    }
    if (pair.reason) {
      var reason = make('p', 'reason');
      reason.appendChild(make('b', '', say('match.reason')));
      reason.appendChild(document.createTextNode(pair.reason));
      cell.appendChild(reason);
    }
    if (bilingual(pair.why)) { cell.appendChild(make('p', 'why', bilingual(pair.why))); }
    if (pair.confidence) {
      var sure = make('p', 'sure ' + pair.confidence);
      sure.appendChild(document.createTextNode(say('match.confidence') + ' '));
      sure.appendChild(make('b', '', say('confidence.' + pair.confidence)));
      cell.appendChild(sure);
    }
    return cell;
  }

  // Filters and totals

  function haystack(pair) {
    return [pair.subject, plain(pair.plan), pair.report ? plain(pair.report) : '', pair.gap, pair.reason, bilingual(pair.why),
      say('verdict.' + pair.verdict)].join(' ').toLowerCase();
  }
  function filter() {
    var counts = {};
    visible = [];
    data.pairs.forEach(function (pair, number) {
      var shown = !state.hidden[pair.verdict] && (!state.text || haystack(pair).indexOf(state.text) >= 0);
      counts[pair.verdict] = (counts[pair.verdict] || 0) + 1;
      rows[number].hidden = !shown;
      if (shown) { visible.push(number); }
    });
    if (state.chosen >= 0 && visible.indexOf(state.chosen) < 0) { choose(-1); }
    gradeButtons(counts);
    buildStack(counts);
    byId('shown').textContent = data.pairs.length ? say('shown', visible.length, data.pairs.length) : '';
    byId('nothing').hidden = visible.length > 0 || !data.pairs.length;
    byId('none').hidden = data.pairs.length > 0;
    byId('clear').hidden = !(state.text || data.verdicts.some(function (verdict) { return state.hidden[verdict]; }));
    data.verdicts.forEach(function (verdict) { byId('source').classList.toggle('hide-' + verdict, Boolean(state.hidden[verdict])); });
  }
  function buildStack(counts) {
    var stack = byId('stack'), words = [];
    fill(stack);
    data.verdicts.forEach(function (verdict) {
      if (!counts[verdict]) { return; }
      var part = make('span', verdict, counts[verdict]);
      part.style.flexGrow = counts[verdict];
      part.title = say('verdict.' + verdict) + ' ' + counts[verdict];
      part.classList.toggle('off', Boolean(state.hidden[verdict]));
      words.push(part.title);
      stack.appendChild(part);
    });
    stack.setAttribute('aria-label', words.join(', '));
    byId('totals').textContent = say('match.totals', data.pairs.length);
  }
  function clearFilters() {
    state.text = '';
    state.hidden = {};
    byId('search').value = '';
  }

