using System.Text.Json;
using System.Text.Json.Serialization;
using Zoetrope.CodeGen;
using Zoetrope.Json;

namespace Zoetrope.Media;

/// <summary>An audio file that a service created or accepts.</summary>
[JsonConverter(typeof(JsonModelConverter<AudioFile>))]
public sealed class AudioFile : MediaFile, IJsonModel<AudioFile>
{
    /// <summary>The duration in seconds, where the service reports it.</summary>
    public double? Duration { get; set; }

    /// <summary>The number of channels, where the service reports it.</summary>
    public long? Channels { get; set; }

    /// <summary>The sample rate in samples per second, where the service reports it.</summary>
    public long? SampleRate { get; set; }

    /// <summary>The bit rate as the service writes it (a number, or text such as <c>192k</c>), where it reports it.</summary>
    public RawJson? Bitrate { get; set; }

    /// <inheritdoc cref="IJsonModel{TSelf}.Read"/>
    public static new AudioFile Read(ref Utf8JsonReader reader) => ReadInto(ref reader, new AudioFile());

    private protected override bool ReadMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, ref ExtraProperties? extras)
    {
        if (name.SequenceEqual("duration"u8))
            Duration = JsonRead.Double(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("channels"u8))
            Channels = JsonRead.Int64(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("sample_rate"u8))
            SampleRate = JsonRead.Int64(ref reader, name, ref extras, nullable: true);
        else if (name.SequenceEqual("bitrate"u8))
            Bitrate = JsonRead.Value<RawJson>(ref reader, name, ref extras, nullable: true);
        else
            return base.ReadMember(ref reader, name, ref extras);
        return true;
    }

    private protected override void WriteMembers(JsonWriter writer, ExtraProperties? extras)
    {
        base.WriteMembers(writer, extras);
        JsonWrite.Double(writer, "duration"u8, Duration, extras);
        JsonWrite.Int64(writer, "channels"u8, Channels, extras);
        JsonWrite.Int64(writer, "sample_rate"u8, SampleRate, extras);
        JsonWrite.Value(writer, "bitrate"u8, Bitrate, extras);
    }
}
