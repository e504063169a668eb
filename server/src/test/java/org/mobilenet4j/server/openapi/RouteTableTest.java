package org.mobilenet4j.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.HashSet;
import java.util.List;
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
        assertThat(read.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(read.getOpenAPI()
                        .getPaths()
                        .get("/v2/models/{model}/infer")
                        .getPost()
                        .getParameters())
                .hasSize(1);
    }
}
