package org.mobilenet4j.kernel;

/// Max or average pooling; positions outside the feature map are skipped. In global pooling, the window is the
/// whole feature map.
public interface PoolKernel extends Kernel {}
