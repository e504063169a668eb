package org.mobilenet4j.arch.zoo;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1.Predictors;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.text.NearestName;
import org.mobilenet4j.text.OneLine;

/// The networks that are available by name, and their options.
public final class Networks {
    /// Classes of ImageNet, the default number of classes of a classifier.
    public static final int DEFAULT_CLASSES = 1000;

    /// Numbers of COCO's classes, the default number of classes of a detector.
    private static final int COCO_CLASSES = 90;

    private static final List<Entry> CATALOG = List.of(
            mobileNet("mobilenet-v1", Variant.SEPARABLE),
            mobileNet("mobilenet-v1-conv", Variant.CONV),
            mobileNet("mobilenet-v1-shallow", Variant.SHALLOW),
            fixed("alexnet", 227, (size, classes) -> AlexNet.of(size, classes).network()),
            fixed("vgg16", 224, (size, classes) -> Vgg16.of(size, classes).network()),
            fixed(
                    "googlenet",
                    224,
                    (size, classes) -> GoogLeNet.of(size, classes).network()),
            fixed(
                    "squeezenet",
                    227,
                    (size, classes) -> SqueezeNet.of(size, classes).network()),
            detector("ssd-mobilenet-v1", Predictors.POINTWISE),
            detector("ssdlite-mobilenet-v1", Predictors.SEPARABLE));

    private Networks() {}

    /// @param resolution the published resolution
    /// @param classes the published number of classes
    /// @param hasAlpha whether the network has a width multiplier
    private record Entry(String name, int resolution, int classes, boolean hasAlpha, Builder builder) {}

    private interface Builder {
        Network build(double alpha, int resolution, int classes);
    }

    private interface FixedWidthBuilder {
        Network build(int resolution, int classes);
    }

    /// All names, MobileNet first.
    public static List<String> names() {
        return CATALOG.stream().map(Entry::name).toList();
    }

    /// The network that `notation` means ([NetworkSpec]), such as `squeezenet` or `mobilenet-v1:0.25:128`.
    ///
    /// @throws IllegalArgumentException when there is no such network
    public static Network network(String notation) {
        Objects.requireNonNull(notation, "notation");
        return NetworkSpec.parse(notation).network();
    }

    /// The network called `name`.
    ///
    /// @param alpha width multiplier, 1 where absent; rejected for a network that has none
    /// @param resolution rows and columns of the square input; the published one where absent
    /// @param classes number of classes; as published where absent: [#DEFAULT_CLASSES], 90 for a detector
    /// @throws IllegalArgumentException when there is no such network, or an option does not apply or fit
    public static Network network(String name, OptionalDouble alpha, OptionalInt resolution, OptionalInt classes) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(alpha, "alpha");
        Objects.requireNonNull(resolution, "resolution");
        Objects.requireNonNull(classes, "classes");
        var entry = CATALOG.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadValueException("there is no network called " + OneLine.of(name) + hint(name)
                        + " networks are " + String.join(", ", names())));
        if (alpha.isPresent() && !entry.hasAlpha()) {
            throw new BadValueException(name + " has no width multiplier: leave out alpha, or choose a mobilenet-v1");
        }
        int size = resolution.orElse(entry.resolution());
        if (size < 1) {
            throw new BadValueException("the resolution must be positive, not " + size);
        }
        return entry.builder().build(alpha.orElse(1), size, classes.orElse(entry.classes()));
    }

    private static String hint(String name) {
        var hint = NearestName.hint(name, names());
        return hint.isEmpty() ? "; the" : hint + " The";
    }

    private static Entry mobileNet(String name, Variant variant) {
        return new Entry(
                name,
                224,
                DEFAULT_CLASSES,
                true,
                (alpha, resolution, classes) -> MobileNetV1.of(alpha, resolution, classes)
                        .withVariant(variant)
                        .network());
    }

    private static Entry detector(String name, Predictors predictors) {
        return new Entry(
                name,
                300,
                COCO_CLASSES,
                true,
                (alpha, resolution, classes) ->
                        new SsdMobileNetV1(alpha, new Shape(resolution, resolution, 3), classes, predictors).network());
    }

    private static Entry fixed(String name, int resolution, FixedWidthBuilder builder) {
        return new Entry(
                name, resolution, DEFAULT_CLASSES, false, (alpha, size, classes) -> builder.build(size, classes));
    }
}
