package org.mobilenet4j.server.protocol.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadValueException;

class InferRequestReaderTest {
    @Test
    void readsMembersInAnyOrder() {
        var request =
                read("{'inputs':[{'data':[[1,2],[3,4.5]],'shape':[2,2],'datatype':'FP32','name':'input'}],'id':'7'}");

        assertThat(request.id()).isEqualTo("7");
        assertThat(request.input().shape()).isEqualTo(List.of(2L, 2L));
        assertThat(request.input().values()).containsExactly(1, 2, 3, 4.5f);
    }

    @Test
    void readsBytesAfterTheJson() {
        var json = "{'inputs':[{'name':'i','datatype':'FP32','shape':[2],'parameters':{'binary_data_size':8}}],"
                + "'parameters':{'binary_data_output':true},'outputs':[{'name':'a'},"
                + "{'name':'b','parameters':{'binary_data':false,'classification':2}}]}";
        var text = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var body = ByteBuffer.allocate(text.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(text)
                .putFloat(1.5f)
                .putFloat(-2)
                .array();

        var request = InferRequestReader.read(body, text.length);

        assertThat(request.input().values()).containsExactly(1.5f, -2);
        assertThat(request.outputs())
                .containsExactly(new OutputRequest("a", 0, true), new OutputRequest("b", 2, false));
    }

    @Test
    void readsPhotosOfBothKinds() {
        assertThat(read("{'inputs':[{'name':'i','datatype':'BYTES','shape':[2],'data':['aGk=','aG8=']}]}")
                        .input()
                        .photos())
                .containsExactly(new byte[] {'h', 'i'}, new byte[] {'h', 'o'});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{} {}",
                "{'inputs':[]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[2],'data':[1]}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[-2],'data':[1,2]}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[2],'data':[1,1e999]}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[2],'data':[1,NaN]}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[3],'data':[[1],[2,3]]}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[2],'data':[1,[2]]}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[2],'data':[1,'a']}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[65536,65536,65536,65536],'data':[1]}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[2],'parameters':{'binary_data_size':8}}]}",
                "{'inputs':[{'name':'i','datatype':'UINT8','shape':[1],'data':[256]}]}",
                "{'inputs':[{'name':'i','datatype':'INT8','shape':[1],'data':[0.5]}]}",
                "{'inputs':[{'name':'i','datatype':'FP128','shape':[1],'data':[1]}]}",
                "{'inputs':[{'name':'i','datatype':'BYTES','shape':[1],'data':['%']}]}",
                "{'inputs':[{'name':'i','datatype':'BYTES','shape':[1],'data':[1]}]}",
                "{'inputs':[{'name':'i','datatype':'FP32','shape':[1],'data':[1]},{}]}",
                "{'id':7,'inputs':[{'name':'i','datatype':'FP32','shape':[1],'data':[1]}]}"
            })
    void refuses(String request) {
        assertThatThrownBy(() -> read(request)).isExactlyInstanceOf(BadValueException.class);
    }

    private static InferRequest read(String text) {
        var body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return InferRequestReader.read(body, body.length);
    }
}
