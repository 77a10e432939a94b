namespace Zoetrope.Simulator.Files;

/// <summary>
/// Creates a GIF picture (89a) of any size in one color. Its codes have eight bits each: the table is cleared before it would grow beyond that.
/// </summary>
internal static class GifFile
{
    private const byte CodeSize = 7;
    private const byte Clear = 1 << CodeSize;
    private const byte End = Clear + 1;

    public static byte[] Create(int width, int height)
    {
        using var gif = new MemoryStream();
        gif.Write("GIF89a"u8);
        gif.Write([(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0xF6, 0, 0]); // 128 colors
        for (var color = 0; color < Clear; color++)
            gif.Write([96, 160, 128]);
        gif.Write([0x2C, 0, 0, 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, CodeSize]);
        var codes = Codes(width * height);
        for (var at = 0; at < codes.Length; at += 255)
        {
            var block = codes.AsSpan(at, Math.Min(255, codes.Length - at));
            gif.WriteByte((byte)block.Length);
            gif.Write(block);
        }
        gif.Write([0, 0x3B]);
        return gif.ToArray();
    }

    private static byte[] Codes(int pixels)
    {
        const int Run = Clear - 4;
        // The first color has the code 0, so that only what is between the runs is written.
        var codes = new byte[pixels + (pixels + Run - 1) / Run + 1];
        for (var at = 0; at < codes.Length; at += Run + 1)
            codes[at] = Clear;
        codes[^1] = End;
        return codes;
    }
}
