// Teaches the server's network new classes from a few photos each.
import { h, icon } from '../dom.js';
import { plural } from '../format.js';
import { failure } from '../notes.js';
import { classCard } from './classcard.js';
import { lesson } from './lesson.js';
import { trial } from './trial.js';

const LEAST_CLASSES = 2;
const FEWEST = 2;

export async function mount(panel) {
  const server = lesson();
  const cards = [];
  const list = h('div', { class: 'classes' });
  const hint = h('p', { class: 'soft small', id: 'train-hint' });
  const train = h('button', { class: 'primary', type: 'button', 'aria-describedby': 'train-hint', onclick: fit }, 'Train');
  const add = h('button', { class: 'add', type: 'button', onclick: () => addClass('Class ' + (cards.length + 1), true) }, icon('add'), 'Add a class');
  const result = h('div');
  const tried = trial(server);
  let last = null;

  panel.replaceChildren(h('div', { class: 'teach' },
    h('div', { class: 'lead' }, h('h2', {}, 'Teach it your own classes'),
      h('p', { class: 'soft' }, 'A few photos of each are enough. The network keeps what it sees; only its last layer is trained, which takes seconds.')),
    list, h('div', { class: 'row train' }, train, hint), result, tried.element));
  addClass('Class 1');
  addClass('Class 2');

  function addClass(name, focus) {
    const card = classCard(server, name, { changed: refresh, remove, taken: (label, own) => cards.some(each => each !== own && each.label() === label), enter: at => last = at });
    cards.push(card);
    list.replaceChildren(...cards.map(each => each.element), add);
    refresh();
    if (focus) {
      card.focus();
    }
  }

  function remove(card) {
    cards.splice(cards.indexOf(card), 1);
    card.element.remove();
    refresh();
    add.focus();
  }

  function refresh() {
    ready();
    tried.stale();
  }

  /** Whether it can be trained, and what is missing. */
  function ready() {
    const full = cards.filter(card => card.count() >= FEWEST).length;
    const some = cards.filter(card => card.count() > 0).length;
    const busy = cards.some(card => card.busy());
    train.disabled = busy || full < LEAST_CLASSES || full < some;
    hint.textContent = busy ? 'Photos are on their way …'
      : full < LEAST_CLASSES ? `Add at least ${FEWEST} photos to each of ${LEAST_CLASSES} classes.`
        : full < some ? `Every class with photos needs at least ${FEWEST}.`
          : `${plural(cards.reduce((sum, card) => sum + card.count(), 0), 'photo')} in ${plural(some, 'class', 'classes')}.`;
  }

  async function fit() {
    train.disabled = true;
    train.textContent = 'Training …';
    result.replaceChildren();
    try {
      const answer = await server.fit();
      tried.show(answer);
      tried.fresh();
    } catch (error) {
      result.replaceChildren(failure(error, error.status === 404 ? again : undefined));
    } finally {
      train.textContent = 'Train';
      ready();
    }
  }

  /** The server has forgotten the session; the photos are still here. */
  async function again() {
    result.replaceChildren(h('p', { class: 'soft', role: 'status' }, 'Sending the photos again …'));
    server.forget();
    for (const card of cards) {
      await card.resend();
    }
    await fit();
  }

  return {
    paste(photos) {
      (last ?? cards[0])?.add(photos);
    },
    hide: () => tried.stop(),
  };
}
