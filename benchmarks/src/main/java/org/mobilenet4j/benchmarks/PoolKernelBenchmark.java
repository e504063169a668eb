package org.mobilenet4j.benchmarks;

import org.openjdk.jmh.annotations.Param;

/// Pooling: MobileNet pools once, over the whole feature map.
public class PoolKernelBenchmark extends LayerBenchmark {
    @Param({"global_average_pooling"})
    private String layer = "";

    @Override
    String layer() {
        return layer;
    }
}
