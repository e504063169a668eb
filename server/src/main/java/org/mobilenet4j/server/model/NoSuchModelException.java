package org.mobilenet4j.server.model;

/// No model of this name or version is served.
public final class NoSuchModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoSuchModelException(String problem) {
        super(problem);
    }
}
