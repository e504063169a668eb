/// One training run of an experiment: the network, where its weights come from, the protocol that all runs share, and
/// the
/// folder that keeps what came of it.
@NullMarked
package org.mobilenet4j.app.experiment.run;

import org.jspecify.annotations.NullMarked;
