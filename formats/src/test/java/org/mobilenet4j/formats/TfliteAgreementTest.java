package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.formats.QuantizedNetworks.Sample;
import org.mobilenet4j.formats.QuantizedNetworks.Scheme;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

class TfliteAgreementTest {
    @TempDir
    private Path folder;

    static byte[] run(Model model, byte[] input, SessionOptions options) {
        var maps = model.quantization().orElseThrow();
        var from = maps.input();
        var reals = new float[input.length];
        for (int i = 0; i < input.length; i++) {
            int stored = from.type() == ElementType.UINT8 ? input[i] & 0xff : input[i];
            reals[i] = from.scale() * (stored - from.zeroPoint());
        }
        var output = Session.open(model, options).run(reals, 1);
        ActivationQuantization to = maps.of(model.network(), model.network().nodes().size());
        var stored = new byte[output.length];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (byte) (Math.round(output[i] / to.scale()) + to.zeroPoint());
        }
        return stored;
    }

    static int worst(byte[] a, byte[] b, boolean unsigned) {
        int worst = 0;
        for (int i = 0; i < a.length; i++) {
            int d = unsigned ? (a[i] & 0xff) - (b[i] & 0xff) : a[i] - b[i];
            worst = Math.max(worst, Math.abs(d));
        }
        return worst;
    }

    @Test
    void explore() throws IOException {
        var out = new StringBuilder();
        for (int kind = -1; kind < 0; kind++) {
            for (var scheme : Scheme.values()) {
                int[] plain = new int[300];
                int[] xnn = new int[300];
                int[] between = new int[300];
                for (int seed = 0; seed < 250; seed++) {
                    Sample sample = kind < 0 ? QuantizedNetworks.of(scheme, seed) : QuantizedNetworks.ofOne(scheme, kind, seed);
                    var file = folder.resolve("n" + kind + scheme + seed + ".tflite");
                    Files.write(file, sample.file());
                    try {
                        var model = TfliteReader.read(file);
                        if (model.network().nodes().isEmpty()) continue;
                        var ours = run(model, sample.input(), SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR));
                        var a = new TfliteOracle(file, false).run(sample.input());
                        var b = new TfliteOracle(file, true).run(sample.input());
                        boolean u = scheme == Scheme.UINT8;
                        if (worst(ours, a, u) > 0) out.append(kind + " plain " + worst(ours, a, u) + " xnn " + worst(a, b, u) + " " + sample.description() + "\n");
                        plain[worst(ours, a, u)]++;
                        xnn[worst(ours, b, u)]++;
                        between[worst(a, b, u)]++;
                    } catch (Exception e) {
                        out.append(kind + " FAIL " + e + " " + sample.description() + "\n");
                    }
                }
                out.append(kind + " " + scheme + " plain " + str(plain) + " xnn " + str(xnn) + " between " + str(between) + "\n");
            }
        }
        Files.writeString(Path.of("/tmp/explore.txt"), out.toString());
        assertThat(out.toString()).isEmpty();
    }

    static String str(int[] c) {
        var s = new StringBuilder();
        for (int i = 0; i < c.length; i++) if (c[i] > 0) s.append(i + ":" + c[i] + " ");
        return s.toString();
    }
}
