// Files that are dropped, and a bar that shows how far an upload is. Without this script the form works by itself.
(function () {
  'use strict';
  var form = document.getElementById('upload');
  if (!form || !window.FormData) { return; }
  var input = form.querySelector('input[type=file]');
  var progress = form.querySelector('.upload-progress');
  var bar = progress.querySelector('progress');
  var what = progress.querySelector('.upload-what');
  var button = form.querySelector('button');
  form.querySelector('.upload-drop').hidden = false;

  function say(html) {
    var place = document.getElementById('messages');
    place.innerHTML = html;
    place.scrollIntoView({ block: 'nearest' });
  }

  function busy(on) {
    progress.hidden = !on;
    button.disabled = on;
    form.setAttribute('aria-busy', String(on));
    form.removeAttribute('data-sent');
  }

  function send(files) {
    if (!files.length) { return; }
    var data = new FormData();
    var names = [];
    Array.prototype.forEach.call(files, function (f) { data.append('file', f); names.push(f.name); });
    var request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.setRequestHeader('HX-Request', 'true');
    request.upload.onprogress = function (event) {
      if (!event.lengthComputable) { return; }
      bar.value = Math.round(100 * event.loaded / event.total);
      what.textContent = (bar.value < 100 ? form.getAttribute('data-going') : form.getAttribute('data-checking')) + ' ' + names.join(', ');
    };
    request.onload = function () {
      var to = request.getResponseHeader('HX-Redirect');
      if (to) { window.location.href = to; return; }
      busy(false);
      say(request.responseText);
      input.value = '';
    };
    request.onerror = function () {
      busy(false);
      var alert = document.createElement('div');
      alert.className = 'alert alert-danger';
      alert.setAttribute('role', 'alert');
      alert.textContent = document.body.getAttribute('data-offline');
      say('');
      document.getElementById('messages').appendChild(alert);
    };
    what.textContent = form.getAttribute('data-going') + ' ' + names.join(', ');
    bar.value = 0;
    busy(true);
    request.send(data);
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    send(input.files);
  });
  ['dragenter', 'dragover'].forEach(function (name) {
    document.addEventListener(name, function (event) {
      event.preventDefault();
      form.classList.add('dropping');
    });
  });
  document.addEventListener('dragleave', function (event) {
    if (!event.relatedTarget) { form.classList.remove('dropping'); }
  });
  document.addEventListener('drop', function (event) {
    event.preventDefault();
    form.classList.remove('dropping');
    if (event.dataTransfer) { send(event.dataTransfer.files); }
  });
})();
