// Language, direction and theme before the first paint; a file of its own, since the page allows no inline script.
(function () {
  var kept = {};
  try {
    kept = JSON.parse(localStorage.getItem('xrm.settings') || '{}');
  } catch (unreadable) {
    kept = {};
  }
  var spoken = (navigator.languages || [navigator.language]).map(function (tag) {
    return tag.slice(0, 2);
  });
  var known = ['en', 'ru', 'fa'];
  var language = kept.language;
  for (var i = 0; !language && i < spoken.length; i++) if (known.indexOf(spoken[i]) >= 0) language = spoken[i];
  var dark = kept.theme === 'dark' || (kept.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  var page = document.documentElement;
  page.lang = language || 'en';
  page.dir = page.lang === 'fa' ? 'rtl' : 'ltr';
  page.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  document.querySelector('meta[name=theme-color]').setAttribute('content', dark ? '#0d0d11' : '#f6f6f8');
})();
