// The latency of the chosen network on the server's machine, measured when somebody asks for it.
import { send } from '../api.js';
import { announce, h } from '../dom.js';
import { millis } from '../format.js';

const known = new Map();

export function measurement(name, { network, alpha, resolution, techniques }) {
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
      const notation = name.includes(String(alpha)) ? `${network}:${alpha}:${resolution}` : `${network}:${resolution}`;
      const answer = await send('POST', 'v1/cost/measure?' + new URLSearchParams({ network: notation, apply: techniques.join(',') }));
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
