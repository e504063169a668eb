package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.Progress;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.Plan;

/// Runs a model on many photos. Each thread takes the next photo, decodes it and classifies it on its own, so decoding
/// and inference overlap and nothing waits for the slowest photo of a batch.
///
/// @param plan what to run; the threads share it
/// @param threads how many photos are processed at the same time
record Evaluator(Plan plan, int threads) {
    private static final int TOP = 5;

    /// A photo and its top predictions, most likely first.
    record Outcome(LabeledImage image, List<Integer> top) {
        boolean isTop1() {
            return image.right().contains(top.getFirst());
        }

        boolean isTop5() {
            return top.stream().anyMatch(image.right()::contains);
        }

        /// The class that counts as the prediction: the photo's own if any right class came first.
        int answer() {
            return isTop1() ? image.truth() : top.getFirst();
        }
    }

    /// Returns an outcome for each photo, in no particular order.
    ///
    /// @throws IOException naming a photo that cannot be read
    List<Outcome> run(List<LabeledImage> images, Progress progress) throws IOException {
        var waiting = new ConcurrentLinkedQueue<>(images);
        var outcomes = new ArrayList<Outcome>(images.size());
        var classifier = Classifier.open(plan, 1);
        try (var pool = Executors.newFixedThreadPool(Math.min(threads, images.size()))) {
            var workers = new ArrayList<Future<List<Outcome>>>();
            for (int i = 0; i < Math.min(threads, images.size()); i++) {
                workers.add(pool.submit(worker(classifier, waiting, progress)));
            }
            for (var worker : workers) {
                outcomes.addAll(worker.get());
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
        return outcomes;
    }

    private Callable<List<Outcome>> worker(Classifier classifier, Queue<LabeledImage> waiting, Progress progress) {
        return () -> {
            var outcomes = new ArrayList<Outcome>();
            try {
                for (var image = waiting.poll(); image != null; image = waiting.poll()) {
                    var predictions = classifier.classify(image.photo().decode(), TOP);
                    outcomes.add(new Outcome(
                            image, predictions.stream().map(Prediction::index).toList()));
                    progress.step();
                }
            } finally {
                waiting.clear(); // after a failure, every thread stops
            }
            return outcomes;
        };
    }
}
