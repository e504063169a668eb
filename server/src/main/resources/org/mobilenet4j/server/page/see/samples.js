// Pictures to try, for those who have no photo at hand. The project drew them itself.
import { h } from '../dom.js';

const NAMES = ['orange', 'school-bus', 'umbrella'];

export function samples(onphoto) {
  const said = name => name.replace('-', ' ');
  return h('div', { class: 'samples' }, h('p', { class: 'soft small', id: 'samples-label' }, 'Or try a drawing'),
    h('ul', { class: 'row center', 'aria-labelledby': 'samples-label' }, NAMES.map(name => h('li', {}, h('button', { type: 'button', class: 'sample',
      onclick: async () => onphoto(await (await fetch(`page/photos/${name}.jpg`)).blob()) },
    h('img', { src: `page/photos/${name}.jpg`, alt: said(name), width: 56, height: 56 }))))));
}
