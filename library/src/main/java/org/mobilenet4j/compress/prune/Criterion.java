package org.mobilenet4j.compress.prune;

/// How the importance of a channel is measured.
public enum Criterion {
    /// The magnitude of batch normalization's gamma (Liu et al., arXiv 1708.06519): the spread of the channel's
    /// values before the activation. For a channel with several normalizations, their mean.
    SCALE,
    /// The L1 norm of the kernel that computes the channel (Li et al., arXiv 1608.08710).
    L1
}
