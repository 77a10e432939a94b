using System.Buffers.Binary;
using System.IO.Compression;

namespace Zoetrope.Simulator;

/// <summary>Makes a PNG picture: 64 by 64 pixels, a colour gradient.</summary>
internal static class PngFile
{
    private const int Side = 64;

    public static byte[] Create()
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Side);
        header[8] = 8; // bits a channel
        header[9] = 2; // red, green, blue
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Pixels());
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Pixels()
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            Span<byte> row = stackalloc byte[1 + 3 * Side];
            for (var y = 0; y < Side; y++)
            {
                row[0] = 0; // no filter
                for (var x = 0; x < Side; x++)
                {
                    row[1 + 3 * x] = (byte)(x * 4);
                    row[2 + 3 * x] = (byte)(y * 4);
                    row[3 + 3 * x] = 128;
                }
                zlib.Write(row);
            }
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
