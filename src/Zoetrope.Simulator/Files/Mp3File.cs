namespace Zoetrope.Simulator.Files;

/// <summary>Creates an MP3 sound (ISO/IEC 11172-3, layer III): a second of silence, mono, 128 kbit/s, 44.1 kHz. A frame without content is silent.</summary>
internal static class Mp3File
{
    private const int FrameLength = 417;
    private const int Frames = 38;

    public static byte[] Create()
    {
        var mp3 = new byte[FrameLength * Frames];
        for (var frame = 0; frame < Frames; frame++)
            ((ReadOnlySpan<byte>)[0xFF, 0xFB, 0x90, 0xC4]).CopyTo(mp3.AsSpan(frame * FrameLength));
        return mp3;
    }
}
