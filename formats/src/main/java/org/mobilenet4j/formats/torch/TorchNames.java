package org.mobilenet4j.formats.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.tensor.Tensor;

/// The names of the modules of a MobileNet v1 in PyTorch.
///
/// @param habit whose naming scheme they follow
/// @param stem the first convolution
/// @param blocks depthwise separable convolutions, in order
/// @param head a pointwise convolution before pooling, which timm's `mobilenetv1_100h` has
/// @param classifier the dense layer
record TorchNames(TorchHabit habit, Filter stem, List<Block> blocks, Optional<Filter> head, String classifier) {
    /// The strides of the thirteen blocks, table 1 of the paper.
    private static final List<Integer> STRIDES = List.of(1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1);

    /// A convolution and the batch normalization after it.
    record Filter(String filter, String norm) {}

    /// A depthwise separable convolution.
    record Block(Filter depthwise, Filter pointwise, int stride) {}

    /// The names in `tensors`, or nothing if they are not a MobileNet's.
    static Optional<TorchNames> of(Map<String, Tensor> tensors) {
        if (tensors.containsKey("conv_stem.weight") && tensors.containsKey("blocks.0.0.conv_dw.weight")) {
            return Optional.of(timm(tensors));
        }
        var habit = tensors.containsKey("mobilenet_v1.conv_stem.convolution.weight")
                ? TorchHabit.TRANSFORMERS
                : TorchHabit.PLAIN;
        return chain(habit, tensors, TorchModules.inOrder(tensors))
                .or(() -> chain(habit, tensors, TorchModules.byName(tensors)));
    }

    /// Stages of blocks; the first block of each stage except the first has stride 2.
    private static TorchNames timm(Map<String, Tensor> tensors) {
        var blocks = new ArrayList<Block>();
        for (int stage = 0; tensors.containsKey("blocks." + stage + ".0.conv_dw.weight"); stage++) {
            for (int i = 0; tensors.containsKey("blocks." + stage + "." + i + ".conv_dw.weight"); i++) {
                var block = "blocks." + stage + "." + i + ".";
                blocks.add(new Block(
                        new Filter(block + "conv_dw", block + "bn1"),
                        new Filter(block + "conv_pw", block + "bn2"),
                        stage > 0 && i == 0 ? 2 : 1));
            }
        }
        var head = tensors.containsKey("conv_head.weight")
                ? Optional.of(new Filter("conv_head", "bn2"))
                : Optional.<Filter>empty();
        return new TorchNames(TorchHabit.TIMM, new Filter("conv_stem", "bn1"), blocks, head, "classifier");
    }

    /// Whatever the modules are called, if they are a chain: a convolution, then depthwise and pointwise ones by turns,
    /// each as wide as the one before it, and one dense layer.
    private static Optional<TorchNames> chain(TorchHabit habit, Map<String, Tensor> tensors, TorchModules modules) {
        var filters = modules.filters();
        if (filters.size() < 3
                || filters.size() % 2 == 0
                || modules.classifiers().size() != 1) {
            return Optional.empty();
        }
        int count = filters.size() / 2;
        int channels = dims(tensors, filters.getFirst()).getFirst();
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < count; i++) {
            var depthwise = filters.get(2 * i + 1);
            var pointwise = filters.get(2 * i + 2);
            var window = dims(tensors, depthwise);
            var matrix = dims(tensors, pointwise);
            if (!window.subList(0, 2).equals(List.of(channels, 1))
                    || !matrix.equals(List.of(matrix.getFirst(), channels, 1, 1))) {
                return Optional.empty();
            }
            // Of other depths only the growth of the channels is known: maps shrink where it happens.
            boolean grows = i > 0 && matrix.getFirst() > channels;
            blocks.add(new Block(depthwise, pointwise, count == STRIDES.size() ? STRIDES.get(i) : grows ? 2 : 1));
            channels = matrix.getFirst();
        }
        var classifier = modules.classifiers().getFirst();
        return Optional.of(new TorchNames(habit, filters.getFirst(), blocks, Optional.empty(), classifier));
    }

    private static List<Integer> dims(Map<String, Tensor> tensors, Filter filter) {
        return TorchModules.dims(tensors, filter.filter() + ".weight");
    }
}
