package org.mobilenet4j.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// How boxes come out of a detector: where its outputs are, and what turns them into boxes and scores.
///
/// The network's output is a vector: for each feature map first the box encodings of its anchors, four values each
/// (`ty, tx, th, tw`), then their class scores, [#scores] values each. The box of an anchor `cy, cx, h, w` has its
/// center at `cy + ty / scaleY * h, cx + tx / scaleX * w`, and is `h * exp(th / scaleH)` high and `w * exp(tw /
/// scaleW)` wide; the sides of the image are 1.
///
/// @param maps number of anchors of each feature map, in the order of the outputs
/// @param anchors a row `cy, cx, h, w` for each anchor, of all maps in this order
/// @param scales divisors of the encodings: of y, x, height, width
/// @param classes number of classes, without the background
/// @param hasBackground whether the first score of each anchor is that of the background
/// @param meaning what the scores are
/// @param suppression which boxes are left in the end
public record BoxOutputs(
        List<Integer> maps,
        Tensor anchors,
        List<Float> scales,
        int classes,
        boolean hasBackground,
        Scores meaning,
        Suppression suppression) {
    /// The most anchors of a detector.
    public static final int MOST_ANCHORS = 1 << 18;

    /// Values of an anchor, and of a box's encoding.
    public static final int VALUES = 4;

    /// What class scores are.
    public enum Scores {
        /// A sigmoid makes probabilities of them.
        LOGITS,
        /// A softmax over an anchor's scores makes probabilities of them.
        EXCLUSIVE_LOGITS,
        /// Probabilities.
        PROBABILITIES
    }

    /// @throws IllegalArgumentException if the parts do not fit together, or there are too many anchors
    public BoxOutputs {
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(anchors, "anchors");
        Objects.requireNonNull(scales, "scales");
        Objects.requireNonNull(meaning, "meaning");
        Objects.requireNonNull(suppression, "suppression");
        maps = List.copyOf(maps);
        scales = List.copyOf(scales);
        long count = maps.stream().mapToLong(Integer::longValue).sum();
        if (count < 1 || count > MOST_ANCHORS || maps.stream().anyMatch(map -> map < 1)) {
            throw new BadValueException("a detector has from 1 to " + MOST_ANCHORS + " anchors, not " + count);
        }
        if (!anchors.dims().equals(List.of((int) count, VALUES))) {
            throw new BadValueException("the anchors are " + Tensor.text(anchors.dims()) + " where " + count + "x"
                    + VALUES + " are needed, as the network has boxes");
        }
        if (scales.size() != VALUES || !scales.stream().allMatch(scale -> scale > 0 && scale < Float.MAX_VALUE)) {
            throw new BadValueException("box encodings need four positive scales, not " + scales);
        }
        if (classes < 1) {
            throw new BadValueException("a detector needs at least one class, not " + classes);
        }
        for (int i = 0; i < anchors.size(); i++) {
            if (!Float.isFinite(anchors.get(i))) {
                throw new BadValueException("anchor " + i / VALUES + " is not a number; get the model again");
            }
        }
    }

    /// The number of anchors.
    public int count() {
        return anchors.dims().getFirst();
    }

    /// The number of class scores of each anchor: one for each class, and one for the background if it has one.
    public int scores() {
        return classes + (hasBackground ? 1 : 0);
    }

    /// The length of the network's output.
    public long values() {
        return (long) count() * (VALUES + scores());
    }

    /// Where the encoding of each anchor's box begins in the network's output.
    public int[] encodingPlaces() {
        return places(0, VALUES);
    }

    /// Where the scores of each anchor begin in the network's output.
    public int[] scorePlaces() {
        return places(VALUES, scores());
    }

    /// @param before values of an anchor that come before those of all anchors of a map
    /// @param width values of each anchor
    private int[] places(int before, int width) {
        var places = new int[count()];
        int anchor = 0;
        int start = 0;
        for (int count : maps) {
            for (int i = 0; i < count; i++) {
                places[anchor++] = start + count * before + i * width;
            }
            start += count * (VALUES + scores());
        }
        return places;
    }

    /// How many labels there may be: one for each class, or for the background too.
    public Set<Integer> labelCounts() {
        return hasBackground ? Set.of(classes, classes + 1) : Set.of(classes);
    }

    /// The labels of the classes: as given, but without one for the background, which files often name first.
    List<String> labels(List<String> given) {
        return hasBackground && given.size() == classes + 1 ? given.subList(1, given.size()) : given;
    }

    /// The same with other limits.
    public BoxOutputs withSuppression(Suppression other) {
        return new BoxOutputs(maps, anchors, scales, classes, hasBackground, meaning, other);
    }
}
