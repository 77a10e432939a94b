using System.Buffers.Binary;

namespace Zoetrope.Simulator.Files;

/// <summary>Creates a WAV sound: a quarter of a second of the note A, 16 bits, mono, 8 kHz.</summary>
internal static class WavFile
{
    private const int SampleRate = 8000;
    private const int Samples = SampleRate / 4;
    private const int HeaderLength = 44;

    public static byte[] Create()
    {
        var wav = new byte[HeaderLength + 2 * Samples];
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(4), wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(20), 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(28), 2 * SampleRate);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(32), 2); // bytes a sample
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(34), 16); // bits a sample
        "data"u8.CopyTo(wav.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(40), 2 * Samples);
        for (var i = 0; i < Samples; i++)
            BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(HeaderLength + 2 * i), (short)(8000 * Math.Sin(2 * Math.PI * 440 * i / SampleRate)));
        return wav;
    }
}
