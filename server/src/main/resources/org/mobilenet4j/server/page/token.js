// The token that a server may ask for. It is kept as long as the browser's tab.
import { h } from './dom.js';

const KEY = 'token';

export const token = () => sessionStorage.getItem(KEY);

let asking;

/** Asks for another token than `refused`; false if there is none. Requests that fail together ask once. */
export function askToken(refused) {
  if (token() !== refused) {
    return Promise.resolve(true);
  }
  asking ??= ask().finally(() => {
    asking = undefined;
  });
  return asking;
}

function ask() {
  return new Promise(resolve => {
    const input = h('input', { type: 'password', id: 'token', autocomplete: 'off', required: true });
    const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'token-title' },
      h('form', { method: 'dialog', class: 'stack' },
        h('h2', { id: 'token-title' }, 'This server asks for a token'),
        h('label', { class: 'field', for: 'token' }, 'Token', input),
        h('div', { class: 'row' }, h('button', { class: 'primary', value: 'ok' }, 'Continue'),
          h('button', { class: 'plain', type: 'button', onclick: () => dialog.close() }, 'Cancel'))));
    dialog.addEventListener('close', () => {
      const given = dialog.returnValue === 'ok' && input.value;
      if (given) {
        sessionStorage.setItem(KEY, input.value);
      }
      dialog.remove();
      resolve(Boolean(given));
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
