package org.mobilenet4j.server.protocol;

import io.helidon.webserver.http.ServerRequest;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.model.ModelStore;
import org.mobilenet4j.server.model.NoSuchModelException;
import org.mobilenet4j.server.model.ServedModel;

/// Models that paths name.
public final class Version {
    private Version() {}

    /// The model that the parameters `model` and `version` of a path name; its highest
    /// version without the latter.
    ///
    /// @throws NoSuchModelException if it is not served
    /// @throws BadValueException if the version is no number
    public static ServedModel model(ModelStore models, ServerRequest request) {
        var path = request.path().pathParameters();
        var version = path.first("version").orElse(null);
        if (version == null) {
            return models.get(path.get("model"));
        }
        if (!version.matches("\\d{1,18}")) {
            throw new BadValueException("a version is a whole number");
        }
        return models.get(path.get("model"), Long.parseLong(version));
    }
}
