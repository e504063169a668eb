package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.data.box.AnnotatedPhoto;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.detect.Detector;
import org.mobilenet4j.error.BadValueException;

/// Finds objects in many photos. Each thread takes the next photo, decodes it and looks through it, so decoding and
/// inference overlap.
///
/// @param detector which the threads share
/// @param threads how many photos are looked through at the same time
record BoxEvaluator(Detector detector, int threads) {
    /// What was found in each of `photos`, in their order.
    ///
    /// @throws IOException naming a photo that cannot be read
    List<List<Detection>> run(List<AnnotatedPhoto> photos, Progress progress) throws IOException {
        var found = new ArrayList<List<Detection>>();
        photos.forEach(_ -> found.add(List.of()));
        var next = new AtomicInteger();
        int count = Math.min(threads, photos.size());
        try (var pool = Executors.newFixedThreadPool(count)) {
            var workers = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < count; i++) {
                workers.add(pool.submit(worker(photos, next, found, progress)));
            }
            for (var worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw new IOException(FailureText.of(cause), e);
                case BadValueException cause -> throw new BadValueException(FailureText.of(cause), e);
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted; run it again", e);
        }
        return List.copyOf(found);
    }

    /// Each place of `found` is set by one thread.
    private Callable<Boolean> worker(
            List<AnnotatedPhoto> photos, AtomicInteger next, List<List<Detection>> found, Progress progress) {
        return () -> {
            try {
                for (int i = next.getAndIncrement(); i < photos.size(); i = next.getAndIncrement()) {
                    found.set(i, detector.detect(photos.get(i).photo().decode()));
                    progress.step();
                }
                return true;
            } finally {
                next.set(photos.size()); // after a failure, every thread stops
            }
        };
    }
}
