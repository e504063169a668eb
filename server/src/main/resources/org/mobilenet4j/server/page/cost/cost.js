// What a network costs, while its multipliers move.
import { announce, h } from '../dom.js';
import { count, exact, bytes } from '../format.js';
import { chosen, cost, networks } from '../networks.js';
import { failure, waiting } from '../notes.js';
import { controls } from './controls.js';
import { layerTable } from './layers.js';
import { measurement } from './measure.js';
import { pareto } from './pareto.js';
import { prediction } from './prediction.js';
import { shares } from './shares.js';

const PAUSE_MILLIS = 60;

export async function mount(panel, open) {
  panel.replaceChildren(waiting(6, 'Loading the networks'));
  const catalog = await networks();
  const answer = h('div', { class: 'stack' }, waiting(6, 'Counting'));
  const board = controls(catalog, chosen, count_);
  let asked = null;
  let timer = 0;

  panel.replaceChildren(h('h2', { class: 'unseen' }, 'Cost explorer'),
    h('div', { class: 'cost' }, board.element, answer));

  function choose(row) {
    Object.assign(chosen, { network: 'mobilenet-v1', alpha: row.alpha, resolution: row.resolution, techniques: [] });
    board.show();
    count_();
    board.focus();
  }

  /** Counts what is chosen, once the sliders rest. */
  function count_() {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      asked?.abort();
      const ask = new AbortController();
      asked = ask;
      answer.setAttribute('aria-busy', 'true');
      try {
        show(await cost(chosen, ask.signal));
      } catch (error) {
        if (error.name !== 'AbortError') {
          answer.replaceChildren(failure(error, error.status === 0 ? count_ : undefined));
        }
      } finally {
        if (asked === ask) {
          answer.removeAttribute('aria-busy');
        }
      }
    }, PAUSE_MILLIS);
  }

  function show(document) {
    const now = { ...chosen };
    const published = catalog.published.find(row => chosen.network === 'mobilenet-v1' && chosen.techniques.length === 0
      && row.alpha === chosen.alpha && row.resolution === chosen.resolution);
    answer.replaceChildren(
      h('dl', { class: 'figures', id: 'figures' },
        figure('Mult-adds', count(document.multAdds), exact(document.multAdds)),
        figure('Parameters', count(document.parameters), exact(document.parameters)),
        figure('Activations at most', bytes(document.peakActivationBytes), 'in ' + document.peakActivationLayer),
        figure('Top-1 on ImageNet', published ? published.top1.toFixed(1) + ' %' : '–', published ? 'as published' : 'not published'),
        prediction(document, () => cost(now)),
        measurement(document.network, now)),
      shares(document.byKind),
      pareto(catalog.published, document, published, choose),
      layerTable(document.layers, layer => open('how', layer)));
    announce(`${count(document.multAdds)} mult-adds, ${count(document.parameters)} parameters`);
  }

  count_();
  return {};
}

function figure(name, value, note) {
  return h('div', {}, h('dt', {}, name), h('dd', { class: 'number', title: note }, value), h('dd', { class: 'soft small' }, note));
}
