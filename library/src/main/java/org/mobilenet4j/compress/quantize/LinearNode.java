package org.mobilenet4j.compress.quantize;

import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.model.Model;

/// A layer that has a kernel: a convolution, a depthwise convolution or a dense layer.
///
/// @param node its node in the network
record LinearNode(Node node) {
    static boolean is(Node node) {
        return node.layer() instanceof LinearLayer;
    }

    String kernelName() {
        return node.name() + "/" + node.parameters().getFirst().name();
    }

    String biasName() {
        return node.name() + "/bias";
    }

    boolean hasBias() {
        return node.parameters().size() > 1;
    }

    int outputs() {
        return node.output().channels();
    }

    /// Its bias in `model`; zeros if it has none.
    float[] bias(Model model) {
        return hasBias() ? model.weights().get(biasName()).toArray() : new float[outputs()];
    }

    /// The output channel of the kernel's value at row-major position `i`.
    int output(int i) {
        return i % outputs();
    }

    /// The input channel of the kernel's value at row-major position `i`.
    int input(int i) {
        int channels = node.input().channels();
        return switch ((LinearLayer) node.layer()) {
            case DepthwiseConv conv -> i % outputs() / conv.channelMultiplier();
            case Conv conv -> {
                int each = channels / conv.groups();
                int group = i % outputs() / (outputs() / conv.groups());
                yield group * each + i / outputs() % each;
            }
            case Dense _ -> i / outputs();
        };
    }
}
