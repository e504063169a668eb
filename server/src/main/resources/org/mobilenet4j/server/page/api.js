// The server's API. Whatever goes wrong is a Problem with one line for people.
import { askToken, token } from './token.js';

export class Problem extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(method, path, params, options = {}) {
  const query = new URLSearchParams(Object.entries(params ?? {}).filter(([, value]) => value !== undefined && value !== ''));
  const url = path + (query.size > 0 ? '?' + query : '');
  for (;;) {
    const used = token();
    let response;
    try {
      response = await fetch(url, {
        method, ...options, headers: { ...options.headers, ...(used ? { Authorization: 'Bearer ' + used } : {}) },
      });
    } catch (error) {
      if (error.name === 'AbortError') {
        throw error;
      }
      throw new Problem(0, 'The server does not answer. Is it still running?');
    }
    if (response.ok) {
      return response;
    }
    if (response.status === 401 && await askToken(used)) {
      continue;
    }
    throw await problem(response);
  }
}

async function problem(response) {
  try {
    const { detail, title } = await response.json();
    return new Problem(response.status, detail || title);
  } catch {
    return new Problem(response.status, `The server answered ${response.status} ${response.statusText}`.trim() + '.');
  }
}

const json = async response => response.status === 204 ? null : (await response).json();

export const get = async (path, params, signal) => json(await request('GET', path, params, { signal }));
export const send = async (method, path, body, params) => json(await request(method, path, params, {
  ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
}));
export const postImage = async (path, params, blob, signal) => json(await request('POST', path, params, {
  signal, body: blob, headers: { 'Content-Type': blob.type.startsWith('image/') ? blob.type : 'application/octet-stream' },
}));
export const download = async (path, params) => (await request('GET', path, params)).blob();

let models;
/** The served models; asked once, and again after a failure. */
export function served() {
  models ??= get('v1/models').then(answer => answer.models).catch(error => {
    models = undefined;
    throw error;
  });
  return models;
}
