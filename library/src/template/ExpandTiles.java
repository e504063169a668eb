import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes the register tiles of the matrix products from readable templates: `java ExpandTiles.java TEMPLATES DIR`.
///
/// A register tile keeps every sum in a local variable of its own, which Java cannot say in a loop. In a template, a
/// run
/// of lines that mention `$i` is repeated for every pixel, one that mentions `$j` for every vector; `$M` and `$V` are
/// their numbers. Lines behind `$few` are for tiles whose sums fit 16 registers, those behind `$many` for larger ones.
/// `Tiles` and `GradientTiles`, which pick the tile, are written as well.
class ExpandTiles {
    /// The most pixels a tile may have with 1, 2 and 4 vectors: 26 sums beside the weights fill 32 registers, and
    /// larger methods are more than the first compiler takes.
    private static final int[][] TILES = {{1, 13}, {2, 13}, {4, 6}};

    private static final int[][] GRADIENT_TILES = {{1, 13}, {2, 13}};

    /// Sums that 16 registers hold beside the weights and one input.
    private static final int FEW_SUMS = 12;

    private static final String CONV_PARAMETERS = "float[] memory, int[] inputs, int first, int in, %s"
            + "float[] weights, int at, int depth, float[] bias, int biasAt, float[] target, int[] outputs, "
            + "int firstOut, int out, int low, int high";

    private static final String GRADIENT_PARAMETERS = "float[] in, int inAt, int inStride, float[] out, int outAt, "
            + "int outStride, int rows, float[] sums, int at, int stride";

    private static final String PACKAGE = "org/mobilenet4j/kernel/vector";

    public static void main(String[] args) throws IOException {
        var templates = Path.of(args[0]);
        var target = Files.createDirectories(Path.of(args[1]).resolve(PACKAGE));
        writePicker(
                target,
                "Tiles",
                dispatch("run", "Tile", write(templates, "Tile", TILES, target), CONV_PARAMETERS.formatted("")),
                dispatch(
                        "runTaps",
                        "TapTile",
                        write(templates, "TapTile", TILES, target),
                        CONV_PARAMETERS.formatted("int[] reads, ")));
        var gradientSizes = write(templates, "GradientTile", GRADIENT_TILES, target);
        writePicker(target, "GradientTiles", dispatch("run", "GradientTile", gradientSizes, GRADIENT_PARAMETERS));
    }

    @SafeVarargs
    private static void writePicker(Path target, String name, List<String>... methods) throws IOException {
        var lines = new ArrayList<>(List.of(
                "package org.mobilenet4j.kernel.vector;",
                "",
                "/// Picks the tile by its size; written by `src/template/ExpandTiles.java`.",
                "final class " + name + " {",
                "    private " + name + "() {}"));
        for (var method : methods) {
            lines.addAll(method);
        }
        lines.add("}");
        write(target.resolve(name + ".java"), lines);
    }

    /// Expands one template to all its sizes and returns them as `{vectors, pixels}`.
    private static List<int[]> write(Path templates, String name, int[][] limits, Path target) throws IOException {
        var template = Files.readAllLines(templates.resolve(name + ".java.template"));
        var sizes = new ArrayList<int[]>();
        for (int[] limit : limits) {
            for (int pixels = 1; pixels <= limit[1]; pixels++) {
                write(target.resolve(name + pixels + "x" + limit[0] + ".java"), expand(template, pixels, limit[0]));
                sizes.add(new int[] {limit[0], pixels});
            }
        }
        return sizes;
    }

    private static List<String> expand(List<String> both, int pixels, int vectors) {
        var template = chosen(both, pixels * vectors <= FEW_SUMS);
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

    /// The lines for tiles of few sums, or those for tiles of many.
    private static List<String> chosen(List<String> template, boolean isFew) {
        var own = isFew ? "$few " : "$many ";
        var others = isFew ? "$many " : "$few ";
        return template.stream()
                .filter(line -> !line.startsWith(others))
                .map(line -> line.startsWith(own) ? line.substring(own.length()) : line)
                .toList();
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

    private static List<String> dispatch(String method, String tile, List<int[]> sizes, String parameters) {
        var arguments = parameters.replaceAll("[a-z]+(\\[\\])? ([A-Za-z]+)", "$2");
        var lines = new ArrayList<>(List.of(
                "",
                "    static void " + method + "(int vectors, int height, " + parameters + ") {",
                "        switch (vectors * 32 + height) {"));
        for (int[] size : sizes) {
            lines.add("            case " + (size[0] * 32 + size[1]) + " -> " + tile + size[1] + "x" + size[0] + ".run("
                    + arguments + ");");
        }
        lines.addAll(List.of(
                "            default -> throw new IllegalStateException(\"no tile of \" + height + \"x\" + vectors);",
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
