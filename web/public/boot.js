// Before the program is there: language, direction and theme for the first paint, and the frame for who was in before; then what every
// page asks first is asked, and the chunks of this page are fetched; where the program cannot be fetched, the page says so. A file of its own, since the page allows no inline script; the build puts FIRST before it.
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

  var person = null;
  try {
    person = localStorage.getItem('xrm.leaving') ? null : localStorage.getItem('xrm.person');
  } catch (unreadable) {
    person = null;
  }
  if (person) page.setAttribute('data-known', '');

  var first = typeof FIRST === 'undefined' ? null : FIRST;
  if (!first) return;
  function lost(event) {
    var failed = event.target instanceof HTMLScriptElement || event.type === 'unhandledrejection';
    if (!failed || document.querySelector('#root main, .coming-lost')) return;
    var says = document.createElement('div');
    says.className = 'coming-lost';
    says.setAttribute('role', 'alert');
    says.textContent = first.lost[page.lang].says;
    var again = document.createElement('button');
    again.textContent = first.lost[page.lang].again;
    again.onclick = function () {
      location.reload();
    };
    says.appendChild(again);
    document.querySelector('.coming').appendChild(says);
    addEventListener('online', again.onclick);
  }
  addEventListener('error', lost, true);
  addEventListener('unhandledrejection', lost);

  var place = location.pathname.split('/')[1] || '';
  (first.words[page.lang] || []).concat(first.pages[place] || []).forEach(function (file) {
    var link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = file;
    document.head.appendChild(link);
  });
  if (!person) return;
  var early = (window.xrmEarly = {});
  var said = location.search.slice(1).split('&').map(function (part) {
    return first.questions.said[place + '?' + part] || [];
  });
  [first.questions.every, first.questions.pages[place] || []].concat(said).flat().forEach(function (question) {
    early[question.query + JSON.stringify(question.variables)] = fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: first.accept },
      body: JSON.stringify(question),
      credentials: 'same-origin',
    }).catch(function () {
      return null;
    });
  });
})();
