package org.mobilenet4j.compress.quantize;

import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.train.FakeQuantization;

/// Quantization-aware training: fine-tuning that starts from the result of post-training quantization.
///
/// Batch normalization is folded first, so the trained weights are the ones that will be rounded (Krishnamoorthi, arXiv
/// 1806.08342, section 3.2, finds that training is best finished with frozen batch statistics).
public final class AwareTraining {
    private AwareTraining() {}

    /// The constraint under which `start`'s float model is trained for quantization.
    ///
    /// @param start the network to train, and the scales of its activations
    /// @param scheme the scheme that `start` was quantized with
    /// @param rangeDecay decay of the activations' ranges, see [FakeQuantization]
    public static FakeQuantization of(PostTraining start, WeightScheme scheme, double rangeDecay) {
        var kernels = switch (scheme) {
            case PER_CHANNEL -> FakeQuantization.Kernels.PER_CHANNEL;
            case PER_TENSOR -> FakeQuantization.Kernels.PER_TENSOR;
            case PER_TENSOR_ASYMMETRIC -> FakeQuantization.Kernels.PER_TENSOR_ASYMMETRIC;
        };
        return new FakeQuantization(
                start.quantized().quantization().orElseThrow(), kernels, rangeDecay, new Ending(start, scheme));
    }

    /// Outputs keep the model's label names, which may differ from the names of the photos' folders.
    private record Ending(PostTraining start, WeightScheme scheme) implements FakeQuantization.Ending {
        @Override
        public Model quantize(Model trained, NetworkQuantization maps) {
            return PostTraining.quantize(trained.withLabels(start.floats().labels()), maps, scheme);
        }
    }
}
