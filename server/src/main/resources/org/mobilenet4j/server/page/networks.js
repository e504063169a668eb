// The networks that can be counted, and how the page names them to the server.
import { get, send } from './api.js';

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

/** The parameters by which the server knows what is chosen. */
async function parameters({ network, alpha, resolution, techniques }) {
  const { networks: all } = await networks();
  const hasAlpha = all.find(each => each.name === network)?.alpha;
  return { network: hasAlpha ? `${network}:${alpha}:${resolution}` : `${network}:${resolution}`, apply: techniques.join(',') || undefined };
}

/** The cost of what is chosen. */
export const cost = async (what, signal) => get('v1/cost', await parameters(what), signal);

/** Its latency, measured now. */
export const measure = async what => send('POST', 'v1/cost/measure', undefined, await parameters(what));
