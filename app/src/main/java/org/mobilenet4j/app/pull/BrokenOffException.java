package org.mobilenet4j.app.pull;

import java.io.IOException;

/// An attempt failed, but another may succeed.
final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1;

    private final String problem;
    private final boolean isUnreachable;

    /// @param isUnreachable whether no connection was made
    BrokenOffException(String problem, boolean isUnreachable, Throwable cause) {
        super(problem, cause);
        this.problem = problem;
        this.isUnreachable = isUnreachable;
    }

    BrokenOffException(String problem) {
        super(problem);
        this.problem = problem;
        this.isUnreachable = false;
    }

    String problem() {
        return problem;
    }

    boolean isUnreachable() {
        return isUnreachable;
    }
}
