/// Networks with fewer weights: channel pruning, magnitude pruning and weight clustering.
///
/// - [ChannelPruning] makes the network itself smaller and faster. Channels are ranked by the scale of batch
///   normalization (Liu et al., arXiv 1708.06519) or by the L1 norm of their kernels (Li et al., arXiv 1608.08710).
/// - [MagnitudePruning] sets the smallest weights to zero, at once or on a schedule while the network is trained (Zhu
///   and Gupta, arXiv 1710.01878). The network keeps its size; its file becomes smaller.
/// - [Clustering] lets the weights of a layer share a few values (Han et al., arXiv 1510.00149).
///
/// [org.mobilenet4j.model.file.PackedFile] compresses the results of the last two.
@NullMarked
package org.mobilenet4j.compress.prune;

import org.jspecify.annotations.NullMarked;
