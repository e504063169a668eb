package org.mobilenet4j.server.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Makes an OpenAPI 3.1 document of routes.
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private OpenApi() {}

    /// To be written as JSON.
    static Map<String, Object> document(List<Route> routes) {
        var paths = new LinkedHashMap<String, Map<String, Object>>();
        for (var route : routes) {
            paths.computeIfAbsent(route.path(), _ -> new LinkedHashMap<>()).put(route.method(), operation(route));
        }
        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "mobilenet4j", "version", "1"));
        document.put("paths", paths);
        var token = Map.of("type", "http", "scheme", "bearer");
        document.put("components", Map.of("securitySchemes", Map.of("token", token)));
        document.put("security", List.of(Map.of(), Map.of("token", List.of())));
        return document;
    }

    private static Map<String, Object> operation(Route route) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", route.method() + route.path().replaceAll("[^A-Za-z0-9]+", "_"));
        operation.put("tags", List.of(route.protocol()));
        operation.put("summary", route.summary());
        var parameters = parameters(route.path());
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (route.takes() != Route.Body.NONE) {
            operation.put("requestBody", Map.of("content", content(route.takes())));
        }
        var good = Map.of("description", "Done", "content", Map.of(route.gives(), Map.of()));
        operation.put("responses", Map.of("200", good, "default", Map.of("description", "What is wrong, as JSON")));
        return operation;
    }

    private static List<Map<String, Object>> parameters(String path) {
        var parameters = new ArrayList<Map<String, Object>>();
        var names = PARAMETER.matcher(path);
        while (names.find()) {
            parameters.add(
                    Map.of("name", names.group(1), "in", "path", "required", true, "schema", Map.of("type", "string")));
        }
        return parameters;
    }

    private static Map<String, Object> content(Route.Body body) {
        Map<String, Object> json = Map.of("application/json", Map.of("schema", Map.of("type", "object")));
        Map<String, Object> photos = Map.of("image/*", Map.of(), "multipart/form-data", Map.of());
        return switch (body) {
            case NONE -> Map.of();
            case JSON -> json;
            case PHOTOS -> photos;
            case JSON_AND_BYTES -> joined(json, Map.of("application/octet-stream", Map.of()));
            case PHOTOS_OR_JSON -> joined(photos, json);
        };
    }

    private static Map<String, Object> joined(Map<String, Object> some, Map<String, Object> others) {
        var all = new LinkedHashMap<>(some);
        all.putAll(others);
        return all;
    }
}
