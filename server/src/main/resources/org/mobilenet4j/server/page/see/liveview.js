// The live camera with its classes or boxes.
import { postImage } from '../api.js';
import { bars } from '../bars.js';
import { announce, h, icon } from '../dom.js';
import { short } from '../format.js';
import { live } from '../live.js';
import { failure, waiting } from '../notes.js';
import { boxes } from './boxes.js';

/** @param model the model that is chosen; @param leave called when the camera ends */
export function liveView(model, leave) {
  const video = h('video', { 'aria-label': 'What the camera sees' });
  const overlay = boxes();
  const speed = h('p', { class: 'soft small number' }, 'Starting the camera …');
  const results = h('div');
  let stop = null;
  let wanted = false;
  let last = '';

  async function start() {
    wanted = true;
    last = '';
    speed.textContent = 'Starting the camera …';
    overlay.clear();
    results.replaceChildren(waiting(5, 'Waiting for the camera'));
    try {
      const stopping = await live(video, { ask, answered, ended });
      stop = stopping;
      if (!wanted) {
        stopping();
      }
    } catch (error) {
      wanted = false;
      speed.textContent = '';
      results.replaceChildren(failure(error, start));
    }
  }

  const ask = frame => model().task === 'detection'
    ? postImage('v1/detect', { model: model().name, minScore: 0.4 }, frame)
    : postImage('v1/classify', { model: model().name, top: 5 }, frame);

  function answered({ results: [answer] }, rate) {
    speed.textContent = `${rate.toFixed(rate < 10 ? 1 : 0)} frames per second`;
    const found = answer.predictions ?? answer.detections.map(each => ({ ...each, probability: each.score }));
    overlay.clear();
    if (answer.detections) {
      overlay.show(answer);
    }
    results.replaceChildren(bars(found));
    // Screen readers hear what changes, not every frame.
    const now = found[0] && found[0].probability > 0.5 ? short(found[0].label) : '';
    if (now && now !== last) {
      last = now;
      announce(now);
    }
  }

  function ended(error) {
    stop = null;
    if (error) {
      wanted = false;
      speed.textContent = 'Stopped';
      results.replaceChildren(failure(error, start));
    } else if (wanted) {
      wanted = false;
      leave(null);
    }
  }

  return {
    element: h('div', { class: 'stack' },
      h('figure', { class: 'stage-card' }, h('div', { class: 'stage' }, video, overlay.element)),
      h('div', { class: 'row spread' }, speed, h('button', { class: 'plain', type: 'button', onclick: () => {
        if (stop) {
          stop();
        } else {
          wanted = false;
          leave(null);
        }
      } }, icon('stop'), 'Stop'))),
    results,
    start,
    running: () => wanted,
    /** Ends it without a change of what is shown. */
    stop() {
      wanted = false;
      stop?.();
    },
  };
}
