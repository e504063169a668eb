// Elements without a framework: h('button', { class: 'primary', onclick: go }, 'Go').

const SVG = 'http://www.w3.org/2000/svg';

export const h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
export const s = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'style') {
      // By the object model, as the page's policy allows no style attributes.
      Object.entries(value).forEach(([property, text]) => element.style.setProperty(property, text));
    } else if (name === 'value' || name === 'checked' || name === 'indeterminate') {
      element[name] = value;
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

let ids = 0;
export const newId = prefix => `${prefix}-${++ids}`;

/** Says `text` to screen readers. */
export function announce(text) {
  document.getElementById('live').textContent = text;
}

/** A region that scrolls where it is too narrow for `content`, with the keyboard too. */
export const scroll = (label, content, style = '') => h('div', { class: 'scroll ' + style, tabindex: 0, role: 'region', 'aria-label': label }, content);

const ICONS = {
  photo: 'M3 5.5A1.5 1.5 0 0 1 4.5 4h11A1.5 1.5 0 0 1 17 5.5v9a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.5zM3 13l4-4 4 4 2-2 4 4M13 7.5h.01',
  camera: 'M3 7a1.5 1.5 0 0 1 1.5-1.5H6L7.5 3.5h5L14 5.5h1.5A1.5 1.5 0 0 1 17 7v7.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 3 14.5zM10 13a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z',
  live: 'M10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM5.8 14.2a6 6 0 0 1 0-8.400M14.2 5.8a6 6 0 0 1 0 8.400',
  close: 'M5 5l10 10M15 5L5 15',
  add: 'M10 4v12M4 10h12',
  stop: 'M6 6h8v8H6z',
  play: 'M7 4.5v11l8-5.5z',
  next: 'M7.5 4.5L13 10l-5.5 5.5',
  previous: 'M12.5 4.5L7 10l5.5 5.5',
  download: 'M10 3.5v9M6 9l4 4 4-4M4 16.5h12',
};

export function icon(name) {
  return s('svg', { viewBox: '0 0 20 20', width: 18, height: 18, 'aria-hidden': 'true', fill: 'none', stroke: 'currentColor',
    'stroke-width': 1.5, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }, s('path', { d: ICONS[name] }));
}
