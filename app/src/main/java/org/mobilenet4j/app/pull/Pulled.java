package org.mobilenet4j.app.pull;

import java.nio.file.Path;

/// A model that is in the cache.
///
/// @param bytes length of the file
/// @param sha256 of the file
/// @param isNew whether it was downloaded just now
public record Pulled(String name, Path file, long bytes, String sha256, boolean isNew) {}
