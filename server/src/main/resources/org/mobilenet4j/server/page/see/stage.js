// The photo with what was found drawn over it.
import { h, newId } from '../dom.js';
import { short } from '../format.js';
import { boxes } from './boxes.js';
import { paint } from './heat.js';

export function stage() {
  const image = h('img', { alt: 'The photo', onload: () => around.style.setProperty('--ratio', image.naturalWidth / image.naturalHeight) });
  const heat = h('canvas', { class: 'heat', role: 'img', hidden: true });
  const frame = boxes();
  const id = newId('strength');
  const slider = h('input', { type: 'range', id, min: 0, max: 100, value: 60, oninput: strength });
  const control = h('div', { class: 'strength', hidden: true }, h('label', { for: id }, 'Map'), slider,
    h('span', { class: 'scale', 'aria-hidden': 'true' }, h('span', {}, 'less'), h('canvas', { class: 'ramp', width: 64, height: 1 }), h('span', {}, 'more')));
  paint.ramp(control.querySelector('.ramp'));
  const around = h('div', { class: 'stage' }, image, heat, frame.element);
  let url = null;

  function strength() {
    heat.style.opacity = slider.value / 100;
  }
  strength();

  function clear() {
    heat.hidden = true;
    control.hidden = true;
    frame.clear();
  }

  return {
    element: h('figure', { class: 'stage-card' }, around, control),

    photo(blob) {
      clear();
      if (url) {
        URL.revokeObjectURL(url);
      }
      url = URL.createObjectURL(blob);
      image.src = url;
    },

    /** What v1/explain says, or nothing. */
    map(found) {
      heat.hidden = !found?.map;
      control.hidden = heat.hidden;
      if (!heat.hidden) {
        paint(heat, found.map);
        heat.setAttribute('aria-label', 'Activation map of ' + short(found.class.label));
        place(heat, found.map.region);
      }
    },

    /** What v1/detect says. */
    boxes(found) {
      clear();
      frame.show(found);
    },
  };
}

/** The map covers the part of the photo that the network saw: [y0, x0, y1, x1] as shares of its sides. */
function place(heat, region) {
  const [top, left, bottom, right] = region ?? [0, 0, 1, 1];
  heat.style.top = top * 100 + '%';
  heat.style.left = left * 100 + '%';
  heat.style.height = (bottom - top) * 100 + '%';
  heat.style.width = (right - left) * 100 + '%';
}
