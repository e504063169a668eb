package org.mobilenet4j.app.experiment;

import java.util.Optional;
import org.mobilenet4j.arch.MobileNetV1;
import org.mobilenet4j.arch.MobileNetV1.Variant;
import org.mobilenet4j.arch.Network;

/// One row of a table: a network that is trained once with each seed.
///
/// @param label what people read
/// @param alpha width multiplier, or that of the network it was made of
/// @param network what is trained; arms of the same network share their runs, whichever table asks
/// @param published what the paper says of it, on its own resolution and classes
/// @param teaching from whom it learns besides the labels
/// @param rateShare its learning rate, relative to the protocol's
public record Arm(
        String label,
        double alpha,
        Network network,
        Optional<Published> published,
        Optional<Teaching> teaching,
        double rateShare) {
    /// What the paper printed.
    ///
    /// @param top1 percent of ImageNet's validation photos
    /// @param multAdds in millions
    public record Published(double top1, int multAdds) {}

    /// A network that learns from labels alone.
    static Arm of(String label, double alpha, Network network) {
        return new Arm(label, alpha, network, Optional.empty(), Optional.empty(), 1);
    }

    /// A body of the paper.
    static Arm of(String label, Variant variant, double alpha, Scale scale, Optional<Published> published) {
        var network = MobileNetV1.of(alpha, scale.resolution(), scale.classes())
                .withVariant(variant)
                .network();
        return new Arm(label, alpha, network, published, Optional.empty(), 1);
    }

    /// The same with a teacher.
    Arm taughtBy(Teaching newTeaching) {
        return new Arm(label + ", taught", alpha, network, Optional.empty(), Optional.of(newTeaching), rateShare);
    }

    /// The same with a smaller learning rate.
    Arm withRateShare(double newRateShare) {
        return new Arm(label, alpha, network, published, teaching, newRateShare);
    }

    /// The name of its runs' folders, but the seed.
    String key() {
        return network.name() + (teaching.isPresent() ? "-taught" : "");
    }

    /// What [Teaching#identity] says; nothing without a teacher.
    String teacher() {
        return teaching.map(Teaching::identity).orElse("");
    }

    /// Rows and columns of its input.
    public int resolution() {
        return network.input().height();
    }
}
