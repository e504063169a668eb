package org.mobilenet4j.kernel;

/// What comes after the present work: floats in two arrays that are going to be read or written. A kernel that has
/// arithmetic to do, and so leaves memory idle, may ask for them meanwhile.
public final class Ahead {
    private float[] first = {};
    private float[] second = {};
    private int firstAt;
    private int firstCount;
    private int secondAt;
    private int secondCount;

    /// Nothing comes after.
    public void clear() {
        firstCount = 0;
        secondCount = 0;
    }

    /// `newFirstCount` floats from `newFirstAt` on, and as many of another array.
    public void set(
            float[] newFirst,
            int newFirstAt,
            int newFirstCount,
            float[] newSecond,
            int newSecondAt,
            int newSecondCount) {
        first = newFirst;
        firstAt = newFirstAt;
        firstCount = newFirstCount;
        second = newSecond;
        secondAt = newSecondAt;
        secondCount = newSecondCount;
    }

    public float[] first() {
        return first;
    }

    public int firstAt() {
        return firstAt;
    }

    public int firstCount() {
        return firstCount;
    }

    public float[] second() {
        return second;
    }

    public int secondAt() {
        return secondAt;
    }

    public int secondCount() {
        return secondCount;
    }
}
