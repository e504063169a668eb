# Made the pictures beside it, with Pillow 12.3 (libwebp 1.6): small drawn pictures as lossy WebP over quality, method, size, with alpha
# and animated, and what libwebp decodes of them, as PNG.
import random
from PIL import Image, ImageDraw


def picture(width, height, seed):
    r = random.Random(seed)
    image = Image.new("RGB", (width, height))
    image.putdata([((x * 255) // width, (y * 255) // height, ((x + y) * 4) % 256) for y in range(height) for x in range(width)])
    draw = ImageDraw.Draw(image)
    for _ in range(5):
        x, y, s = r.randrange(width), r.randrange(height), r.randrange(2, 14)
        draw.ellipse((x - s, y - s, x + s, y + s), fill=tuple(r.randrange(256) for _ in range(3)))
    noise = Image.effect_noise((width, height), 12).convert("RGB") if seed % 2 else image
    return Image.blend(image, noise, 0.2)


def save(name, images, **how):
    images[0].save(name + ".webp", save_all=len(images) > 1, append_images=images[1:], **how)
    with Image.open(name + ".webp") as read:
        rgba = read.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        white.alpha_composite(rgba)
        white.convert("RGB").save(name + ".png", optimize=True)


number = 0
for quality in (5, 50, 90):
    for method in (0, 4, 6):
        number += 1
        size = [(40, 32), (33, 47), (17, 5)][number % 3]
        save(f"q{quality}-m{method}", [picture(*size, number)], quality=quality, method=method)
save("one-pixel", [picture(1, 1, 2)], quality=75)
save("animated", [picture(32, 24, 11), picture(32, 24, 12)], quality=60, method=4, allow_mixed=False)
faded = picture(34, 30, 4).convert("RGBA")
faded.putalpha(Image.linear_gradient("L").resize(faded.size))
save("alpha", [faded], quality=70, method=4, exact=True)
