package org.mobilenet4j.formats.graph;

import java.util.Set;

/// Layers that change something in training only. In inference they pass on what they get.
public final class TrainingOnly {
    private static final Set<String> KINDS = Set.of(
            "ActivityRegularization",
            "AlphaDropout",
            "AugMix",
            "CutMix",
            "GaussianDropout",
            "GaussianNoise",
            "MixUp",
            "RandAugment",
            "RandomBrightness",
            "RandomColorDegeneration",
            "RandomColorJitter",
            "RandomContrast",
            "RandomElasticTransform",
            "RandomErasing",
            "RandomFlip",
            "RandomGaussianBlur",
            "RandomGrayscale",
            "RandomHeight",
            "RandomHue",
            "RandomInvert",
            "RandomPerspective",
            "RandomPosterization",
            "RandomRotation",
            "RandomSaturation",
            "RandomSharpness",
            "RandomShear",
            "RandomTranslation",
            "RandomWidth",
            "RandomZoom");

    private TrainingOnly() {}

    /// Whether the layer that Keras calls `kind` is one.
    public static boolean contains(String kind) {
        return KINDS.contains(kind);
    }
}
