// Reloads the page after a change, at the same place, and shows what is wrong while something is.
const place = `fivexx ${location.pathname}`;
const kept = sessionStorage.getItem(place);
sessionStorage.removeItem(place);
if (kept !== null) addEventListener('load', () => scrollTo(0, Number(kept)));

let shown;
function show(text) {
  shown?.remove();
  shown = undefined;
  if (!text) return;
  shown = document.createElement('pre');
  shown.id = 'fivexx-mistakes';
  shown.setAttribute('role', 'alert');
  shown.textContent = text;
  // One by one: the policy of the pages allows no style attribute.
  const style = { position: 'fixed', inset: 'auto 0 0 0', maxHeight: '60vh', overflow: 'auto', margin: '0', padding: '1rem', zIndex: '99',
    background: '#2b1212', color: '#ffe9e6', borderTop: '3px solid #e0453a', font: '13px/1.5 ui-monospace, monospace', whiteSpace: 'pre-wrap' };
  Object.assign(shown.style, style);
  document.body.append(shown);
}

const changes = new EventSource('/_fivexx/changes');
changes.addEventListener('changed', () => {
  sessionStorage.setItem(place, String(scrollY));
  location.reload();
});
changes.addEventListener('wrong', (event) => show(event.data));
