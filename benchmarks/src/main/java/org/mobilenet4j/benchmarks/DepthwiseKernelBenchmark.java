package org.mobilenet4j.benchmarks;

import org.openjdk.jmh.annotations.Param;

/// Depthwise convolution: both strides, from large feature maps with few channels to small ones with many.
public class DepthwiseKernelBenchmark extends LayerBenchmark {
    @Param({"conv_dw_1", "conv_dw_2", "conv_dw_3", "conv_dw_6", "conv_dw_8", "conv_dw_13"})
    private String layer = "";

    @Override
    String layer() {
        return layer;
    }
}
