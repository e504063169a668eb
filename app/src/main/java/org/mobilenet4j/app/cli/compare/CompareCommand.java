package org.mobilenet4j.app.cli.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.options.WeightsWarning;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet compare`: shows where two models differ.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Run two models on the same photos and show where they differ.",
            "The models can be of any two formats; the photos can be random pictures. Shows the largest difference of"
                    + " each layer's outputs, the first layer that differs, and how often the models answer the same.",
            "Layers correspond by name, or else by kind and order; batch normalization counts as part of the layer"
                    + " before it. Where the input differs already, the models preprocess photos differently."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet compare mobilenet.onnx mobilenet.tflite",
            "  mobilenet compare mobilenet.safetensors int8.tflite photos --most 100",
            "  mobilenet compare keras.h5 tfjs/model.json --same-input --format json",
            "  mobilenet compare default int8.safetensors a.jpg b.jpg --tolerance 0.05",
            "",
            "Exit status: 0 whether they differ or not; firstDifferent of --format json tells."
        })
public final class CompareCommand implements Callable<Integer> {
    /// As a share of a layer's largest value: what another order of additions, and what rounding to 8 bits, may do.
    private static final double FLOATS = 0.001;

    private static final double INTEGERS = 0.2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "A", description = "A model file, the name of a pulled model, or default.")
    private Path a = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    private Path b = Path.of("");

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "PHOTO",
            description = "Photos, or folders of photos (default: random pictures).")
    private List<Path> photos = List.of();

    @Option(
            names = "--most",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Number of photos at most, taken evenly from all (default: 32).")
    private int most = 32;

    @Option(
            names = "--random",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Number of random pictures, where no photos are given (default: 8).")
    private int random = 8;

    @Option(names = "--seed", paramLabel = "SEED", description = "Seed of the random pictures (default: 0).")
    private long seed;

    @Option(
            names = "--same-input",
            description = "Give B the input of A, rather than preprocess photos as B is set to.")
    private boolean isSameInput;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description = "The share of its largest value by which a layer may differ (default: 0.001 between float"
                    + " models, 0.2 if one is quantized).")
    private @Nullable Double tolerance;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        if (tolerance != null && !(tolerance >= 0)) {
            throw new ParameterException(spec.commandLine(), "--tolerance must not be negative, not " + tolerance);
        }
        var first = read(a);
        var second = read(b);
        var size = first.network().input();
        if (isSameInput && !size.equals(second.network().input())) {
            throw new BadValueException("the inputs are not of the same size: " + size + " in " + a + ", "
                    + second.network().input() + " in " + b + "; leave out --same-input");
        }
        boolean isRandom = photos.isEmpty();
        var images = isRandom ? ComparedImages.random(random, seed, size) : ComparedImages.photos(photos, most);
        boolean isQuantized =
                first.quantization().isPresent() || second.quantization().isPresent();
        double allowed = tolerance != null ? tolerance : isQuantized ? INTEGERS : FLOATS;
        var comparison = Comparison.of(
                side(a, first, isRandom),
                side(b, second, isRandom),
                images,
                isRandom ? "random pictures" : images.size() == 1 ? "photo" : "photos",
                isSameInput,
                allowed);
        spec.commandLine().getOut().print(format.isJson() ? JsonText.of(comparison) : ComparisonText.of(comparison));
        return 0;
    }

    private Model read(Path path) throws IOException {
        var model = new ModelSource(path).read();
        new WeightsWarning(path, model.weights()).print(spec.commandLine().getErr());
        return model;
    }

    /// Random pictures have the size of the input: what a crop leaves of them would be enlarged.
    private static Side side(Path path, Model model, boolean isRandom) {
        var own = model.preprocessing();
        return new Side(path.toString(), model, isRandom ? own.withCrop(1) : own);
    }
}
