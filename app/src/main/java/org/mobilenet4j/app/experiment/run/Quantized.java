package org.mobilenet4j.app.experiment.run;

import java.util.Optional;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.train.Recipe;

/// Int8 weights, quantized from those of another arm with the same seed.
///
/// @param floats the other arm, with the same network; its run comes first
/// @param weights how they are quantized
/// @param training recipe of quantization-aware training, if any
public record Quantized(Arm floats, WeightScheme weights, Optional<Recipe> training) implements WeightSource {
    /// Number of calibration photos.
    static final int PHOTOS = 256;

    /// Of the training photos, as in `quantize`.
    static final Augmentation AUGMENTATION = Augmentation.LIGHT;

    /// A forward pass takes about a third of the time of a training step, per photo.
    private static final double FORWARD = 1.0 / 3;

    @Override
    public String suffix() {
        return "-int8-" + weights + (training.isPresent() ? "-trained" : "");
    }

    @Override
    public int epochs(Protocol protocol) {
        return training.map(Recipe::epochs).orElse(0);
    }

    QuantizationOptions options() {
        return QuantizationOptions.DEFAULT.withWeights(weights);
    }

    @Override
    public String identity() {
        return "weights " + weights + ", ranges " + options().ranges() + " of " + PHOTOS + " photos"
                + training.map(recipe -> ", trained with " + recipe.settings() + " and " + AUGMENTATION)
                        .orElse("");
    }

    /// Estimated duration, as a share of the float training.
    double share(Protocol protocol) {
        int photos = protocol.photos().train().size();
        double learned = (double) epochs(protocol) * photos;
        double seen = Math.min(PHOTOS, photos) + protocol.photos().validation().size();
        return (learned + FORWARD * seen) / protocol.photosOfARun();
    }
}
