// The convolutions of a network's table, a depthwise one together with the pointwise one behind it.

/** Each with its kernel DK, channels M in and N out, and DF rows and columns of its result. */
export function convolutions(layers) {
  const found = [];
  const convs = layers.filter(each => ['standard', 'depthwise', 'pointwise'].includes(each.kind));
  for (let i = 0; i < convs.length; i++) {
    const layer = convs[i];
    const next = convs[i + 1];
    const channels = layer.input[2];
    if (layer.kind === 'depthwise') {
      const kernel = Math.sqrt(layer.parametersWeightsOnly / channels);
      const pair = next?.kind === 'pointwise';
      found.push({ names: pair ? [layer.name, next.name] : [layer.name], kernel, m: channels, n: pair ? next.output[2] : channels, f: layer.output });
    } else if (layer.kind === 'standard') {
      found.push({ names: [layer.name], kernel: Math.sqrt(layer.parametersWeightsOnly / channels / layer.output[2]), m: channels, n: layer.output[2], f: layer.output });
    }
  }
  return found.filter(each => Number.isInteger(each.kernel));
}
