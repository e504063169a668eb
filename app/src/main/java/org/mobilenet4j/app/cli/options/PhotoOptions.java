package org.mobilenet4j.app.cli.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.ChannelOrder;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// How photos go into a model and what comes out, for models whose file does not say, or says it wrongly.
@OptionGroup("Photos and outputs")
public final class PhotoOptions {
    private static final String NOTE = "preprocessing";
    private static final int COLORS = 3;
    private static final float BYTE = 255;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--mean",
            paramLabel = "M|A,B,C",
            split = ",",
            hideParamSyntax = true,
            description = "What is subtracted from each channel, on the scale of 0 to 255: one number, or one for each"
                    + " channel in the network's order (default: the model's setting).")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            paramLabel = "S|A,B,C",
            split = ",",
            hideParamSyntax = true,
            description = "What each channel is then divided by, on the same scale (default: the model's setting).")
    private List<Float> std = List.of();

    @Option(
            names = "--channels",
            paramLabel = "rgb|bgr",
            converter = ChannelsConverter.class,
            description = "The order of colors that the network takes (default: the model's setting).")
    private @Nullable ChannelOrder channels;

    @Option(
            names = "--crop",
            paramLabel = "SHARE",
            description = "Central crop: share of each side to keep, above 0 and up to 1 (default: the model's"
                    + " setting).")
    private @Nullable Double crop;

    @Option(
            names = "--resize",
            paramLabel = "legacy|half-pixel|antialias",
            converter = ResizeConverter.class,
            description = "How photos are scaled to the network's input size (default: the model's setting).")
    private @Nullable Resize resize;

    @Option(
            names = "--outputs",
            paramLabel = "MEANING",
            converter = OutputsConverter.class,
            description = "What the network's outputs are: probabilities, logits, sigmoids, one-sigmoid, one-logit or"
                    + " features (default: as the model says, or its last layers).")
    private @Nullable Outputs outputs;

    /// `model` with what is given, and a note of it.
    ///
    /// @throws ParameterException if a value is out of its range
    public Model applyTo(Model model) {
        var meant = outputs == null ? model : model.withOutputs(outputs);
        var given = given();
        if (given.isEmpty()) {
            return meant;
        }
        var preprocessing = override(model.preprocessing());
        if (model.network().input().channels() == 1
                && !preprocessing
                        .normalization()
                        .equals(preprocessing.normalization().averaged())) {
            throw usage("the network takes gray, so --mean and --std are one number each");
        }
        var notes = new LinkedHashMap<>(model.notes());
        notes.put(NOTE, note(given, notes.get(NOTE)));
        return meant.withPreprocessing(preprocessing).withNotes(notes);
    }

    private List<String> given() {
        var given = new ArrayList<String>();
        if (!mean.isEmpty()) {
            given.add("mean");
        }
        if (!std.isEmpty()) {
            given.add("std");
        }
        if (channels != null) {
            given.add("channels");
        }
        if (crop != null) {
            given.add("crop");
        }
        if (resize != null) {
            given.add("resize");
        }
        return given;
    }

    /// Whether the rest of what was assumed still is.
    private static String note(List<String> given, @Nullable String before) {
        boolean isAll = given.containsAll(List.of("mean", "std", "crop", "resize"));
        var said = String.join(", ", given) + " as given with a command";
        return before == null || isAll ? said : said + "; else " + before;
    }

    private Preprocessing override(Preprocessing own) {
        if (crop != null && !(crop > 0 && crop <= 1)) {
            throw usage("--crop must be above 0 and at most 1, not " + crop);
        }
        var normalization = own.normalization();
        try {
            return new Preprocessing(
                    crop == null ? own.crop() : crop,
                    resize == null ? own.resize() : resize,
                    new Normalization(
                            values("--mean", mean, normalization.mean()), values("--std", std, normalization.std())),
                    channels == null ? own.channels() : channels,
                    own.padsToSquare());
        } catch (BadValueException e) {
            throw usage(FailureText.line(e));
        }
    }

    private List<Float> values(String option, List<Float> given, List<Float> own) {
        if (given.isEmpty()) {
            return own;
        }
        if (given.size() != 1 && given.size() != COLORS) {
            throw usage(option + " takes one number, or three with commas between them, not " + given.size());
        }
        return List.of(given.getFirst() / BYTE, given.get(given.size() / 2) / BYTE, given.getLast() / BYTE);
    }

    /// `central crop 0.875, resize legacy, mean 127.5, std 127.5`: as the options have them.
    public static String describe(Preprocessing preprocessing) {
        var normalization = preprocessing.normalization();
        return "central crop " + preprocessing.crop() + ", resize " + preprocessing.resize() + ", mean "
                + on255(normalization.mean()) + ", std " + on255(normalization.std())
                + (preprocessing.channels() == ChannelOrder.RGB ? "" : ", channels " + preprocessing.channels());
    }

    private static String on255(List<Float> values) {
        Function<Float, String> text = value -> {
            var digits = String.format(Locale.ROOT, "%.3f", value * (double) BYTE);
            return digits.replaceFirst("\\.?0+$", "");
        };
        var texts = values.stream().map(text).toList();
        return texts.stream().distinct().count() == 1 ? texts.getFirst() : String.join(",", texts);
    }

    private ParameterException usage(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private static final class ResizeConverter implements ITypeConverter<Resize> {
        @Override
        public Resize convert(String value) {
            return named(Resize::named, value);
        }
    }

    private static final class ChannelsConverter implements ITypeConverter<ChannelOrder> {
        @Override
        public ChannelOrder convert(String value) {
            return named(ChannelOrder::named, value);
        }
    }

    private static final class OutputsConverter implements ITypeConverter<Outputs> {
        @Override
        public Outputs convert(String value) {
            return named(Outputs::named, value);
        }
    }

    private static <T> T named(Function<String, T> names, String value) {
        try {
            return names.apply(value);
        } catch (BadValueException e) {
            throw new TypeConversionException(FailureText.line(e));
        }
    }
}
