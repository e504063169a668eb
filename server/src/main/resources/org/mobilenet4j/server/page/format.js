// Numbers as people read them.

const UNITS = [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']];

/** Three digits and a unit of 1000: 568740352 is "569 M". */
export function count(value) {
  const [size, unit] = UNITS.find(([least]) => value >= least * 0.9995) ?? [1, ''];
  const scaled = value / size;
  const digits = size === 1 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return scaled.toFixed(digits) + (unit ? ' ' + unit : '');
}

const EXACT = new Intl.NumberFormat('en');
export const exact = value => EXACT.format(value);

export const percent = share => (share * 100).toFixed(share >= 0.0995 ? 0 : 1) + ' %';
export const sharp = share => (share * 100).toFixed(1) + ' %';
export const millis = value => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)) + ' ms';
export const bytes = value => value >= 1 << 20 ? (value / (1 << 20)).toFixed(2) + ' MiB' : (value / 1024).toFixed(0) + ' KiB';
export const size = ([height, width, channels]) => `${height} × ${width} × ${channels}`;
export const plural = (n, one, many = one + 's') => `${n} ${n === 1 ? one : many}`;
/** The first of a label's synonyms: "tabby, tabby cat" is "tabby". */
export const short = label => label.split(',')[0];
