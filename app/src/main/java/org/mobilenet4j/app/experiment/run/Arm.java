package org.mobilenet4j.app.experiment.run;

import java.util.Optional;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.train.Recipe;

/// One row of a table: a network whose weights are made once with each seed.
///
/// @param label shown in tables
/// @param alpha width multiplier, or that of the network it was derived from
/// @param network to train; arms with the same network and source of weights share their runs across tables
/// @param published the paper's results, at its own resolution and classes
/// @param making how its weights are obtained
public record Arm(String label, double alpha, Network network, Optional<Published> published, WeightSource making) {
    /// What the paper printed.
    ///
    /// @param top1 percent of ImageNet's validation photos
    /// @param multAdds in millions
    public record Published(double top1, int multAdds) {}

    /// A network that learns from labels alone.
    public static Arm of(String label, double alpha, Network network) {
        return new Arm(label, alpha, network, Optional.empty(), Trained.ALONE);
    }

    /// A body of the paper. Only with the paper's width does what the paper says belong to it.
    ///
    /// @param alpha the paper's
    public static Arm of(String label, Variant variant, double alpha, Scale scale, Optional<Published> published) {
        double here = alpha * scale.alpha();
        var network = MobileNetV1.of(here, scale.resolution(), scale.classes())
                .withVariant(variant)
                .network();
        return new Arm(label, here, network, here == alpha ? published : Optional.empty(), Trained.ALONE);
    }

    /// Another network, made in the same way.
    public Arm withNetwork(String newLabel, Network newNetwork) {
        return new Arm(newLabel, alpha, newNetwork, Optional.empty(), making);
    }

    /// The same network at so much of the protocol's learning rate.
    public Arm withRateShare(double share) {
        return new Arm(label, alpha, network, published, new Trained(Optional.empty(), share));
    }

    /// The same network with a teacher.
    public Arm taughtBy(Teaching teaching) {
        return new Arm(label + ", taught", alpha, network, Optional.empty(), new Trained(Optional.of(teaching), 1));
    }

    /// The integers that this arm's weights become.
    public Arm rounded(WeightScheme weights, Optional<Recipe> training) {
        return new Arm(
                label + ", int8 " + weights + (training.isPresent() ? ", trained" : ""),
                alpha,
                network,
                Optional.empty(),
                new Quantized(this, weights, training));
    }

    /// The name of its runs' folders, but the seed.
    public String key() {
        return network.name() + making.suffix();
    }

    /// Rows and columns of its input.
    public int resolution() {
        return network.input().height();
    }
}
