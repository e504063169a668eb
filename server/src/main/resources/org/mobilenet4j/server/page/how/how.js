// Standard, depthwise and pointwise convolution, cell by cell, and what a layer of the network pays for each.
import { h } from '../dom.js';
import { cost, chosen } from '../networks.js';
import { failure, waiting } from '../notes.js';
import { formula } from './formula.js';
import { convolutions } from './pairs.js';
import { scene } from './scene.js';

const KINDS = {
  standard: ['Standard', 'Every output channel has a filter over all input channels. Filtering and combining happen at once, and that is what costs.'],
  depthwise: ['Depthwise', 'One filter for each input channel, and nothing is combined: each output channel sees only its own input channel.'],
  pointwise: ['Pointwise', 'A window of one pixel over all channels: it combines what the depthwise convolution filtered. Together the two replace the standard one.'],
};

export async function mount(panel) {
  const about = h('p', { class: 'soft lead' });
  const picture = scene();
  const kinds = h('div', { class: 'segments', role: 'radiogroup', 'aria-label': 'Kind of convolution' }, Object.entries(KINDS).map(([kind, [name]]) =>
    h('label', {}, h('input', { type: 'radio', name: 'kind', value: kind, checked: kind === 'standard', onchange: () => show(kind) }), h('span', {}, name))));
  const numbers = h('div', {}, waiting(5, 'Loading the layers'));
  let layer = 'conv_dw_7';

  panel.replaceChildren(
    h('div', { class: 'how' },
      h('div', { class: 'row spread' }, h('h2', {}, 'How a convolution is taken apart'), kinds), about,
      picture.element,
      h('section', { class: 'card stack' }, h('h3', {}, 'What it costs in the network'), numbers)));

  function show(kind) {
    kinds.querySelector(`[value=${kind}]`).checked = true;
    about.textContent = KINDS[kind][1];
    picture.show(kind);
  }

  async function load() {
    try {
      const document = await cost(chosen);
      const all = convolutions(document.layers);
      numbers.replaceChildren(all.length === 0 ? h('p', { class: 'soft' }, 'This network has no convolution of a square window.')
        : formula(document.network, all, all.find(each => each.names.includes(layer)) ?? all[0], picked => {
          layer = picked.names[0];
        }));
    } catch (error) {
      numbers.replaceChildren(failure(error, load));
    }
  }

  show('standard');
  return {
    show: load,
    hide: () => picture.stop(),
    /** Looks at the layer of that name. */
    open(name) {
      layer = name;
      load();
      show(name.includes('_dw_') ? 'depthwise' : name.includes('_pw_') ? 'pointwise' : 'standard');
    },
  };
}
