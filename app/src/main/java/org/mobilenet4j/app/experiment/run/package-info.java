/// One run of an experiment: the network, the source of its weights, the protocol that all runs share, and the folder
/// with its results.
@NullMarked
package org.mobilenet4j.app.experiment.run;

import org.jspecify.annotations.NullMarked;
