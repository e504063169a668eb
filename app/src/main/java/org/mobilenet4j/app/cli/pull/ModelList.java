package org.mobilenet4j.app.cli.pull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.pull.Catalog;
import org.mobilenet4j.app.pull.CatalogModel;
import org.mobilenet4j.app.pull.ModelCache;

/// The report of `models`.
///
/// @param cache the folder of pulled models
record ModelList(String cache, List<ListedModel> models) {

    /// A model of the catalog.
    ///
    /// @param type of its weights
    /// @param top1 published accuracy, between 0 and 1; `top5` likewise
    /// @param address where it is published
    /// @param sha256 of the published file
    /// @param file in the cache, or null before it is pulled; `bytes` is its size
    record ListedModel(
            String name,
            double alpha,
            int resolution,
            String type,
            double top1,
            double top5,
            URI address,
            String sha256,
            @Nullable String file,
            @Nullable Long bytes) {
        static ListedModel of(CatalogModel model, ModelCache cache) throws IOException {
            var file = cache.file(model.name());
            boolean isHere = cache.holds(model.name());
            return new ListedModel(
                    model.name(),
                    model.alpha(),
                    model.resolution(),
                    model.type(),
                    model.top1(),
                    model.top5(),
                    model.archive().address(),
                    model.archive().sha256(),
                    isHere ? file.toString() : null,
                    isHere ? Files.size(file) : null);
        }
    }

    static ModelList of(Catalog catalog, ModelCache cache) throws IOException {
        var models = new ArrayList<ListedModel>();
        for (var model : catalog.models()) {
            models.add(ListedModel.of(model, cache));
        }
        return new ModelList(cache.folder().toString(), models);
    }
}
