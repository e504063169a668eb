package org.mobilenet4j.app.experiment;

import java.util.List;
import org.mobilenet4j.app.experiment.conclusion.Conclusion;
import org.mobilenet4j.app.experiment.conclusion.Outcome;
import org.mobilenet4j.app.experiment.run.Arm;
import org.mobilenet4j.app.experiment.run.Scale;
import org.mobilenet4j.app.experiment.table.TableCsv;

/// Networks that are trained to be compared, and what their accuracies show.
public sealed interface Experiment
        permits PaperExperiment, ScaledDown, DistillationExperiment, TechniquesExperiment, QuantizationExperiment {
    /// What it is called on the command line and in files' names.
    String id();

    /// One line of what it compares.
    String title();

    /// The networks that it compares, in the order of its table.
    ///
    /// @throws IllegalArgumentException when one does not take the resolution
    List<Arm> arms(Scale scale);

    /// What its own table shows.
    ///
    /// @param outcomes one for each of [#arms], in their order
    List<Conclusion> conclusions(List<Outcome> outcomes);

    /// Whether it varies alpha or rho alone, and so has points on figure 4.
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
