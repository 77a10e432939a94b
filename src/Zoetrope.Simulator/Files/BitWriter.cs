namespace Zoetrope.Simulator.Files;

/// <summary>Writes the bits of an H.264 NAL unit, highest bit first.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _bits;

    /// <summary>Writes the lowest <paramref name="count"/> bits of a value.</summary>
    public BitWriter Bits(uint value, int count)
    {
        for (var bit = count - 1; bit >= 0; bit--)
        {
            if (_bits % 8 == 0)
                _bytes.Add(0);
            if ((value >> bit & 1) != 0)
                _bytes[^1] |= (byte)(0x80 >> _bits % 8);
            _bits++;
        }
        return this;
    }

    /// <summary>Writes an unsigned Exp-Golomb number, <c>ue(v)</c> of the standard.</summary>
    public BitWriter Golomb(uint value)
    {
        var length = 32 - System.Numerics.BitOperations.LeadingZeroCount(value + 1);
        return Bits(0, length - 1).Bits(value + 1, length);
    }

    /// <summary>Fills the byte up with zeros.</summary>
    public BitWriter Align() => _bits % 8 == 0 ? this : Bits(0, 8 - _bits % 8);

    /// <summary>Ends the unit with its stop bit, and keeps start codes from showing up inside it.</summary>
    public byte[] End(byte header)
    {
        Bits(1, 1).Align();
        var unit = new List<byte> { header };
        var zeros = 0;
        foreach (var value in _bytes)
        {
            if (zeros >= 2 && value <= 3)
            {
                unit.Add(3);
                zeros = 0;
            }
            unit.Add(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
        return [.. unit];
    }
}
