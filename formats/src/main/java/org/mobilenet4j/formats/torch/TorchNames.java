package org.mobilenet4j.formats.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;

/// The names of the modules of a MobileNet v1 in PyTorch.
///
/// @param habit which naming scheme they follow
/// @param stem the first convolution
/// @param blocks depthwise separable convolutions, in order
/// @param head a pointwise convolution before pooling, which timm's `mobilenetv1_100h` has
/// @param classifier the dense layer
record TorchNames(Habit habit, Filter stem, List<Block> blocks, Optional<Filter> head, String classifier) {
    /// The strides of the thirteen blocks, table 1 of the paper.
    private static final List<Integer> STRIDES = List.of(1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1);

    /// A convolution and the batch normalization after it.
    record Filter(String filter, String norm) {}

    /// A depthwise separable convolution.
    record Block(Filter depthwise, Filter pointwise, int stride) {}

    /// A naming scheme, and what else differs between the models that use it.
    enum Habit {
        /// timm's `mobilenetv1_*`, whose published weights were trained on [-1, 1].
        TIMM,
        /// `model.0.0`, `model.1.0`, ..., `fc`: a sequence of sequences, with plain ReLU.
        PLAIN;

        String text() {
            return switch (this) {
                case TIMM -> "timm's names";
                case PLAIN -> "PyTorch's names";
            };
        }

        Activation.Function activation() {
            return switch (this) {
                case TIMM -> Activation.Function.RELU6;
                case PLAIN -> Activation.Function.RELU;
            };
        }

        Preprocessing preprocessing() {
            var normalization = switch (this) {
                case TIMM -> Normalization.SIGNED;
                case PLAIN -> Normalization.IMAGENET;
            };
            return new Preprocessing(0.875, Resize.ANTIALIAS, normalization);
        }

        String preprocessingNote() {
            return switch (this) {
                case TIMM ->
                    "timm's for its MobileNet v1, assumed: the file does not say; bicubic there, bilinear here";
                case PLAIN -> "ImageNet's mean and deviation as in torchvision, assumed: the file does not say";
            };
        }
    }

    /// The names in `tensors`, or nothing if they are not a MobileNet's.
    static Optional<TorchNames> of(Set<String> tensors) {
        if (tensors.contains("conv_stem.weight") && tensors.contains("blocks.0.0.conv_dw.weight")) {
            return Optional.of(timm(tensors));
        }
        for (var prefix : List.of("", "module.")) {
            if (tensors.contains(prefix + "model.0.0.weight") && tensors.contains(prefix + "model.13.3.weight")) {
                return Optional.of(plain(prefix));
            }
        }
        return Optional.empty();
    }

    /// Stages of blocks; the first block of each stage except the first has stride 2.
    private static TorchNames timm(Set<String> tensors) {
        var blocks = new ArrayList<Block>();
        for (int stage = 0; tensors.contains("blocks." + stage + ".0.conv_dw.weight"); stage++) {
            for (int i = 0; tensors.contains("blocks." + stage + "." + i + ".conv_dw.weight"); i++) {
                var block = "blocks." + stage + "." + i + ".";
                blocks.add(new Block(
                        new Filter(block + "conv_dw", block + "bn1"),
                        new Filter(block + "conv_pw", block + "bn2"),
                        stage > 0 && i == 0 ? 2 : 1));
            }
        }
        var head = tensors.contains("conv_head.weight")
                ? Optional.of(new Filter("conv_head", "bn2"))
                : Optional.<Filter>empty();
        return new TorchNames(Habit.TIMM, new Filter("conv_stem", "bn1"), blocks, head, "classifier");
    }

    private static TorchNames plain(String prefix) {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < STRIDES.size(); i++) {
            var block = prefix + "model." + (i + 1) + ".";
            blocks.add(new Block(
                    new Filter(block + "0", block + "1"), new Filter(block + "3", block + "4"), STRIDES.get(i)));
        }
        var stem = new Filter(prefix + "model.0.0", prefix + "model.0.1");
        return new TorchNames(Habit.PLAIN, stem, blocks, Optional.empty(), prefix + "fc");
    }
}
