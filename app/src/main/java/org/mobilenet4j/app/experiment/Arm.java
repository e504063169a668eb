package org.mobilenet4j.app.experiment;

import java.util.Optional;
import org.mobilenet4j.arch.MobileNetV1;
import org.mobilenet4j.arch.MobileNetV1.Variant;
import org.mobilenet4j.arch.Network;

/// One row of a table: a network that is trained once with each seed.
///
/// @param label what people read
/// @param alpha width multiplier
/// @param network what is trained; arms of the same network share their runs, whichever table asks
/// @param published what the paper says of it, on its own resolution and classes
public record Arm(String label, double alpha, Network network, Optional<Published> published) {
    /// What the paper printed.
    ///
    /// @param top1 percent of ImageNet's validation photos
    /// @param multAdds in millions
    public record Published(double top1, int multAdds) {}

    /// A body of the paper.
    static Arm of(String label, Variant variant, double alpha, Scale scale, Optional<Published> published) {
        var network = MobileNetV1.of(alpha, scale.resolution(), scale.classes())
                .withVariant(variant)
                .network();
        return new Arm(label, alpha, network, published);
    }

    /// The name of its runs' folders, but the seed.
    String key() {
        return network.name();
    }

    /// Rows and columns of its input.
    public int resolution() {
        return network.input().height();
    }
}
