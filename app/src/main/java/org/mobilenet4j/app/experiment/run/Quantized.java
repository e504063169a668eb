package org.mobilenet4j.app.experiment.run;

import java.util.Optional;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.train.Recipe;

/// 8-bit integers, made of the weights that another arm has with the same seed.
///
/// @param floats the other arm, of the same network; its run comes first
/// @param weights how they are rounded
/// @param training by which they are then trained to suit integers, if they are
public record Quantized(Arm floats, WeightScheme weights, Optional<Recipe> training) implements WeightSource {
    /// How many training photos choose the scales of maps.
    static final int PHOTOS = 256;

    /// Of the training photos, as `quantize` has it.
    static final Augmentation AUGMENTATION = Augmentation.LIGHT;

    /// A photo that runs through a network forward takes about a third of one that is learned.
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

    /// About how long it takes, as a share of the floats' training.
    double share(Protocol protocol) {
        int photos = protocol.photos().train().size();
        double learned = (double) epochs(protocol) * photos;
        double seen = Math.min(PHOTOS, photos) + protocol.photos().validation().size();
        return (learned + FORWARD * seen) / protocol.photosOfARun();
    }
}
