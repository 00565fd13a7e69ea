  var data = JSON.parse(document.getElementById('data').textContent);
  var grades = ['error', 'warning', 'rounding', 'note', 'ok'];
  var htmlLang = { zh: 'zh-CN', en: 'en' };
  // stretch is the mark in the text to whose findings the list is narrowed; -1 for none.
  var state = { lang: data.lang, document: 0, hidden: {}, rule: '', text: '', order: 'grade', stretch: -1, chosen: -1, place: 0 };
  var cards = {};   // by number of the finding
  var visible = []; // numbers of the findings that the filters let through

