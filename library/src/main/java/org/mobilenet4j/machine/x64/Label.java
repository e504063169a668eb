package org.mobilenet4j.machine.x64;

/// A place in code, which may be named before it is reached.
public final class Label {
    private static final int NOWHERE = -1;

    private final boolean isNear;
    private int position = NOWHERE;

    Label(boolean isNear) {
        this.isNear = isNear;
    }

    boolean isNear() {
        return isNear;
    }

    boolean isBound() {
        return position != NOWHERE;
    }

    int position() {
        if (!isBound()) {
            throw new IllegalStateException("a label was used and never bound");
        }
        return position;
    }

    void bind(int place) {
        if (isBound()) {
            throw new IllegalStateException("a label stands in one place only");
        }
        position = place;
    }
}
