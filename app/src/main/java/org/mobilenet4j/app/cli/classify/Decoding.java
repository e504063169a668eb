package org.mobilenet4j.app.cli.classify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;

/// A photo that is decoded in a thread of its own, while the model is read or the photo before it is classified.
final class Decoding {
    private static final Path STANDARD_INPUT = Path.of("-");

    /// @param nanos how long it took, from reading the file on
    record Decoded(Image image, long nanos) {}

    private final FutureTask<Decoded> task;

    private Decoding(Path file) {
        this.task = new FutureTask<>(() -> decode(file));
    }

    static Decoding begin(Path file) {
        var decoding = new Decoding(file);
        Thread.ofPlatform().daemon().name("mobilenet4j-decoder").start(decoding.task);
        return decoding;
    }

    private static Decoded decode(Path file) throws IOException {
        long start = System.nanoTime();
        var image = file.equals(STANDARD_INPUT) ? decodeInput() : ImageDecoder.decode(file);
        return new Decoded(image, System.nanoTime() - start);
    }

    private static Image decodeInput() throws IOException {
        return ImageDecoder.decode(System.in, "standard input");
    }

    /// Waits for it.
    ///
    /// @throws IOException if the file is not a photo
    Decoded await() throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while decoding", e);
        }
    }
}
