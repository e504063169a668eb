package org.mobilenet4j.model.file;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Convolution;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// A MobileNet v1 as its options, from which its layers are derived: shorter than the layers, and clearer.
final class MobileNetV1Json {
    static final String ARCHITECTURE = "mobilenet-v1";

    private static final Pattern NAME =
            Pattern.compile(ARCHITECTURE + "-(?:(conv|shallow)-)?(\\d+\\.\\d+(?:E-\\d+)?)-\\d+(?:x\\d+)?");

    private MobileNetV1Json() {}

    /// The options that yield exactly the layers of `network`, if any do.
    ///
    /// The name gives the body and alpha; the layers leave a few possibilities for the rest, which are tried. Only
    /// equal layers count, so a wrong name only makes the file longer.
    static Optional<MobileNetV1> recognize(Network network) {
        var name = NAME.matcher(network.name());
        if (!name.matches()) {
            return Optional.empty();
        }
        var variant = name.group(1) == null
                ? Variant.SEPARABLE
                : Variant.valueOf(name.group(1).toUpperCase(Locale.ROOT));
        double alpha = Double.parseDouble(name.group(2));
        int classes = classes(network);
        for (var padding : paddings(network)) {
            for (int outputStride : List.of(32, 16, 8)) {
                for (int minDepth : minDepths(network)) {
                    try {
                        var candidate = new MobileNetV1(
                                alpha, network.input(), classes, variant, outputStride, padding, minDepth);
                        if (candidate.network().body().equals(network.body())) {
                            return Optional.of(candidate);
                        }
                    } catch (BadValueException e) {
                        // These options are not even valid.
                    }
                }
            }
        }
        return Optional.empty();
    }

    static Map<String, Object> write(MobileNetV1 options) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("architecture", ARCHITECTURE);
        fields.put("alpha", options.alpha());
        fields.put("input", NetworkJson.write(options.input()));
        fields.put("classes", options.classes());
        fields.put("variant", JsonObject.nameOf(options.variant()));
        fields.put("outputStride", options.outputStride());
        fields.put("padding", WindowJson.padding(options.padding()));
        fields.put("minDepth", options.minDepth());
        return fields;
    }

    static MobileNetV1 read(JsonObject fields, Shape input) {
        return new MobileNetV1(
                fields.number("alpha"),
                input,
                fields.whole("classes"),
                fields.choice("variant", Variant.class),
                fields.whole("outputStride"),
                WindowJson.padding(fields),
                fields.whole("minDepth"));
    }

    private static int classes(Network network) {
        boolean classifies =
                !network.nodes().isEmpty() && network.nodes().getLast().layer() instanceof Softmax;
        return classifies ? network.output().channels() : 0;
    }

    /// All layers have one padding, or SAME beside it.
    private static Set<Padding> paddings(Network network) {
        return network.nodes().stream()
                .<Padding>mapMulti((node, found) -> {
                    if (node.layer() instanceof Convolution conv) {
                        found.accept(conv.window().padding());
                    }
                })
                .distinct()
                .limit(2)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// TF-Slim's, Keras's, and the first layer's channels, which equal the minimum wherever it has an effect.
    private static Set<Integer> minDepths(Network network) {
        var depths = new LinkedHashSet<>(List.of(8, 1));
        if (!network.nodes().isEmpty() && network.nodes().getFirst().layer() instanceof Conv stem) {
            depths.add(stem.filters());
        }
        return depths;
    }
}
