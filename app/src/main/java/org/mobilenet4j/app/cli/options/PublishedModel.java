package org.mobilenet4j.app.cli.options;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.pull.Catalog;
import org.mobilenet4j.app.pull.CatalogModel;
import org.mobilenet4j.app.pull.ModelCache;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.text.NearestName;

/// A word on the command line that is no file: the name of a model of the catalog, or the name or notation of a network
/// (`mobilenet_v1`, `mobilenet_2_5_128_tf`, `mobilenet-v1:0.25:128`) that the catalog has weights for.
///
/// @param text as given
/// @param model that it means, or null if the catalog has none
public record PublishedModel(String text, @Nullable CatalogModel model) {
    private static final String NETWORK = "mobilenet-v1";
    private static final int USUAL_SIZE = 224;
    private static final String TIMM = "mobilenetv1_";

    /// The model that `text` means.
    public static PublishedModel named(String text) {
        var catalog = Catalog.bundled();
        return new PublishedModel(text, catalog.has(text) ? catalog.named(text) : ofNetwork(text, catalog));
    }

    /// Whether `name` begins with who publishes such models.
    static boolean hasOwner(Path name) {
        return name.startsWith("google") || name.startsWith("timm");
    }

    /// Keras's weights are TF-Slim's; timm's are others.
    private static @Nullable CatalogModel ofNetwork(String text, Catalog catalog) {
        if (text.contains(TIMM)) {
            return null;
        }
        try {
            var network = NetworkSpec.parse(text);
            double alpha = network.alpha().orElse(1);
            int resolution = network.resolution().orElse(USUAL_SIZE);
            var type = text.endsWith("_quant") ? "uint8" : "float32";
            for (var model : catalog.models()) {
                if (network.name().equals(NETWORK)
                        && model.alpha() == alpha
                        && model.resolution() == resolution
                        && model.type().equals(type)) {
                    return model;
                }
            }
        } catch (BadValueException e) {
            // Not a network.
        }
        return null;
    }

    /// Its file in `cache`.
    ///
    /// @throws IOException if it is not there, saying how to get it, or what may have been meant
    Path file(ModelCache cache) throws IOException {
        if (model == null) {
            throw new FileNotFoundException(text + ": there is no such file, and no model of this name" + advice());
        }
        var name = model.name();
        if (!cache.holds(name)) {
            throw new FileNotFoundException(text + ": not downloaded yet; run mobilenet pull " + name);
        }
        return cache.file(name);
    }

    /// The model itself.
    ///
    /// @throws IllegalArgumentException if the catalog has none of that name
    public CatalogModel wanted() {
        if (model == null) {
            throw new BadValueException(text + ": no model in the catalog has this name" + advice());
        }
        return model;
    }

    private String advice() {
        if (text.contains(TIMM)) {
            return "; timm's weights are published where nothing can be pulled from: download model.safetensors (or"
                    + " pytorch_model.bin) of this name from https://huggingface.co/timm, then run mobilenet convert"
                    + " model.safetensors " + text.replaceFirst("^.*/", "").replaceFirst("\\..*", "") + ".safetensors";
        }
        var known = new ArrayList<String>();
        known.add("default");
        Catalog.bundled().models().forEach(each -> known.add(each.name()));
        var hint = NearestName.hint(text, known);
        return hint.isEmpty() ? "; check the path, or see what mobilenet models lists" : hint;
    }
}
