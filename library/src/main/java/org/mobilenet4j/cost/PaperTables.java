package org.mobilenet4j.cost;

import java.util.List;
import java.util.OptionalDouble;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.cost.PaperTable.Row;
import org.mobilenet4j.tensor.Shape;

/// The costs in tables 2 to 9 of the paper (arXiv 1704.04861), each beside ours. [BodyTable] is table 1, [TfSlimTable]
/// covers the published checkpoints.
public final class PaperTables {
    private PaperTables() {}

    /// Tables 2 to 9, and TF-Slim's checkpoints.
    public static List<PaperTable> all() {
        return List.of(
                table2(), table3(), table4(), table5(), table6(), table7(), table8(), table9(), TfSlimTable.of());
    }

    private static PaperTable table2() {
        var cost = Cost.of(MobileNetV1.of(1, 224, 1000).network());
        return new PaperTable(
                "2",
                "Where MobileNet's mult-adds and parameters are, in percent",
                List.of(
                        share(cost, Kind.POINTWISE, "Conv 1x1", "94.86", "74.59"),
                        share(cost, Kind.DEPTHWISE, "Conv DW 3x3", "3.06", "1.06"),
                        share(cost, Kind.STANDARD, "Conv 3x3", "1.19", "0.02")
                                .noteMultAdds(
                                        "1.19 must be 1.91 with two digits swapped: the paper's four shares add up"
                                                + " to 99.29 %, and with 1.91 to 100.01 %."),
                        share(cost, Kind.DENSE, "Fully Connected", "0.18", "24.33")),
                List.of());
    }

    private static Row share(Cost cost, Kind kind, String label, String multAdds, String parameters) {
        var total = cost.total(kind);
        return new Row(
                label,
                OptionalDouble.empty(),
                Figure.percent(multAdds, total.multAdds(), cost.multAdds()),
                Figure.percent(
                        parameters,
                        total.parameters().weights(),
                        cost.parameters().weights()));
    }

    private static PaperTable table3() {
        var window = Window.square(3, 1, Padding.SAME);
        var standard = Conv.of("conv", 512, window);
        var full = Sequence.of(DepthwiseConv.of("conv_dw", window), Conv.pointwise("conv_pw", 512));
        var thin = Sequence.of(DepthwiseConv.of("conv_dw", window), Conv.pointwise("conv_pw", 384));
        return new PaperTable(
                "3",
                "One inner layer, 3x3 on 14x14x512, each row with one more reduction",
                List.of(
                        layer("Convolution", standard, new Shape(14, 14, 512), "462", "2.36"),
                        layer("Depthwise Separable Conv", full, new Shape(14, 14, 512), "52.3", "0.27"),
                        layer("alpha = 0.75", thin, new Shape(14, 14, 384), "29.6", "0.15"),
                        layer("rho = 0.714", thin, new Shape(10, 10, 384), "15.1", "0.15")),
                List.of("A separable layer costs 1/N + 1/Dk^2 of a standard one; here 1/512 + 1/9 = %.4f."
                        .formatted(Formulas.separableRatio(3, 512))));
    }

    private static Row layer(String label, Layer layer, Shape input, String multAdds, String parameters) {
        return Row.of(label, new Network("table-3", input, layer), multAdds, parameters);
    }

    private static PaperTable table4() {
        return new PaperTable(
                "4",
                "Depthwise separable against full convolution",
                List.of(
                        Row.of("Conv MobileNet", 71.7, "mobilenet-v1-conv", "4866", "29.3")
                                .noteMultAdds(
                                        "The classifier is left out here (4866.27 M without it), though the rest of"
                                                + " the paper includes it."),
                        Row.of("MobileNet", 70.6, "mobilenet-v1", "569", "4.2")),
                List.of());
    }

    private static PaperTable table5() {
        return new PaperTable(
                "5",
                "Narrow against shallow",
                List.of(
                        Row.of("0.75 MobileNet", 68.4, "mobilenet-v1:0.75", "325", "2.6"),
                        Row.of("Shallow MobileNet", 65.3, "mobilenet-v1-shallow", "307", "2.9")),
                List.of("Shallow leaves out the five layers of 14x14x512."));
    }

    private static PaperTable table6() {
        return new PaperTable(
                "6",
                "Width multiplier alpha",
                List.of(
                        Row.of("1.0 MobileNet-224", 70.6, "mobilenet-v1", "569", "4.2"),
                        Row.of("0.75 MobileNet-224", 68.4, "mobilenet-v1:0.75", "325", "2.6"),
                        Row.of("0.5 MobileNet-224", 63.7, "mobilenet-v1:0.5", "149", "1.3"),
                        Row.of("0.25 MobileNet-224", 50.6, "mobilenet-v1:0.25", "41", "0.5")),
                List.of());
    }

    private static PaperTable table7() {
        return new PaperTable(
                "7",
                "Resolution",
                List.of(
                        Row.of("1.0 MobileNet-224", 70.6, "mobilenet-v1:224", "569", "4.2"),
                        Row.of("1.0 MobileNet-192", 69.1, "mobilenet-v1:192", "418", "4.2"),
                        Row.of("1.0 MobileNet-160", 67.2, "mobilenet-v1:160", "290", "4.2")
                                .noteMultAdds("Either the classifier is left out (289.65 M without it) or 290.68 was"
                                        + " cut off; TF-Slim prints 291 for the same network."),
                        Row.of("1.0 MobileNet-128", 64.4, "mobilenet-v1:128", "186", "4.2")),
                List.of());
    }

    private static PaperTable table8() {
        return new PaperTable(
                "8",
                "MobileNet against popular networks",
                List.of(
                        Row.of("1.0 MobileNet-224", 70.6, "mobilenet-v1", "569", "4.2"),
                        Row.of("GoogleNet", 69.8, "googlenet", "1550", "6.8")
                                .noteMultAdds("Where 1550 comes from is unknown. GoogLeNet's own table 1 adds up to"
                                        + " 1502 M, with 34 M for the first convolution, which as a full 7x7 has 118 M:"
                                        + " with that put right it comes to 1586 M, and ours to 1583 M.")
                                .noteParameters(
                                        "6.8 agrees with GoogLeNet's own table 1, which counts in units of"
                                                + " 1024 (it prints its 1024x1000 classifier as 1000K): ours are 6826 of them."),
                        Row.of("VGG 16", 71.5, "vgg16", "15300", "138")
                                .noteMultAdds("The convolutions alone, 15346.63 M, to three digits; the three fully"
                                        + " connected layers have another 123.63 M.")),
                List.of());
    }

    private static PaperTable table9() {
        return new PaperTable(
                "9",
                "Smaller MobileNet against small and old networks",
                List.of(
                        Row.of("0.50 MobileNet-160", 60.2, "mobilenet-v1:0.5:160", "76", "1.32")
                                .noteMultAdds("Either the classifier is left out (76.01 M without it) or 76.52 was cut"
                                        + " off; TF-Slim prints 77 for the same network."),
                        Row.of("Squeezenet", 57.5, "squeezenet", "1700", "1.25")
                                .noteMultAdds("About twice ours, as if multiplications and additions were counted one"
                                        + " by one: 1665 M, or 1723 M with the padding that the published Caffe model"
                                        + " gives its last convolution. SqueezeNet's own paper gives no figure, so this"
                                        + " is a guess.")
                                .noteParameters("1.25 includes the biases (1,248,424 in all)."),
                        Row.of("AlexNet", 57.2, "alexnet", "720", "60")
                                .noteMultAdds("724 to two digits; with the groups of the original.")
                                .noteParameters("The round 60 million of AlexNet's own paper.")),
                List.of());
    }
}
