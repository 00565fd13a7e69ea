  function speak() {
    document.documentElement.lang = htmlLang[state.lang];
    all('[data-t]').forEach(function (element) { element.textContent = say(element.dataset.t); });
    all('[data-t-label]').forEach(function (element) {
      var label = say(element.dataset.tLabel);
      element.setAttribute('aria-label', label);
      if (element.tagName === 'BUTTON') { element.title = label; }
    });
    all('[data-t-placeholder]').forEach(function (element) { element.placeholder = say(element.dataset.tPlaceholder); });
    byId('language').lang = state.lang === 'zh' ? 'en' : 'zh-CN';
  }
