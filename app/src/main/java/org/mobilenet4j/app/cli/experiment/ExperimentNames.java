package org.mobilenet4j.app.cli.experiment;

import java.util.Iterator;
import org.mobilenet4j.app.experiment.PaperExperiment;

/// What shells complete an experiment's name to.
final class ExperimentNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return PaperExperiment.allNames().iterator();
    }
}
