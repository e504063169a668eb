/// What the paper concludes, and whether measured accuracies bear it out: means over seeds, their spread, and contrasts
/// between networks.
@NullMarked
package org.mobilenet4j.app.experiment.conclusion;

import org.jspecify.annotations.NullMarked;
