package org.mobilenet4j.compress.prune;

/// What says how much a channel matters.
public enum Criterion {
    /// The size of batch normalization's gamma (Liu et al., arXiv 1708.06519): how far the channel's
    /// values spread before the activation. Of a channel that several normalizations scale, the mean
    /// over them.
    SCALE,
    /// The L1 norm of the kernel that makes the channel (Li et al., arXiv 1608.08710).
    L1
}
