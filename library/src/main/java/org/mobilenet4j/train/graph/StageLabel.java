package org.mobilenet4j.train.graph;

/// What a stage of a training step is for.
///
/// @param layer the layer that it computes; [#ALL] for stages that concern all layers
public record StageLabel(String layer, Phase phase) {
    /// Stages of all layers.
    public static final String ALL = "all layers";

    /// The parts of a training step, in order.
    public enum Phase {
        /// Weights are packed for the kernels.
        PREPARE,
        FORWARD,
        LOSS,
        BACKWARD,
        /// The threads' gradients are added up, and the weights change.
        UPDATE
    }
}
