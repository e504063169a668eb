package org.mobilenet4j.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.tensor.Shape;

/// Table 1 of the paper, MobileNet's body, derived from the network.
///
/// @param rows in order of execution
/// @param notes where the paper prints a different figure
public record BodyTable(List<Row> rows, List<String> notes) {
    /// The table's id.
    public static final String ID = "1";

    /// The table's title.
    public static final String TITLE = "MobileNet's body, for 224x224 photos and 1000 classes";

    public BodyTable {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(notes, "notes");
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }

    /// One row, in the paper's notation.
    ///
    /// @param layer the layer's name
    /// @param type type and stride, for example `Conv dw / s1`
    /// @param filter filter shape, for example `3x3x32 dw`
    /// @param input input shape
    /// @param multAdds for one image
    /// @param weights kernel values
    public record Row(String layer, String type, String filter, Shape input, long multAdds, long weights) {
        public Row {
            Objects.requireNonNull(layer, "layer");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(filter, "filter");
            Objects.requireNonNull(input, "input");
        }
    }

    /// The body for 224 x 224 photos and 1000 classes.
    public static BodyTable of() {
        var rows = new ArrayList<Row>();
        for (var node : MobileNetV1.of(1, 224, 1000).network().nodes()) {
            var type = type(node.layer());
            if (!type.isEmpty()) {
                var cost = LayerCost.of(node);
                rows.add(new Row(
                        node.name(),
                        type,
                        filter(node),
                        node.input(),
                        cost.multAdds(),
                        cost.parameters().weights()));
            }
        }
        return new BodyTable(
                rows,
                List.of(
                        "The paper prints the stride of the last depthwise layer, conv_dw_13, as 2 on a 7x7 map that stays"
                                + " 7x7; it must be 1, as in TF-Slim."));
    }

    private static String type(Layer layer) {
        return switch (layer) {
            case Conv conv -> "Conv / s" + conv.window().strides();
            case DepthwiseConv depthwise -> "Conv dw / s" + depthwise.window().strides();
            case GlobalAveragePool _ -> "Avg Pool / s1";
            case Dense _ -> "FC / s1";
            case Softmax _ -> "Softmax / s1";
            case BatchNorm _,
                    Activation _,
                    Pool _,
                    Flatten _,
                    Dropout _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> "";
        };
    }

    private static String filter(Node node) {
        int in = node.input().channels();
        return switch (node.layer()) {
            case Conv conv -> taps(conv.window()) + "x" + in + "x" + conv.filters();
            case DepthwiseConv depthwise -> taps(depthwise.window()) + "x" + in + " dw";
            case GlobalAveragePool _ ->
                "Pool " + node.input().height() + "x" + node.input().width();
            case Dense dense -> in + "x" + dense.units();
            case BatchNorm _,
                    Activation _,
                    Pool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> "Classifier";
        };
    }

    private static String taps(Window window) {
        return window.height() + "x" + window.width();
    }
}
