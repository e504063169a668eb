package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import tools.jackson.databind.json.JsonMapper;

/// The models that can be pulled by name.
///
/// @param labels a text file with a line for each of the models' classes, as published by their authors
/// @param models with unique names
public record Catalog(PublishedFile labels, List<CatalogModel> models) {
    private static final String RESOURCE = "catalog.json";

    public Catalog {
        models = List.copyOf(models);
    }

    /// The bundled catalog.
    public static Catalog bundled() {
        try (var in = Objects.requireNonNull(Catalog.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return JsonMapper.shared().readValue(in, Catalog.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String name) {
        return models.stream().anyMatch(model -> model.name().equals(name));
    }

    /// The model of that name.
    ///
    /// @throws IllegalArgumentException if there is none
    public CatalogModel named(String name) {
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadValueException(
                        name + ": no model in the catalog has this name; mobilenet models lists them"));
    }
}
