import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes the register tiles of the convolution kernel from readable templates: `java ExpandTiles.java TEMPLATES DIR`.
///
/// A register tile keeps every sum in a local variable of its own, which Java cannot say in a loop. In a template, a
/// run
/// of lines that mention `$i` is repeated for every pixel, one that mentions `$j` for every vector; `$M` and `$V` are
/// their numbers. `Tiles`, which picks the tile, is written as well.
class ExpandTiles {
    /// The most pixels a tile may have with 1, 2 and 4 vectors: 26 sums beside the weights fill 32 registers, and
    /// larger methods are more than the first compiler takes.
    private static final int[][] TILES = {{1, 13}, {2, 13}, {4, 6}};

    private static final String PACKAGE = "org/mobilenet4j/kernel";

    public static void main(String[] args) throws IOException {
        var templates = Path.of(args[0]);
        var target = Files.createDirectories(Path.of(args[1]).resolve(PACKAGE));
        var lines = new ArrayList<>(List.of(
                "package org.mobilenet4j.kernel;",
                "",
                "/// Picks the tile by its size; written by `src/template/ExpandTiles.java`.",
                "final class Tiles {",
                "    private Tiles() {}"));
        lines.addAll(dispatch("run", write(templates, "Tile", target), "", ""));
        lines.addAll(dispatch("runTaps", write(templates, "TapTile", target), "int[] reads, ", "reads, "));
        lines.add("}");
        write(target.resolve("Tiles.java"), lines);
    }

    /// Expands one template to all its sizes and returns them as `{vectors, pixels}`.
    private static List<int[]> write(Path templates, String name, Path target) throws IOException {
        var template = Files.readAllLines(templates.resolve(name + ".java.template"));
        var sizes = new ArrayList<int[]>();
        for (int[] limit : TILES) {
            for (int pixels = 1; pixels <= limit[1]; pixels++) {
                write(target.resolve(name + pixels + "x" + limit[0] + ".java"), expand(template, pixels, limit[0]));
                sizes.add(new int[] {limit[0], pixels});
            }
        }
        return sizes;
    }

    private static List<String> expand(List<String> template, int pixels, int vectors) {
        var lines = new ArrayList<String>();
        for (int at = 0; at < template.size(); ) {
            int end = at;
            while (end < template.size() && repeats(template.get(end)) == repeats(template.get(at))) {
                end++;
            }
            var run = template.subList(at, end);
            switch (repeats(template.get(at))) {
                case NOT -> lines.addAll(run);
                case VECTORS -> repeat(run, "$j", vectors, lines);
                case PIXELS -> {
                    var perPixel = new ArrayList<String>();
                    for (var line : run) {
                        repeat(List.of(line), "$j", line.contains("$j") ? vectors : 1, perPixel);
                    }
                    repeat(perPixel, "$i", pixels, lines);
                }
            }
            at = end;
        }
        lines.replaceAll(line -> line.replace("$M", "" + pixels).replace("$V", "" + vectors));
        return lines;
    }

    private enum Repeat {
        NOT,
        VECTORS,
        PIXELS
    }

    private static Repeat repeats(String line) {
        return line.contains("$i") ? Repeat.PIXELS : line.contains("$j") ? Repeat.VECTORS : Repeat.NOT;
    }

    private static void repeat(List<String> run, String variable, int count, List<String> lines) {
        for (int i = 0; i < count; i++) {
            for (var line : run) {
                lines.add(line.replace(variable, "" + i));
            }
        }
    }

    private static List<String> dispatch(String method, List<int[]> sizes, String parameter, String argument) {
        String tile = method.equals("run") ? "Tile" : "TapTile";
        var lines = new ArrayList<>(List.of(
                "",
                "    static void " + method
                        + "(int vectors, int pixels, float[] memory, int[] inputs, int first, int in,",
                "            " + parameter
                        + "float[] weights, int at, int depth, float[] bias, int biasAt, float[] target,",
                "            int[] outputs, int firstOut, int out, Clamp clamp) {",
                "        int low = clamp.lowBits();",
                "        int high = clamp.highBits();",
                "        switch (vectors * 32 + pixels) {"));
        for (int[] size : sizes) {
            lines.add("            case " + (size[0] * 32 + size[1]) + " -> " + tile + size[1] + "x" + size[0]
                    + ".run(memory, inputs, first, in, " + argument
                    + "weights, at, depth, bias, biasAt, target, outputs, firstOut, out, low, high);");
        }
        lines.addAll(List.of(
                "            default -> throw new IllegalStateException(\"no tile of \" + pixels + \"x\" + vectors);",
                "        }",
                "    }"));
        return lines;
    }

    private static void write(Path file, List<String> lines) throws IOException {
        var text = String.join("\n", lines) + "\n";
        // An unchanged file keeps its time, so that the compiler has nothing to do.
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }
}
