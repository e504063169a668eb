package org.mobilenet4j.infer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Brings a program from plain loops to faster kernels, in a thread of its own, once.
///
/// A process that wants a single answer never starts it: the faster kernels would not be compiled in time to help.
final class WarmUp {
    private final ActiveProgram program;
    private final AtomicBoolean isSecondImage = new AtomicBoolean();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);

    WarmUp(ActiveProgram program) {
        this.program = program;
    }

    /// Says that an image is about to be computed; starts with the second.
    void anotherImage() {
        if (!isSecondImage.get()) {
            isSecondImage.set(true);
        } else if (!isStarted.get()) {
            start();
        }
    }

    /// Starts if need be, and waits for the end.
    void await() {
        start();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() {
        if (isStarted.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("mobilenet4j-warm-up").start(this::run);
        }
    }

    private void run() {
        try {
            program.speedUp();
        } catch (OutOfMemoryError e) {
            // The plain loops stay.
        } finally {
            end.countDown();
        }
    }
}
