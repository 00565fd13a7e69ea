  var data = JSON.parse(document.getElementById('data').textContent);
  var kinds = ['target', 'result', 'context'];
  var htmlLang = { zh: 'zh-CN', en: 'en' };
  var state = {
    lang: data.lang, document: 0, tab: data.tab, hidden: {}, tint: true,
    text: '', measure: '', cmp: '', unit: null, chosen: -1
  };
  var rows = [];    // table rows of the tab, by number of the record
  var visible = []; // numbers of the records that the filters let through

