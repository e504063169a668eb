package org.mobilenet4j.formats.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.tensor.Shape;

class MapViewTest {
    private static final Shape MAP = new Shape(4, 5, 6);

    @Test
    void aMapIsShownInSeveralWays() {
        assertThat(MapView.shows(List.of(1, 4, 5, 6), MAP)).isTrue();
        assertThat(MapView.shows(List.of(20, 6), MAP)).isTrue();
        assertThat(MapView.shows(List.of(1, 20, 1, 6), MAP)).isTrue();
        assertThat(MapView.shows(List.of(1, 5, 4, 6), MAP)).isFalse();
        assertThat(MapView.shows(List.of(1, 4, 30), MAP)).isFalse();
        assertThat(MapView.shows(List.of(1, 120), MAP)).isFalse();
        assertThat(MapView.shows(List.of(1, 1, 1, 6), Shape.vector(6))).isTrue();
        assertThat(MapView.shows(List.of(6), Shape.vector(6))).isTrue();
    }

    @Test
    void aListIsFlat() {
        assertThat(MapView.isFlat(List.of(1, 120), MAP)).isTrue();
        assertThat(MapView.isFlat(List.of(1, 1, 1, 120), MAP)).isTrue();
        assertThat(MapView.isFlat(List.of(20, 6), MAP)).isFalse();
        assertThat(MapView.isFlat(List.of(20, 1), new Shape(4, 5, 1))).isFalse();
    }

    @Test
    void sidesOfOneMoveFreely() {
        assertThat(MapView.keepsOrder(List.of(1, 1, 1, 6), List.of(0, 3, 1, 2))).isTrue();
        assertThat(MapView.keepsOrder(List.of(1, 4, 1, 6), List.of(0, 2, 1, 3))).isTrue();
        assertThat(MapView.keepsOrder(List.of(1, 4, 5, 6), List.of(0, 2, 1, 3))).isFalse();
    }
}
