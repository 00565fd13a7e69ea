  var data = JSON.parse(document.getElementById('data').textContent);
  var htmlLang = { zh: 'zh-CN', en: 'en' };
  var state = { lang: data.lang, text: '', chosen: '' };

