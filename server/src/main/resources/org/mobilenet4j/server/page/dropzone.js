// Where photos come in: dropped, chosen, or from the camera.
import { cameraDialog } from './camera.js';
import { h, icon } from './dom.js';

/** A button that opens the browser's file dialog. */
export function choose(text, style, many, onphotos) {
  const input = h('input', { type: 'file', accept: 'image/*', multiple: many, class: 'unseen', tabindex: -1, 'aria-label': text });
  input.addEventListener('change', () => {
    const files = [...input.files];
    input.value = '';
    if (files.length > 0) {
      onphotos(files);
    }
  });
  return [h('button', { class: style, type: 'button', onclick: () => input.click() }, icon('photo'), text), input];
}

/** A button that opens the camera. */
export function shoot(text, style, many, onphotos) {
  return h('button', { class: style, type: 'button', onclick: () => cameraDialog(text, blob => onphotos([blob]), many) },
    icon('camera'), text);
}

/** Lets photos be dropped on `element`. */
export function droppable(element, onphotos) {
  let depth = 0;
  const over = change => {
    depth = Math.max(0, depth + change);
    element.classList.toggle('over', depth > 0);
  };
  element.addEventListener('dragenter', () => over(1));
  element.addEventListener('dragleave', () => over(-1));
  element.addEventListener('drop', event => {
    event.preventDefault();
    over(-depth);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) {
      onphotos(files);
    }
  });
  return element;
}

const MOST_BYTES = 4 << 20;
const LONGEST_SIDE = 1600;

/** The photo itself, or a smaller one where a camera's file is larger than anything here needs. */
export async function sendable(photo) {
  if (photo.size <= MOST_BYTES) {
    return photo;
  }
  let bitmap;
  try {
    bitmap = await createImageBitmap(photo);
  } catch {
    return photo; // The server says what is wrong with it.
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.92));
}
