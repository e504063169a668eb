/// Finds the best network within limits: candidates of known accuracy, their resources, a latency model and the Pareto
/// front (sections 3.3, 3.4 and 4.2 of the paper: alpha and rho trade accuracy for work).
///
/// [Candidate] is a network with its accuracy, [Resource] a cost, [Limits] the limits on costs, [ParetoFront] the
/// candidates that no other dominates. [LatencyModel] predicts a network's latency from its layers; it is fitted to the
/// [Timing] of a few networks on this machine.
@NullMarked
package org.mobilenet4j.search;

import org.jspecify.annotations.NullMarked;
