package org.mobilenet4j.parallel;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/// A bounded number of things that one thread at a time uses, made when first needed and shared by any number of
/// threads, virtual ones too. A caller waits while all are in use. The one that came back last goes out first, as it
/// may still be in a cache.
///
/// @param <T> what is lent
public final class Pool<T> {
    private final Supplier<T> maker;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<T> idle = new ConcurrentLinkedDeque<>();

    /// @param most how many there are at most, from 1 up
    /// @param maker makes another one; what it throws reaches the caller of [#with]
    public Pool(int most, Supplier<T> maker) {
        this.maker = maker;
        this.permits = new Semaphore(most);
    }

    /// What `use` makes of one of them. It must not keep it.
    public <R> R with(Function<? super T, R> use) {
        permits.acquireUninterruptibly();
        try {
            var waiting = idle.poll();
            var lent = waiting == null ? maker.get() : waiting;
            try {
                return use.apply(lent);
            } finally {
                idle.push(lent);
            }
        } finally {
            permits.release();
        }
    }
}
