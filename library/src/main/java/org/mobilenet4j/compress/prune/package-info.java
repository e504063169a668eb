/// Networks with fewer weights: whole channels taken out, single weights set to zero, or weights that
/// share their values.
///
/// - [ChannelPruning] makes the network itself smaller, and so faster. Channels are ranked by the scale
/// of batch normalization (Liu et al., arXiv 1708.06519) or by the L1 norm of their kernels (Li et al.,
/// arXiv 1608.08710).
/// - [MagnitudePruning] sets the smallest weights to zero, at once or on a schedule while the network
///   is trained (Zhu and Gupta, arXiv 1710.01878). The network stays as large; its file becomes smaller.
/// - [Clustering] lets the weights of a layer share a few values (Han et al., arXiv 1510.00149).
///
/// [org.mobilenet4j.model.file.PackedFile] stores what comes of the last two in few bytes.
@NullMarked
package org.mobilenet4j.compress.prune;

import org.jspecify.annotations.NullMarked;
