// Every layer with what it takes in, gives and costs.
import { h, scroll } from '../dom.js';
import { count, exact, size } from '../format.js';

const EXPLAINED = ['standard', 'depthwise', 'pointwise'];

export function layerTable(layers, explain) {
  const most = { multAdds: Math.max(...layers.map(each => each.multAdds)), parameters: Math.max(...layers.map(each => each.parameters)) };
  const body = h('tbody');
  const all = h('input', { type: 'checkbox', onchange: show });
  const meter = (each, what) => h('td', { class: 'number', title: exact(each[what]) }, each[what] === 0 ? '–' : count(each[what]),
    h('span', { class: 'meter', 'aria-hidden': 'true' }, h('i', { style: { width: each[what] / most[what] * 100 + '%' } })));

  function show() {
    body.replaceChildren(...layers.filter(each => all.checked || each.multAdds > 0).map(each => h('tr', {},
      h('th', { scope: 'row' }, EXPLAINED.includes(each.kind)
        ? h('button', { class: 'link', type: 'button', 'aria-label': each.name + ': how it works', onclick: () => explain(each.name) }, each.name) : each.name),
      h('td', { class: 'soft' }, each.kind),
      h('td', { class: 'number' }, size(each.input)), h('td', { class: 'number' }, size(each.output)),
      meter(each, 'multAdds'), meter(each, 'parameters'))));
  }
  show();
  return h('section', { class: 'card stack' },
    h('div', { class: 'row spread' }, h('h3', {}, 'Layers'), h('label', { class: 'check' }, all, 'Also those without mult-adds')),
    scroll('Layers', h('table', { class: 'plain layers' },
      h('thead', {}, h('tr', {}, ['Layer', 'Kind', 'Input', 'Output', 'Mult-adds', 'Parameters'].map(name => h('th', { scope: 'col' }, name)))), body), 'tall'));
}
