  var data = JSON.parse(document.getElementById('data').textContent);
  var htmlLang = { zh: 'zh-CN', en: 'en' };
  var state = { lang: data.lang, document: 0, hidden: {}, text: '', chosen: -1 };
  var rows = [];    // by number of the promise
  var visible = []; // numbers of the promises that the filters let through

