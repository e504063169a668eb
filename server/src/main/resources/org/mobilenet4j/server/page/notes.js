// What stands where there is nothing yet, or nothing any more.
import { h } from './dom.js';

/** One line that says what went wrong, and a way to try again. */
export function failure(error, retry) {
  return h('div', { class: 'note bad', role: 'alert' },
    h('p', {}, error.message || String(error)),
    retry && h('button', { class: 'plain', type: 'button', onclick: retry }, 'Try again'));
}

/** Gray lines while an answer is on its way. */
export function waiting(lines, label) {
  return h('div', { class: 'waiting', role: 'img', 'aria-label': label }, Array.from({ length: lines }, () => h('span')));
}
