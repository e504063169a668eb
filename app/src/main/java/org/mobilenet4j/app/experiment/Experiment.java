package org.mobilenet4j.app.experiment;

import java.util.List;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.app.experiment.table.TableCsv;

/// Networks that are trained and compared, and the conclusions from their accuracies.
public sealed interface Experiment
        permits PaperExperiment, ScaledDown, DistillationExperiment, TechniquesExperiment, QuantizationExperiment {
    /// Its name on the command line and in file names.
    String id();

    /// A one-line title.
    String title();

    /// The networks that it compares, in the order of its table.
    ///
    /// @throws IllegalArgumentException if one does not support the resolution
    List<Arm> arms(Scale scale);

    /// The conclusions from its table.
    ///
    /// @param outcomes one for each of [#arms], in their order
    List<Conclusion> conclusions(List<Outcome> outcomes);

    /// Whether it varies only alpha or rho, and so has points on figure 4.
    default boolean isOfMultipliers() {
        return false;
    }

    /// Its table as CSV.
    ///
    /// @param outcomes of the networks that have a result
    default String csv(Scale scale, List<Outcome> outcomes) {
        return TableCsv.of(outcomes);
    }
}
