/// Networks of floats made quantized networks, without training: scales from photos, rounding, and what that costs.
///
/// The numbers are those of TFLite's quantization scheme (Jacob et al., arXiv 1712.05877); per channel
/// or per tensor as Krishnamoorthi (arXiv 1806.08342) compares them; equalization and bias correction
/// as Nagel et al. (arXiv 1906.04721). Start reading at [PostTraining].
@NullMarked
package org.mobilenet4j.compress.quantize;

import org.jspecify.annotations.NullMarked;
