// The session on the server; it begins with the first photo.
import { download, postImage, send } from '../api.js';

export function lesson() {
  let session = null;
  const path = async (...parts) => {
    session ??= send('POST', 'v1/teach').then(answer => answer.session).catch(error => {
      session = null;
      throw error;
    });
    return ['v1/teach', await session, ...parts.map(encodeURIComponent)].join('/');
  };
  return {
    /** Adds a photo; answers its number. */
    async add(label, photo) {
      const { photos } = await postImage(await path('classes', label), {}, photo);
      return photos[0];
    },
    removePhoto: async (label, id) => send('DELETE', await path('classes', label, 'photos', id)),
    removeClass: async label => send('DELETE', await path('classes', label)),
    rename: async (label, to) => send('PUT', await path('classes', label), { label: to }),
    fit: async () => send('POST', await path('fit')),
    classify: async (photo, signal) => postImage(await path('classify'), { top: 5 }, photo, signal),
    model: async format => download(await path('model'), { format }),
    forget() {
      session = null;
    },
  };
}
