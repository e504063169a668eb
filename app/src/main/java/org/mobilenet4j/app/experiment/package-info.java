/// The paper's experiments, run again on photos of one's own: which networks a table compares, their
/// trainings with several seeds, the integers made of them, the table, its figures, and what of the paper's
/// conclusions they show.
///
/// The paper is Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
/// Applications", arXiv 1704.04861. Start at [ExperimentRun].
///
/// Knows nothing of the command line.
@NullMarked
package org.mobilenet4j.app.experiment;

import org.jspecify.annotations.NullMarked;
