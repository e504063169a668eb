package org.mobilenet4j.server.teach;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.server.teach.TeachingException.Reason;
import org.mobilenet4j.train.head.HeadFit;

/// All sessions of a server, within [TeachingLimits]. One training runs at a time, on half of the processors, so
/// that requests are answered meanwhile.
public final class TeachingSessions {
    private static final int ID_BYTES = 18;

    private final TeachingLimits limits;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore trainings = new Semaphore(1);
    private final Map<String, Held> held = new HashMap<>();

    /// A session and when it was last asked for.
    private record Held(TeachingSession session, long lastMillis) {}

    /// @param clock what says that a session is idle
    public TeachingSessions(TeachingLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /// A new session, in which `model` learns.
    ///
    /// @throws TeachingException if there are too many sessions, or `model` cannot be taught
    public synchronized TeachingSession open(Model model) throws TeachingException {
        if (model.quantization().isPresent() || model.boxes().isPresent() || !HeadFit.isPossible(model.network())) {
            throw new TeachingException(
                    Reason.BAD,
                    "the network " + model.network().name() + " cannot be taught; take a classifier of floats");
        }
        forgetIdle();
        if (held.size() == limits.sessions()) {
            throw new TeachingException(
                    Reason.BUSY, "others teach at the moment, as many as this server takes; try again later");
        }
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        var session = new TeachingSession(Base64.getUrlEncoder().encodeToString(bytes), model, limits);
        held.put(session.id(), new Held(session, clock.millis()));
        return session;
    }

    /// The session called `id`, which is in use again from now on.
    public synchronized TeachingSession find(String id) throws TeachingException {
        forgetIdle();
        var found = held.get(id);
        if (found == null) {
            throw new TeachingException(
                    Reason.MISSING, "there is no such session, or it was idle for too long; begin another");
        }
        held.put(id, new Held(found.session(), clock.millis()));
        return found.session();
    }

    /// Forgets a session and its photos.
    public synchronized void close(String id) {
        held.remove(id);
    }

    /// Trains `session` on its photos.
    ///
    /// @throws TeachingException if there is nothing to train on, or another training runs
    /// @throws IOException if a photo cannot be read
    public Taught fit(TeachingSession session) throws TeachingException, IOException {
        if (!trainings.tryAcquire()) {
            throw new TeachingException(Reason.BUSY, "another training runs at the moment; try again in some seconds");
        }
        try {
            return session.fit(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        } finally {
            trainings.release();
        }
    }

    private void forgetIdle() {
        long oldest = clock.millis() - limits.idle().toMillis();
        held.values().removeIf(each -> each.lastMillis() < oldest);
    }
}
