  function byId(id) { return document.getElementById(id); }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function say(key) {
    var message = data.words[state.lang][key];
    if (message === undefined) { return key; }
    for (var i = 1; i < arguments.length; i++) { message = message.split('{' + (i - 1) + '}').join(arguments[i]); }
    return message;
  }
  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) { element.className = className; }
    if (text !== undefined) { element.textContent = text; }
    return element;
  }
  function fill(element, content) {
    element.textContent = '';
    if (content) { element.appendChild(content); }
  }
