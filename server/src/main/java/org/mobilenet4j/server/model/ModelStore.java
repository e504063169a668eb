package org.mobilenet4j.server.model;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The models that are served. Requests look them up while others are put in and taken out: each sees
/// the store as it
/// was at one moment.
public final class ModelStore {
    private final @Nullable String defaultName;
    /// By name and version; replaced as a whole, never changed.
    private volatile Map<String, NavigableMap<Long, ServedModel>> models = Map.of();

    /// @param defaultName the model of requests that name none; the first by name if null, or if
    /// there is none of it
    public ModelStore(@Nullable String defaultName) {
        this.defaultName = defaultName;
    }

    /// Serves `model`, in place of the one of its name and version.
    public synchronized void put(ServedModel model) {
        var now = copy(models);
        now.computeIfAbsent(model.name(), _ -> new TreeMap<>()).put(model.version(), model);
        models = now;
    }

    /// Serves a model no longer; requests that have it finish.
    public synchronized void remove(String name, long version) {
        var now = copy(models);
        var versions = now.get(name);
        if (versions != null && versions.remove(version) != null && versions.isEmpty()) {
            now.remove(name);
        }
        models = now;
    }

    private static Map<String, NavigableMap<Long, ServedModel>> copy(Map<String, NavigableMap<Long, ServedModel>> was) {
        var now = new TreeMap<String, NavigableMap<Long, ServedModel>>();
        was.forEach((name, versions) -> now.put(name, new TreeMap<>(versions)));
        return now;
    }

    /// All of them, by name and version.
    public List<ServedModel> all() {
        return models.values().stream()
                .flatMap(versions -> versions.values().stream())
                .toList();
    }

    /// The versions of the model `name`, the lowest first; empty if it is not served.
    public List<ServedModel> versions(String name) {
        var versions = models.get(name);
        return versions == null ? List.of() : List.copyOf(versions.values());
    }

    /// The highest version of the model `name`.
    ///
    /// @throws NoSuchModelException if none is served
    public ServedModel get(String name) {
        var versions = models.get(name);
        if (versions == null) {
            throw new NoSuchModelException("there is no model \"" + name + "\"; see /v1/models for those there are");
        }
        return versions.lastEntry().getValue();
    }

    /// A version of the model `name`.
    ///
    /// @throws NoSuchModelException if it is not served
    public ServedModel get(String name, long version) {
        return Optional.ofNullable(models.get(name))
                .map(versions -> versions.get(version))
                .orElseThrow(() -> new NoSuchModelException("there is no version " + version + " of a model \"" + name
                        + "\"; see /v1/models for those there are"));
    }

    /// The model that `wanted` names as `NAME` or `NAME:VERSION`, or the default model if it is null.
    ///
    /// @throws NoSuchModelException if it is not served
    public ServedModel find(@Nullable String wanted) {
        if (wanted == null) {
            return defaultModel().orElseThrow(() -> new NoSuchModelException("no model is loaded; try again later"));
        }
        int colon = wanted.lastIndexOf(':');
        var version = wanted.substring(colon + 1);
        return colon > 0 && version.matches("\\d{1,18}")
                ? get(wanted.substring(0, colon), Long.parseLong(version))
                : get(wanted);
    }

    /// The model of requests that name none.
    public Optional<ServedModel> defaultModel() {
        var now = models;
        var versions = defaultName == null ? null : now.get(defaultName);
        return (versions == null ? now.values().stream().findFirst() : Optional.of(versions))
                .map(all -> all.lastEntry().getValue());
    }
}
