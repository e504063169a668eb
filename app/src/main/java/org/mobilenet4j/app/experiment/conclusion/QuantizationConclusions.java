package org.mobilenet4j.app.experiment.conclusion;

import java.util.List;
import java.util.Locale;
import org.mobilenet4j.app.experiment.conclusion.Conclusion.Verdict;

/// What integers cost (Krishnamoorthi, arXiv 1806.08342: MobileNet 1.0 falls from .709 to .001 with
/// one scale for a kernel and to .591 with one for each channel; trained, to .70 and .707).
public final class QuantizationConclusions {
    /// Points of loss that still count as little.
    private static final int MARGIN = 1;

    private static final String GAINS =
            "The 95 % confidence interval of the gain, seed by seed, lies above 0; the contrary: below 0.";

    private QuantizationConclusions() {}

    public static List<Conclusion> of(
            Outcome floats,
            Outcome perTensor,
            Outcome perChannel,
            Outcome perTensorTrained,
            Outcome perChannelTrained) {
        var finer = Contrast.paired(perChannel, perTensor);
        var back = Contrast.paired(perTensorTrained, perTensor);
        var loss = Contrast.paired(floats, perChannel);
        return List.of(
                new Conclusion(
                        "Without training, a scale for each channel loses less than one for a kernel.",
                        finer.gains(),
                        String.format(
                                Locale.ROOT,
                                "Per channel against per tensor: %s; against floats per tensor makes %s.",
                                finer.text(),
                                Contrast.paired(perTensor, floats).text()),
                        GAINS),
                new Conclusion(
                        "Training for integers brings back what one scale for a kernel loses.",
                        back.gains(),
                        String.format(
                                Locale.ROOT,
                                "Per tensor, trained against not: %s; against floats that makes %s.",
                                back.text(),
                                Contrast.paired(perTensorTrained, floats).text()),
                        GAINS),
                new Conclusion(
                        "With a scale for each channel integers cost little, even without training.",
                        costsLittle(loss),
                        String.format(
                                Locale.ROOT,
                                "Per channel against floats: %s; trained: %s.",
                                Contrast.paired(perChannel, floats).text(),
                                Contrast.paired(perChannelTrained, floats).text()),
                        "The 95 % confidence interval of the loss, seed by seed, lies below " + MARGIN
                                + " point; the contrary: above."));
    }

    private static Verdict costsLittle(Contrast loss) {
        if (!loss.isKnown()) {
            return Verdict.OPEN;
        }
        return loss.isBelow(MARGIN) ? Verdict.HOLDS : loss.isAbove(MARGIN) ? Verdict.CONTRARY : Verdict.NOT_SHOWN;
    }
}
