package org.mobilenet4j.app.cli.options;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.technique.Strides;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.error.BadValueException;
import picocli.CommandLine.Option;

/// Options that select and modify a network of the catalog.
@OptionGroup("Network")
public final class NetworkOptions {
    /// Help text for a network's name.
    public static final String NETWORK =
            "A network, as NAME[:ALPHA][:RESOLUTION], or by a published name such as mobilenet_v1_0.25_128; what is given"
                    + " there takes precedence over the options.";

    /// Help text where a model serves as well.
    public static final String NETWORK_OR_MODEL = NETWORK + " Also a model file, or default, the bundled model.";

    @Option(names = "--alpha", paramLabel = "A", description = "Width multiplier, above 0 and up to 16 (default: 1).")
    private @Nullable Double alpha;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description = "Input height and width (default: as published, 224 for MobileNet).")
    private @Nullable Integer resolution;

    @Option(
            names = "--classes",
            paramLabel = "N",
            description = "Number of classes (default: 1000; in training, those of the data).")
    private @Nullable Integer classes;

    @Option(
            names = "--strides",
            paramLabel = "S",
            split = ",",
            description = "Downsampling: a stride for each convolution larger than 1x1, such as"
                    + " 1,1,2,1,2,1,2,1,1,1,1,1,2,1 for MobileNet (default: as published).")
    private List<Integer> strides = List.of();

    @Option(
            names = "--apply",
            paramLabel = "T",
            description = "Techniques to apply in order, such as separable,width=0.5; see docs/techniques.md.")
    private List<String> techniques = List.of();

    /// Whether any option is on the command line.
    public boolean areGiven() {
        return chooseNetwork() || !strides.isEmpty() || !techniques.isEmpty();
    }

    /// Whether any option selects a network of the catalog, rather than modifying one.
    public boolean chooseNetwork() {
        return alpha != null || resolution != null || classes != null;
    }

    /// Whether the width multiplier is given.
    public boolean hasAlpha() {
        return alpha != null;
    }

    /// The network that `text` and these options describe.
    ///
    /// @throws IllegalArgumentException if there is none
    public Network network(String text) {
        return applied(plain(text));
    }

    /// The network that `text` names, before any technique.
    ///
    /// @throws IllegalArgumentException if there is none
    public Network plain(String text) {
        return plain(text, classes);
    }

    /// [#network(String)] with the number of classes of the data.
    public Network networkFor(String text, int dataClasses) {
        if (classes != null && classes != dataClasses) {
            throw new BadValueException("--classes " + classes + " does not match the data," + " which has "
                    + dataClasses + " classes; leave it out");
        }
        return applied(plain(text, dataClasses));
    }

    /// `network` after all techniques, `--strides` first.
    public Network applied(Network network) {
        return steps(network).getLast();
    }

    /// `network` before any technique and after each.
    public List<Network> steps(Network network) {
        var steps = new ArrayList<Network>(List.of(network));
        for (var technique : techniques()) {
            steps.add(technique.apply(steps.getLast()));
        }
        return steps;
    }

    private Network plain(String text, @Nullable Integer wantedClasses) {
        return NetworkSpec.parse(text)
                .network(
                        alpha == null ? OptionalDouble.empty() : OptionalDouble.of(alpha),
                        resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution),
                        wantedClasses == null ? OptionalInt.empty() : OptionalInt.of(wantedClasses));
    }

    private List<Technique> techniques() {
        var all = new ArrayList<Technique>();
        if (!strides.isEmpty()) {
            all.add(new Strides(strides));
        }
        all.addAll(Technique.parseAll(String.join(" ", techniques)));
        return all;
    }
}
