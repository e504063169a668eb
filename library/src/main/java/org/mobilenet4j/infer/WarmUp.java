package org.mobilenet4j.infer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Switches a program from plain loops to faster kernels, once, in a thread of its own.
///
/// A process that computes a single image never starts it: the faster kernels would not be compiled in time to help.
final class WarmUp {
    private final ActiveProgram program;
    private final AtomicBoolean isSecondImage = new AtomicBoolean();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);

    WarmUp(ActiveProgram program) {
        this.program = program;
    }

    /// Called before each image; the second call starts the warm-up.
    void anotherImage() {
        if (!isSecondImage.get()) {
            isSecondImage.set(true);
        } else if (!isStarted.get()) {
            start();
        }
    }

    /// Starts the warm-up if necessary, and waits for it to end.
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
        } catch (OutOfMemoryError | NoClassDefFoundError e) {
            // The plain loops stay: there is no room, or whoever loaded this library has closed its class loader.
        } finally {
            end.countDown();
        }
    }
}
