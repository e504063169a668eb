// A photo, what it shows, where, and how long each layer took.
import { postImage, served } from '../api.js';
import { bars } from '../bars.js';
import { announce, h, icon } from '../dom.js';
import { choose, droppable, sendable, shoot } from '../dropzone.js';
import { millis, percent, plural, short } from '../format.js';
import { failure, waiting } from '../notes.js';
import { layerTimes } from './layers.js';
import { liveView } from './liveview.js';
import { samples } from './samples.js';
import { stage } from './stage.js';

const TOP = 5;
const LEAST_SCORE = 0.4;

export async function mount(panel) {
  const models = await served();
  const standard = models.find(each => each.default) ?? models[0];
  let model = standard;
  let photo = null;
  let asked = null;

  const shown = stage();
  const results = h('div', { class: 'results' });
  const left = h('div', { class: 'left' });
  const camera = liveView(() => model, mode);

  const select = h('select', { id: 'see-model', onchange: () => {
    model = models[select.selectedIndex];
    if (photo && !camera.running()) {
      look(photo);
    }
  } }, models.map(each => h('option', { selected: each === standard }, each.name + (each.task === 'detection' ? ' (finds objects)' : ''))));

  const live = style => h('button', { class: style, type: 'button', onclick: startLive }, icon('live'), 'Live camera');
  const take = photos => look(photos[0]);
  const empty = droppable(h('div', { class: 'drop hero' },
    h('h2', {}, 'What is in the picture?'),
    h('p', { class: 'soft' }, 'Drop a photo here, paste one, or choose it.'),
    h('div', { class: 'row center' }, choose('Choose photo', 'primary', false, take), shoot('Take photo', 'plain', false, take),
      live('plain')),
    samples(look)), take);
  const filled = droppable(h('div', { class: 'stack' }, shown.element,
    h('div', { class: 'row' }, choose('Another photo', 'plain', false, take), shoot('Take photo', 'plain', false, take), live('plain'))), take);

  panel.replaceChildren(
    h('div', { class: 'row spread head' }, h('h2', { class: 'unseen' }, 'See'),
      models.length > 1 ? h('label', { class: 'field inline', for: 'see-model' }, 'Model', select)
        : h('p', { class: 'soft small' }, standard.name, ' · ', standard.input.slice(0, 2).join(' × '), ' · ', plural(standard.classes, 'class', 'classes'))),
    h('div', { class: 'see' }, left, results));
  mode(null);

  /** What the left side shows: nothing yet, a photo, or the camera. */
  function mode(what) {
    left.replaceChildren(what === 'live' ? camera.element : photo ? filled : empty);
    left.parentElement.classList.toggle('bare', !photo && what !== 'live');
    results.hidden = !photo && what !== 'live';
    if (what === 'live') {
      results.replaceChildren(camera.results);
    } else if (photo) {
      look(photo);
    }
  }

  function startLive() {
    asked?.abort();
    mode('live');
    camera.start();
  }

  async function look(next) {
    asked?.abort();
    const ask = new AbortController();
    asked = ask;
    camera.stop();
    photo = next;
    left.replaceChildren(filled);
    left.parentElement.classList.remove('bare');
    results.hidden = false;
    shown.photo(photo);
    results.replaceChildren(waiting(TOP, 'Looking at the photo'));
    try {
      const body = await sendable(photo);
      await (model.task === 'detection' ? detect(body, ask.signal) : classify(body, ask.signal));
    } catch (error) {
      if (error.name !== 'AbortError') {
        results.replaceChildren(failure(error, () => look(photo)));
      }
    }
  }

  const named = () => model === standard ? undefined : model.name;

  async function classify(body, signal) {
    const answer = await postImage('v1/classify', { model: named(), top: TOP, profile: true }, body, signal);
    const [{ predictions, millis: time, layers }] = answer.results;
    const list = h('div');
    const note = h('p', { class: 'soft small' });
    const listed = chosen => list.replaceChildren(bars(predictions, explain, chosen));
    const best = predictions[0];
    listed(best.index);
    results.replaceChildren(
      h('div', { class: 'verdict' }, h('h2', {}, short(best.label)), h('p', { class: 'soft number' }, `${percent(best.probability)} · ${millis(time)}`)),
      list, note, layers ? layerTimes(layers) : '');
    announce(`${short(best.label)}, ${percent(best.probability)}`);
    await explain(best);

    async function explain(prediction) {
      const pressed = list.contains(document.activeElement);
      listed(prediction.index);
      if (pressed) {
        list.querySelector('[aria-pressed=true]').focus();
      }
      try {
        const { results: [found] } = await postImage('v1/explain', { model: named(), class: prediction.index, map: true }, body, signal);
        shown.map(found);
        note.textContent = `The map shows where the network sees “${short(prediction.label)}”. Choose another class to see its map.`;
      } catch (error) {
        if (error.name === 'AbortError') {
          throw error;
        }
        shown.map(null);
        note.textContent = 'No map: ' + error.message;
      }
    }
  }

  async function detect(body, signal) {
    const { results: [found] } = await postImage('v1/detect', { model: named(), minScore: LEAST_SCORE }, body, signal);
    const objects = plural(found.detections.length, 'object');
    shown.boxes(found);
    results.replaceChildren(
      h('div', { class: 'verdict' }, h('h2', {}, found.detections.length === 0 ? 'Nothing found' : objects),
        h('p', { class: 'soft number' }, millis(found.millis))),
      bars(found.detections.map(each => ({ ...each, probability: each.score }))));
    announce(objects + ' found');
  }

  return {
    paste: photos => look(photos[0]),
    hide() {
      if (camera.running()) {
        camera.stop();
        mode(null);
      }
    },
  };
}
