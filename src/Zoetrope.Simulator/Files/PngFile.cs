using System.Buffers.Binary;
using System.IO.Compression;

namespace Zoetrope.Simulator.Files;

/// <summary>Creates a PNG picture of any size: a color gradient.</summary>
internal static class PngFile
{
    public static byte[] Create(int width, int height)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits a channel
        header[9] = 2; // red, green, blue
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Pixels(width, height));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    // Each row but the first is written as its difference to the one above, which is the same everywhere: large pictures compress to little.
    private static byte[] Pixels(int width, int height)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + 3 * width];
            for (var x = 0; x < width; x++)
            {
                row[1 + 3 * x] = (byte)(x * 255 / width);
                row[3 + 3 * x] = 128;
            }
            zlib.Write(row);
            var (same, next) = (new byte[row.Length], new byte[row.Length]);
            same[0] = next[0] = 2; // filter: up
            for (var x = 0; x < width; x++)
                next[2 + 3 * x] = 1;
            for (var y = 1; y < height; y++)
                zlib.Write(y * 255 / height > (y - 1) * 255 / height ? next : same);
        }
        return compressed.ToArray();
    }

    private static void WriteChunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(type, data));
        png.Write(number);
    }

    private static uint Crc32(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) => ~Crc32(Crc32(uint.MaxValue, type), data);

    private static uint Crc32(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return crc;
    }
}
