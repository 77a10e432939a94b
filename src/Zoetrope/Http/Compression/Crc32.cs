using System.Buffers.Binary;

namespace Zoetrope.Http.Compression;

/// <summary>The checksum of gzip (RFC 1952 section 8), computed eight bytes at a time.</summary>
internal sealed class Crc32
{
    private const int Tables = 8;

    private static uint[]? _tables;

    private readonly uint[] _table = _tables ??= MakeTables();
    private uint _state = uint.MaxValue;

    /// <summary>The checksum.</summary>
    public uint Value => ~_state;

    /// <summary>The number of bytes that it covers, modulo 2³².</summary>
    public uint Length { get; private set; }

    /// <summary>Resets the checksum.</summary>
    public void Restart() => (_state, Length) = (uint.MaxValue, 0);

    /// <summary>Adds content to the checksum.</summary>
    public void Add(ReadOnlySpan<byte> content)
    {
        var table = _table.AsSpan(0, Tables * 256);
        var state = _state;
        Length += (uint)content.Length;
        for (; content.Length >= 8; content = content[8..])
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(content) ^ state;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
            state = table[0x700 | (byte)low] ^ table[0x600 | (byte)(low >> 8)] ^ table[0x500 | (byte)(low >> 16)] ^ table[0x400 | (int)(low >> 24)]
                ^ table[0x300 | (byte)high] ^ table[0x200 | (byte)(high >> 8)] ^ table[0x100 | (byte)(high >> 16)] ^ table[(int)(high >> 24)];
        }
        foreach (var value in content)
            state = table[(byte)(state ^ value)] ^ (state >> 8);
        _state = state;
    }

    // For each byte, and for the byte followed by up to seven zeros.
    private static uint[] MakeTables()
    {
        var tables = new uint[Tables * 256];
        for (var i = 0; i < tables.Length; i++)
        {
            var entry = i < 256 ? (uint)i : tables[i - 256];
            if (i >= 256)
            {
                tables[i] = tables[(byte)entry] ^ (entry >> 8);
                continue;
            }
            for (var bit = 0; bit < 8; bit++)
                entry = (entry >> 1) ^ ((entry & 1) * 0xEDB88320);
            tables[i] = entry;
        }
        return tables;
    }
}
