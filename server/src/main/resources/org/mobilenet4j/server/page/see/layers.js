// The time of each layer as bars, the slowest first until all are asked for.
import { h, newId } from '../dom.js';
import { millis, percent } from '../format.js';

const FIRST = 6;

export function layerTimes(layers) {
  const all = layers.filter(each => each.millis > 0);
  const total = all.reduce((sum, each) => sum + each.millis, 0);
  const most = Math.max(...all.map(each => each.millis));
  const slowest = [...all].sort((a, b) => b.millis - a.millis).slice(0, FIRST);
  const rows = h('ul', { class: 'times', id: newId('times') });
  const more = h('button', { class: 'link', type: 'button', 'aria-controls': rows.id, 'aria-expanded': 'false' });
  const show = open => {
    more.setAttribute('aria-expanded', String(open));
    more.textContent = open ? 'Only the slowest' : `All ${all.length} in order`;
    rows.replaceChildren(...(open ? all : slowest).map(each => h('li', {},
      h('span', { class: 'name', title: each.name }, each.name),
      h('span', { class: 'bar', 'aria-hidden': 'true' }, h('i', { style: { width: each.millis / most * 100 + '%' } })),
      h('span', { class: 'number' }, millis(each.millis)))));
  };
  more.addEventListener('click', () => show(more.getAttribute('aria-expanded') === 'false'));
  show(false);
  const share = slowest.reduce((sum, each) => sum + each.millis, 0) / total;
  return h('section', { class: 'block' },
    h('div', { class: 'row spread' }, h('h3', {}, 'Time by layer'), all.length > FIRST && more),
    h('p', { class: 'soft small' }, all.length > FIRST
      ? `${millis(total)} in all; the ${FIRST} slowest layers take ${percent(share)}.` : `${millis(total)} in all.`),
    rows);
}
