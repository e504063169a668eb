package org.mobilenet4j.formats.graph;

import java.util.HashMap;
import java.util.Map;

/// Names imported layers by kind: `conv1`, `conv_dw_1`, `conv_pw_1`, ..., `conv_preds`, so that a MobileNet gets
/// Keras's names regardless of the converter.
///
/// The names in the files do not help: converters fuse layers and join the names of all of them and their neighbors
/// (`model/activation_25/Relu;model/batch_normalization_25/...`), each in its own way.
public final class LayerNames {
    private final Map<String, Integer> counts = new HashMap<>();
    private boolean afterDepthwise;

    /// `conv_pw_1` for a pointwise convolution right after `conv_dw_1`; `conv1`, `conv2`, ... for others.
    public String conv(boolean pointwise) {
        boolean paired = pointwise && afterDepthwise;
        afterDepthwise = false;
        return paired ? "conv_pw_" + counts.get("conv_dw_") : numbered("conv");
    }

    /// `conv_dw_1`, `conv_dw_2`, ...
    public String depthwise() {
        afterDepthwise = true;
        return numbered("conv_dw_");
    }

    /// `stem` for the first, then `stem_2`, ...
    public String first(String stem) {
        afterDepthwise = false;
        int count = counts.merge(stem, 1, Integer::sum);
        return count == 1 ? stem : stem + "_" + count;
    }

    private String numbered(String stem) {
        return stem + counts.merge(stem, 1, Integer::sum);
    }
}
