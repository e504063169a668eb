package org.mobilenet4j.cost;

import java.util.List;
import java.util.OptionalDouble;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.cost.PaperTable.Row;

/// The sixteen checkpoints of TF-Slim's `mobilenet_v1.md` (2018_02_22), with 1001 classes.
public final class TfSlimTable {
    private static final int CLASSES = 1001;

    private static final String WITHOUT_FIRST =
            "The four rows of alpha 0.75 fit when the first convolution is left out; the docstring of TF-Slim's own code"
                    + " (106,002,432 for 0.75 at 128 without classifier) includes it and agrees with ours.";

    private static final List<Published> ROWS = List.of(
            new Published(1.0, 224, 70.9, "569", "4.24", ""),
            new Published(1.0, 192, 70.0, "418", "4.24", ""),
            new Published(1.0, 160, 68.0, "291", "4.24", ""),
            new Published(1.0, 128, 65.2, "186", "4.24", ""),
            new Published(0.75, 224, 68.4, "317", "2.59", WITHOUT_FIRST),
            new Published(0.75, 192, 67.2, "233", "2.59", WITHOUT_FIRST),
            new Published(0.75, 160, 65.3, "162", "2.59", WITHOUT_FIRST),
            new Published(0.75, 128, 62.1, "104", "2.59", WITHOUT_FIRST),
            new Published(0.5, 224, 63.3, "150", "1.34", "Probably 149.4976 rounded twice; the paper prints 149."),
            new Published(0.5, 192, 61.7, "110", "1.34", ""),
            new Published(0.5, 160, 59.1, "77", "1.34", ""),
            new Published(0.5, 128, 56.3, "49", "1.34", ""),
            new Published(0.25, 224, 49.8, "41", "0.47", ""),
            new Published(0.25, 192, 47.7, "34", "0.47", "Where 34 comes from is unknown; the rows around it fit."),
            new Published(0.25, 160, 45.5, "21", "0.47", ""),
            new Published(0.25, 128, 41.5, "14", "0.47", ""));

    private TfSlimTable() {}

    private record Published(
            double alpha, int resolution, double accuracy, String multAdds, String parameters, String note) {
        Row row() {
            var cost = Cost.of(MobileNetV1.of(alpha, resolution, CLASSES).network());
            return new Row(
                    "MobileNet_v1_" + alpha + "_" + resolution,
                    OptionalDouble.of(accuracy),
                    Figure.millions(multAdds, cost.multAdds()).withNote(note),
                    Figure.millions(parameters, withOneStatistic(cost.parameters())));
        }
    }

    /// The only count that fits TF-Slim's parameters: weights, biases and three of batch normalization's four vectors.
    private static long withOneStatistic(ParameterCount count) {
        return (count.trainable() + count.withStatistics()) / 2;
    }

    static PaperTable of() {
        return new PaperTable(
                "tf-slim",
                "TF-Slim's checkpoints of 2018, 1001 classes",
                ROWS.stream().map(Published::row).toList(),
                List.of("Parameters here are weights, biases and three of batch normalization's four vectors: the only"
                        + " count that fits what TF-Slim prints."));
    }
}
