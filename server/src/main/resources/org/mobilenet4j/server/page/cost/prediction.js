// The predicted latency. The server measures its machine once before it can tell, so this may ask again.
import { h } from '../dom.js';
import { millis } from '../format.js';

const PAUSE_MILLIS = 1500;

/** @param document the cost of what is chosen, @param ask counts it again */
export function prediction(document, ask) {
  const value = h('dd', { class: 'number' });
  const note = h('dd', { class: 'soft small' });
  show(document);

  function show({ predictedMillis }) {
    const isKnown = predictedMillis !== undefined;
    value.textContent = isKnown ? millis(predictedMillis) : '–';
    note.textContent = isKnown ? 'one image, one thread' : 'getting to know this machine …';
    if (!isKnown) {
      setTimeout(() => {
        if (value.isConnected) {
          ask().then(show, () => {});
        }
      }, PAUSE_MILLIS);
    }
  }

  return h('div', {}, h('dt', {}, 'Predicted latency'), value, note);
}
