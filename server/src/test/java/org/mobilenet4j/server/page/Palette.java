package org.mobilenet4j.server.page;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The 256 colors that suit a picture: those that the page's parts have, as they are, and for photos in it a median cut
/// over the others.
final class Palette {
    private static final int COLORS = 256;
    private static final int FREQUENT = 48;

    private Palette() {}

    static IndexColorModel of(BufferedImage picture) {
        var counts = new HashMap<Integer, Integer>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                counts.merge(picture.getRGB(x, y) & 0xffffff, 1, Integer::sum);
            }
        }
        var byCount = counts.keySet().stream()
                .sorted(Comparator.comparingInt((Integer color) -> -counts.getOrDefault(color, 0)))
                .toList();
        int kept = Math.min(FREQUENT, byCount.size() - 1);
        var boxes = new ArrayList<List<Integer>>(List.of(new ArrayList<>(byCount.subList(kept, byCount.size()))));
        while (boxes.size() < COLORS - kept) {
            var widest =
                    boxes.stream().max(Comparator.comparingInt(Palette::spread)).orElseThrow();
            if (spread(widest) == 0) {
                break;
            }
            boxes.remove(widest);
            int shift = widestChannel(widest);
            widest.sort(Comparator.comparingInt(color -> color >> shift & 0xff));
            int half = widest.size() / 2;
            boxes.add(new ArrayList<>(widest.subList(0, half)));
            boxes.add(new ArrayList<>(widest.subList(half, widest.size())));
        }
        var colors = IntStream.concat(
                        byCount.stream().limit(kept).mapToInt(Integer::intValue),
                        boxes.stream().mapToInt(box -> mostFrequent(box, counts)))
                .toArray();
        return new IndexColorModel(8, colors.length, colors, 0, false, -1, 0);
    }

    private static int mostFrequent(List<Integer> box, Map<Integer, Integer> counts) {
        return box.stream()
                .max(Comparator.comparingInt(color -> counts.getOrDefault(color, 0)))
                .orElseThrow();
    }

    private static int spread(List<Integer> box) {
        return box.size() < 2 ? 0 : range(box, widestChannel(box));
    }

    private static int widestChannel(List<Integer> box) {
        return List.of(0, 8, 16).stream()
                .max(Comparator.comparingInt(shift -> range(box, shift)))
                .orElseThrow();
    }

    private static int range(List<Integer> box, int shift) {
        var channel = box.stream().mapToInt(color -> color >> shift & 0xff).summaryStatistics();
        return channel.getMax() - channel.getMin();
    }
}
