package org.mobilenet4j.app.experiment.run;

/// How the weights of an arm are obtained.
public sealed interface WeightSource permits Trained, Quantized {
    /// Suffix of its runs' folders, after the network's name.
    String suffix();

    /// What results depend on besides the network, the protocol and the seed; may be nothing.
    String identity();

    /// Epochs of its training; 0 where nothing is trained.
    int epochs(Protocol protocol);
}
