package org.mobilenet4j.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RouteTableTest {
    @Test
    void hasEachRouteOnce() {
        var calls = new HashSet<String>();
        for (var route : RouteTable.ROUTES) {
            assertThat(calls.add(route.method() + " " + route.path()))
                    .as(route.path())
                    .isTrue();
        }
    }

    @Test
    void isAValidDocument() {
        var text = new JsonMapper().writeValueAsString(OpenApi.document(RouteTable.ROUTES));

        var read = new OpenAPIV3Parser().readContents(text, List.of(), new ParseOptions());

        assertThat(read.getMessages()).isEmpty();
        assertThat(text).contains("\"openapi\":\"3.1.0\"");
        var parameters = Optional.ofNullable(read.getOpenAPI())
                .map(OpenAPI::getPaths)
                .map(paths -> paths.get("/v2/models/{model}/infer"))
                .map(PathItem::getPost)
                .map(Operation::getParameters)
                .orElseThrow();
        assertThat(parameters).hasSize(1);
    }
}
