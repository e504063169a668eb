// The networks that can be counted, and how the page names them to the server.
import { get } from './api.js';

let catalog;

/** The answer of v1/networks; asked once, and again after a failure. */
export function networks() {
  catalog ??= get('v1/networks').catch(error => {
    catalog = undefined;
    throw error;
  });
  return catalog;
}

/** What is chosen in the cost explorer, which "How it works" looks at too. */
export const chosen = { network: 'mobilenet-v1', alpha: 1, resolution: 224, techniques: [] };

/** The cost of what is chosen. */
export async function cost({ network, alpha, resolution, techniques }, signal) {
  const { networks: all } = await networks();
  const hasAlpha = all.find(each => each.name === network)?.alpha;
  const notation = hasAlpha ? `${network}:${alpha}:${resolution}` : `${network}:${resolution}`;
  return get('v1/cost', { network: notation, apply: techniques.join(',') || undefined }, signal);
}
