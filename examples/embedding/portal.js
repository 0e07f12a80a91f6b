// A page without a framework: where XRM is and which record is shown come with the page's own address.
const given = new URLSearchParams(location.search);
const xrm = given.get('xrm') ?? 'http://127.0.0.1:8000';
await import(new URL('/embed/xrm.js', xrm).href);

/** The server of this page gives out tokens that do not last; it is asked again when one was refused. */
let held;
async function token({ refused }) {
  if (!held || refused) held = fetch('/token', { method: 'POST' }).then((answer) => answer.text());
  return held;
}

const said = document.getElementById('said');
for (const element of document.querySelectorAll('xrm-360, xrm-graph')) {
  element.record = given.get('record') ?? '';
  element.locale = given.get('locale') ?? 'en';
  element.theme = given.get('theme') ?? 'light';
  element.token = token;
}
document.addEventListener('xrm-select', ({ detail }) => {
  said.textContent = detail ? `Picked: ${detail.title}` : '';
});
document.addEventListener('xrm-open', (event) => {
  event.preventDefault();
  for (const element of document.querySelectorAll('xrm-360, xrm-graph')) element.record = event.detail.id;
});
document.addEventListener('xrm-error', ({ detail }) => {
  said.textContent = `${detail.code}: ${detail.message}`;
});
