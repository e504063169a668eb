package org.mobilenet4j.machine.a64;

/// A place in the code, which branches may name before it is known.
public final class Label {
    private static final int UNBOUND = -1;

    private int position = UNBOUND;

    Label() {}

    void bind(int at) {
        if (position != UNBOUND) {
            throw new IllegalStateException("a label stands in one place only");
        }
        position = at;
    }

    /// In instructions from the beginning.
    int position() {
        if (position == UNBOUND) {
            throw new IllegalStateException("a label was used and never bound");
        }
        return position;
    }
}
