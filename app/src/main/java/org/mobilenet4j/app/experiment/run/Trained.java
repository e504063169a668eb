package org.mobilenet4j.app.experiment.run;

import java.util.Optional;

/// Weights that begin by chance and learn by the protocol's recipe.
///
/// @param teaching from whom the network learns besides the labels
/// @param rateShare its learning rate, relative to the protocol's
public record Trained(Optional<Teaching> teaching, double rateShare) implements WeightSource {
    /// From labels alone, at the protocol's rate.
    static final Trained ALONE = new Trained(Optional.empty(), 1);

    @Override
    public String suffix() {
        return teaching.isPresent() ? "-taught" : "";
    }

    /// What [Teaching#identity] says; nothing without a teacher.
    @Override
    public String identity() {
        return teaching.map(Teaching::identity).orElse("");
    }

    @Override
    public int epochs(Protocol protocol) {
        return protocol.recipe().epochs();
    }
}
