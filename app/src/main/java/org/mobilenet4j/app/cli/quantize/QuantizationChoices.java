package org.mobilenet4j.app.cli.quantize;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.compress.quantize.RangeChoice;
import org.mobilenet4j.compress.quantize.WeightScheme;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Options of post-training quantization.
@OptionGroup("Quantization")
final class QuantizationChoices {
    @Option(
            names = "--weights",
            paramLabel = "per-channel|per-tensor|per-tensor-asymmetric",
            converter = WeightsConverter.class,
            description = "Weight scales: one per output channel, or one per kernel, symmetric or, as in TFLite's older"
                    + " UINT8, asymmetric (default: per-channel).")
    private WeightScheme weights = WeightScheme.PER_CHANNEL;

    @Option(
            names = "--ranges",
            paramLabel = "min-max|percentile|mse",
            converter = RangesConverter.class,
            description = "Calibration of activation ranges: all values seen, all but 0.01%% at each end, or the range"
                    + " with the least squared error (default: min-max).")
    private RangeChoice ranges = RangeChoice.MIN_MAX;

    @Option(names = "--equalize", description = "Equalize weight ranges across layers first; ReLU6 becomes ReLU.")
    private boolean equalizes;

    @Option(names = "--bias-correction", description = "Correct biases for the mean error of quantized weights.")
    private boolean correctsBias;

    QuantizationOptions options() {
        return new QuantizationOptions(weights, ranges, equalizes, correctsBias);
    }

    /// These choices as text for the model's notes.
    String text() {
        return "weights " + weights + ", ranges " + ranges + (equalizes ? ", equalized" : "")
                + (correctsBias ? ", biases corrected" : "");
    }

    private static final class WeightsConverter implements ITypeConverter<WeightScheme> {
        @Override
        public WeightScheme convert(String value) {
            return named(WeightScheme.values(), value);
        }
    }

    private static final class RangesConverter implements ITypeConverter<RangeChoice> {
        @Override
        public RangeChoice convert(String value) {
            return named(RangeChoice.values(), value);
        }
    }

    private static <T> T named(T[] all, String value) {
        return Arrays.stream(all)
                .filter(one -> one.toString().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "expected " + Arrays.stream(all).map(Object::toString).collect(Collectors.joining(", "))
                                + ", not " + value));
    }
}
