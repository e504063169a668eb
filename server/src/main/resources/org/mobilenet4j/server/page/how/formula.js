// The paper's formulas with the numbers of a layer.
import { h, newId } from '../dom.js';
import { count, exact } from '../format.js';

const sub = (name, index) => [h('i', {}, name), h('sub', {}, index)];
const D_K = () => sub('D', 'K');
const D_F = () => sub('D', 'F');

/** The formulas for the layer `first` of `all`, with a list to pick another from. */
export function formula(network, all, first, onpick) {
  const shown = h('div', { class: 'stack', 'aria-live': 'polite' });
  const select = h('select', { id: newId('layer'), onchange: () => {
    onpick(all[select.selectedIndex]);
    show(all[select.selectedIndex]);
  } }, all.map(each => h('option', { selected: each === first }, `${each.names.join(' + ')}  (${each.m} → ${each.n} channels, ${each.f[0]} × ${each.f[1]})`)));

  function show({ kernel, m, n, f }) {
    const pixels = f[0] * f[1];
    const standard = kernel * kernel * m * n * pixels;
    const depthwise = kernel * kernel * m * pixels;
    const pointwise = m * n * pixels;
    const [k, area] = [`${kernel}·${kernel}`, `${f[0]}·${f[1]}`];
    const row = (name, letters, digits, value, parts) => h('div', { class: 'term' },
      h('h4', {}, name), h('p', { class: 'letters' }, letters), h('p', { class: 'digits number' }, digits, ' = ', h('b', {}, exact(value))),
      h('div', { class: 'parts thin', 'aria-hidden': 'true' }, parts.map(([kind, part]) => h('i', { class: 'kind-' + kind, style: { 'flex-grow': part / standard } })),
        h('i', { class: 'rest', style: { 'flex-grow': Math.max(0, 1 - value / standard) } })));
    shown.replaceChildren(
      row('Standard', [D_K(), '·', D_K(), '·', h('i', {}, 'M'), '·', h('i', {}, 'N'), '·', D_F(), '·', D_F()], `${k}·${m}·${n}·${area}`, standard, [['standard', standard]]),
      row('Depthwise + pointwise', [D_K(), '·', D_K(), '·', h('i', {}, 'M'), '·', D_F(), '·', D_F(), ' + ', h('i', {}, 'M'), '·', h('i', {}, 'N'), '·', D_F(), '·', D_F()],
        `${k}·${m}·${area} + ${m}·${n}·${area}`, depthwise + pointwise, [['depthwise', depthwise], ['pointwise', pointwise]]),
      h('div', { class: 'term' }, h('h4', {}, 'Ratio'), h('p', { class: 'letters' }, '1/', h('i', {}, 'N'), ' + 1/', D_K(), h('sup', {}, '2')),
        h('p', { class: 'digits number' }, `1/${n} + 1/${kernel * kernel} = `, h('b', {}, (1 / n + 1 / (kernel * kernel)).toFixed(4)))),
      h('p', {}, `Taken apart, the layer needs ${count(depthwise + pointwise)} mult-adds instead of ${count(standard)}: `,
        h('b', {}, (standard / (depthwise + pointwise)).toFixed(1) + ' times fewer'), '.'));
  }
  show(first);
  return h('div', { class: 'stack' },
    h('label', { class: 'field', for: select.id }, `Layer of ${network}`, select), shown,
    h('p', { class: 'small soft' }, D_K(), ' rows and columns of the kernel, ', h('i', {}, 'M'), ' channels in, ', h('i', {}, 'N'), ' channels out, ', D_F(), ' rows and columns of the result.'));
}
