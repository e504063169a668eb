// Accuracy over mult-adds of the published networks, and which of them no other beats.
import { h, s, scroll } from '../dom.js';
import { count } from '../format.js';

const EDGE = { left: 44, right: 14, top: 14, bottom: 36 };
const TICKS = [10, 20, 50, 100, 200, 500];

/**
 * @param published rows with alpha, resolution, multAdds, top1 (in percent) and pareto
 * @param now the cost of what is chosen, @param current its published row, if it has one
 * @param choose called with the row that a person takes
 */
export function pareto(published, now, current, choose) {
  // Drawn for its size, so that the letters stay readable on a phone.
  const isNarrow = matchMedia('(max-width: 640px)').matches;
  const [width, height] = isNarrow ? [340, 260] : [720, 300];
  const x = scale(Math.log(10e6), Math.log(1000e6), EDGE.left, width - EDGE.right);
  const at = multAdds => x(Math.log(multAdds));
  const low = 10 * Math.floor(Math.min(...published.map(row => row.top1)) / 10);
  const high = 10 * Math.ceil(Math.max(...published.map(row => row.top1)) / 10);
  const y = scale(low, high, height - EDGE.bottom, EDGE.top);
  const name = row => `${row.alpha} at ${row.resolution}`;
  const front = published.filter(row => row.pareto).sort((a, b) => a.multAdds - b.multAdds);
  const levels = Array.from({ length: (high - low) / 10 + 1 }, (_, i) => low + 10 * i);
  const label = h('p', { class: 'small soft number' });
  const tell = row => {
    label.textContent = row ? `α ${name(row)}: ${row.top1.toFixed(1)} %, ${count(row.multAdds)} mult-adds` : 'Point at a network, or take one from the table.';
  };
  tell(current);
  const chart = s('svg', { viewBox: `0 0 ${width} ${height}`, class: 'chart', role: 'img',
    'aria-label': `Top-1 accuracy over mult-adds of ${published.length} published MobileNets; ${front.length} are on the Pareto front` },
    levels.map(level => [s('line', { x1: EDGE.left, x2: width - EDGE.right, y1: y(level), y2: y(level), class: 'grid' }),
      s('text', { x: EDGE.left - 8, y: y(level) + 4, 'text-anchor': 'end' }, `${level} %`)]),
    TICKS.filter((_, i) => !isNarrow || i % 2 === 0).map(tick => s('text', { x: at(tick * 1e6), y: height - EDGE.bottom + 20, 'text-anchor': 'middle' }, tick + ' M')),
    now.multAdds >= 10e6 && now.multAdds <= 1000e6 && s('line', { x1: at(now.multAdds), x2: at(now.multAdds), y1: EDGE.top, y2: height - EDGE.bottom, class: 'now' }),
    s('polyline', { points: front.map(row => `${at(row.multAdds)},${y(row.top1)}`).join(' '), class: 'front' }),
    published.map(row => s('circle', { cx: at(row.multAdds), cy: y(row.top1), r: row === current ? 8 : 5.5,
      class: row === current ? 'point current' : row.pareto ? 'point best' : 'point',
      onpointerenter: () => tell(row), onpointerleave: () => tell(current), onclick: () => choose(row) })));
  return h('section', { class: 'card stack' },
    h('div', { class: 'row spread' }, h('h3', {}, 'Accuracy for mult-adds'), h('span', { class: 'small soft' }, 'MobileNet v1 on ImageNet, as published')),
    chart, label,
    h('details', {}, h('summary', {}, 'As a table'), scroll('Published networks', h('table', { class: 'plain' },
      h('thead', {}, h('tr', {}, ['Network', 'Top-1', 'Mult-adds', 'Parameters', 'On the front'].map(each => h('th', { scope: 'col' }, each)))),
      h('tbody', {}, published.map(row => h('tr', {},
        h('th', { scope: 'row' }, h('button', { class: 'link', type: 'button', onclick: () => choose(row) }, name(row))),
        h('td', { class: 'number' }, row.top1.toFixed(1) + ' %'), h('td', { class: 'number' }, count(row.multAdds)),
        h('td', { class: 'number' }, count(row.parameters)), h('td', {}, row.pareto ? 'yes' : '–'))))))));
}

function scale(from, to, start, end) {
  return value => start + (value - from) / (to - from) * (end - start);
}
