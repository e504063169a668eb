package org.mobilenet4j.app.experiment;

import java.util.Optional;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.AlexNet;
import org.mobilenet4j.arch.zoo.MobileNetV1.Variant;

/// A technique, and the network that it is shown on.
///
/// @param technique as [Technique#parse] reads it
/// @param base the network
record Shown(String technique, Base base) {
    private static final double ALPHA = 0.5;

    /// Full convolutions have eight times the work.
    private static final double CONV_ALPHA = 0.25;

    /// AlexNet's convolutions are wide, and its large layers larger.
    private static final String ALEXNET_WIDTH = "width=0.25";

    /// AlexNet has no batch normalization, and diverges at the rate that the others learn best with.
    private static final double ALEXNET_RATE = 1 / 30.0;

    /// Networks that techniques are shown on.
    enum Base {
        MOBILENET,
        CONV,
        ALEXNET
    }

    /// The network as it is.
    Arm before(Scale scale) {
        return switch (base) {
            case MOBILENET -> Arm.of(ALPHA + " MobileNet", Variant.SEPARABLE, ALPHA, scale, Optional.empty());
            case CONV -> Arm.of(CONV_ALPHA + " Conv MobileNet", Variant.CONV, CONV_ALPHA, scale, Optional.empty());
            case ALEXNET -> {
                var whole = AlexNet.of(scale.resolution(), scale.classes()).network();
                var narrow = Technique.parse(ALEXNET_WIDTH).apply(whole);
                yield Arm.of("AlexNet", 1, narrow).withRateShare(ALEXNET_RATE);
            }
        };
    }

    /// The network that the technique makes of it.
    Arm after(Scale scale) {
        var before = before(scale);
        var network = Technique.parse(technique).apply(before.network());
        return before.withNetwork(before.label() + ", " + technique, network);
    }
}
