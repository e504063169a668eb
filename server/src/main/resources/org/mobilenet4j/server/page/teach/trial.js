// The trained classes, tried on a photo or the camera, and the model to take away.
import { bars } from '../bars.js';
import { announce, h, icon } from '../dom.js';
import { choose, droppable, sendable } from '../dropzone.js';
import { percent, short } from '../format.js';
import { live } from '../live.js';
import { failure, waiting } from '../notes.js';

const FORMATS = { safetensors: 'safetensors', tflite: 'TFLite', onnx: 'ONNX' };

export function trial(server) {
  const said = h('p', { class: 'soft' });
  const old = h('p', { class: 'note small', hidden: true }, 'The photos have changed since. Train again to include them.');
  const image = h('img', { alt: 'The photo that is tried', hidden: true });
  const video = h('video', { 'aria-label': 'What the camera sees', hidden: true });
  const answer = h('div', {}, h('p', { class: 'soft' }, 'Drop a photo here, choose one, or use the camera.'));
  const speed = h('span', { class: 'soft small number' });
  const camera = h('button', { class: 'plain', type: 'button', onclick: () => stopping ? stopping() : startLive() });
  const wrong = h('div');
  let stopping = null;
  let url = null;

  function label() {
    camera.replaceChildren(icon(stopping ? 'stop' : 'live'), stopping ? 'Stop' : 'Live camera');
  }
  label();

  async function one(photos) {
    stopping?.();
    URL.revokeObjectURL(url);
    url = URL.createObjectURL(photos[0]);
    image.src = url;
    image.hidden = false;
    video.hidden = true;
    answer.replaceChildren(waiting(2, 'Looking at the photo'));
    try {
      const { results: [{ predictions }] } = await server.classify(await sendable(photos[0]));
      answer.replaceChildren(bars(predictions));
      announce(`${short(predictions[0].label)}, ${percent(predictions[0].probability)}`);
    } catch (error) {
      answer.replaceChildren(failure(error, () => one(photos)));
    }
  }

  async function startLive() {
    image.hidden = true;
    video.hidden = false;
    try {
      stopping = await live(video, {
        ask: frame => server.classify(frame),
        answered({ results: [{ predictions }] }, rate) {
          answer.replaceChildren(bars(predictions));
          speed.textContent = `${rate.toFixed(rate < 10 ? 1 : 0)} frames per second`;
        },
        ended(error) {
          stopping = null;
          label();
          speed.textContent = '';
          video.hidden = true;
          if (error) {
            answer.replaceChildren(failure(error, startLive));
          }
        },
      });
      label();
    } catch (error) {
      video.hidden = true;
      answer.replaceChildren(failure(error, startLive));
    }
  }

  async function save(format) {
    wrong.replaceChildren();
    try {
      const file = URL.createObjectURL(await server.model(format));
      const link = h('a', { href: file, download: 'my-classes.' + format });
      link.click();
      setTimeout(() => URL.revokeObjectURL(file), 10_000);
    } catch (error) {
      wrong.replaceChildren(failure(error, () => save(format)));
    }
  }

  let trained = false;
  const element = h('section', { class: 'card stack', id: 'trial', hidden: true },
    h('h3', {}, 'Try it'), said, old,
    droppable(h('div', { class: 'drop trial' }, h('div', { class: 'stage small' }, image, video), answer), one),
    h('div', { class: 'row' }, choose('Choose photo', 'plain', false, one), camera, speed),
    h('h3', {}, 'Take it with you'),
    h('p', { class: 'soft small' }, 'The whole network with your classes, for this project or any program that reads these formats.'),
    h('div', { class: 'row' }, Object.entries(FORMATS).map(([format, name]) => h('button', { class: 'plain', type: 'button', 'data-format': format,
      onclick: () => save(format) }, icon('download'), name))), wrong);

  return {
    element,
    show({ classes, trainAccuracy, millis }) {
      trained = true;
      element.hidden = false;
      said.textContent = `Trained ${classes.length} classes in ${(millis / 1000).toFixed(1)} s; it recognizes ${percent(trainAccuracy)} of the photos it learned from.`;
      announce(said.textContent);
      element.scrollIntoView({ behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth', block: 'nearest' });
    },
    stale() {
      old.hidden = !trained;
    },
    fresh() {
      old.hidden = true;
    },
    stop: () => stopping?.(),
  };
}
