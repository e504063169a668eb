// A convolution small enough to see: 5 × 5 pixels of 3 channels, and what each output cell is made of.

export const SIDE = 5;
export const IN = 3;
const OUT = 4;
const K = 3;

// Small numbers, chosen so that the kernels show what they do: edges, blurs, points.
const INPUT = ['0012201233123331233101210', '1100011000222002221122011', '2021000210113200021130021']
  .map(plane => [...plane].map(Number));
const KERNELS = [
  [-1, 0, 1, -1, 0, 1, -1, 0, 1], [0, 1, 0, 1, 1, 1, 0, 1, 0], [0, 0, 0, 0, 1, 0, 0, 0, 0],
  [-1, -1, -1, 0, 0, 0, 1, 1, 1], [1, 0, -1, 0, 0, 0, -1, 0, 1], [0, -1, 0, -1, 4, -1, 0, -1, 0],
  [1, 0, 0, 0, 1, 0, 0, 0, 1], [0, 0, 1, 0, 1, 0, 1, 0, 0], [1, 1, 1, 0, 0, 0, -1, -1, -1],
  [0, 1, 0, 0, -1, 0, 0, 1, 0], [0, 0, 0, 1, -2, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0, 1, 0, 1],
];
const MIX = [[1, 0, -1], [1, 1, 1], [-1, 2, 0], [0, 1, 2]];

/** Filters (an output channel each) of planes (an input channel each): weights row by row, `side` to a row. */
const FILTERS = {
  standard: { side: K, filters: Array.from({ length: OUT }, (_, n) => Array.from({ length: IN }, (_, m) => ({ from: m, weights: KERNELS[n * IN + m] }))) },
  depthwise: { side: K, filters: Array.from({ length: IN }, (_, m) => [{ from: m, weights: KERNELS[m * 4 % 12] }]) },
  pointwise: { side: 1, filters: MIX.map(row => row.map((weight, m) => ({ from: m, weights: [weight] }))) },
};

export function toy(kind) {
  const { side, filters } = FILTERS[kind];
  const reach = (side - 1) / 2;

  /** The products that an output cell is the sum of; zeros around the input are left out. */
  function products(channel, row, column) {
    return filters[channel].flatMap(({ from, weights }, plane) => weights.map((weight, i) => ({
      plane, from, weight, tap: i, row: row + Math.floor(i / side) - reach, column: column + i % side - reach,
    }))).filter(each => each.row >= 0 && each.row < SIDE && each.column >= 0 && each.column < SIDE)
      .map(each => ({ ...each, input: INPUT[each.from][each.row * SIDE + each.column] }));
  }

  const value = (channel, row, column) => products(channel, row, column).reduce((sum, { input, weight }) => sum + input * weight, 0);
  return {
    side, filters, input: INPUT, products,
    output: filters.map((_, channel) => Array.from({ length: SIDE * SIDE }, (_, i) => value(channel, Math.floor(i / SIDE), i % SIDE))),
    /** Weights that are learned, and products for all cells, zeros around the input counted as the paper does. */
    weights: filters.reduce((sum, planes) => sum + planes.length * side * side, 0),
    each: filters[0].length * side * side,
  };
}
