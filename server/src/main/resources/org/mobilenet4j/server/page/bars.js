// Classes and their probabilities as bars.
import { h } from './dom.js';
import { sharp, short } from './format.js';

const bar = share => h('span', { class: 'bar', 'aria-hidden': 'true' }, h('i', { style: { width: share * 100 + '%' } }));

/**
 * A list of predictions. With `onchoose(prediction)` each is a button, pressed for the class `chosen`.
 */
export function bars(predictions, onchoose, chosen) {
  return h('ol', { class: 'bars', 'aria-label': 'Classes' }, predictions.map(each => {
    const content = [
      h('span', { class: 'name', title: each.label }, short(each.label)),
      h('span', { class: 'number' }, sharp(each.probability)),
      bar(each.probability),
    ];
    return h('li', { 'data-label': each.label }, onchoose
      ? h('button', { type: 'button', 'aria-pressed': String(each.index === chosen), onclick: () => onchoose(each) }, content)
      : h('div', {}, content));
  }));
}
