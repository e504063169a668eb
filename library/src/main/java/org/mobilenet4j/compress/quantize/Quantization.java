package org.mobilenet4j.compress.quantize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.model.Model;

/// Quantizes a float model to integers of 8 bits, with ranges of activations that photos show. Immutable: each method
/// returns another quantization.
///
/// ```java
/// Model small = Quantization.of(model, photos).perChannel().run();
/// ```
///
/// Some hundred photos of the kind that the model will see are enough; their classes do not matter.
public final class Quantization {
    /// Photos of a data set that are used.
    private static final int MOST = 256;

    private static final int BATCH = 64;

    private final Model model;
    private final Photos photos;
    private final QuantizationOptions options;

    private Quantization(Model model, Photos photos, QuantizationOptions options) {
        this.model = model;
        this.photos = photos;
        this.options = options;
    }

    /// A quantization calibrated on `photos`, with a scale for each channel of a kernel and ranges from the least
    /// to the largest value.
    ///
    /// @throws IllegalArgumentException if there are no photos
    public static Quantization of(Model model, List<Image> photos) {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(photos, "photos");
        if (photos.isEmpty()) {
            throw new BadValueException(
                    "there are no photos to calibrate on; give some hundred of the kind that the model will see");
        }
        var input = model.network().input();
        var preprocessor = new Preprocessor(model.preprocessing(), input);
        var inputs = new ArrayList<float[]>(photos.size());
        for (var photo : photos) {
            var values = new float[input.elements()];
            preprocessor.apply(photo, values, 0);
            inputs.add(values);
        }
        return new Quantization(model, Photos.of(inputs), QuantizationOptions.DEFAULT);
    }

    /// The same, calibrated on at most 256 photos, drawn evenly from the classes of `photos`.
    ///
    /// @throws IOException if the photos cannot be read
    /// @throws IllegalArgumentException if none of them can
    public static Quantization of(Model model, DataSet photos) throws IOException {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(photos, "photos");
        var some = Subset.evenly(photos, MOST, 1);
        var input = model.network().input();
        var spec = new BatchSpec(input, model.preprocessing(), Augmentation.NONE, BATCH, 1, 1);
        try (var batches = Batches.validation(some, spec)) {
            return new Quantization(model, Photos.of(batches, input), QuantizationOptions.DEFAULT);
        }
    }

    private Quantization with(QuantizationOptions newOptions) {
        return new Quantization(model, photos, newOptions);
    }

    /// With a scale for each channel of a kernel: more accurate, and the default.
    public Quantization perChannel() {
        return with(options.withWeights(WeightScheme.PER_CHANNEL));
    }

    /// With one scale for each kernel, as some accelerators want it. [#equalized] makes up for some of the loss.
    public Quantization perTensor() {
        return with(options.withWeights(WeightScheme.PER_TENSOR));
    }

    /// With ranges of activations chosen in another way than from the least to the largest value.
    public Quantization ranges(RangeChoice ranges) {
        return with(options.withRanges(Objects.requireNonNull(ranges, "ranges")));
    }

    /// With the ranges of channels equalized first ([Equalization]).
    public Quantization equalized() {
        return with(options.withEqualization(true));
    }

    /// With biases that correct the mean error of rounding ([BiasCorrection]).
    public Quantization biasCorrected() {
        return with(options.withBiasCorrection(true));
    }

    /// The quantized model.
    ///
    /// @throws IllegalArgumentException if the model cannot be quantized, with the reason
    public Model run() {
        return PostTraining.of(model, photos, options).quantized();
    }

    /// The network, the number of photos, and how it is quantized.
    @Override
    public String toString() {
        return "Quantization[" + model.network().name() + ", " + photos.count() + " photos, " + options.weights() + ", "
                + options.ranges() + "]";
    }
}
