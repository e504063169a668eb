// A color map whose lightness rises evenly, from deep blue over red to pale yellow, computed in Oklab.

const STEPS = 256;
const ramp = Array.from({ length: STEPS }, (_, i) => color(i / (STEPS - 1)));

function color(at) {
  const lightness = 0.22 + 0.74 * at;
  const chroma = 0.05 + 0.15 * Math.sin(Math.PI * Math.min(1, at * 1.05));
  const hue = (280 + 185 * at) * Math.PI / 180;
  return srgb(lightness, chroma * Math.cos(hue), chroma * Math.sin(hue));
}

/** Oklab to bytes of sRGB. */
function srgb(lightness, a, b) {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map(linear => {
    const clipped = Math.min(1, Math.max(0, linear));
    return Math.round(255 * (clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055));
  });
}

/** Draws a map of any size into `canvas`, its largest value brightest, between the values by bicubic-like smoothing. */
export function paint(canvas, { height, width, values }) {
  const least = Math.max(0, Math.min(...values));
  const most = Math.max(...values);
  const scale = most > least ? 1 / (most - least) : 0;
  const fine = 24;
  canvas.width = width * fine;
  canvas.height = height * fine;
  const context = canvas.getContext('2d');
  const pixels = context.createImageData(canvas.width, canvas.height);
  const at = (y, x) => values[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))];
  for (let row = 0; row < canvas.height; row++) {
    for (let column = 0; column < canvas.width; column++) {
      const y = (row + 0.5) / fine - 0.5;
      const x = (column + 0.5) / fine - 0.5;
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [down, across] = [smooth(y - top), smooth(x - left)];
      const value = (1 - down) * ((1 - across) * at(top, left) + across * at(top, left + 1))
        + down * ((1 - across) * at(top + 1, left) + across * at(top + 1, left + 1));
      const share = Math.min(1, Math.max(0, (value - least) * scale));
      pixels.data.set([...ramp[Math.round(share * (STEPS - 1))], 255], 4 * (row * canvas.width + column));
    }
  }
  context.putImageData(pixels, 0, 0);
}

const smooth = t => t * t * (3 - 2 * t);

paint.ramp = canvas => {
  const context = canvas.getContext('2d');
  for (let x = 0; x < canvas.width; x++) {
    context.fillStyle = `rgb(${ramp[Math.round(x / (canvas.width - 1) * (STEPS - 1))]})`;
    context.fillRect(x, 0, 1, 1);
  }
};
