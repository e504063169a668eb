package org.mobilenet4j.server.batch;

/// There are as many photos waiting as the queue holds; try again.
public final class QueueFullException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int retrySeconds;

    QueueFullException(int waiting, int retrySeconds) {
        super("the queue is full: " + waiting + " photos are waiting; try again in " + retrySeconds + " s");
        this.retrySeconds = retrySeconds;
    }

    /// When there will be room, from 1 s up.
    public int retrySeconds() {
        return retrySeconds;
    }
}
