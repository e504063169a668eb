// The picture: input, weights and output as planes of cells. One output cell is chosen; what it uses is marked.
import { announce, h, icon } from '../dom.js';
import { SIDE, toy } from './toy.js';

const STEP_MILLIS = 700;
const COUNT = SIDE * SIDE;

export function scene() {
  const boxes = { input: h('div', { class: 'planes' }), weights: h('div', { class: 'planes filters' }), output: h('div', { class: 'planes' }) };
  const sum = h('p', { class: 'sum' });
  const captions = { input: h('figcaption'), weights: h('figcaption'), output: h('figcaption') };
  const play = h('button', { class: 'plain', type: 'button', onclick: () => timer ? stop() : start() });
  let shown = null;
  let cells = null;
  let at = 0;
  let timer = 0;

  const step = by => {
    stop();
    choose((at + by + total()) % total(), false, true);
  };
  const total = () => shown.output.length * COUNT;

  function label() {
    play.replaceChildren(icon(timer ? 'stop' : 'play'), timer ? 'Stop' : 'Play');
  }

  function start() {
    timer = setInterval(() => choose((at + 1) % total()), STEP_MILLIS);
    label();
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    label();
  }

  /** Draws the convolution of that kind. */
  function show(kind) {
    stop();
    shown = toy(kind);
    cells = {
      input: shown.input.map(values => values.map(value => cell(value, 3))),
      weights: shown.filters.map(planes => planes.map(({ weights }) => weights.map(value => cell(value, 2)))),
      output: shown.output.map((values, channel) => values.map((value, i) => target(value, channel, i))),
    };
    boxes.input.replaceChildren(...cells.input.map((plane, m) => grid(plane, SIDE, `Input channel ${m + 1}`)));
    boxes.weights.replaceChildren(...cells.weights.map((planes, n) => h('div', { class: 'filter' },
      planes.map((plane, m) => grid(plane, shown.side, `Filter ${n + 1}, plane ${m + 1}`)))));
    const largest = Math.max(...shown.output.flat().map(Math.abs));
    boxes.output.replaceChildren(...cells.output.map((plane, n) => {
      plane.forEach((each, i) => shade(each, shown.output[n][i], largest));
      return h('div', { class: 'grid', role: 'grid', 'aria-label': `Output channel ${n + 1}`, style: { '--side': SIDE } },
        Array.from({ length: SIDE }, (_, row) => h('div', { role: 'row', class: 'cells' }, plane.slice(row * SIDE, row * SIDE + SIDE))));
    }));
    captions.input.textContent = `Input: ${SIDE} × ${SIDE}, ${shown.input.length} channels`;
    captions.weights.textContent = `Weights: ${shown.weights} in ${shown.filters.length} filters`;
    captions.output.textContent = `Output: ${shown.output.length} channels`;
    choose(Math.floor(COUNT / 2), false);
  }

  function target(value, channel, i) {
    const index = channel * COUNT + i;
    return h('button', { type: 'button', class: 'cell', role: 'gridcell', tabindex: -1,
      'aria-label': `Row ${Math.floor(i / SIDE) + 1}, column ${i % SIDE + 1}: ${value}`,
      onpointerenter: event => event.pointerType === 'mouse' && !timer && choose(index),
      onclick: () => { stop(); choose(index); }, onfocus: () => { if (index !== at) { stop(); choose(index); } },
      onkeydown: event => move(event, channel, Math.floor(i / SIDE), i % SIDE) }, signed(value));
  }

  function move(event, channel, row, column) {
    const [rows, columns] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key] ?? [0, 0];
    if (rows === 0 && columns === 0) {
      return;
    }
    event.preventDefault();
    let [nextColumn, nextChannel] = [column + columns, channel];
    // Over the edge of a plane lies the next.
    if (nextColumn < 0 || nextColumn >= SIDE) {
      nextChannel = Math.min(shown.output.length - 1, Math.max(0, channel + columns));
      nextColumn = nextChannel === channel ? column : columns > 0 ? 0 : SIDE - 1;
    }
    const nextRow = Math.min(SIDE - 1, Math.max(0, row + rows));
    choose(nextChannel * COUNT + nextRow * SIDE + nextColumn, true);
  }

  /** Marks what the output cell `index` is made of. */
  function choose(index, focus, aloud) {
    at = index;
    const channel = Math.floor(index / COUNT);
    const [row, column] = [Math.floor(index % COUNT / SIDE), index % SIDE];
    const products = shown.products(channel, row, column);
    for (const each of [cells.input, cells.weights, cells.output].flat(Infinity)) {
      each.classList.remove('used');
      if (each.tabIndex === 0 && each.tagName === 'BUTTON') {
        each.tabIndex = -1;
      }
    }
    const chosen = cells.output[channel][index % COUNT];
    chosen.classList.add('used');
    chosen.tabIndex = 0;
    cells.weights[channel].flat().forEach(each => each.classList.add('used'));
    products.forEach(each => cells.input[each.from][each.row * SIDE + each.column].classList.add('used'));
    const value = shown.output[channel][index % COUNT];
    const where = `Output channel ${channel + 1}, row ${row + 1}, column ${column + 1}`;
    sum.replaceChildren(h('b', {}, where), ` is the sum of ${shown.each} products`,
      products.length < shown.each ? ` (${shown.each - products.length} with the zeros around the input): ` : ': ',
      h('span', { class: 'products' }, products.map(({ input, weight }) => `${input}·${signed(weight)}`).join(' + '), ' = '),
      h('b', {}, signed(value)));
    if (focus) {
      chosen.focus();
    }
    if (aloud) {
      announce(`${where}: ${value}, the sum of ${shown.each} products`);
    }
  }

  label();
  return {
    show, stop,
    element: h('section', { class: 'card stack' },
      h('div', { class: 'scene' }, ['input', 'weights', 'output'].map(part => h('figure', { class: part }, captions[part], boxes[part]))),
      h('div', { class: 'row' },
        h('button', { class: 'plain', type: 'button', onclick: () => step(-1), 'aria-label': 'Previous cell' }, icon('previous')),
        h('button', { class: 'plain', type: 'button', onclick: () => step(1), 'aria-label': 'Next cell' }, icon('next')), play,
        h('span', { class: 'small soft' }, 'Point at an output cell, or move with the arrow keys.')),
      sum),
  };
}

const signed = value => String(value).replace('-', '−');
const cell = (value, most) => shade(h('span', { class: 'cell' }, signed(value)), value, most);

function grid(plane, side, label) {
  return h('div', { class: 'grid cells', role: 'img', 'aria-label': label, style: { '--side': side } }, plane);
}

/** More accent for larger values, gray for negative ones. */
function shade(element, value, most) {
  element.style.setProperty('--share', Math.round(Math.min(1, Math.abs(value) / most) * 100) + '%');
  element.classList.toggle('negative', value < 0);
  return element;
}
