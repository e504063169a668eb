/// Quantization of float networks: calibration with photos, rounding, quantization-aware training, and the errors that
/// result.
///
/// The scheme is that of TFLite (Jacob et al., arXiv 1712.05877), per channel or per tensor as compared by
/// Krishnamoorthi (arXiv 1806.08342), with equalization and bias correction after Nagel et al. (arXiv 1906.04721).
/// Start at [PostTraining].
@NullMarked
package org.mobilenet4j.compress.quantize;

import org.jspecify.annotations.NullMarked;
