package org.mobilenet4j.machine;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.machine.x64.CallingConvention;

/// Whether machine code of our own runs in this process. Finding out takes a tenth of a second, nearly all of it
/// for the JDK's first foreign call: [#begin] does it beside other work.
public final class MachineSupport {
    /// `machine` asks for machine code even where the JDK warns of native access, and where nobody has tried it yet.
    public static final String PROPERTY = "mobilenet4j.kernels";

    private static final FutureTask<Answer> SEARCH = new FutureTask<>(new Search());

    private static final AtomicBoolean IS_BEGUN = new AtomicBoolean();

    /// The machine, or why there is none.
    record Answer(@Nullable Target target, String reason) {}

    private static final class Search implements Callable<Answer> {
        @Override
        public Answer call() {
            return search(Platform.ofProperties());
        }
    }

    /// Searches, and then rehearses what kernels do again and again.
    private static final class Beginning implements Runnable {
        @Override
        public void run() {
            SEARCH.run();
            Target target = SEARCH.state() == Future.State.SUCCESS ? SEARCH.resultNow().target : null;
            if (target != null) {
                target.rehearse();
            }
        }
    }

    private MachineSupport() {}

    /// Begins to find out, in a thread of its own; does nothing when called again. Where instructions are asked for it
    /// waits, so that the caller hears of it when there are none such.
    ///
    /// @throws BadValueException as [#target]
    public static void begin() {
        if (System.getProperty(Isa.PROPERTY) != null) {
            answer();
        } else if (!IS_BEGUN.getAndSet(true)) {
            Thread.ofPlatform().daemon().name("mobilenet4j-machine").start(new Beginning());
        }
    }

    /// What runs machine code here; waits for the answer. Empty where code of our own cannot or may not run:
    /// [#reason] says why.
    ///
    /// @throws BadValueException if [Isa#PROPERTY] names none, or what the processor lacks
    public static Optional<Target> target() {
        return Optional.ofNullable(answer().target);
    }

    /// One line: the instructions that code is written in, or why there is no such code.
    ///
    /// @throws BadValueException as [#target]
    public static String reason() {
        return answer().reason;
    }

    private static Answer answer() {
        // Here, unless it has been begun elsewhere.
        SEARCH.run();
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return SEARCH.get();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof BadValueException wrong) {
                        throw wrong;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static Answer search(Platform platform) {
        Optional<Isa> asked = platform.isa() == null ? Optional.empty() : Optional.of(Isa.named(platform.isa()));
        Optional<String> refusal = platform.refusal();
        if (refusal.isPresent()) {
            return new Answer(null, refusal.get());
        }
        CallingConvention convention = platform.convention();
        try {
            CodeMemory memory = platform.codeMemory();
            Processor processor = platform.isArm() ? Auxv.detect() : Cpuid.detect(memory, convention);
            Optional<Isa> isa = Isa.choose(processor, asked);
            if (isa.isEmpty()) {
                return new Answer(
                        null, "no machine code: the processor has no " + (platform.isArm() ? "NEON" : "AVX2 with FMA"));
            }
            var target = new Target(processor, isa.get(), convention, memory, CodeTrace.ofProperties());
            return new Answer(target, "machine code for " + isa.get().text());
        } catch (CodeMemoryException e) {
            return new Answer(null, "no machine code: " + e.getMessage());
        } catch (IllegalCallerException | UnsupportedOperationException | LinkageError e) {
            // The bridge is built as a class is initialized, which wraps what was thrown.
            boolean isForbidden = e instanceof IllegalCallerException || e.getCause() instanceof IllegalCallerException;
            String why = isForbidden ? "the JVM forbids native access" : "the JVM has no foreign functions here";
            return new Answer(null, "no machine code: " + why);
        }
    }
}
