package org.mobilenet4j.app.experiment;

/// One run of an experiment, before it is done.
///
/// @param number among all, from 1
/// @param of how many there are
/// @param label of the network, as the table has it
/// @param network its name
/// @param seed with which
/// @param multAdds of one photo
/// @param parameters weights, as the paper counts
/// @param epochs of its training; 0 where weights are rounded and not trained
/// @param done whether its result is there
/// @param seconds that it takes from its start to its end, as far as is known
public record PlannedRun(
        int number,
        int of,
        String label,
        String network,
        long seed,
        long multAdds,
        long parameters,
        int epochs,
        boolean done,
        double seconds) {}
