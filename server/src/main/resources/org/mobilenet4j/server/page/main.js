// Starts the page: its tabs, each of which loads when it is first shown.
import { tabs } from './tabs.js';
import { h } from './dom.js';
import { failure } from './notes.js';

const modules = {
  see: () => import('./see/see.js'),
  cost: () => import('./cost/cost.js'),
  how: () => import('./how/how.js'),
  teach: () => import('./teach/teach.js'),
};
const views = {};
let current = null;

async function show(name) {
  current?.hide?.();
  current = null;
  const panel = document.getElementById(name);
  try {
    views[name] ??= (async () => (await modules[name]()).mount(panel, open))();
    const view = await views[name];
    if (!panel.hidden) {
      current = view;
      view.show?.();
    }
  } catch (error) {
    delete views[name];
    panel.replaceChildren(failure(error, () => show(name)));
  }
}

/** Opens another view; `what` is for that view, such as a layer to look at. */
async function open(name, what) {
  select(name);
  (await views[name]).open?.(what);
}

const select = tabs(document.querySelector('[role=tablist]'), Object.keys(modules), show);

document.addEventListener('paste', event => {
  const photos = [...event.clipboardData.files].filter(file => file.type.startsWith('image/'));
  if (photos.length > 0 && current?.paste) {
    event.preventDefault();
    current.paste(photos);
  }
});
// A photo that misses the drop zone must not replace the page.
for (const type of ['dragover', 'drop']) {
  addEventListener(type, event => event.preventDefault());
}
