package org.mobilenet4j.server.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.file.Models;
import org.mobilenet4j.text.OneLine;

/// Keeps a store as a folder is: what comes is loaded, what changes is replaced, what goes is served
/// no longer. A model
/// that cannot be read leaves the one before it in place. Looks at the folder every few seconds; a
/// file that is still
/// being written is left until it has stayed the same from one look to the next.
public final class ModelFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ModelFolder.class.getName());

    private final Path folder;
    private final ModelStore models;
    private final Consumer<Boolean> loads;
    private final long pollMillis;
    /// The state of each model's files when they were last seen, and when they were last read.
    private Map<FolderEntry.Key, String> seen = Map.of();

    private final Map<FolderEntry.Key, String> read = new HashMap<>();
    private final Thread watcher = Thread.ofPlatform().daemon().name("models").unstarted(this::watch);

    /// @param loads is told of each model whether it could be loaded
    /// @param pollMillis from one look to the next
    public ModelFolder(Path folder, ModelStore models, Consumer<Boolean> loads, long pollMillis) {
        this.folder = folder;
        this.models = models;
        this.loads = loads;
        this.pollMillis = pollMillis;
    }

    /// Loads what is there, then watches.
    ///
    /// @throws IOException if the folder cannot be read
    public void start() throws IOException {
        for (var entry : FolderEntry.in(folder)) {
            load(entry);
        }
        watcher.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(pollMillis);
                look();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void look() {
        try {
            var now = new HashMap<FolderEntry.Key, String>();
            for (var entry : FolderEntry.in(folder)) {
                now.put(entry.key(), entry.state());
                if (entry.state().equals(seen.get(entry.key()))
                        && !entry.state().equals(read.get(entry.key()))) {
                    load(entry);
                }
            }
            for (var key : Map.copyOf(read).keySet()) {
                if (!now.containsKey(key)) {
                    read.remove(key);
                    models.remove(key.name(), key.version());
                    LOG.log(Level.INFO, "unloaded {0}", key);
                }
            }
            seen = now;
        } catch (IOException | UncheckedIOException problem) {
            LOG.log(Level.WARNING, "the folder of models cannot be read: {0}", OneLine.of("" + problem.getMessage()));
        }
    }

    private void load(FolderEntry entry) {
        read.put(entry.key(), entry.state());
        try {
            models.put(new ServedModel(entry.key().name(), entry.key().version(), Models.read(entry.model())));
            loads.accept(true);
            LOG.log(Level.INFO, "loaded {0}", entry.key());
        } catch (IOException | BadValueException problem) {
            loads.accept(false);
            LOG.log(Level.ERROR, "not loaded: {0}: {1}", entry.key(), OneLine.of("" + problem.getMessage()));
        }
    }

    /// Watches no longer.
    @Override
    public void close() {
        watcher.interrupt();
    }
}
