  // The findings of the document that is shown

  function concerns(finding, number) { return finding.places.some(function (place) { return place.doc === number; }); }
  function listed() {
    return data.findings.map(function (_, number) { return number; }).filter(function (number) {
      var finding = data.findings[number];
      return concerns(finding, state.document) || !finding.places.length && state.document === 0;
    }).sort(function (a, b) { return state.order === 'grade' && rank(a) - rank(b) || a - b; });
  }
  function rank(number) { return grades.indexOf(data.findings[number].severity); }
  function ruleTitle(name) { return data.rules[name] ? bilingual(data.rules[name].title) : name; }
  function buildCards() {
    var list = document.createDocumentFragment();
    cards = {};
    listed().forEach(function (number) {
      cards[number] = card(data.findings[number], number);
      list.appendChild(cards[number]);
    });
    fill(byId('cards'), list);
    filter();
  }
  function card(finding, number) {
    var item = make('li', 'card ' + finding.severity), head = make('button', 'head'), tags = make('span', 'tags');
    item.dataset.card = number;
    head.type = 'button';
    tags.appendChild(make('span', 'chip', say('severity.' + finding.severity)));
    if (finding.verdict) { tags.appendChild(make('span', 'verdict ' + finding.verdict, say('verdict.' + finding.verdict))); }
    tags.appendChild(make('span', 'rule', ruleTitle(finding.rule)));
    head.appendChild(tags);
    head.appendChild(make('strong', '', bilingual(finding.message)));
    item.appendChild(head);
    if (finding.computation) {
      item.appendChild(make('p', 'sum', finding.computation));
    } else if (finding.places.length) {
      item.appendChild(make('p', 'gist')).appendChild(said(finding.places[0]));
    }
    item.appendChild(more(finding));
    return item;
  }
  // more is what a card shows once it is chosen: the suggestion and the way to each place.
  function more(finding) {
    var box = make('div', 'more'), list = make('ol', 'sites');
    if (finding.suggestion) {
      var advice = make('p', 'advice');
      advice.appendChild(make('b', '', say('check.suggestion')));
      advice.appendChild(document.createTextNode(bilingual(finding.suggestion)));
      box.appendChild(advice);
    }
    if (!finding.places.length) { return box; }
    var across = finding.places.some(function (place) { return place.doc !== finding.places[0].doc; });
    box.appendChild(make('p', 'sites-title', say('check.places', finding.places.length)));
    finding.places.forEach(function (place, n) {
      var item = make('li'), button = make('button', 'site');
      button.type = 'button';
      button.dataset.site = n;
      button.setAttribute('aria-label', say('check.place', n + 1) + ' ' + place.surface);
      var path = [across ? paperName(place.doc) : '', place.path].filter(Boolean).join(' › ');
      if (path) { button.appendChild(make('span', 'path', path)); }
      button.appendChild(said(place));
      item.appendChild(button);
      list.appendChild(item);
    });
    box.appendChild(list);
    return box;
  }
  function paperName(number) { return byId('chooser') ? byId('chooser').options[number].textContent : data.documents[number].title; }

  // Filters

  function haystack(finding) {
    return [bilingual(finding.message), finding.computation, bilingual(finding.suggestion), ruleTitle(finding.rule)]
      .concat(finding.places.map(plain)).join(' ').toLowerCase();
  }
  function covers(finding, stretch) {
    return finding.places.some(function (place) {
      return place.doc === state.document && place.marks[0] <= stretch && stretch < place.marks[1];
    });
  }
  function passes(finding) {
    return !state.hidden[finding.severity] && (!state.rule || finding.rule === state.rule) &&
      (state.stretch < 0 || covers(finding, state.stretch)) && (!state.text || haystack(finding).indexOf(state.text) >= 0);
  }
  function filter() {
    var numbers = listed(), counts = {};
    visible = numbers.filter(function (number) {
      var finding = data.findings[number], shown = passes(finding);
      counts[finding.severity] = (counts[finding.severity] || 0) + 1;
      cards[number].hidden = !shown;
      return shown;
    });
    if (state.chosen >= 0 && visible.indexOf(state.chosen) < 0) { choose(-1); }
    gradeButtons(counts);
    byId('shown').textContent = numbers.length ? say('shown', visible.length, numbers.length) : '';
    byId('nothing').hidden = visible.length > 0 || !numbers.length;
    byId('clean').hidden = numbers.length > 0;
    byId('clean').querySelector('p').textContent = say('check.clean', data.documents[state.document].relations);
    var filtered = state.text || state.rule || grades.some(function (grade) { return state.hidden[grade]; });
    byId('clear').hidden = !filtered;
    byId('filter-rule').classList.toggle('set', Boolean(state.rule));
    buildAbout();
    colour();
  }
  function buildAbout() {
    byId('about-figure').hidden = state.stretch < 0;
    if (state.stretch < 0) { return; }
    var figure = all('[data-q="' + state.stretch + '"]', paper(state.document)).map(function (e) { return e.textContent; }).join('');
    if (Array.from(figure).length > 18) { figure = Array.from(figure).slice(0, 18).join('') + '…'; }
    byId('about-figure').querySelector('span').textContent = say('check.about_figure', figure, visible.length);
  }
  // colour shows each mark with the worst of the findings that are listed.
  function colour() {
    var worst = {};
    listed().forEach(function (number) {
      var finding = data.findings[number];
      if (state.hidden[finding.severity] || state.rule && finding.rule !== state.rule) { return; }
      finding.places.forEach(function (place) {
        if (place.doc !== state.document) { return; }
        for (var mark = place.marks[0]; mark < place.marks[1]; mark++) {
          var grade = grades.indexOf(finding.severity);
          if (worst[mark] === undefined || grade < worst[mark]) { worst[mark] = grade; }
        }
      });
    });
    all('[data-q]', paper(state.document)).forEach(function (piece) {
      var grade = worst[piece.dataset.q], state = ['on', 'here'].filter(function (name) { return piece.classList.contains(name); });
      piece.className = ['q', grade === undefined ? 'off' : grades[grade]].concat(state).join(' ');
    });
  }
  function clearFilters(gradesToo) {
    state.text = state.rule = '';
    state.stretch = -1;
    if (gradesToo) { state.hidden = {}; }
    byId('search').value = '';
    buildRules();
  }
  function buildRules() {
    var select = byId('filter-rule'), counts = {};
    listed().forEach(function (number) {
      var rule = data.findings[number].rule;
      counts[rule] = (counts[rule] || 0) + 1;
    });
    fill(select);
    [''].concat(Object.keys(counts)).forEach(function (rule) {
      var option = make('option', '', rule ? ruleTitle(rule) + ' (' + counts[rule] + ')' : say('check.all_rules'));
      option.value = rule;
      option.selected = rule === state.rule;
      select.appendChild(option);
    });
    select.hidden = Object.keys(counts).length < 2;
    buildRuleDoc();
  }
  function buildRuleDoc() {
    byId('rule-doc').hidden = !state.rule || !data.rules[state.rule];
    if (!byId('rule-doc').hidden) { byId('rule-doc').textContent = bilingual(data.rules[state.rule].doc); }
  }

