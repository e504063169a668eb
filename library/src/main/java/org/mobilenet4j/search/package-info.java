/// The best network under limits: candidates with a known accuracy, what each needs, a model of its latency, and the
/// Pareto front (sections 3.3, 3.4 and 4.2 of the paper: alpha and rho trade accuracy for work).
///
/// [Candidate] is a network with its accuracy, [Resource] what it needs, [Limits] what may be needed, [ParetoFront]
/// those that no
/// other beats. [LatencyModel] knows a network's time from its layers, from the times of a few networks that [Timing]
/// measured on this machine.
@NullMarked
package org.mobilenet4j.search;

import org.jspecify.annotations.NullMarked;
