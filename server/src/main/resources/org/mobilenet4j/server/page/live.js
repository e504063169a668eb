// The camera, frame after frame: the next is taken when the last was answered.
import { openCamera } from './camera.js';

const SIDE = 320;

/**
 * Sends frames to `ask(blob)` and its answers to `answered(answer, framesPerSecond)`, until `stop` is called or the page is
 * hidden. Throws if there is no camera; later failures end it through `ended(error)`.
 */
export async function live(video, { ask, answered, ended }) {
  const camera = await openCamera(video);
  let running = true;
  const stop = error => {
    if (running) {
      running = false;
      camera.stop();
      document.removeEventListener('visibilitychange', whenHidden);
      ended(error);
    }
  };
  const whenHidden = () => document.hidden && stop();
  document.addEventListener('visibilitychange', whenHidden);
  (async () => {
    let last = performance.now();
    let period = 0;
    while (running) {
      const answer = await ask(await camera.frame(SIDE));
      const now = performance.now();
      period = period === 0 ? now - last : 0.8 * period + 0.2 * (now - last);
      last = now;
      if (running) {
        answered(answer, 1000 / period);
        await new Promise(requestAnimationFrame);
      }
    }
  })().catch(stop);
  return stop;
}
