  // Dark and light: as the system is set, until the reader chooses

  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function paint(isDark) { document.documentElement.dataset.theme = isDark ? 'dark' : 'light'; }
  paint(dark.matches);
  dark.addEventListener('change', function () { paint(dark.matches); });
  byId('theme').addEventListener('click', function () { paint(document.documentElement.dataset.theme !== 'dark'); });
  var painted = false;
  window.addEventListener('beforeprint', function () { painted = document.documentElement.dataset.theme === 'dark'; paint(false); });
  window.addEventListener('afterprint', function () { paint(painted); });

