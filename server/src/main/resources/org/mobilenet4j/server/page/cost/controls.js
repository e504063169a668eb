// The network, its two multipliers and the techniques.
import { h, newId } from '../dom.js';

const DESCRIPTIONS = {
  separable: 'depthwise separable convolutions',
  standard: 'standard convolutions for separable ones',
  width: 'half the channels',
  resolution: 'smaller photos',
  'global-pool': 'no hidden dense layers',
  kernel: 'smaller kernels',
  fire: 'Fire modules',
  strides: 'strides',
  early: 'down-sampling early',
  late: 'down-sampling late',
  even: 'down-sampling evenly',
  shuffle: 'groups and channel shuffle',
  shallow: 'fewer layers',
  narrow: 'narrower, to a budget',
};
// Their values are lists or budgets, for the command line rather than a switch.
const LEFT_OUT = ['width', 'resolution', 'strides', 'narrow'];

/** `show()` brings the controls in line with `chosen`; `changed()` is called when a person moves one. */
export function controls(catalog, chosen, changed) {
  const network = h('select', { id: newId('network'), onchange: () => {
    const entry = named(network.value);
    Object.assign(chosen, { network: entry.name, resolution: entry.resolution, alpha: 1 });
    show();
    changed();
  } }, catalog.networks.map(each => h('option', { value: each.name }, each.name)));
  const alpha = slider('Width multiplier α', 'alpha', 0.25, 1, 0.05, catalog.alphas);
  const resolution = slider('Resolution', 'resolution', 96, 320, 32, catalog.resolutions);
  const boxes = catalog.techniques.map(text => ({ text, name: text.split('=')[0] })).filter(({ name }) => !LEFT_OUT.includes(name))
    .map(({ text, name }) => ({ text, box: h('input', { type: 'checkbox', onchange: techniques }), name }));

  const named = name => catalog.networks.find(each => each.name === name);

  function techniques() {
    chosen.techniques = boxes.filter(({ box }) => box.checked).map(({ text }) => text);
    changed();
  }

  function slider(label, key, min, max, step, marks) {
    const id = newId(key);
    const output = h('output', { for: id, class: 'number' });
    const input = h('input', { type: 'range', id, min, max, step, list: id + '-marks', 'data-slider': key, oninput: () => {
      chosen[key] = Math.round(Number(input.value) * 100) / 100;
      tell();
      changed();
    } });
    const tell = () => {
      const text = key === 'alpha' ? chosen.alpha.toFixed(2) : `${chosen.resolution} × ${chosen.resolution}`;
      output.textContent = text;
      input.setAttribute('aria-valuetext', text);
    };
    return {
      element: h('div', { class: 'field' }, h('div', { class: 'row spread' }, h('label', { for: id }, label), output), input,
        h('datalist', { id: id + '-marks' }, (marks ?? []).map(mark => h('option', { value: mark })))),
      show() {
        // A published size between two steps must be possible too.
        const rest = ((chosen[key] - min) % step + step) % step;
        input.step = rest < 1e-9 || step - rest < 1e-9 ? step : key === 'alpha' ? 0.01 : 1;
        input.value = chosen[key];
        tell();
      },
    };
  }

  function show() {
    network.value = chosen.network;
    alpha.element.hidden = !named(chosen.network)?.alpha;
    alpha.show();
    resolution.show();
    boxes.forEach(({ text, box }) => {
      box.checked = chosen.techniques.includes(text);
    });
  }
  show();

  return {
    show,
    focus: () => network.focus(),
    element: h('form', { class: 'card controls', 'aria-label': 'Network', onsubmit: event => event.preventDefault() },
      h('label', { class: 'field', for: network.id }, 'Network', network), alpha.element, resolution.element,
      h('details', { open: matchMedia('(min-width: 901px)').matches }, h('summary', {}, 'Techniques'),
        h('fieldset', { 'aria-label': 'Techniques' }, boxes.map(({ text, name, box }) => h('label', { class: 'check' }, box,
        h('span', {}, DESCRIPTIONS[name] ?? name, ' ', h('code', {}, text))))))),
  };
}
