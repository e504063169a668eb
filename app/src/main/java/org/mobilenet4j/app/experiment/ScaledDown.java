package org.mobilenet4j.app.experiment;

import java.util.List;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.error.BadValueException;

/// A table of the paper with narrower networks all through, where the paper's take too long to train.
///
/// @param table [PaperExperiment#takesAlpha]
/// @param alpha what the table's alpha is multiplied by
public record ScaledDown(PaperExperiment table, double alpha) implements Experiment {
    /// @throws IllegalArgumentException when the table varies alpha itself, or alpha is not in (0, 1]
    public ScaledDown {
        if (!table.takesAlpha()) {
            throw new BadValueException("--alpha: " + table.id() + " sets alpha itself; leave out --alpha");
        }
        if (!(alpha > 0 && alpha <= 1)) {
            throw new BadValueException("--alpha " + alpha + ": must be above 0 and at most 1");
        }
    }

    /// With the alpha, so that its results lie beside the table's own.
    @Override
    public String id() {
        return table.id() + "-alpha-" + alpha;
    }

    @Override
    public String title() {
        return table.title() + ", with alpha " + alpha;
    }

    @Override
    public List<Arm> arms(Scale scale) {
        return table.arms(scale.narrowed(alpha));
    }

    @Override
    public List<Conclusion> conclusions(List<Outcome> outcomes) {
        return table.conclusions(outcomes);
    }

    @Override
    public boolean isOfMultipliers() {
        return table.isOfMultipliers();
    }
}
