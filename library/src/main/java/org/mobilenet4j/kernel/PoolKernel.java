package org.mobilenet4j.kernel;

/// Largest value or mean under a window; what lies outside the map is skipped. Global pooling has the map as its
/// window.
public interface PoolKernel extends Kernel {}
