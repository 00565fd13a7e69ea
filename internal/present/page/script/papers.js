  // The documents and the places in them

  function paper(number) { return document.querySelector('.paper[data-doc="' + number + '"]'); }
  function narrow() { return window.matchMedia('(max-width: 780px)').matches; }
  function bilingual(words) { return words ? words[state.lang] : ''; }
  function pieces(place) {
    var list = [];
    for (var mark = place.marks[0]; mark < place.marks[1]; mark++) {
      list = list.concat(all('[data-q="' + mark + '"]', paper(place.doc)));
    }
    return list;
  }
  function showPaper(number) {
    state.document = number;
    all('.paper').forEach(function (element) { element.hidden = Number(element.dataset.doc) !== number; });
    byId('source').scrollTop = 0;
  }
  function unmark() {
    all('.on, .here, .arrived').forEach(function (element) { element.classList.remove('on', 'here', 'arrived'); });
  }
  function light(places) {
    unmark();
    places.forEach(function (place) { pieces(place).forEach(function (piece) { piece.classList.add('on'); }); });
  }
  // goTo brings a place into view, in whichever document it stands.
  function goTo(place) {
    if (place.doc !== state.document) { openPaper(place.doc); }
    all('.here').forEach(function (element) { element.classList.remove('here', 'arrived'); });
    var found = pieces(place);
    found.forEach(function (piece) { piece.classList.add('here'); });
    if (!found.length || narrow() && document.body.dataset.view !== 'source') { return; }
    found[0].scrollIntoView({ block: 'center', inline: 'nearest' });
    found.forEach(function (piece) { piece.classList.add('arrived'); });
  }
  function view(name) {
    document.body.dataset.view = name;
    all('[data-place]').forEach(function (button) { button.setAttribute('aria-current', String(button.dataset.place === name)); });
  }
  // said is a place within its sentence.
  function said(place) {
    var line = make('span', 'said');
    line.appendChild(document.createTextNode(place.said[0]));
    line.appendChild(make('mark', '', place.said[1]));
    line.appendChild(document.createTextNode(place.said[2]));
    return line;
  }
  function plain(place) { return place.surface + ' ' + place.said.join('') + ' ' + (place.path || ''); }

  // Filters that a page of results has

  function gradeButtons(counts) {
    all('[data-grade]').forEach(function (button) {
      var grade = button.dataset.grade, count = counts[grade] || 0;
      button.querySelector('b').textContent = count;
      button.hidden = count === 0;
      button.setAttribute('aria-pressed', String(!state.hidden[grade]));
    });
  }
  function step(by) {
    if (!visible.length) { return; }
    var at = visible.indexOf(state.chosen);
    var next = at < 0 ? (by > 0 ? 0 : visible.length - 1) : Math.min(Math.max(at + by, 0), visible.length - 1);
    choose(visible[next]);
  }
  byId('search').addEventListener('input', function (event) { state.text = event.target.value.trim().toLowerCase(); filter(); });
  byId('clear').addEventListener('click', function () { clearFilters(true); filter(); });
  all('[data-grade]').forEach(function (button) { button.addEventListener('click', function () { toggle(button.dataset.grade); }); });
  all('[data-place]').forEach(function (button) { button.addEventListener('click', function () { view(button.dataset.place); }); });
  byId('print').addEventListener('click', function () { window.print(); });
  byId('help').addEventListener('click', function () { byId('keys').showModal(); });
  byId('language').addEventListener('click', function () {
    state.lang = state.lang === 'zh' ? 'en' : 'zh';
    build();
  });
  function toggle(grade) {
    state.hidden[grade] = !state.hidden[grade];
    filter();
  }

