package org.mobilenet4j.server.http;

import java.util.Set;

/// Names of methods that metrics may have: clients make up others.
final class KnownMethods {
    private static final Set<String> NAMES = Set.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH");

    private KnownMethods() {}

    static String of(String method) {
        return NAMES.contains(method) ? method : "other";
    }
}
