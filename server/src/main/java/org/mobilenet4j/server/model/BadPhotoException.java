package org.mobilenet4j.server.model;

/// What a client sent as a photo cannot be used; the message says why, in one line.
public final class BadPhotoException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean isNoImage;

    BadPhotoException(boolean isNoImage, String problem) {
        super(problem);
        this.isNoImage = isNoImage;
    }

    /// Whether it is no image at all, rather than one that is damaged or too large.
    public boolean isNoImage() {
        return isNoImage;
    }
}
