package org.mobilenet4j.formats.graph;

import java.util.Map;

/// What another program's graph may end with that networks here do not: they answer with the scores themselves.
public enum OutputOperator {
    /// Logarithms of a softmax, which becomes a softmax.
    LOG_SOFTMAX("probabilities, of which the file answers the logarithms"),
    /// Which score is the largest: nothing is done to the scores.
    ARG_MAX("the scores, of which the file answers which is the largest");

    private final String note;

    OutputOperator(String note) {
        this.note = note;
    }

    /// Notes what the outputs are, beside the file's.
    public void note(Map<String, String> notes) {
        notes.put("outputs", note);
    }
}
