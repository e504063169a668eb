// The paper's table 2 as a picture: where the mult-adds and the parameters sit.
import { h, scroll } from '../dom.js';
import { count, percent } from '../format.js';

const NAMES = {
  pointwise: 'Pointwise',
  depthwise: 'Depthwise',
  standard: 'Standard',
  dense: 'Dense',
  normalization: 'Normalization',
};

export function shares(byKind) {
  const kinds = Object.keys(NAMES).map(kind => ({ kind, ...byKind[kind] })).filter(each => each.multAdds > 0 || each.parameters > 0);
  const sum = what => kinds.reduce((total, each) => total + each[what], 0);
  const totals = { multAdds: sum('multAdds'), parameters: sum('parameters') };
  const share = (each, what) => totals[what] === 0 ? 0 : each[what] / totals[what];
  const strip = (what, name) => h('div', { class: 'strip' }, h('span', { class: 'small soft' }, name),
    h('div', { class: 'parts', 'aria-hidden': 'true' }, kinds.map(each => h('i', { class: 'kind-' + each.kind, style: { 'flex-grow': share(each, what) } }))));
  const cells = (each, what) => [
    h('td', { class: 'number' }, count(each[what])),
    h('td', { class: 'number' }, percent(share(each, what))),
  ];
  return h('section', { class: 'card stack' }, h('h3', {}, 'Where the work and the weights sit'),
    strip('multAdds', 'Mult-adds'), strip('parameters', 'Parameters'),
    scroll('Shares by kind', h('table', { class: 'plain' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Kind'), h('th', { scope: 'col', colspan: 2 }, 'Mult-adds'), h('th', { scope: 'col', colspan: 2 }, 'Parameters'))),
      h('tbody', {}, kinds.map(each => h('tr', {}, h('th', { scope: 'row' }, h('span', { class: 'key kind-' + each.kind, 'aria-hidden': 'true' }), NAMES[each.kind]),
        cells(each, 'multAdds'), cells(each, 'parameters')))))));
}
