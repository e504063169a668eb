package org.mobilenet4j.benchmarks;

import org.openjdk.jmh.annotations.Param;

/// Standard and pointwise convolution and the dense layer: one layer for each feature map size.
public class ConvKernelBenchmark extends LayerBenchmark {
    @Param({"conv1", "conv_pw_1", "conv_pw_3", "conv_pw_5", "conv_pw_8", "conv_pw_13", "conv_preds"})
    private String layer = "";

    @Override
    String layer() {
        return layer;
    }
}
