// The camera: open, take frames, close.
import { h, icon } from './dom.js';

const REASONS = {
  NotAllowedError: 'The browser may not use the camera here. Allow it for this page, then try again.',
  NotFoundError: 'No camera was found.',
  NotReadableError: 'The camera is in use by another program.',
};

/** A running camera in `video`. Throws an Error with one line for people. */
export async function openCamera(video) {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new Error('Browsers give the camera only to pages from this machine or over HTTPS.');
  }
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 640 }, height: { ideal: 480 } }, audio: false,
    });
  } catch (error) {
    throw new Error(REASONS[error.name] ?? 'The camera did not start: ' + error.message, { cause: error });
  }
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement('canvas');
  return {
    /** What the camera sees now, as a JPEG whose longer side is at most `side`. */
    frame(side = 640) {
      const scale = Math.min(1, side / Math.max(video.videoWidth, video.videoHeight));
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
      return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.9));
    },
    stop() {
      stream.getTracks().forEach(track => track.stop());
      video.srcObject = null;
    },
  };
}

/** A dialog that takes photos until it is closed; `take` gets each, `many` leaves it open. */
export async function cameraDialog(title, take, many) {
  const video = h('video', { 'aria-label': 'What the camera sees' });
  const said = h('p', { class: 'soft small', role: 'status' }, 'Starting the camera …');
  const shoot = h('button', { class: 'primary', type: 'button', disabled: true }, icon('camera'), 'Take photo');
  const dialog = h('dialog', { class: 'dialog wide', 'aria-label': title },
    h('div', { class: 'row spread' }, h('h2', {}, title),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Close', onclick: () => dialog.close() }, icon('close'))),
    video, h('div', { class: 'row spread' }, said, shoot));
  let camera;
  let taken = 0;
  dialog.addEventListener('close', () => {
    camera?.stop();
    dialog.remove();
  });
  shoot.addEventListener('click', async () => {
    take(await camera.frame());
    taken++;
    said.textContent = taken === 1 ? '1 photo taken' : taken + ' photos taken';
    if (!many) {
      dialog.close();
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  try {
    camera = await openCamera(video);
    if (!dialog.open) {
      camera.stop();
      return;
    }
    shoot.disabled = false;
    said.textContent = 'Photos go to this server only.';
    shoot.focus();
  } catch (error) {
    said.textContent = error.message;
    said.className = 'error small';
    video.hidden = true;
  }
}
