package org.mobilenet4j.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
    /// So that the process can be rid of them, and they come back.
    @Test
    void idleThreadsEndAndStartAgain() throws InterruptedException {
        var workers = new Workers(2, 20_000_000);
        for (int round = 0; round < 3; round++) {
            var threads = new Thread[3];
            var done = new Semaphore(0);
            workers.recruit(
                    helper -> {
                        threads[helper] = Thread.currentThread();
                        done.release();
                    },
                    2);
            assertThat(done.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i < threads.length; i++) {
                threads[i].join(10_000);
                assertThat(threads[i].isAlive()).isFalse();
            }
        }
    }

    /// Just at the moment when they end, too.
    @Test
    void noJobIsLostWhileThreadsEnd() throws InterruptedException {
        var workers = new Workers(1, 1);
        for (int i = 0; i < 3000; i++) {
            var done = new Semaphore(0);
            Workers.Job job = _ -> done.release();
            while (true) {
                workers.recruit(job, 1);
                if (done.tryAcquire(200, TimeUnit.MICROSECONDS)) {
                    break;
                }
            }
        }
    }

    /// As in a server that loads a program anew: the old one's classes must go.
    @Test
    void aDroppedClassLoaderIsCollected() throws Exception {
        var loader = used();
        for (int i = 0; i < 100 && loader.get() != null; i++) {
            Thread.sleep(100);
            System.gc();
        }
        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> used() throws Exception {
        var place = Workers.class.getProtectionDomain().getCodeSource().getLocation();
        try (var loader = new URLClassLoader(new URL[] {place}, ClassLoader.getPlatformClassLoader())) {
            var type = loader.loadClass(Workers.class.getName());
            var job = loader.loadClass(Workers.class.getName() + "$Job");
            var done = new Semaphore(0);
            var proxy = java.lang.reflect.Proxy.newProxyInstance(loader, new Class<?>[] {job}, (_, _, _) -> {
                done.release();
                return null;
            });
            var shared = type.getMethod("shared").invoke(null);
            type.getMethod("recruit", job, int.class).invoke(shared, proxy, 1);
            if ((int) type.getMethod("count").invoke(shared) > 0) {
                done.acquire();
            }
            return new WeakReference<>(loader);
        }
    }
}
