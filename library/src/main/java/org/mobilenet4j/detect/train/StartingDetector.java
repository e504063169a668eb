package org.mobilenet4j.detect.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Transfer;

/// The detector that a training starts from.
public final class StartingDetector {
    /// The bias of class scores: a probability of 0.01, so that the many anchors without an object do not drown the
    /// others at first (Lin et al., arXiv 1708.02002, section 4.1).
    public static final double SCORE_BIAS = -4.6;

    /// The standard deviation of the kernels of predictors.
    private static final double DEVIATION = 0.01;

    /// What is left of a photo's boxes: as TensorFlow's, but without those that are certainly none, which take time.
    private static final Suppression SUPPRESSION = Suppression.SSD.withMinScore(0.01f);

    /// Channels of MobileNet's last layer, before alpha.
    private static final double LAST_CHANNELS = 1024;

    private StartingDetector() {}

    /// The width multiplier where nothing is said.
    public static double alpha() {
        return 0.75;
    }

    /// The width multiplier of the MobileNet v1 that has the weights `learned`; [#alpha()] if they are of another
    /// network.
    public static double alpha(Weights learned) {
        var last = learned.tensors().get("conv_pw_13/kernel");
        return last == null ? alpha() : last.dims().getLast() / LAST_CHANNELS;
    }

    /// The weights of `network` before training: those of `learned` where it has any of a name and its sizes, such as
    /// a classifier has for the body; elsewhere random ones.
    ///
    /// @throws IllegalArgumentException if it has none
    public static Weights weights(
            Network network, Optional<Weights> learned, DetectionLoss.Settings settings, long seed) {
        var fresh = freshPredictors(InitialWeights.of(network, seed), settings, seed);
        return learned.map(given -> Transfer.adopt(fresh, given)).orElse(fresh);
    }

    /// An SSD on MobileNet with its anchors.
    ///
    /// @param network one of [SsdMobileNetV1]'s
    /// @param weights of the network
    /// @param boxes its anchors, see [#boxes]
    public static Model of(
            Network network,
            Weights weights,
            Preprocessing preprocessing,
            BoxOutputs boxes,
            Map<String, String> notes) {
        return new Model(network, weights, List.of(), preprocessing.withCrop(1), notes).withBoxes(boxes);
    }

    /// Anchors and classes of `network`, an SSD on MobileNet.
    ///
    /// @param photos whose objects the anchors fit, see [FittedAnchors]
    /// @param settings of its loss
    /// @throws IllegalArgumentException if it is none
    public static BoxOutputs boxes(Network network, Annotations photos, DetectionLoss.Settings settings) {
        var maps = SsdMobileNetV1.maps(network);
        var anchors = FittedAnchors.of(maps, photos);
        int count = anchors.dims().getFirst();
        int values = network.output().elements();
        int classes = values / count - BoxOutputs.VALUES - 1;
        if (values % count != 0 || classes < 1) {
            throw new BadValueException(
                    network.name() + " has " + values + " outputs, which are no boxes and scores of " + count
                            + " anchors; take a network as arch.zoo has it");
        }
        return new BoxOutputs(
                SsdAnchors.counts(maps),
                anchors,
                BoxCoder.SSD_SCALES,
                classes,
                true,
                settings.scores().isExclusive() ? BoxOutputs.Scores.EXCLUSIVE_LOGITS : BoxOutputs.Scores.LOGITS,
                SUPPRESSION);
    }

    /// `weights` with predictors that say little as yet: small kernels, boxes that are their anchors, and class scores
    /// of a small probability; of equal ones where a softmax follows.
    private static Weights freshPredictors(Weights weights, DetectionLoss.Settings settings, long seed) {
        var random = new SplittableRandom(seed);
        var tensors = new LinkedHashMap<String, Tensor>(weights.tensors());
        tensors.replaceAll((name, tensor) -> {
            if (name.matches("(boxes|scores)_[0-9]+/kernel")) {
                var values = new float[tensor.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (DEVIATION * random.nextGaussian());
                }
                return of(values, tensor);
            }
            if (name.matches("(boxes|scores)_[0-9]+/bias")) {
                var values = new float[tensor.size()];
                boolean isScore =
                        name.startsWith("scores") && !settings.scores().isExclusive();
                Arrays.fill(values, isScore ? (float) SCORE_BIAS : 0);
                return of(values, tensor);
            }
            return tensor;
        });
        return new Weights(tensors);
    }

    private static Tensor of(float[] values, Tensor like) {
        return Tensor.of(
                values, like.dims().stream().mapToInt(Integer::intValue).toArray());
    }
}
