/// Repeats the paper's experiments on the user's own photos: the networks that a table compares, their training with
/// several seeds, their quantization, the table, its figures, and which of the paper's conclusions they support.
///
/// The paper is Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
/// Applications", arXiv 1704.04861. Start at [ExperimentRun].
///
/// Independent of the command line.
@NullMarked
package org.mobilenet4j.app.experiment;

import org.jspecify.annotations.NullMarked;
