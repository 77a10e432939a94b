using System.Buffers.Binary;

namespace Zoetrope.Simulator.Files;

/// <summary>Creates a lossless WebP picture (RFC 9649) of any size in one color, whose pixels take no bits at all.</summary>
internal static class WebPFile
{
    public static byte[] Create(int width, int height)
    {
        var bits = new LowBits();
        bits.Add(0x2F, 8);
        bits.Add((uint)(width - 1), 14);
        bits.Add((uint)(height - 1), 14);
        bits.Add(0, 1 + 3); // no alpha, version 0
        bits.Add(0, 1 + 1 + 1); // no transform, no color cache, one group of codes
        // Codes for green, red, blue, alpha and distance, of one symbol each.
        foreach (var symbol in (uint[])[160, 96, 128, 255, 0])
        {
            bits.Add(0b101, 3); // simple, one symbol, of eight bits
            bits.Add(symbol, 8);
        }
        var data = bits.ToArray();
        var padded = data.Length + data.Length % 2;
        var file = new byte[20 + padded];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), 12 + padded);
        "WEBPVP8L"u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), data.Length);
        data.CopyTo(file, 20);
        return file;
    }

    /// <summary>Bits, lowest first.</summary>
    private sealed class LowBits
    {
        private readonly List<byte> _bytes = [];
        private int _count;

        public void Add(uint value, int count)
        {
            for (var bit = 0; bit < count; bit++, _count++)
            {
                if (_count % 8 == 0)
                    _bytes.Add(0);
                if ((value >> bit & 1) != 0)
                    _bytes[^1] |= (byte)(1 << _count % 8);
            }
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
