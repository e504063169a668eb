/// Networks of floats made networks of whole numbers, without training: scales from photos, rounding,
/// and what that costs.
///
/// The numbers are those of TFLite's quantisation scheme (Jacob et al., arXiv 1712.05877); per channel
/// or per tensor as Krishnamoorthi (arXiv 1806.08342) compares them; equalisation and bias correction
/// as Nagel et al. (arXiv 1906.04721). Start reading at [PostTraining].
@NullMarked
package org.mobilenet4j.compress.quantize;

import org.jspecify.annotations.NullMarked;
