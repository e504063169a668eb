// The latency of the chosen network on the server's machine, measured when somebody asks for it.
import { announce, h } from '../dom.js';
import { millis } from '../format.js';
import { measure } from '../networks.js';

const known = new Map();

/** @param name of the network, @param what is chosen */
export function measurement(name, what) {
  const value = h('dd', { class: 'number' }, '–');
  const note = h('dd', { class: 'soft small' });
  const show = ({ medianMillis }) => {
    value.textContent = millis(medianMillis);
    note.textContent = 'one image, one thread';
  };
  const button = h('button', { class: 'link', type: 'button', onclick: async () => {
    button.disabled = true;
    button.textContent = 'Measuring …';
    try {
      const answer = await measure(what);
      known.set(name, answer);
      show(answer);
      announce(`Measured: ${millis(answer.medianMillis)}`);
    } catch (error) {
      button.disabled = false;
      button.textContent = 'Measure again';
      note.append(' ', h('span', { class: 'error' }, error.message));
    }
  } }, 'Measure here');
  if (known.has(name)) {
    show(known.get(name));
  } else {
    note.append(button);
  }
  return h('div', {}, h('dt', {}, 'Measured latency'), value, note);
}
