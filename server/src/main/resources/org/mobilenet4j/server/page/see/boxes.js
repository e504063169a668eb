// Boxes around objects, over a photo or the camera's picture.
import { s } from '../dom.js';
import { percent, short } from '../format.js';

export function boxes() {
  const element = s('svg', { class: 'frame', 'aria-hidden': 'true' });
  return {
    element,
    clear: () => element.replaceChildren(),
    /** What v1/detect says of one photo. */
    show({ width, height, detections }) {
      const unit = Math.max(width, height) / 100;
      element.setAttribute('viewBox', `0 0 ${width} ${height}`);
      element.replaceChildren(...detections.map(({ box: [top, left, bottom, right], label, score }) => s('g', {},
        s('rect', { x: left, y: top, width: right - left, height: bottom - top, class: 'box' }),
        s('text', { x: left + unit, y: Math.max(top - unit, 4 * unit), 'font-size': 3.2 * unit }, `${short(label)} ${percent(score)}`))));
    },
  };
}
