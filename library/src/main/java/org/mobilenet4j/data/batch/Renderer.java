package org.mobilenet4j.data.batch;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.Target;
import org.mobilenet4j.data.augment.Augmenter;
import org.mobilenet4j.data.augment.BoxAugmenter;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;

/// Writes a photo to its position in a batch: for the network, and for a second one with the same random choices. Not
/// thread-safe: it has scratch memory.
final class Renderer {
    private final int inputs;
    private final int seconds;
    private final Augmenter first;
    private final @Nullable BoxAugmenter objects;
    private final @Nullable Augmenter second;

    Renderer(BatchSpec spec) {
        this.inputs = spec.input().elements();
        this.first = new Augmenter(spec.augmentation(), spec.preprocessing(), spec.input());
        var boxes = spec.boxes().orElse(null);
        this.objects =
                boxes == null ? null : new BoxAugmenter(boxes.augmentation(), spec.preprocessing(), spec.input());
        var other = spec.second().orElse(null);
        this.seconds = other == null ? 0 : other.input().elements();
        this.second = other == null
                ? null
                : new Augmenter(
                        spec.augmentation(),
                        other.preprocessing().withCrop(spec.preprocessing().crop()),
                        other.input(),
                        spec.input());
    }

    /// @param random gives the photo's generator, in the same state each time
    void apply(Image image, Target target, Batch batch, int place, Supplier<SplittableRandom> random) {
        if (objects != null) {
            objects.apply(image, boxes(target), random.get(), batch.images(), place * inputs, batch.boxes(place));
            return;
        }
        batch.mirrored(place, first.apply(image, random.get(), batch.images(), place * inputs));
        if (second != null) {
            second.apply(image, random.get(), batch.second(), place * seconds);
        }
    }

    private static Target.Boxes boxes(Target target) {
        return switch (target) {
            case Target.Boxes boxes -> boxes;
            case Target.OneClass _ ->
                throw new BadValueException("the photos have classes and no boxes; a detector learns from boxes");
        };
    }
}
