// A class: its name and its photos.
import { announce, h, icon, newId } from '../dom.js';
import { choose, droppable, sendable, shoot } from '../dropzone.js';
import { plural } from '../format.js';

/** @param calls changed() when photos come or go, remove(card), taken(label, card), enter(card) when it was used last */
export function classCard(server, first, { changed, remove, taken, enter }) {
  let label = first;
  const photos = [];
  let waiting = 0;
  const id = newId('class');
  const input = h('input', { id, value: label, maxlength: 60, autocomplete: 'off', class: 'title', onchange: rename, onfocus: event => event.target.select() });
  const thumbs = h('ul', { class: 'thumbs' });
  const said = h('p', { class: 'soft small', 'aria-live': 'polite' });
  const wrong = h('p', { class: 'error small', role: 'alert' });

  const card = {
    label: () => label,
    count: () => photos.length,
    busy: () => waiting > 0,
    focus: () => input.focus(),
    add,
    /** Sends all photos to a new session. */
    async resend() {
      const old = photos.splice(0);
      thumbs.replaceChildren();
      old.forEach(each => URL.revokeObjectURL(each.url));
      await add(old.map(each => each.blob));
    },
  };

  async function rename() {
    const to = input.value.trim();
    if (to === label || to === '' || taken(to, card)) {
      wrong.textContent = to !== '' && to !== label ? `There is a class “${to}” already.` : '';
      input.value = label;
      return;
    }
    wrong.textContent = '';
    const old = label;
    label = to;
    try {
      if (photos.length > 0) {
        await server.rename(old, to);
        changed();
      }
      card.element.setAttribute('aria-label', to);
    } catch (error) {
      label = old;
      input.value = old;
      wrong.textContent = error.message;
    }
  }

  async function add(blobs) {
    enter(card);
    wrong.textContent = '';
    waiting += blobs.length;
    tell();
    for (const blob of blobs) {
      try {
        const photo = { blob: await sendable(blob), url: URL.createObjectURL(blob) };
        photo.id = await server.add(label, photo.blob);
        photos.push(photo);
        thumbs.append(thumb(photo));
      } catch (error) {
        wrong.textContent = (blob.name ? blob.name + ': ' : '') + error.message;
      } finally {
        waiting--;
        tell();
      }
    }
  }

  function thumb(photo) {
    const number = photos.indexOf(photo) + 1;
    const item = h('li', {}, h('img', { src: photo.url, alt: `${label}, photo ${number}` }),
      h('button', { type: 'button', class: 'remove', 'aria-label': `Remove photo ${number} of ${label}`, onclick: async () => {
        try {
          await server.removePhoto(label, photo.id);
          photos.splice(photos.indexOf(photo), 1);
          URL.revokeObjectURL(photo.url);
          item.remove();
          tell();
          input.focus();
        } catch (error) {
          wrong.textContent = error.message;
        }
      } }, icon('close')));
    return item;
  }

  function tell() {
    said.textContent = waiting > 0 ? `${plural(waiting, 'photo')} on the way …` : photos.length === 0 ? 'No photos yet' : plural(photos.length, 'photo');
    changed();
  }

  card.element = droppable(h('div', { class: 'card class', role: 'group', 'aria-label': label },
    h('div', { class: 'row spread nowrap' }, h('label', { class: 'unseen', for: id }, 'Name of the class'), input,
      h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Remove the class', onclick: async () => {
        try {
          if (photos.length > 0) {
            await server.removeClass(label);
          }
          remove(card);
        } catch (error) {
          wrong.textContent = error.message;
        }
      } }, icon('close'))),
    said, thumbs, wrong,
    h('div', { class: 'row' }, choose('Add photos', 'plain', true, add), shoot('Camera', 'plain', true, add))), add);
  said.textContent = 'No photos yet';
  return card;
}
