package org.mobilenet4j.formats.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.tensor.Tensor;

/// What is assumed of a detector whose file holds predictions, but does not say what they mean: they are SSD's.
public final class AssumedBoxes {
    private AssumedBoxes() {}

    /// The meaning of `heads`.
    ///
    /// @param anchors of the file, or beside it, in the order of its rows
    /// @param where these come from
    /// @param meaning of the scores; empty if the file does not say
    /// @param notes that get what is assumed
    /// @throws IllegalArgumentException if there are no anchors, and the maps are not those of an SSD
    public static BoxOutputs of(
            Heads heads,
            Optional<Tensor> anchors,
            String where,
            Optional<BoxOutputs.Scores> meaning,
            Map<String, String> notes) {
        if (heads.width() < 2) {
            throw new BadValueException("has " + heads.width() + " score of each anchor; a detector has one for the"
                    + " background and one for each class");
        }
        notes.put(
                "anchors", anchors.isPresent() ? where : "SSD's, assumed: the file has none, and as many boxes as SSD");
        notes.put(
                "boxes",
                "encoded by SSD's scales 10, 10, 5, 5, the first score the background's"
                        + (meaning.isPresent() ? "" : ", scores made by a sigmoid")
                        + ", up to 100 boxes that overlap by less than 0.6, assumed: the file does not say");
        return new BoxOutputs(
                heads.maps(),
                anchors.map(heads::ordered).or(heads::ssdAnchors).orElseThrow(() -> none(heads)),
                BoxCoder.SSD_SCALES,
                heads.width() - 1,
                true,
                meaning.orElse(BoxOutputs.Scores.LOGITS),
                Suppression.SSD);
    }

    private static BadValueException none(Heads heads) {
        return new BadValueException("has " + heads.count() + " boxes of feature maps of " + text(heads)
                + ", but no anchors, and these are not SSD's (3 for each pixel of the first map, 6 of the others); put a"
                + " file anchors.csv beside it, with a line cy,cx,h,w for each box, the sides of the photo being 1");
    }

    private static String text(Heads heads) {
        var shapes = heads.shapes().stream()
                .map(shape -> shape.height() + "x" + shape.width())
                .toList();
        return String.join(", ", shapes.size() > 6 ? List.copyOf(shapes.subList(0, 6)) : shapes);
    }
}
