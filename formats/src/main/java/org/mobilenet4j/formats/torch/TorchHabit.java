package org.mobilenet4j.formats.torch;

import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;

/// Whose names a MobileNet v1 of PyTorch has, and what else differs between the models that use them: files of tensors
/// do not say.
enum TorchHabit {
    /// timm's `mobilenetv1_*`, whose published weights were trained on [-1, 1].
    TIMM,
    /// Hugging Face's `google/mobilenet_v1_*`: TF-Slim's weights, and TensorFlow's padding with them.
    TRANSFORMERS,
    /// All others, for example `model.0.0`, `features.1.3`, `stage1.0.0`, `base_net.2.4`: plain ReLU.
    PLAIN;

    String text() {
        return switch (this) {
            case TIMM -> "timm's names";
            case TRANSFORMERS -> "Hugging Face's names";
            case PLAIN -> "PyTorch's names";
        };
    }

    Activation.Function activation() {
        return switch (this) {
            case TIMM, TRANSFORMERS -> Activation.Function.RELU6;
            case PLAIN -> Activation.Function.RELU;
        };
    }

    /// How windows of more than one tap are padded.
    Padding padding() {
        return this == TRANSFORMERS ? Padding.SAME : Padding.SYMMETRIC;
    }

    /// The epsilon of batch normalization.
    double epsilon() {
        return this == TRANSFORMERS ? 1e-3 : 1e-5;
    }

    Preprocessing preprocessing() {
        var normalization = this == PLAIN ? Normalization.IMAGENET : Normalization.SIGNED;
        return new Preprocessing(0.875, Resize.ANTIALIAS, normalization);
    }

    String preprocessingNote() {
        return switch (this) {
            case TIMM -> "timm's for its MobileNet v1, assumed: the file does not say; bicubic there, bilinear here";
            case TRANSFORMERS -> "TF-Slim's normalization, assumed: the file does not say";
            case PLAIN -> "ImageNet's mean and deviation as in torchvision, assumed: the file does not say";
        };
    }
}
